import type { Inputs } from '../inputs/inputs.ts';
import { defaultName, joinUri } from './names.ts';
import type { Subject } from './subject.ts';
import type { Trained } from './trained.ts';

/** The run of the workflow this action is a step of. */
export interface WorkflowRun {
  readonly id: string;
  readonly attempt: string;
  /** Path of the workflow file, e.g. `.github/workflows/train.yml`. */
  readonly workflow: string;
  readonly url: string;
}

/** All that is decided before the image exists. */
export interface Plan {
  readonly inputs: Inputs;
  readonly subject: Subject;
  readonly trained: Trained;
  readonly run: WorkflowRun;
  /** One comment, one baseline and one checkpoint lineage a name. */
  readonly name: string;
  readonly account: string;
  readonly partition: string;
  /** Root of everything this action keeps in S3, without a slash at the end. */
  readonly s3Uri: string;
  readonly statusContext: string;
}

type Env = Readonly<Record<string, string | undefined>>;

export interface PlanFacts {
  readonly inputs: Inputs;
  readonly env: Env;
  readonly subject: Subject;
  readonly trained: Trained;
  readonly caller: { readonly account: string; readonly arn: string };
}

/** Puts the decisions together; nothing here can fail any more. */
export function makePlan({ inputs, env, subject, trained, caller }: PlanFacts): Plan {
  const s3Uri = inputs.data.s3Uri ?? `s3://sagemaker-${inputs.aws.region}-${caller.account}/train-on-sagemaker`;
  const name = nameOf(inputs, env);
  return {
    inputs,
    subject,
    trained,
    run: workflowRun(env),
    name,
    account: caller.account,
    partition: caller.arn.split(':')[1] || 'aws',
    s3Uri: joinUri(s3Uri),
    statusContext: statusContextOf(inputs, name),
  };
}

/** The name of this training, given or from the job id and the matrix. */
export function nameOf(inputs: Inputs, env: Env): string {
  return inputs.name ?? defaultName(env.GITHUB_JOB || 'train', inputs.matrix);
}

/** The context of the commit status. */
export function statusContextOf(inputs: Inputs, name: string): string {
  return inputs.report.statusContext ?? `train-on-sagemaker / ${name}`;
}

/** Reads the runner's own variables; the workflow file comes from `owner/repo/<path>@<ref>`. */
export function workflowRun(env: Env): WorkflowRun {
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: repository = '' } = env;
  const id = env.GITHUB_RUN_ID ?? '0';
  const attempt = env.GITHUB_RUN_ATTEMPT ?? '1';
  const file = (env.GITHUB_WORKFLOW_REF ?? '').replace(/@.*$/s, '');
  return {
    id,
    attempt,
    workflow: file.startsWith(`${repository}/`) ? file.slice(repository.length + 1) : (env.GITHUB_WORKFLOW ?? ''),
    url: `${server}/${repository}/actions/runs/${id}/attempts/${attempt}`,
  };
}
