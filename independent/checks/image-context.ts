/**
 * What the action takes for the content of an image, held against Docker's engine: the same contexts, ignore files and
 * Dockerfiles are built for real, by BuildKit and by the builder before it, and the trees are compared.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openFiles } from '../../src/adapters/files.ts';
import { type Context, readContext } from '../../src/image/context/read-context.ts';
import { parseDockerfile } from '../../src/image/dockerfile/dockerfile.ts';
import { reachOf } from '../../src/image/dockerfile/reach.ts';
import { resolveStages } from '../../src/image/dockerfile/resolve.ts';
import type { Suite } from '../suite.ts';
import { COPIES, IGNORES, TREE } from './image-cases.ts';

const DOCKER = '/usr/bin/docker';

export async function imageContextChecks(suite: Suite): Promise<void> {
  const directory = makeTree();
  try {
    await suite.check(`image: ${IGNORES.length} ignore files leave out what BuildKit leaves out`, () =>
      compareIgnores(directory),
    );
    await suite.check(`image: ${COPIES.length} forms of COPY reach what both builders copy, and nothing else`, () =>
      compareReach(directory),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function makeTree(): string {
  const directory = mkdtempSync(join(tmpdir(), 'context-'));
  for (const entry of TREE) {
    const [path = '', target] = entry.split(' -> ');
    const file = join(directory, path.replace(/!$/, ''));
    mkdirSync(path.endsWith('/') ? file : dirname(file), { recursive: true });
    if (target !== undefined) symlinkSync(target, file);
    else if (!path.endsWith('/')) writeFileSync(file, path);
    if (path.endsWith('!')) chmodSync(file, 0o755);
  }
  return directory;
}

async function compareIgnores(directory: string): Promise<void> {
  const wrong: string[] = [];
  for (const ignore of IGNORES) {
    writeFileSync(join(directory, '.dockerignore'), ignore);
    const { entries } = await contextOf(directory, 'FROM scratch\nCOPY . /');
    const expected = entries.map(({ path, kind, mode, target }) => line(path, kind, mode, target)).sort();
    const built = build(directory, 'FROM scratch\nCOPY . /\n');
    if (expected.join('\n') !== built.join('\n')) wrong.push(difference(JSON.stringify(ignore), expected, built));
  }
  rmSync(join(directory, '.dockerignore'));
  assert.equal(wrong.join('\n'), '');
}

async function compareReach(directory: string): Promise<void> {
  const wrong: string[] = [];
  for (const copy of COPIES) {
    const dockerfile = `FROM scratch\n${copy}\n`;
    const { entries } = await contextOf(directory, dockerfile);
    const reached = entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
    const content = () => build(directory, dockerfile).join('\n');
    // One file for each builder, another one in turn: each costs two builds.
    wrong.push(
      ...changesSeen(directory, reached, reached[0] ?? '', content).map((what) => `${copy} (BuildKit): ${what}`),
    );
    const id = () => imageId(directory, dockerfile);
    wrong.push(
      ...changesSeen(directory, reached, reached.at(-1) ?? '', id).map((what) => `${copy} (before BuildKit): ${what}`),
    );
  }
  assert.equal(wrong.join('\n'), '');
}

/** Files that are not reached may change without a trace; one that is reached leaves one. */
function changesSeen(directory: string, reached: readonly string[], one: string, now: () => string): string[] {
  const before = now();
  for (const path of regularFiles(directory)) if (!reached.includes(path)) appendFileSync(join(directory, path), '+');
  const others = now() === before ? [] : ['something else is copied as well'];
  appendFileSync(join(directory, one), '+');
  return now() === before ? [...others, `${one} is not copied`] : others;
}

async function contextOf(directory: string, text: string): Promise<Context> {
  const stages = resolveStages(parseDockerfile(text), undefined, { platform: 'linux/amd64', buildArgs: {} });
  const sources = reachOf(stages ?? []).sources.map(({ path }) => path);
  return readContext(
    { root: directory, dockerfile: join(directory, 'Dockerfile'), sources },
    openFiles({ GITHUB_WORKSPACE: directory }),
  );
}

/** What the built image holds: a line for each entry. */
function build(directory: string, dockerfile: string): string[] {
  const out = mkdtempSync(join(tmpdir(), 'built-'));
  try {
    docker(
      ['build', '--quiet', '--no-cache', '--file=-', `--output=type=local,dest=${out}`, directory],
      dockerfile,
      '1',
    );
    return walk(out, '').sort();
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The builder before BuildKit finds an image in its cache when, and only when, what it copies is the same. */
function imageId(directory: string, dockerfile: string): string {
  return docker(['build', '--quiet', '--file=-', directory], dockerfile, '0').trim();
}

function docker(args: readonly string[], input: string, buildKit: string): string {
  const env = { ...process.env, DOCKER_BUILDKIT: buildKit };
  return execFileSync(DOCKER, args, { input, encoding: 'utf8', env, stdio: ['pipe', 'pipe', 'pipe'] });
}

function walk(root: string, below: string): string[] {
  return readdirSync(join(root, below)).flatMap((name) => {
    const path = below === '' ? name : `${below}/${name}`;
    const status = lstatSync(join(root, path));
    const kind = status.isDirectory() ? 'directory' : status.isSymbolicLink() ? 'link' : 'file';
    const target = kind === 'link' ? readlinkSync(join(root, path)) : '';
    const own = `${line(path, kind, status.mode & 0o7777, target)}${path.startsWith('x/') || path === 'x' ? ` ${status.size}` : ''}`;
    return kind === 'directory' ? [own, ...walk(root, path)] : [own];
  });
}

function regularFiles(root: string): string[] {
  return walk(root, '')
    .filter((each) => each.startsWith('file '))
    .map((each) => each.split('|')[1] ?? '');
}

function line(path: string, kind: string, mode: number, target: string): string {
  return `${kind} |${path}| ${kind === 'link' ? target : mode.toString(8)}`;
}

function difference(title: string, expected: readonly string[], built: readonly string[]): string {
  const only = (these: readonly string[], those: readonly string[]) =>
    these.filter((each) => !those.includes(each)).join(', ');
  return `${title}: only expected: ${only(expected, built)}; only built: ${only(built, expected)}`;
}
