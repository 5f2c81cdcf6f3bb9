// Cuts GitHub's description of its REST API down to the operations that this project uses.
//
// usage: node independent/trim-openapi.mjs [VERSION of @octokit/openapi]
//
// The package is 385 MB when unpacked, so it is no dependency: its tarball is fetched by npm, one file is taken out of it, and
// independent/github-openapi.generated.json is written. Descriptions and examples are left out; `nullable` becomes a type, as
// JSON Schema has it. The description is MIT licensed (github/rest-api-description).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OPERATIONS = [
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
  'GET /repos/{owner}/{repo}/commits/{ref}/status',
  'GET /repos/{owner}/{repo}/commits/{ref}/statuses',
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /user',
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/statuses/{sha}',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
];
const PROSE = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'x-github',
  'x-octokit',
  'tags',
]);
const version = process.argv[2] ?? '23.0.2';
const target = join(import.meta.dirname, 'github-openapi.generated.json');

const description = fetchDescription();
const components = {};
const paths = {};
for (const operation of OPERATIONS) {
  const [verb, path] = operation.split(' ');
  const found = description.paths[path]?.[verb.toLowerCase()];
  if (found === undefined) throw new Error(`${operation} is not in @octokit/openapi ${version}`);
  paths[path] ??= {};
  paths[path][verb.toLowerCase()] = keep(found);
}
const source = `@octokit/openapi ${version}, ${description.info.license?.name ?? 'MIT'}`;
writeFileSync(target, `${JSON.stringify({ openapi: description.openapi, source, paths, components }, null, 1)}\n`);

function fetchDescription() {
  const directory = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    const options = { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
    const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', `@octokit/openapi@${version}`], options));
    const file = 'package/generated/api.github.com.json';
    execFileSync('tar', ['-xzf', filename, file], options);
    return JSON.parse(readFileSync(join(directory, file), 'utf8'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A copy without prose; what it refers to is kept as well. */
function keep(value, parent) {
  if (Array.isArray(value)) return value.map((item) => keep(item));
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$ref === 'string') keepReferred(value.$ref);
  // Below `properties` the keys are names, not keywords.
  const isNames = parent === 'properties';
  const entries = Object.entries(value)
    .filter(([key]) => isNames || !PROSE.has(key))
    .map(([key, item]) => [key, keep(item, isNames ? undefined : key)]);
  return withNull(Object.fromEntries(entries), isNames);
}

function keepReferred(reference) {
  const [, , kind, name] = reference.split('/');
  components[kind] ??= {};
  if (name in components[kind]) return;
  components[kind][name] = null; // a schema may refer to itself
  components[kind][name] = keep(description.components[kind][name]);
}

function withNull({ nullable, ...schema }, isNames) {
  if (isNames) return nullable === undefined ? schema : { nullable, ...schema };
  if (nullable !== true) return schema;
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  return {
    ...schema,
    type: [schema.type, 'null'],
    ...(schema.enum && !schema.enum.includes(null) && { enum: [...schema.enum, null] }),
  };
}
