/**
 * Docker's buildx, as today's runners have it: with the engine (driver `docker`), whose registry stumbles, and with a
 * BuildKit of its own, which keeps its cache in the registry. Neither is in Debian: Go builds them, in some minutes.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemon } from '../../scripts/docker/daemon.ts';
import { DOCKER } from '../../scripts/docker/programs.ts';
import type { ActionResult } from '../../scripts/runner/step.ts';
import { openRing, type Ring, send } from '../docker/ring.ts';
import { BASE, demandBaseImage } from '../docker-engine.ts';
import { ROOT, type Suite } from '../suite.ts';
import { DOCKER_MANIFEST, tagsOf, wholeImage } from './docker-ring.ts';
import { pushFaultChecks } from './push-faults.ts';

const BIN = join(ROOT, 'out/go/bin');
const PROGRAMS = ['github.com/docker/buildx/cmd/buildx@v0.19.3', 'github.com/moby/buildkit/cmd/buildkitd@v0.18.0'];
const BUILDX = join(BIN, 'buildx');
const BUILDKIT = join(BIN, 'buildkitd');

/** Why this part is left out unless it is asked for by name; `undefined` when its programs are there. */
export function missingBuildx(): string | undefined {
  if (existsSync(BUILDX) && existsSync(BUILDKIT)) return undefined;
  return 'buildx and buildkitd are not built: npm run test:independent -- buildx does it, with Go';
}

export async function buildxChecks(suite: Suite): Promise<void> {
  if (missingBuildx() !== undefined) {
    const env = { ...process.env, GOBIN: BIN, GOPATH: join(ROOT, 'out/go') };
    for (const program of PROGRAMS) execFileSync('go', ['install', '-modcacherw', program], { env, stdio: 'inherit' });
  }
  await demandBaseImage(suite);
  await pushFaultChecks(suite, BUILDX);
  await cacheChecks(suite);
}

const REPOSITORY = 'acme/forecast/train';
const JOB = { times: 2, phases: [{ status: 'Training', seconds: 2 }] };

async function cacheChecks(suite: Suite): Promise<void> {
  const inputs = { dockerfile: 'cached.Dockerfile' };
  await using ring = await openRing({ script: { jobs: [JOB] }, inputs, buildx: BUILDX });
  await using kit = await startBuildKit();
  const [home = ''] = ring.traces;
  // The builder in use is remembered for one engine.
  const env = { ...process.env, HOME: home, DOCKER_HOST: ring.builder.host };
  const buildx = (...words: string[]) => execFileSync(DOCKER, ['buildx', ...words], { env, stdio: 'pipe' });
  buildx('create', '--name', 'kit', '--driver', 'remote', '--use', kit.address);
  const base = `${ring.registry.host}/bases/python:3`;
  send(BASE, base);
  writeFileSync(
    join(ring.workspace.directory, 'cached.Dockerfile'),
    `FROM ${base}\nRUN echo a slow step\nCOPY src/ /opt/ml/code/\nENTRYPOINT ["python3", "/opt/ml/code/train.py"]\n`,
  );
  const first = await ring.run({ inputs: { 'image-tags': 'first' } });
  buildx('prune', '--all', '--force');
  writeFileSync(join(ring.workspace.directory, 'src/changed.txt'), 'changed');
  const second = await ring.run({ inputs: { 'image-tags': 'second' } });
  await suite.check('buildx: BuildKit pushes one image of Docker’s own manifest type, without attestations', () =>
    judgeImages(ring, [first, second]),
  );
  await suite.check(
    'buildx: a BuildKit that has forgotten all finds the step in the cache that the registry keeps',
    async () => {
      assert.match(first.main.log, /^│ #\d+ [\d.]+ a slow step$/m);
      assert.doesNotMatch(second.main.log, /^│ #\d+ [\d.]+ a slow step$/m);
      assert.deepEqual(await tagsOf(ring, `${REPOSITORY}/cache`), ['linux-amd64-image']);
    },
  );
}

async function judgeImages(ring: Ring, runs: readonly ActionResult[]): Promise<void> {
  for (const [index, { main }] of runs.entries()) {
    assert.equal(main.exitCode, 0, main.log.slice(-6000));
    const digest = main.outputs['image-uri']?.split('@')[1];
    const image = await wholeImage(ring, REPOSITORY, index === 0 ? 'first' : 'second');
    assert.deepEqual(image, { digest, mediaType: DOCKER_MANIFEST, missing: [] });
  }
}

async function startBuildKit(): Promise<AsyncDisposable & { readonly address: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'buildkit-'));
  const address = `unix://${directory}/socket`;
  const args = [
    ...['--addr', address, '--root', join(directory, 'root'), '--containerd-worker=false'],
    // The wrapper of Docker's client gives builds the machine's network.
    ...['--oci-worker-net=host', '--oci-worker-snapshotter=native', '--allow-insecure-entitlement', 'network.host'],
  ];
  const isReady = (log: string) => log.includes('running server on');
  const stop = await startDaemon({ command: BUILDKIT, args, logFile: join(directory, 'log'), isReady });
  return {
    address,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
