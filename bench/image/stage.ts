/** The image stage of the action, with its real doors, in this process. */

import { inputEnvironment, readActionMetadata } from '../../scripts/runner/action-metadata.ts';
import { ROOT } from '../../scripts/runner/step.ts';
import { openAws } from '../../src/adapters/aws.ts';
import { clock } from '../../src/adapters/clock.ts';
import { distribution } from '../../src/adapters/distribution.ts';
import { openDocker } from '../../src/adapters/docker.ts';
import { openFiles } from '../../src/adapters/files.ts';
import { makeSecrets } from '../../src/hostile/secrets.ts';
import { ensureImage, type Image } from '../../src/image/ensure.ts';
import { readInputs } from '../../src/inputs/read-inputs.ts';
import { makePlan } from '../../src/plan/plan.ts';
import type { World } from './world.ts';

export interface StageRun {
  readonly image: Image;
  readonly milliseconds: number;
  /** Operations asked of ECR. */
  readonly calls: readonly string[];
}

const REPOSITORY = 'acme/forecast';

/** `sha`: the commit that is trained. `dockerHost`: none = Docker cannot be reached. */
export async function runImageStage(world: World, sha: string, dockerHost: string): Promise<StageRun> {
  const env = environment(world, dockerHost);
  const plan = planOf(env, sha);
  const seen = world.local.cloud.ledger.entries().length;
  // Clients of their own, as a new process has them: nothing is connected yet.
  const secrets = makeSecrets(() => {});
  const aws = openAws({ region: 'us-east-1' }, { secrets, clock });
  const doors = {
    ...aws,
    distribution,
    docker: openDocker(env),
    files: openFiles(env),
    clock,
    secrets,
    runner: silent(env),
  };
  const started = performance.now();
  const image = await ensureImage(plan, doors, new AbortController().signal);
  const milliseconds = performance.now() - started;
  const asked = world.local.cloud.ledger.entries().slice(seen);
  return {
    image,
    milliseconds,
    calls: asked.filter(({ service }) => service === 'ecr').map(({ operation }) => operation),
  };
}

function environment({ local, checkout }: World, dockerHost: string): Record<string, string> {
  // The SDK and the adapter read where AWS is from the process.
  Object.assign(process.env, local.env);
  const inputs = {
    'aws-region': 'us-east-1',
    'execution-role': 'arn:aws:iam::111122223333:role/training',
    'instance-type': 'ml.m5.xlarge',
    channels: 'train: s3://acme-ml/data/',
    cache: 'off',
  };
  return {
    ...inputEnvironment(readActionMetadata(ROOT), inputs, { token: 'none', matrix: null, strategy: null }),
    PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: checkout,
    DOCKER_HOST: dockerHost,
    GITHUB_WORKSPACE: checkout,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_JOB: 'train',
    GITHUB_RUN_ID: '4711',
  };
}

function planOf(env: Record<string, string>, sha: string) {
  const read = readInputs(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const subject = {
    event: 'pull_request',
    repository: REPOSITORY,
    sha,
    branch: 'longer-history',
    base: 'main',
    pullRequest: 7,
    defaultBranch: 'main',
    checkoutRef: '',
  };
  const caller = { account: '111122223333', arn: 'arn:aws:sts::111122223333:assumed-role/ci/bench' };
  return makePlan({ inputs: read.inputs, env, subject, trained: { sha, isMerge: false }, caller });
}

function silent(env: Record<string, string>) {
  const nothing = () => {};
  return { env, print: nothing, group: nothing, endGroup: nothing, warning: nothing, save: nothing };
}
