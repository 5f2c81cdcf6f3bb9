/**
 * Programs that really fail in real containers: what the engine and the kernel made of them, what the local cloud says of
 * that in SageMaker's words, and what dist/index.js makes of it: the cause, the comment, the marked line, the exit code.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '../../local-cloud/start.ts';
import { PULL_REQUEST, REPOSITORY } from '../../scripts/demo/places.ts';
import { githubEnv, pullRequestEvent } from '../../scripts/demo/stage.ts';
import { makeWorkspace, type Workspace } from '../../scripts/demo/workspace.ts';
import { renderPage } from '../../scripts/github-page.ts';
import { runAction, type StepResult } from '../../scripts/runner/step.ts';
import type { GitHubState, LedgerEntry } from '../cloud.ts';
import { BASE, demandBaseImage, docker, WRAPPER } from '../docker-engine.ts';
import {
  armProgram,
  BUCKET,
  CASES,
  CHECKPOINTS,
  type FailureCase,
  LIMITED_ROLE,
  TRUNCATED_PICKLE,
} from '../failures/cases.ts';
import { LEDGERS, ROOT, type Suite } from '../suite.ts';

const PROGRAMS = join(ROOT, 'independent/failures');
const SERIES = join(ROOT, 'examples/forecast/data/nino12-sst.csv');
const COMMENTS = join(ROOT, 'out/independent/failures');
/** So many of the cloud's seconds pass in one of ours. */
const TIME_SCALE = 20;
/** Trainings at a time. */
const LANES = 2;

