import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { expectNoTrace } from './docker-trace.ts';
import { plain, refEnvironment } from './events.ts';
import { build, FakeDocker } from './fake-docker.ts';
import { job } from './jobs.ts';
import { overhear } from './sessions.ts';
import { Stage } from './stage.ts';

const OPTIONS = ['--platform=linux/amd64', '--file=./Dockerfile'];

test('with buildx one command builds and pushes; the password is on stdin alone and the login is gone afterwards', async () => {
  const userConfig = { auths: { 'ghcr.io': { auth: 'dXNlcjpwYXNz' } }, credsStore: 'secretservice' };
  using docker = new FakeDocker({ buildx: true, says: { 'buildx build': ['#5 DONE 0.1s'] } }, userConfig);
  await using stage = await Stage.open({ name: 'docker-buildx' });
  const passwords: string[] = [];
  overhear(stage, (...given) => {
    passwords.push(...given.filter(({ what }) => what === 'ECR password').map(({ value }) => value));
    stage.change({ jobs: [job([...passwords.map((value) => `password=${value}`), 'val_mape=0.05'])] });
  });
  const { main } = await stage.run(
    build(docker, {
      inputs: { 'build-args': 'CUDA: "12"\nQUOTED: a "b" $c', 'build-secrets': 'pip: s3cr3t-value', target: 'gpu' },
    }),
  );

  expect(await stage.seen(main)).toEqual({ exit: 0, conclusion: 'success', statuses: ['pending', 'success'] });
  const [login, version, ...further] = docker.calls();
  const built = further.at(-1);
  const { registry } = stage.local;
  expect(login?.args).toEqual(['login', '--username', 'AWS', '--password-stdin', registry]);
  const password = login?.stdin ?? '';
  expect(passwords).toContain(password);
  expect(version?.args).toEqual(['buildx', 'version']);
  const config = built?.config ?? '';
  expect(built?.args).toEqual([
    ...['buildx', 'build', '--progress=plain', '--provenance=false', '--sbom=false'],
    '--output=type=image,push=true,oci-mediatypes=false',
    `--metadata-file=${config}/metadata.json`,
    ...OPTIONS,
    ...['--target=gpu', '--build-arg=CUDA=12', '--build-arg=QUOTED=a "b" $c', `--secret=id=pip,src=${config}/secret-0`],
    `--tag=${registry}/acme/forecast/train:${stage.checkout.headSha}`,
    ...['--', '.'],
  ]);
  expect(built).toMatchObject({ configMode: 0o700, stdin: '', files: { 'secret-0': 's3cr3t-value' } });
  for (const { args, env } of docker.calls()) expect([...args, ...env].join('\n')).not.toContain(password);
  expect(JSON.parse(login?.files['config.json'] ?? '')).toMatchObject({ auths: userConfig.auths });
  expect(login?.files['config.json']).not.toContain('secretservice');
  expect(JSON.parse(readFileSync(docker.userConfigPath, 'utf8'))).toEqual(userConfig);
  expectNoTrace(docker);
  expect(main.log).toContain('::group::Build and push the image (buildx)\n│ #5 DONE 0.1s\n::endgroup::');
  expect(main.log).toContain('│ password=***\n');
  const texts = [...(await stage.comments()), main.summary, JSON.stringify(main.outputs), JSON.stringify(main.state)];
  for (const text of texts) expect(text).not.toContain(password);
  expect(main.outputs['image-source']).toBe('built');
  const [created] = await stage.calls('CreateRepository');
  expect(created?.request.repositoryName).toBe('acme/forecast/train');
  const [create] = await stage.calls('CreateTrainingJob');
  expect(create?.request.AlgorithmSpecification).toMatchObject({ TrainingImage: main.outputs['image-uri'] });
  expect(main.outputs['image-uri']).toMatch(/\/acme\/forecast\/train@sha256:[0-9a-f]{64}$/);
});

test('without buildx the image is built and pushed once; the default branch also moves latest', async () => {
  using docker = new FakeDocker({ buildx: false });
  await using stage = await Stage.open({ name: 'docker-engine', github: { pulls: [] } });
  const { headSha } = stage.checkout;
  const event = plain('push', { ref: 'refs/heads/main' });
  const { main } = await stage.run(build(docker, { event, env: refEnvironment('refs/heads/main', headSha) }));

  expect(main.outputs).toMatchObject({ conclusion: 'success', 'image-source': 'built' });
  const reference = `${stage.local.registry}/acme/forecast/train:${headSha}`;
  expect(
    docker
      .calls()
      .map(({ args }) => args.map((arg) => arg.replace(/^--iidfile=.*/, '--iidfile')))
      .filter(([command]) => command === 'build' || command === 'push'),
  ).toEqual([
    ['build', '--iidfile', ...OPTIONS, `--tag=${reference}`, '--', '.'],
    ['push', reference],
  ]);
  expect(await tagsGiven(stage)).toContain('latest');
  expectNoTrace(docker);
});

test('an OCI manifest trains, and the comment says what it cannot do', async () => {
  using docker = new FakeDocker({ buildx: false, oci: true });
  await using stage = await Stage.open({ name: 'docker-oci' });
  const { main } = await stage.run(build(docker, { inputs: { 'image-tags': 'one\ntwo', repository: 'models/all' } }));

  expect(main.outputs.conclusion).toBe('success');
  const pushed = docker.calls().flatMap(({ args }) => (args[0] === 'push' ? [args[1]] : []));
  expect(pushed).toEqual([`${stage.local.registry}/models/all:one`]);
  expect(await tagsGiven(stage)).toContain('two');
  const [comment = ''] = await stage.comments();
  expect(comment).toMatch(/pushed as .*SageMaker endpoints .*CreateModel.* accept only Docker/);
  expect(comment).toContain('docker/setup-buildx-action');
});

/** Further tags of a pushed image are given to it in the registry. */
async function tagsGiven(stage: Stage): Promise<readonly unknown[]> {
  return (await stage.calls('PutImage')).filter(({ status }) => status === 200).map(({ request }) => request.imageTag);
}
