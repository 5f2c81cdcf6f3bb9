/** Whether what a run came to is what it must come to. */
import type { Aftermath } from './cell.ts';
import type { Refused } from './refusals.ts';
import type { Conclusion, Situation } from './situations.ts';

export interface Expected {
  readonly conclusion: Conclusion;
  readonly refused: Refused | undefined;
}

interface Surfaces {
  readonly exit: number;
  readonly status: string;
  readonly icon: string;
}

const SURFACES: Readonly<Record<Conclusion, Surfaces>> = {
  success: { exit: 0, status: 'success', icon: '✅' },
  failure: { exit: 1, status: 'failure', icon: '❌' },
  cancelled: { exit: 1, status: 'error', icon: '⛔' },
  pending: { exit: 1, status: 'pending', icon: '🕓' },
};

/** Every surface that says something else than it must. */
export function wrongVerdicts(after: Aftermath, { conclusion, refused }: Expected, { killed }: Situation): string[] {
  const { exit, status, icon } = SURFACES[conclusion];
  const wrong: string[] = [];
  const expect = (what: string, seen: unknown, wanted: unknown) => {
    if (seen !== wanted) wrong.push(`${what} is ${JSON.stringify(seen)}, not ${JSON.stringify(wanted)}`);
  };
  expect('the exit code', after.exit, killed ? null : exit);
  if (!killed) expect('the conclusion', after.conclusion, conclusion);
  const tellsEarly = refused?.comesTo === 'failure' && after.status === '';
  if (refused?.silent !== 'status' && !tellsEarly) expect('the commit status', after.status, status);
  if (refused?.silent !== 'comment' && after.comments > 0) expect('the comment', [...after.headline][4], icon);
  if (after.comments > 1) wrong.push(`there are ${after.comments} comments`);
  if (refused === undefined && after.comments === 0) wrong.push('there is no comment');
  if (refused?.runsOn && !after.headline.includes('could not be stopped'))
    wrong.push(`the comment says ${JSON.stringify(after.headline)} of a job that goes on`);
  if (refused?.says !== undefined && !after.told.includes(refused.says))
    wrong.push(`nobody is told ${JSON.stringify(refused.says)}`);
  return wrong;
}

/** Jobs that go on although nobody wants that, or that were to go on and do not. */
export function orphans({ running, told }: Aftermath, { conclusion, refused }: Expected): string[] {
  return running
    .filter(({ waits }) => waits !== 'handed-over' && waits !== 'left')
    .filter(() => conclusion !== 'pending')
    .filter(({ name }) => !(refused?.runsOn && told.includes(name)))
    .map(({ name, waits }) => `${name} goes on, and its tag says ${JSON.stringify(waits)}`);
}
