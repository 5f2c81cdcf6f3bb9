import { duration } from '../duration.ts';
import { valid } from '../problem.ts';
import { redactList } from '../redact-list.ts';
import { accepted, boolean, integer, line, oneOf, type Reader } from '../scalar.ts';
import { optional, withDefault } from '../spec.ts';

/** More would crowd out the rest of a comment, which GitHub limits to 65,536 characters. */
const MAX_LOG_LINES = 500;
/** GitHub documents no limit; names beyond this are unreadable in the list of checks. */
const MAX_STATUS_CONTEXT = 255;

export const running = {
  'job-name': optional({
    group: 'running',
    description:
      '`mode: watch`: name of the training job, also of one that this action did not start. Only a job that no run waits for any more is taken over; any other is followed, and never stopped.',
    read: accepted('CreateTrainingJob.TrainingJobName', 'Write the name as SageMaker shows it.'),
  }),
  'on-untrusted': withDefault({
    group: 'running',
    description:
      'What happens on pull requests of forks and of Dependabot, whose code never gets credentials: `skip` ends without an error, `fail` with one.',
    default: 'skip',
    read: oneOf(['skip', 'fail']),
  }),
  'on-cancel': withDefault({
    group: 'running',
    description:
      'What happens to the training when the workflow is cancelled: `stop` it, or `leave` it running (and costing).',
    default: 'stop',
    read: oneOf(['stop', 'leave']),
  }),
  'on-superseded': withDefault({
    group: 'running',
    description:
      'What happens to the training of an older commit when the pull request gets a newer one: `stop` it, or `leave` it. What the new commit can use is never stopped.',
    default: 'stop',
    read: oneOf(['stop', 'leave']),
  }),
  resume: withDefault({
    group: 'running',
    description:
      '`auto` continues a failed or stopped training of the same commit and configuration from its checkpoint, `never` starts from zero in an empty place.',
    default: 'auto',
    read: oneOf(['auto', 'never']),
  }),
  reuse: withDefault({
    group: 'running',
    description:
      '`auto` follows a running training of the same configuration, and reports a completed one again at no cost; `never` trains again.',
    default: 'auto',
    read: oneOf(['auto', 'never']),
  }),
  'wait-timeout': withDefault({
    group: 'running',
    description:
      'How long this step waits for the training; then the training goes on without it, and running this job again finds it. GitHub-hosted runners end after 6 hours.',
    default: '5h40m',
    read: duration({ min: 60, max: 35 * 86_400 }),
  }),
  'on-timeout': withDefault({
    group: 'running',
    description:
      'What the step comes to after `wait-timeout`: `fail` ends it red, `pending` green, with the commit status pending (and red if that could not be written).',
    default: 'fail',
    read: oneOf(['fail', 'pending']),
  }),
  'poll-interval': withDefault({
    group: 'running',
    description:
      'How often to ask for the status: `auto` asks often when something is about to change, else a duration such as `30s`.',
    default: 'auto',
    read: autoOr(duration({ min: 1, max: 3_600 })),
  }),
};

/** `auto` as undefined, or what the reader makes of the text. */
function autoOr<T>(read: Reader<T>): Reader<T | undefined> {
  return (text) => (text === 'auto' ? valid(undefined) : read(text));
}

export const report = {
  comment: withDefault({
    group: 'report',
    description: 'The comment on the pull request: `auto` writes one and updates it, `off` writes none.',
    default: 'auto',
    read: oneOf(['auto', 'off']),
  }),
  'log-lines': withDefault({
    group: 'report',
    description: 'Number of the last lines of the log to show in the comment and the summary when the training fails.',
    default: '40',
    read: integer(0, MAX_LOG_LINES),
  }),
  'status-context': optional({
    group: 'report',
    description: 'Name of the commit status. Default: `train-on-sagemaker / <name>`.',
    read: line('the name of the commit status', MAX_STATUS_CONTEXT),
  }),
  redact: optional({
    group: 'report',
    description:
      'Regular expressions, one a line, of what is shown as `***` in the comment, the summary, the log and the outputs, besides the secrets that this action knows or recognises.',
    read: redactList,
  }),
  'hide-account-id': optional({
    group: 'report',
    description:
      'Whether the id of the AWS account is left out of the comment, the summary and the log; outputs keep it. Default: `true`, on private repositories `false`.',
    read: boolean,
  }),
};
