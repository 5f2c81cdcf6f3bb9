import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { expectNoTrace } from './docker-trace.ts';
import { build, FakeDocker, isAlive, type Manner } from './fake-docker.ts';
import { plainText } from './seen.ts';
import { Stage } from './stage.ts';

interface Case {
  readonly what: string;
  readonly name: string;
  readonly manner: Manner;
  readonly headline: string;
  readonly says: readonly string[];
}

const STEP = ['#7 [3/4] RUN pip install -r requirements.txt', '#7 ERROR: No matching distribution found for torhc'];

const IMMUTABLE =
  "tag invalid: The image tag 'x' already exists in the 'train' repository and cannot be overwritten because the repository is immutable.";

const CASES: readonly Case[] = [
  {
    what: 'a step of the Dockerfile fails',
    name: 'docker-build-fails',
    manner: { buildx: true, fails: { 'buildx build': { exitCode: 1, lines: STEP } } },
    headline: 'Training did not start: the image could not be built',
    says: ['docker build ended with exit code 1', ...STEP, 'Correct the Dockerfile'],
  },
  {
    what: 'the push is denied',
    name: 'docker-push-denied',
    manner: { fails: { push: { exitCode: 1, lines: ['denied: not authorized to perform: ecr:InitiateLayerUpload'] } } },
    headline: 'Training did not start: the image could not be pushed',
    says: ['docker push ended with exit code 1', 'denied: not authorized', 'ecr:BatchCheckLayerAvailability'],
  },
  {
    what: 'the tags of the repository are immutable',
    name: 'docker-push-immutable',
    manner: { fails: { push: { exitCode: 1, lines: [IMMUTABLE] } } },
    headline: 'Training did not start: the image could not be pushed',
    says: ['cannot be overwritten', 'image-tags'],
  },
  {
    what: 'the engine does not run',
    name: 'docker-no-daemon',
    manner: { fails: { build: { exitCode: 1, lines: ['ERROR: Cannot connect to the Docker daemon at unix:///x'] } } },
    headline: 'Training did not start: there is no Docker to build the image with',
    says: ['Cannot connect to the Docker daemon', 'Start the Docker engine'],
  },
  {
    what: 'the login fails',
    name: 'docker-login-fails',
    manner: { fails: { login: { exitCode: 1, lines: ['Error response from daemon: 500 oops'] } } },
    headline: 'Training did not start: the image could not be pushed',
    says: ['docker login ended with exit code 1', '500 oops'],
  },
];

test.each(CASES)('$what: the report quotes it and says what to do, and no login stays', async (row) => {
  using docker = new FakeDocker(row.manner);
  await using stage = await Stage.open({ name: row.name });
  const { main, post } = await stage.run(build(docker));

  expect(await stage.seen(main)).toEqual({ exit: 1, conclusion: 'failure', statuses: ['pending', 'failure'] });
  const [comment = ''] = await stage.comments();
  expect(comment.split('\n')[1]).toBe(`### ❌ ${row.headline}`);
  for (const text of row.says) expect(plainText(comment)).toContain(plainText(text));
  for (const text of row.says) expect(plainText(main.log)).toContain(plainText(text));
  expect(await stage.calls('CreateTrainingJob')).toEqual([]);
  expectNoTrace(docker);
  expect(post.exitCode).toBe(0);
});

test('without a docker command the way out is named', async () => {
  using docker = new FakeDocker();
  await using stage = await Stage.open({ name: 'docker-none', checkout: 'head' });
  const { main } = await stage.run(build(docker, { env: { PATH: docker.pathWithout() } }));

  expect(await stage.seen(main)).toMatchObject({ exit: 1, conclusion: 'failure' });
  expect(main.log).toContain('docker: command not found');
  expect((await stage.comments())[0]).toContain('or give an existing `image`');
});

describe('a build that is interrupted', () => {
  test('by a cancellation ends with all its children, though they do not listen', async () => {
    using docker = new FakeDocker({ buildx: true, hangs: true });
    await using stage = await Stage.open({ name: 'docker-sigint' });
    const pids = docker.hanging();
    const main = await stage.main(
      build(docker, { onStart: (pid) => void pids.then(() => process.kill(pid, 'SIGINT')) }),
    );

    expect(await stage.seen(main)).toMatchObject({ exit: 1, conclusion: 'cancelled' });
    expect((await pids).map(isAlive)).toEqual([false, false]);
    expectNoTrace(docker);
    expect(await stage.calls('CreateTrainingJob')).toEqual([]);
  });

  test('by SIGKILL leaves its login to the post step, which removes it', async () => {
    using docker = new FakeDocker({ buildx: true, hangs: true });
    await using stage = await Stage.open({ name: 'docker-sigkill' });
    const pids = docker.hanging();
    const run = build(docker, { onStart: (pid) => void pids.then(() => process.kill(pid, 'SIGKILL')) });
    const main = await stage.main(run);
    const directory = main.state['docker-config'] ?? '';
    const before = existsSync(directory);
    const post = await stage.post(main.state, run);
    for (const pid of await pids) process.kill(pid, 'SIGKILL');

    expect([main.exitCode, before, post.exitCode]).toEqual([null, true, 0]);
    expectNoTrace(docker);
    expect((await stage.github()).statuses.map(({ state }) => state)).toEqual(['pending', 'error']);
  });
});
