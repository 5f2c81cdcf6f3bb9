/** What the action would send for a workflow's inputs: read, planned and written as in a run, without one. */
import { readInputs } from '../../src/inputs/read-inputs.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { planJob } from '../../src/plan/request.ts';
import type { CreateTrainingJobRequest } from '../../src/ports.ts';

export interface Workflow {
  readonly name: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly jobFile?: string;
}

export const ROLE = 'arn:aws:iam::111122223333:role/training';
export const IMAGE = `111122223333.dkr.ecr.us-east-1.amazonaws.com/acme/forecast@sha256:${'ab'.repeat(32)}`;
export const CHECKPOINTS = 's3://acme-ml/checkpoints/';
export const SOURCE = { uri: `s3://acme-ml/source/${'cd'.repeat(32)}.tar.gz`, hash: 'cd'.repeat(32) };
export const JOB = 'train-forecast-train-4f1d2c3b-0123456789-1';

const COMMIT = '4f1d2c3b5a69788796a5b4c3d2e1f00112233445';
const INPUTS = {
  'aws-region': 'us-east-1',
  'execution-role': ROLE,
  's3-uri': 's3://acme-ml/train',
  'instance-type': 'cpu',
};
const ENV = {
  GITHUB_REPOSITORY: 'acme/forecast',
  GITHUB_JOB: 'train',
  GITHUB_RUN_ID: '7',
  GITHUB_WORKFLOW_REF: 'acme/forecast/.github/workflows/train.yml@main',
};
const SUBJECT = {
  event: 'pull_request',
  repository: 'acme/forecast',
  sha: COMMIT,
  branch: 'feature/longer history',
  base: 'main',
  pullRequest: 7,
  defaultBranch: 'main',
  checkoutRef: 'main',
};

/** Throws when the inputs are refused. */
export function buildRequest({ name, inputs, jobFile }: Workflow): CreateTrainingJobRequest {
  const written = Object.entries({ ...INPUTS, ...inputs, ...(jobFile !== undefined && { 'job-file': 'job.yml' }) });
  const env = Object.fromEntries(written.map(([input, text]) => [`INPUT_${input.toUpperCase()}`, text]));
  const read = readInputs(env, jobFile === undefined ? {} : { jobFile: { path: 'job.yml', text: jobFile } });
  if (!read.ok) throw new Error(`${name} is refused: ${JSON.stringify(read.problems)}`);
  const caller = { account: '111122223333', arn: 'arn:aws:sts::111122223333:assumed-role/ci/run' };
  const plan = makePlan({
    inputs: read.inputs,
    env: ENV,
    subject: SUBJECT,
    trained: { sha: COMMIT, isMerge: false },
    caller,
  });
  const source = read.inputs.script === undefined ? undefined : SOURCE;
  const image = { uri: IMAGE, fingerprint: `sha256:${'ab'.repeat(32)}` };
  return planJob(plan, { image, fingerprints: {}, source }).request(JOB, read.inputs.data.checkpointUri ?? CHECKPOINTS);
}
