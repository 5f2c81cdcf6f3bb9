/** The local cloud and the pull request of the demo. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageOfDirectory, pushImage } from '../../local-cloud/registry/images.ts';
import { registryState } from '../../local-cloud/registry/state.ts';
import { type LocalCloud, startLocalCloud } from '../../local-cloud/start.ts';
import { ROOT } from '../runner/step.ts';
import { BUCKET, PULL_REQUEST, REPOSITORY } from './places.ts';
import type { Scenario } from './scenario.ts';
import type { Workspace } from './workspace.ts';

const EXAMPLE = join(ROOT, 'examples/forecast');

/** So many of the cloud's seconds pass in one of ours: waiting for capacity takes no patience. */
export const TIME_SCALE = 20;

/** `registryUrl`: another registry to stand behind ECR's API. */
export function openCloud(
  scenario: Pick<Scenario, 'script'>,
  workspace: Workspace,
  registryUrl?: string,
): Promise<LocalCloud> {
  const { headSha, headRef, baseSha, title } = workspace;
  const pull = {
    number: PULL_REQUEST,
    title,
    head: { sha: headSha, ref: headRef },
    base: { sha: baseSha, ref: 'main' },
  };
  return startLocalCloud({
    timeScale: TIME_SCALE,
    ...(registryUrl === undefined ? {} : { registryUrl }),
    script: {
      github: { repository: REPOSITORY, pulls: [pull] },
      s3: {
        buckets: [
          { name: BUCKET, objects: [{ key: 'data/sst/nino12-sst.csv', file: join(EXAMPLE, 'data/nino12-sst.csv') }] },
        ],
      },
      ...scenario.script,
    },
  });
}

/** Where no Docker engine can build it, the example's image is put into the registry ready-made; answers its URI. */
export async function stockImage({ cloud, registry }: LocalCloud, { directory }: Workspace): Promise<string> {
  const image = await imageOfDirectory(join(directory, 'src'), '/opt/ml/code', configOf(join(directory, 'Dockerfile')));
  const repository = `${REPOSITORY}/train`;
  await pushImage(cloud.shared(registryState).storage, repository, image, 'ready-made');
  return `${registry}/${repository}:ready-made`;
}

/** What a build would make of the Dockerfile's ENV and ENTRYPOINT. */
function configOf(dockerfile: string): { Env: string[]; Entrypoint?: string[] } {
  const text = readFileSync(dockerfile, 'utf8');
  const entrypoint = /^ENTRYPOINT (\[.*\])$/m.exec(text)?.[1];
  const Env = [...text.matchAll(/^ENV (\w+=\S+)$/gm)].map(([, pair = '']) => pair);
  return { Env, ...(entrypoint === undefined ? {} : { Entrypoint: JSON.parse(entrypoint) as string[] }) };
}

/** The event of the pull request, as GitHub sends it. */
export function pullRequestEvent({ headSha, headRef, baseSha }: Workspace) {
  const repo = { full_name: REPOSITORY };
  return {
    action: 'synchronize',
    number: PULL_REQUEST,
    pull_request: {
      number: PULL_REQUEST,
      head: { sha: headSha, ref: headRef, repo },
      base: { sha: baseSha, ref: 'main', repo },
    },
    repository: { full_name: REPOSITORY, default_branch: 'main', private: false },
  };
}

/** `with:` of the demo's workflow. */
export function inputsFor(
  scenario: Pick<Scenario, 'inputs'>,
  image: string | undefined,
  base: string | undefined,
): Record<string, string> {
  return {
    'aws-region': 'us-east-1',
    'role-to-assume': 'arn:aws:iam::111122223333:role/ci',
    'execution-role': 'arn:aws:iam::111122223333:role/training',
    'instance-type': 'cpu',
    's3-uri': `s3://${BUCKET}/train-on-sagemaker`,
    channels: `train: s3://${BUCKET}/data/sst/`,
    hyperparameters: 'epochs: 24\nepoch-seconds: 0.25',
    ...(image === undefined ? {} : { image }),
    ...(base === undefined || image !== undefined ? {} : { 'build-args': `BASE: ${base}` }),
    ...scenario.inputs,
  };
}

/** GITHUB_* of the step. */
export function githubEnv(workspace: Workspace): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_JOB: 'train',
    GITHUB_ACTOR: 'ada',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'train',
    GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/train.yml@refs/pull/${PULL_REQUEST}/merge`,
    GITHUB_SHA: workspace.headSha,
    GITHUB_REF: `refs/pull/${PULL_REQUEST}/merge`,
    GITHUB_REF_NAME: `${PULL_REQUEST}/merge`,
  };
}