export async function failureChecks(suite: Suite): Promise<void> {
  await demandBaseImage(suite);
  const scratch = mkdtempSync(join(tmpdir(), 'failures-'));
  try {
    const workspace = makeWorkspace(join(scratch, 'checkout'), programs(join(scratch, 'programs')));
    const local = await openCloud(workspace);
    try {
      const waiting = [...CASES];
      const lane = async () => {
        for (let one = waiting.shift(); one; one = waiting.shift()) await checkCase(suite, one, workspace, local);
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      await suite.check('failures: no container is left behind', () =>
        assert.equal(docker('ps', '--all', '--quiet'), ''),
      );
    } finally {
      await keepLedger(local);
      await local.close();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The sources as they are, and the one program that nobody can read: for another processor. */
function programs(directory: string): string {
  cpSync(PROGRAMS, directory, { recursive: true });
  writeFileSync(join(directory, 'architecture/train'), armProgram(), { mode: 0o755 });
  return directory;
}

function openCloud({ headSha, headRef, baseSha, title }: Workspace): Promise<LocalCloud> {
  const sides = { head: { sha: headSha, ref: headRef }, base: { sha: baseSha, ref: 'main' } };
  const object = (key: string, bytes: Buffer) => ({ key, base64: bytes.toString('base64') });
  const series = readFileSync(SERIES);
  const objects = [
    object('data/sst/series.csv', series),
    object('data/private/series.csv', series),
    object(`${CHECKPOINTS}latest.pkl`, TRUNCATED_PICKLE),
  ];
  return startLocalCloud({
    timeScale: TIME_SCALE,
    script: {
      jobs: CASES.map(({ name, machine }) => ({ match: `train-*-${name}-*`, real: true, ...(machine && { machine }) })),
      github: { repository: REPOSITORY, pulls: [{ number: PULL_REQUEST, title, ...sides }] },
      s3: { buckets: [{ name: BUCKET, objects }] },
      iam: {
        roles: [{ name: 'ci' }, { name: 'training' }, { name: LIMITED_ROLE, policies: [EVERYTHING, NOT_PRIVATE] }],
      },
    },
  });
}

const EVERYTHING = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const NOT_PRIVATE = {
  Statement: [{ Effect: 'Deny', Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/data/private/*` }],
};

async function checkCase(suite: Suite, one: FailureCase, workspace: Workspace, local: LocalCloud): Promise<void> {
  const { main } = await runAction({
    inputs: inputsFor(one),
    event: { name: 'pull_request', payload: pullRequestEvent(workspace) },
    env: { ...local.env, ...githubEnv(workspace), DOCKER_HOST: process.env.DOCKER_HOST ?? '', PATH: PATH },
    workspace: workspace.directory,
    clock: { scale: TIME_SCALE, originMs: Number(local.env.LOCAL_CLOUD_EPOCH_MS) },
  });
  const title = (text: string) => `failures: ${one.name}: ${text}`;
  await suite.check(title(`the job fails as SageMaker would say it, and the cause is ${one.cause}`), async () => {
    const reason = await failureReason(local, main.outputs['job-name'] ?? '');
    assert.match(reason, one.reason, main.log.slice(-4000));
    assert.equal(main.outputs.cause, one.cause, `${reason}\n${main.log.slice(-4000)}`);
    assert.equal(main.outputs.conclusion, 'failure');
    assert.equal(main.exitCode, 1);
  });
  await suite.check(title('the comment shows cause, proof and remedy'), async () => {
    const comment = await commentOf(local, one.name);
    keepComment(one.name, comment);
    assert.match(comment, new RegExp(`\\(\`${one.cause}\``));
    for (const words of one.tells) assert.match(comment, words);
  });
  if (one.line) await suite.check(title('its line is marked'), () => checkMark(main, one, workspace));
}

const PATH = `${WRAPPER}:${process.env.PATH}`;

function checkMark({ log }: StepResult, { name, line }: FailureCase, { directory }: Workspace): void {
  const file = `${name}/${line?.file}`;
  const lines = readFileSync(join(directory, file), 'utf8').split('\n');
  const number = lines.findIndex((text) => text.includes(line?.code ?? '')) + 1;
  assert.match(log, new RegExp(`^::error .*file=${file.replace('.', '\\.')},line=${number}\\b`, 'm'));
}

function inputsFor({ name, inputs }: FailureCase): Record<string, string> {
  return {
    'aws-region': 'us-east-1',
    'role-to-assume': 'arn:aws:iam::111122223333:role/ci',
    'execution-role': 'arn:aws:iam::111122223333:role/training',
    'instance-type': 'ml.m5.large',
    's3-uri': `s3://${BUCKET}/train-on-sagemaker`,
    channels: `train: s3://${BUCKET}/data/sst/`,
    name,
    context: name,
    // One for all: what they have in common is pushed once. A tag for each, as both lanes share the engine's.
    'image-tags': name,
    repository: `${REPOSITORY}/failures`,
    'build-args': `BASE: ${BASE}`,
    ...inputs,
  };
}

async function failureReason(local: LocalCloud, job: string): Promise<string> {
  const described = (await ledger(local)).filter(
    ({ operation, request }) => operation === 'DescribeTrainingJob' && request?.TrainingJobName === job,
  );
  const reasons = described.map(({ response }) => (response as { FailureReason?: string } | null)?.FailureReason);
  return reasons.findLast((reason) => reason !== undefined) ?? '';
}

async function commentOf(local: LocalCloud, name: string): Promise<string> {
  const { comments } = (await (await fetch(`${local.url}/_local/github`)).json()) as GitHubState;
  const own = comments.filter(({ body }) => body.startsWith(`<!-- train-on-sagemaker:${name} -->`));
  assert.equal(own.length, 1);
  return own[0]?.body ?? '';
}

const ledger = async (local: LocalCloud): Promise<readonly LedgerEntry[]> =>
  (await (await fetch(`${local.url}/_local/ledger`)).json()) as LedgerEntry[];

/** For people's eyes. */
function keepComment(name: string, markdown: string): void {
  mkdirSync(COMMENTS, { recursive: true });
  const sections = [{ heading: name, markdown, kind: 'comment' as const }];
  writeFileSync(join(COMMENTS, `${name}.html`), renderPage({ title: `A real failure: ${name}`, sections }));
}

async function keepLedger(local: LocalCloud): Promise<void> {
  mkdirSync(LEDGERS, { recursive: true });
  writeFileSync(join(LEDGERS, 'failures.json'), JSON.stringify(await ledger(local)));
}
