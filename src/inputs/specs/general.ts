import { type Parsed, quoted, valid, wrong } from '../problem.ts';
import { line, matching } from '../scalar.ts';
import { fromRunner, optional, withDefault } from '../spec.ts';

const MODES = ['train', 'plan', 'watch'] as const;

export type Mode = (typeof MODES)[number];

export const general = {
  mode: withDefault({
    group: 'general',
    description:
      'What to do. `train`: build the image, train, report on the pull request, judge the gates. `plan`: say what a training would be (the request, the image, the names, what it can cost at most), spend nothing. `watch`: follow the job of `job-name`, or explain and report one that has ended.',
    default: 'train',
    read: mode,
  }),
  name: optional({
    group: 'general',
    description:
      'Name of this training: one comment, commit status and line of checkpoints for each name. Default: the id of the job in the workflow, with the values of its matrix; two workflow files whose jobs are called alike must each set it.',
    read: matching(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
      'Use at most 40 letters, digits, dots, hyphens and underscores, and start with a letter or a digit.',
    ),
  }),
  'github-token': fromRunner({
    group: 'general',
    description:
      'Token for the comment and the commit status. Needs `pull-requests: write` and `statuses: write`; without them the training still runs, with a warning.',
    default: '${{ github.token }}',
    read: token,
  }),
  matrix: fromRunner({
    group: 'general',
    description: 'The values of the matrix of this job. Filled in by the runner; do not set it.',
    default: '${{ toJSON(matrix) }}',
    hidden: true,
    read: contextObject,
  }),
  strategy: fromRunner({
    group: 'general',
    description: 'How many jobs the matrix of this job has. Filled in by the runner; do not set it.',
    default: '${{ toJSON(strategy) }}',
    hidden: true,
    read: contextObject,
  }),
};

function mode(text: string): Parsed<Mode> {
  const found = MODES.find((each) => each === text);
  if (found !== undefined) return valid(found);
  return wrong(`is ${quoted(text)}`, `Write one of the modes of this version: ${MODES.join(', ')}.`);
}

/** Never quoted in a message: it is a secret. */
function token(text: string): Parsed<string> {
  const parsed = line('the token', 10_000)(text);
  if (!parsed.ok || !/\s/.test(text)) return parsed;
  return wrong(
    'holds a blank',
    'Leave it out, or write ${{ github.token }} or a secret that holds nothing but the token.',
  );
}

/** A context of the runner; outside of a matrix it may be `null`. */
function contextObject(text: string): Parsed<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null) return valid({});
    if (typeof value === 'object' && !Array.isArray(value)) return valid(value as Record<string, unknown>);
  } catch {
    // Told below, like JSON of another shape.
  }
  return wrong('is no JSON object', 'Leave it out: the runner fills it in.');
}
