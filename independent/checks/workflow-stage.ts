/** A local cloud and an engine on which the example workflows are played, with the action of this commit. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWorkflow, type WorkflowEvent, type WorkflowResult } from '../act.ts';
import { type LocalCloudProcess, startCloud } from '../cloud.ts';
import { program, ROOT } from '../suite.ts';

export const REPOSITORY = 'acme/forecast';
export const PULL_REQUEST = 7;
const RUN_ID = '4711';
const MARKER = '<!-- train-on-sagemaker:';

/** A job of `seconds` whose last val_mape is `mape`. */
export const job = (seconds: number, mape: number) => ({
  phases: [
    { status: 'Starting', seconds: 1 },
    { status: 'Downloading', seconds: 1 },
    { status: 'Training', seconds },
    { status: 'Uploading', seconds: 1 },
  ],
  logs: {
    lines: [
      { at: 0.5, text: 'epoch=1 val_mape=0.31' },
      { at: 1, text: `epoch=2 val_mape=${mape}` },
    ],
  },
});

/** The commit that act will clone: the pull request's head. */
const head = () => execFileSync('git', ['-C', ROOT, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();

export function openCloud(name: string, jobs: readonly object[], script: object = {}): Promise<LocalCloudProcess> {
  const sides = { head: { sha: head(), ref: 'longer' }, base: { sha: '0'.repeat(40), ref: 'main' } };
  return startCloud(name, {
    jobs,
    github: {
      repository: REPOSITORY,
      pulls: [{ number: PULL_REQUEST, ...sides }],
      collaborators: { ada: 'write', eve: 'read' },
    },
    s3: { buckets: [{ name: 'my-bucket', objects: [{ key: 'data/train/sst.csv', text: 'month,value\n' }] }] },
    ecr: { repositories: [{ name: REPOSITORY, images: [{ tag: 'ready' }] }] },
    ...script,
  });
}

/** What users paste, but for two lines: this checkout's action, and an image that exists instead of one to be built. */
export function underAct(example: string, image: string): string {
  const uses = /^( *(?:- )?)uses: OWNER\/train-on-sagemaker@v1\n( *)with:\n/gm;
  assert.match(example, uses);
  return example
    .replace(uses, (_, step, inputs) => `${step}uses: ./\n${inputs}with:\n${inputs}  image: ${image}\n`)
    .replace(/^ *repository: .*\n/gm, '');
}

const repository = {
  full_name: REPOSITORY,
  default_branch: 'main',
  private: false,
  owner: { login: 'acme' },
  name: 'forecast',
};

export function pullRequestEvent(
  sha: string,
  more: Readonly<Record<string, unknown>> = {},
  labels: readonly string[] = [],
) {
  const repo = { full_name: REPOSITORY };
  return {
    action: 'synchronize',
    number: PULL_REQUEST,
    sender: { login: 'ada' },
    pull_request: {
      number: PULL_REQUEST,
      head: { sha, ref: 'longer', repo },
      base: { sha: '0'.repeat(40), ref: 'main', repo },
      labels: labels.map((name) => ({ name })),
    },
    repository,
    ...more,
  };
}

/** A new comment on the pull request. */
export function commentEvent(body: string, login = 'ada') {
  const user = { login };
  const issue = { number: PULL_REQUEST, pull_request: { url: 'https://api.github.com/' }, user };
  return { action: 'created', sender: user, issue, comment: { id: 501, body, user }, repository };
}

export interface Play {
  /** A file of examples/workflows. */
  readonly example: string;
  readonly event?: (sha: string) => WorkflowEvent;
  readonly eventName?: string;
  readonly signal?: AbortSignal;
}

export async function play(
  cloud: LocalCloudProcess,
  { example, event, eventName, signal }: Play,
): Promise<WorkflowResult> {
  const directory = mkdtempSync(join(tmpdir(), 'workflow-'));
  const workflow = join(directory, example);
  const text = readFileSync(join(ROOT, 'examples/workflows', example), 'utf8');
  writeFileSync(workflow, underAct(text, `${cloud.registry}/${REPOSITORY}:ready`));
  try {
    return await runWorkflow({
      project: ROOT,
      workflow,
      event: event ?? pullRequestEvent,
      env: {
        ...cloud.env,
        GITHUB_RUN_ID: RUN_ID,
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/${example}@refs/pull/${PULL_REQUEST}/merge`,
      },
      refs: [`refs/pull/${PULL_REQUEST}/head`],
      secrets: { GITHUB_TOKEN: cloud.env.GITHUB_TOKEN ?? '' },
      act: program('act'),
      ...(eventName && { eventName }),
      ...(signal && { signal }),
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export const comments = async (cloud: LocalCloudProcess): Promise<readonly string[]> =>
  (await cloud.github()).comments.map(({ body }) => body).filter((body) => body.startsWith(MARKER));

export const states = async (cloud: LocalCloudProcess) => (await cloud.github()).statuses.map(({ state }) => state);

export const createdJob = async (cloud: LocalCloudProcess): Promise<string> => {
  const created = await cloud.calls('CreateTrainingJob');
  assert.equal(created.length, 1, 'CreateTrainingJob calls');
  return String(created[0]?.request?.TrainingJobName);
};
