import { integer, line, oneOf } from '../scalar.ts';
import { optional, withDefault } from '../spec.ts';

/** More would crowd out the rest of a comment, which GitHub limits to 65,536 characters. */
const MAX_LOG_LINES = 500;
/** GitHub documents no limit; names beyond this are unreadable in the list of checks. */
const MAX_STATUS_CONTEXT = 255;

export const running = {
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
};

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
};
