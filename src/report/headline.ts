import type { FailureCode } from '../failure.ts';
import type { GateResult } from '../metrics/judge.ts';
import { inSentence, isKnown } from './explanation-card.ts';
import { count, figures } from './figures.ts';
import type { Outcome, Report, StopCause } from './report.ts';

/** Words of ours and names from outside, kept apart so that each surface can escape in its own way. */
export type Phrase = readonly (string | { readonly code: string })[];

/** The verdict in one line that needs no knowledge of the machinery. The icon never says more than the title does. */
export interface Headline {
  readonly icon: string;
  readonly title: string;
  readonly cause: Phrase;
}

export function headlineOf(report: Report): Headline {
  const { failure, job, outcome } = report;
  if (failure?.code === 'CANCELLED') return { icon: '⛔', title: 'Training cancelled', cause: [CAUSES.CANCELLED] };
  if (failure !== undefined) {
    const title = job === undefined ? 'Training did not start' : 'Training could not be followed to its end';
    const refused = failure.code === 'JOB_REJECTED' ? explanation(report) : undefined;
    return { icon: '❌', title, cause: refused ?? [CAUSES[failure.code]] };
  }
  if (outcome === undefined) return { icon: '⏳', title: 'Training is being prepared', cause: [] };
  return headlineOfOutcome(outcome, report);
}

function headlineOfOutcome(outcome: Outcome, report: Report): Headline {
  switch (outcome.kind) {
    case 'running':
      return { icon: '⏳', title: 'Training is running', cause: phrase(outcome.phase) };
    case 'completed':
      return headlineOfGates(report.gates);
    case 'failed':
      return { icon: '❌', title: 'Training failed', cause: explanation(report) ?? ['the job ended with an error'] };
    case 'stopped':
      return STOPPED[outcome.by];
    case 'cancelled':
      return {
        icon: '⛔',
        title: 'Training cancelled',
        cause: [AFTER_CANCELLATION[outcome.job]],
      };
    case 'lost':
      return { icon: '🕓', title: 'Training is pending', cause: ['this run lost sight of the job'] };
    case 'handed-over':
      return { icon: '🕓', title: 'Training is pending', cause: ['it runs on without this workflow run'] };
    case 'superseded':
      return { icon: '⛔', title: 'Training superseded', cause: ['the pull request has a newer commit'] };
    case 'head-moved':
      return { icon: '⛔', title: 'Training cancelled', cause: ['the pull request has a newer commit'] };
    case 'skipped':
      return { icon: '⏭️', title: 'Training skipped', cause: [] };
  }
}

/** The title of the diagnosis; what looks like Markdown or HTML in it stands in code. */
function explanation({ explained }: Report): Phrase | undefined {
  if (explained === undefined || !isKnown(explained)) return undefined;
  const words = inSentence(explained.diagnosis.title).split(/(\S*[<>_*]\S*)/);
  return words.map((part, index) => (index % 2 === 1 ? { code: part } : part));
}

function headlineOfGates(gates: readonly GateResult[]): Headline {
  const failing = gates.filter(({ holds }) => !holds);
  const [first] = failing;
  if (first === undefined) {
    const all = ['its gate holds', 'both gates hold'][gates.length - 1] ?? `all ${gates.length} gates hold`;
    return gates.length === 0
      ? { icon: '✅', title: 'Training completed', cause: ['no gate was set'] }
      : { icon: '✅', title: 'Training passed', cause: [all] };
  }
  const cause =
    failing.length === 1
      ? [{ code: first.gate.text }, ` does not hold${measured(first)}`]
      : [`${failing.length} of ${count(gates.length, 'gate')} do not hold`];
  return { icon: '❌', title: 'Training failed its gate', cause };
}

function measured({ left, right }: GateResult): string {
  return left === undefined || right === undefined ? '' : ` (${figures(left, right).join(' against ')})`;
}

const AFTER_CANCELLATION = {
  stopping: 'the job was told to stop',
  left: 'nobody waits any more, but the job runs on',
  unstopped: 'the job could not be stopped and may run on',
} as const;

const STOPPED: Readonly<Record<StopCause, Headline>> = {
  'max-runtime': {
    icon: '❌',
    title: 'Training failed',
    cause: ['it used up its training time, ', { code: 'max-run' }],
  },
  'max-wait': { icon: '❌', title: 'Training failed', cause: ['it was not done within ', { code: 'max-wait' }] },
  'max-cost': {
    icon: '❌',
    title: 'Training failed',
    cause: ['it was about to cost more than ', { code: 'max-cost' }],
  },
  user: { icon: '⛔', title: 'Training stopped', cause: ['someone stopped the job in AWS'] },
};

function phrase(phase: string): Phrase {
  return phase === '' || phase === 'Other' ? [] : [PHASES.get(phase) ?? { code: phase }];
}

/** SageMaker's SecondaryStatus of a live job, in words. */
const PHASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Starting: 'waiting for an instance',
    Pending: 'waiting for an instance',
    Downloading: 'downloading the data and the image',
    Training: 'the script is at work',
    Interrupted: 'interrupted, waiting for another spot instance',
    Uploading: 'uploading the model',
    Stopping: 'stopping',
    Restarting: 'restarting',
  }),
);

const CAUSES: Readonly<Record<FailureCode, string>> = {
  INPUT_INVALID: 'the inputs need correcting',
  EVENT_UNSUPPORTED: 'this event cannot start a training',
  CHECKOUT_MISMATCH: 'another commit is checked out than the one to train',
  CREDENTIALS_MISSING: 'there are no AWS credentials',
  CREDENTIALS_EXPIRED: 'AWS did not accept the credentials',
  AWS_ACCESS_DENIED: 'a permission in AWS is missing',
  AWS_UNAVAILABLE: 'AWS could not be reached',
  IMAGE_BUILD_FAILED: 'the image could not be built',
  IMAGE_PUSH_FAILED: 'the image could not be pushed',
  IMAGE_NOT_FOUND: 'the image does not exist',
  DOCKER_MISSING: 'there is no Docker to build the image with',
  JOB_REJECTED: 'SageMaker refused the job',
  JOB_QUOTA_EXCEEDED: 'a quota of the AWS account is used up',
  JOB_NOT_FOUND: 'there is no such training job',
  JOB_NAME_TAKEN: 'the job name is taken by a different job',
  ROLE_NOT_ASSUMABLE: 'SageMaker cannot assume the execution role',
  CHECKPOINT_IN_USE: 'a live job uses the same checkpoints',
  STORAGE_UNAVAILABLE: 'the bucket could not be used',
  GITHUB_UNAVAILABLE: 'GitHub could not be reached',
  STATUS_NOT_WRITTEN: 'the commit status that gates the merge could not be written',
  CANCELLED: 'the run was cancelled',
  INTERNAL: 'the action met an error it does not know',
};
