/** What the image benches share: a real registry behind ECR's API, a large base image in it, and a checkout. */
import { createCipheriv } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildImage, pushImage } from '../../local-cloud/registry/images.ts';
import { registryState } from '../../local-cloud/registry/state.ts';
import { type LocalCloud, startLocalCloud } from '../../local-cloud/start.ts';
import { type DockerRegistry, startDockerRegistry } from '../../scripts/docker/registry.ts';

export interface World extends AsyncDisposable {
  readonly local: LocalCloud;
  readonly registry: DockerRegistry;
  readonly checkout: string;
  /** Name of the base image in the registry. */
  readonly base: string;
}

const BASE = 'bases/python';
const TAG = '3.12';
const LAYERS = 4;
const FILES_A_LAYER = 500;
const FILE_BYTES = 110_000;

/** Of random bytes, so that nothing of it can be compressed: it is as large in the registry as on the disk. */
export const BASE_BYTES = LAYERS * FILES_A_LAYER * FILE_BYTES;

const SOURCES = 40;

export async function openWorld(): Promise<World> {
  const registry = await startDockerRegistry();
  const local = await startLocalCloud({ registryUrl: `http://${registry.host}` });
  const checkout = mkdtempSync(join(tmpdir(), 'bench-checkout-'));
  await pushBase(local);
  const base = `${registry.host}/${BASE}:${TAG}`;
  writeCheckout(checkout, base);
  return {
    local,
    registry,
    checkout,
    base,
    async [Symbol.asyncDispose]() {
      await local.close();
      await registry[Symbol.asyncDispose]();
      rmSync(checkout, { recursive: true, force: true });
    },
  };
}

async function pushBase({ cloud }: LocalCloud): Promise<void> {
  // The same bytes on every machine.
  const random = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
  const layers = Array.from({ length: LAYERS }, (_, layer) =>
    Array.from({ length: FILES_A_LAYER }, (_, file) => ({
      path: `library-${layer}-${file}.so`,
      type: 'file' as const,
      mode: 0o644,
      content: random.update(Buffer.alloc(FILE_BYTES)),
    })),
  );
  await pushImage(cloud.shared(registryState).storage, BASE, buildImage(layers, { Env: ['PATH=/usr/bin'] }), TAG);
}

/** Nothing has to be executed: the cheapest build that Docker can be asked for. */
function writeCheckout(directory: string, base: string): void {
  const dockerfile = [
    `FROM ${base}`,
    'COPY src/ /opt/ml/code/',
    'ENV SAGEMAKER_PROGRAM=train.py',
    'ENTRYPOINT ["python3", "/opt/ml/code/train.py"]',
  ];
  write(join(directory, 'Dockerfile'), `${dockerfile.join('\n')}\n`);
  for (let index = 0; index < SOURCES; index++) {
    write(join(directory, `src/package/module_${index}.py`), `print(${index})\n`.repeat(200));
  }
  changeCode(directory, 0);
}

/** The one change of a pull request; the file's time is another one at each checkout. */
export function changeCode(directory: string, version: number): void {
  write(join(directory, 'src/train.py'), `VERSION = ${version}\nprint(VERSION)\n`);
}

/** Files of a fresh checkout have the time of that checkout, which is part of Docker's layers. */
export function checkOutAnew(directory: string, round: number): void {
  utimesSync(join(directory, 'src/train.py'), 1.7e9 + round, 1.7e9 + round);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
