/**
 * The image stage beside `docker build && docker push`, in one run against Debian's docker-registry, whose own log tells
 * what was moved. A fresh engine is what a hosted runner has: nothing of the base is there yet.
 */
import { execFileSync } from 'node:child_process';
import { type Engine, startEngine } from '../../scripts/docker/engine.ts';
import { DOCKER } from '../../scripts/docker/programs.ts';
import type { RegistryAnswer } from '../../scripts/docker/registry.ts';
import type { Figure } from '../figure.ts';
import { runImageStage, type StageRun } from './stage.ts';
import { changeCode, checkOutAnew, openWorld, type World } from './world.ts';

export const IMAGE_FIGURES: readonly Figure[] = [
  { name: 'image-unchanged-ms', unit: 'ms', better: 'lower' },
  { name: 'image-unchanged-calls', unit: 'calls', better: 'lower' },
  { name: 'image-code-change-ms', unit: 'ms', better: 'lower' },
  { name: 'image-code-change-pulled-bytes', unit: 'bytes', better: 'lower' },
  { name: 'image-docker-cached-ms', unit: 'ms', better: 'lower' },
  { name: 'image-docker-fresh-ms', unit: 'ms', better: 'lower' },
];

const ROUNDS = 3;
const UNCHANGED_A_ROUND = 5;
const NO_ENGINE = 'unix:///nonexistent/docker.sock';

interface Samples {
  readonly unchanged: StageRun[];
  readonly changed: StageRun[];
  readonly pulled: number[];
  readonly cached: number[];
  readonly fresh: number[];
}

export async function measureImage(): Promise<Readonly<Record<string, number>>> {
  await using world = await openWorld();
  const samples: Samples = { unchanged: [], changed: [], pulled: [], cached: [], fresh: [] };
  {
    await using engine = await startEngine();
    expectSource(await runImageStage(world, commit(0), engine.host), 'built');
  }
  for (let round = 1; round <= ROUNDS; round++) {
    await measureDocker(world, round, samples);
    await measureUnchanged(world, round, samples);
    await measureCodeChange(world, round, samples);
  }
  return {
    'image-unchanged-ms': median(samples.unchanged.map(({ milliseconds }) => milliseconds)),
    'image-unchanged-calls': Math.max(...samples.unchanged.map(({ calls }) => calls.length)),
    'image-code-change-ms': median(samples.changed.map(({ milliseconds }) => milliseconds)),
    'image-code-change-pulled-bytes': median(samples.pulled),
    'image-docker-cached-ms': median(samples.cached),
    'image-docker-fresh-ms': median(samples.fresh),
  };
}

/** What is built and pushed is in the registry already, but for the times of the files. */
async function measureDocker(world: World, round: number, { fresh, cached }: Samples): Promise<void> {
  await using engine = await startEngine();
  checkOutAnew(world.checkout, round);
  fresh.push(buildAndPush(engine, world, `fresh-${round}`));
  cached.push(buildAndPush(engine, world, `cached-${round}`));
}

function buildAndPush({ host }: Engine, { checkout, registry }: World, tag: string): number {
  const reference = `${registry.host}/bench/docker:${tag}`;
  // BuildKit: what today's Docker takes, and the quicker one here.
  const env = { ...process.env, DOCKER_BUILDKIT: '1' };
  const run = (...words: string[]) => execFileSync(DOCKER, ['--host', host, ...words], { stdio: 'pipe', env });
  const started = performance.now();
  run('build', '--quiet', '--tag', reference, checkout);
  run('push', '--quiet', reference);
  return performance.now() - started;
}

/** Another commit each time, which changes nothing of what the image is made of. */
async function measureUnchanged(world: World, round: number, { unchanged }: Samples): Promise<void> {
  for (let index = 0; index < UNCHANGED_A_ROUND; index++) {
    const before = await world.registry.answers();
    const run = await runImageStage(world, commit(round * 100 + index), NO_ENGINE);
    expectSource(run, 'reused');
    const uploads = (await world.registry.answers()).slice(before.length).filter(isUpload);
    if (uploads.length > 0) throw new Error(`an unchanged image was uploaded: ${uploads[0]?.uri}`);
    unchanged.push(run);
  }
}

async function measureCodeChange(world: World, round: number, { changed, pulled }: Samples): Promise<void> {
  await using engine = await startEngine();
  changeCode(world.checkout, round);
  const before = await world.registry.answers();
  changed.push(await runImageStage(world, commit(round * 100 + 99), engine.host));
  const answers = (await world.registry.answers()).slice(before.length);
  pulled.push(answers.filter(isDownload).reduce((sum, { written }) => sum + written, 0));
}

const isUpload = ({ method, uri }: RegistryAnswer) => /\/blobs\//.test(uri) && /^(?:POST|PUT|PATCH)$/.test(method);
const isDownload = ({ method, uri }: RegistryAnswer) => /\/blobs\//.test(uri) && method === 'GET';

function expectSource({ image }: StageRun, source: StageRun['image']['source']): void {
  if (image.source !== source) throw new Error(`the image was ${image.source}, not ${source}: ${image.reason}`);
}

const commit = (number: number) => number.toString(16).padStart(40, '0');

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
