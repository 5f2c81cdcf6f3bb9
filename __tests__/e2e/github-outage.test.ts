import { expect, test } from '@jest/globals';
import { job, PHASES } from './jobs.ts';
import { Stage } from './stage.ts';

const HOUR = 3600;
const SCALE = 100;
const down = (kind: string) => ({ faults: [{ service: 'github', operation: '*', kind, times: 1_000_000 }] });

/** Trains ten minutes longer than GitHub is away, and prints a value every five. */
const LONG = job(
  Array.from({ length: 14 }, (_, at) => ({ at: 60 + at * 300, text: `epoch=${at} val_mape=0.${90 - at * 6}` })),
  { phases: PHASES.map((phase) => (phase.status === 'Training' ? { ...phase, seconds: HOUR + 600 } : phase)) },
);

/** Seconds of the stage's clock. */
const pass = (seconds: number) => new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / SCALE));

test('GitHub is away for an hour: told once, the verdict stands, and all is written when it is back', async () => {
  await using stage = await Stage.open({ name: 'outage', jobs: [LONG], script: down('500'), timeScale: SCALE });
  const running = stage.main({ inputs: { gates: 'val_mape <= 0.05', 'max-run': '2h' } });
  await stage.when('CreateTrainingJob');
  await pass(HOUR / 2);
  // It fails in another way, which is no news.
  stage.change(down('reset'));
  await pass(HOUR / 2);
  expect(await stage.comments()).toEqual([]);
  stage.change({ faults: [] });
  const main = await running;

  expect(await stage.seen(main)).toMatchObject({ exit: 1, conclusion: 'failure' });
  expect((await stage.seen(main)).statuses.at(-1)).toBe('failure');
  const warnings = main.log.match(/^::warning::.*$/gm) ?? [];
  expect(warnings).toEqual([
    expect.stringContaining('The commit status could not be written'),
    expect.stringContaining('The pull request comment could not be written'),
  ]);
  const comments = await stage.comments();
  expect(comments).toHaveLength(1);
  expect(comments[0]).toContain('Training failed its gate');
  expect(main.summary).toContain('Training failed its gate');
  expect(main.outputs['comment-url']).not.toBe('');
  expect(JSON.parse(main.outputs.metrics ?? '').val_mape).toMatchObject({ points: 14, last: 0.12 });
}, 180_000);
