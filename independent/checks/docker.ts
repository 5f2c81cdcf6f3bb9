/** The demo with a real Docker engine: built, pushed, pulled, run, killed by the interruption and run again; then the ring. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingDocker } from '../../scripts/docker/programs.ts';
import type { LedgerEntry } from '../cloud.ts';
import { BASE, demandBaseImage, docker, WRAPPER } from '../docker-engine.ts';
import { LEDGERS, ROOT, type Suite } from '../suite.ts';
import { dockerRingChecks } from './docker-ring.ts';
import { pushFaultChecks } from './push-faults.ts';

const OUT = join(ROOT, 'out/independent/docker-demo');
const kept = (name: string) => readFileSync(join(OUT, name), 'utf8');

export async function dockerChecks(suite: Suite): Promise<void> {
  const lacks = missingDocker();
  if (lacks !== undefined) throw new Error(lacks);
  await demandBaseImage(suite);
  await demoChecks(suite);
  await dockerRingChecks(suite, BASE);
  await pushFaultChecks(suite);
}

async function demoChecks(suite: Suite): Promise<void> {
  const started = nowSeconds();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts/demo.ts'), '--base', BASE, '--out', OUT],
    // The wrapper gives builds the machine's network; the engine here has no bridge.
    { env: { ...process.env, PATH: `${WRAPPER}:${process.env.PATH}` }, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  const isGreen = await suite.check('docker: the demo ends well, with the image built by the engine', () => {
    assert.equal(status, 0, `${stdout}${stderr}`.slice(-6000));
    assert.match(stdout, /a Docker engine answers/);
    assert.equal(outputs()['image-source'], 'built');
  });
  if (!isGreen) return;
  mkdirSync(LEDGERS, { recursive: true });
  copyFileSync(join(OUT, 'ledger.json'), join(LEDGERS, 'docker-demo.json'));
  await registryChecks(suite);
  await trainingChecks(suite, events(started, nowSeconds() + 1));
}

async function registryChecks(suite: Suite): Promise<void> {
  const ledger: readonly LedgerEntry[] = JSON.parse(kept('ledger.json'));
  const calls = (operation: string) => ledger.filter((entry) => entry.operation === operation && entry.error === null);
  const [repository = '', digest = ''] = (outputs()['image-uri'] ?? '').split('@');
  await suite.check('docker: the engine pushed a single Docker manifest, version 2 schema 2', () => {
    assert.equal(calls('PutManifest').length, 1);
    const described = JSON.stringify(calls('BatchGetImage').at(-1)?.response);
    assert.match(described, /"imageManifestMediaType":"application\/vnd\.docker\.distribution\.manifest\.v2\+json"/);
    assert.ok(described.includes(digest), described);
  });
  await suite.check('docker: the one training job is created with that digest', () => {
    const images = calls('CreateTrainingJob').map(
      ({ request }) => (request?.AlgorithmSpecification as { TrainingImage?: string } | undefined)?.TrainingImage,
    );
    assert.deepEqual(images, [`${repository}@${digest}`]);
  });
  await suite.check('docker: the image has the command and the code of its Dockerfile', () => {
    const [image] = JSON.parse(docker('image', 'inspect', `${repository}@${digest}`));
    assert.deepEqual(image.Config.Entrypoint, ['python3', '/opt/ml/code/train.py']);
    assert.ok(image.Config.Env.includes('SAGEMAKER_PROGRAM=train.py'), image.Config.Env);
  });
}

async function trainingChecks(suite: Suite, seen: readonly Event[]): Promise<void> {
  const image = outputs()['image-uri'];
  const ofTraining = seen.filter(({ Actor }) => Actor.Attributes.image === image);
  await suite.check(
    'docker: by the engine’s own events the container ran, was killed, and a second one ran to its end',
    () => {
      const codes = ofTraining.filter(({ Action }) => Action === 'die').map(({ Actor }) => Actor.Attributes.exitCode);
      assert.deepEqual(codes, ['137', '0']);
      assert.equal(ofTraining.filter(({ Action }) => Action === 'start').length, 2);
    },
  );
  await suite.check('docker: the second container resumed from the checkpoint of the first', () => {
    assert.match(kept('comment.md'), /Interrupted once by spot and resumed/);
    assert.match(kept('log.txt'), /resumed from step \d+/);
    assert.equal(outputs().interruptions, '1');
  });
  await suite.check('docker: no container is left behind', () => {
    assert.equal(docker('ps', '--all', '--quiet', '--filter', `ancestor=${image}`).trim(), '');
  });
}

interface Event {
  readonly Action: string;
  readonly Actor: { readonly Attributes: { readonly image?: string; readonly exitCode?: string } };
}

function events(since: number, until: number): Event[] {
  const words = [
    '--since',
    String(since),
    '--until',
    String(until),
    '--filter',
    'type=container',
    '--format',
    '{{json .}}',
  ];
  return docker('events', ...words)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event);
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

const outputs = (): Readonly<Record<string, string>> => JSON.parse(kept('outputs.json'));
