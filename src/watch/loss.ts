/** When a job counts as out of this run's sight, and what to do about it. Pure; seconds. */
import { Failure } from '../failure.ts';
import { rejection } from '../job/rejection.ts';
import { PROPAGATION_SECONDS, readServiceError } from '../job/service-errors.ts';

/** AWS silent for so long: the job is reported as pending, never as failed. */
const LONGEST_SILENCE = 1800;

export interface Blindness {
  /** Since the following began: tags, and with them the right to see a job, take a while to spread. */
  readonly followedFor: number;
  /** Since the last answer. */
  readonly silentFor: number;
}

/** The remedy for a job that cannot be followed any more; `undefined` as long as asking again may help. */
export function remedyForLoss(error: unknown, { followedFor, silentFor }: Blindness): string | undefined {
  const kind = readServiceError('DescribeTrainingJob', error);
  switch (kind) {
    case 'denied':
    case 'unknown-job':
      return followedFor < PROPAGATION_SECONDS.DescribeTrainingJob ? undefined : `${MAY_NOT_DESCRIBE} ${AGAIN}`;
    case 'expired':
    case 'no-credentials':
    case 'not-trusted':
    case 'session-too-long':
      return `${rejection('DescribeTrainingJob', error).remedy} ${AGAIN}`;
    default:
      if (error instanceof Failure && (error.code === 'CREDENTIALS_MISSING' || silentFor > LONGEST_SILENCE))
        return `${error.remedy} ${AGAIN}`;
      return silentFor > LONGEST_SILENCE ? `AWS did not answer for half an hour. ${AGAIN}` : undefined;
  }
}

const AGAIN = 'Then run this job again: it finds the training job and follows it.';
const MAY_NOT_DESCRIBE = 'Allow sagemaker:DescribeTrainingJob on training-job/train-* for the role of this workflow.';
