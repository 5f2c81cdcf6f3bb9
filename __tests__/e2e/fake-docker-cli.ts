/**
 * Stands on the PATH as `docker`: writes down how it was called and does to the registry what a build and a push would.
 * `FAKE_DOCKER` names a folder with `manner.json` (see fake-docker.ts); a line is added to its `calls.jsonl` for each call.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DockerCall, Manner } from './fake-docker.ts';

const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json';
const OCI = 'application/vnd.oci.image.manifest.v1+json';

const { env } = process;
const home = env.FAKE_DOCKER ?? '';
const config = env.DOCKER_CONFIG ?? '';
const PUSHED = join(home, 'pushed');
const manner: Manner = JSON.parse(readFileSync(join(home, 'manner.json'), 'utf8'));
const args = process.argv.slice(2);
const command = ['buildx', 'image'].includes(args[0] ?? '') ? args.slice(0, 2).join(' ') : (args[0] ?? '');
const option = (name: string) =>
  args.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => arg.slice(name.length + 3));

const stdin = readFileSync(0, 'utf8');
const files = existsSync(config) ? readdirSync(config).filter((name) => statSync(join(config, name)).isFile()) : [];
const call: DockerCall = {
  args,
  stdin,
  config,
  configMode: existsSync(config) ? statSync(config).mode & 0o777 : undefined,
  files: Object.fromEntries(files.map((name) => [name, readFileSync(join(config, name), 'utf8')])),
  env: Object.values(env).filter((value) => value !== undefined),
};
appendFileSync(join(home, 'calls.jsonl'), `${JSON.stringify(call)}\n`);

process.exitCode = await act();

async function act(): Promise<number> {
  const failure = manner.fails?.[command];
  for (const line of failure?.lines ?? manner.says?.[command] ?? []) process.stderr.write(`${line}\n`);
  if (failure) return failure.exitCode;
  switch (command) {
    case 'login':
      return login();
    case 'buildx version':
      return manner.buildx ? 0 : 1;
    case 'version':
      process.stdout.write('26.1.5+dfsg1\n');
      return 0;
    case 'buildx inspect':
      process.stdout.write('Name:          default\nDriver:        docker\n');
      return 0;
    case 'info':
      process.stdout.write('[["driver-type","overlay2"]]\n');
      return 0;
    case 'buildx build':
    case 'build':
      return build();
    case 'push': {
      const digest = await push(args[1] ?? '');
      writeFileSync(PUSHED, digest);
      process.stdout.write(`${args[1]?.split(':').at(-1)}: digest: ${digest} size: 528\n`);
      return 0;
    }
    case 'image inspect':
      process.stdout.write(`${JSON.stringify([`repository@${readFileSync(PUSHED, 'utf8')}`])}\n`);
      return 0;
    default:
      return 64;
  }
}

function login(): number {
  const path = join(config, 'config.json');
  const own = JSON.parse(readFileSync(path, 'utf8'));
  const auth = Buffer.from(`AWS:${stdin}`).toString('base64');
  writeFileSync(path, JSON.stringify({ ...own, auths: { ...own.auths, [args.at(-1) ?? '']: { auth } } }));
  return 0;
}

async function build(): Promise<number> {
  if (manner.hangs) await hang();
  for (const file of option('iidfile')) writeFileSync(file, `sha256:${'1'.repeat(64)}`);
  if (command === 'build') return 0;
  const digests = await Promise.all(option('tag').map(push));
  const [metadata = ''] = option('metadata-file');
  writeFileSync(metadata, JSON.stringify({ 'containerimage.digest': digests[0] }, null, 2));
  return 0;
}

/** Works on for ever, with a child as BuildKit's client has them; neither takes a hint. */
async function hang(): Promise<never> {
  process.on('SIGTERM', () => undefined);
  const child = spawn('sh', ['-c', "trap '' TERM; while :; do sleep 1; done"], { stdio: 'ignore' });
  writeFileSync(join(home, 'pids.json'), JSON.stringify([process.pid, child.pid]));
  return new Promise(() => setInterval(() => undefined, 1000));
}

async function push(reference: string): Promise<string> {
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference) ?? [];
  const { auths } = JSON.parse(readFileSync(join(config, 'config.json'), 'utf8'));
  const headers = { authorization: `Basic ${auths[host]?.auth}` };
  const base = `http://${host}/v2/${repository}`;
  const blob = async (body: string, mediaType: string) => {
    const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    const answer = await fetch(`${base}/blobs/uploads/?digest=${digest}`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return { mediaType, digest, size: body.length };
  };
  const image = await blob('{"architecture":"amd64","os":"linux"}', 'application/vnd.docker.container.image.v1+json');
  const layer = await blob('layer', 'application/vnd.docker.image.rootfs.diff.tar.gzip');
  const mediaType = manner.oci ? OCI : DOCKER;
  const body = JSON.stringify({ schemaVersion: 2, mediaType, config: image, layers: [layer] });
  const answer = await fetch(`${base}/manifests/${tag}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': mediaType },
    body,
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.headers.get('docker-content-digest') ?? '';
}
