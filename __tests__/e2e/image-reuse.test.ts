import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { build, FakeDocker } from './fake-docker.ts';
import { COMPLETES } from './jobs.ts';
import { Stage } from './stage.ts';

const BASES = { name: 'bases/python', images: [{ tag: '3.12' }] };

/** Calls of the image stage alone: the registry's own requests would be docker's. */
const isImageCall = ({ service }: { readonly service: string }) => service === 'ecr' || service === 'registry';

/** A base in the registry of the local cloud, named by a build argument: its port is another one at each run. */
async function withBase(stage: Stage): Promise<string> {
  writeFileSync(
    join(stage.checkout.directory, 'Dockerfile'),
    'ARG BASE\nFROM ${BASE}\nCOPY train.py /opt/ml/code/\nENTRYPOINT ["python3", "/opt/ml/code/train.py"]\n',
  );
  return `BASE: ${stage.local.registry}/bases/python:3.12`;
}

test('an image whose content has not changed is reused: three calls, nothing uploaded, no docker', async () => {
  using docker = new FakeDocker({ buildx: true });
  await using stage = await Stage.open({
    name: 'image-reuse',
    jobs: [COMPLETES, COMPLETES, COMPLETES],
    script: { ecr: { repositories: [BASES] } },
  });
  const args = await withBase(stage);
  const inputs = { 'build-args': args, reuse: 'never' };
  const first = await stage.main(build(docker, { inputs }));
  expect({ log: first.log, source: first.outputs['image-source'] }).toMatchObject({ source: 'built' });
  expect(first.log).toMatch(
    /Image built: acme\/forecast\/train holds no image of this content yet \(f-[0-9a-f]{12}…\)\./,
  );

  const again = await onceMore(stage, docker, inputs);
  expect(again.operations).toEqual(['BatchGetImage', 'BatchGetImage']);
  expect(again.outputs).toMatchObject({ 'image-source': 'reused', 'image-uri': first.outputs['image-uri'] });

  // A file that nothing copies: another commit would be the same image under one tag more.
  writeFileSync(join(stage.checkout.directory, 'NOTES.md'), 'Not copied.\n');
  const tagged = await onceMore(stage, docker, { ...inputs, 'image-tags': 'candidate' });
  expect(tagged.operations).toEqual(['BatchGetImage', 'BatchGetImage', 'PutImage']);
  expect(tagged.outputs['image-uri']).toBe(first.outputs['image-uri']);
  expect(tagged.dockerCalls).toBe(0);
});

test('a file that is copied, and a base that moves, make another image', async () => {
  using docker = new FakeDocker({ buildx: true });
  await using stage = await Stage.open({
    name: 'image-rebuilt',
    jobs: [COMPLETES, COMPLETES],
    script: { ecr: { repositories: [BASES] } },
  });
  const inputs = { 'build-args': await withBase(stage), reuse: 'never' };
  await stage.main(build(docker, { inputs }));
  writeFileSync(join(stage.checkout.directory, 'train.py'), 'print("val_mape=0.04")\n');
  const again = await onceMore(stage, docker, inputs);
  expect(again.outputs['image-source']).toBe('built');
  expect(again.dockerCalls).toBeGreaterThan(0);
});

async function onceMore(stage: Stage, docker: FakeDocker, inputs: Readonly<Record<string, string>>) {
  const seen = (await stage.ledger()).length;
  const called = docker.calls().length;
  const { outputs, log } = await stage.main(build(docker, { inputs }));
  const operations = (await stage.ledger())
    .slice(seen)
    .filter(isImageCall)
    .map(({ operation }) => operation);
  return { outputs, log, operations, dockerCalls: docker.calls().length - called };
}
