import { describe, expect, it } from '@jest/globals';
import { adviceOn, type Completed } from '../../../src/diagnose/advice.ts';
import { makeProgress } from '../../../src/diagnose/progress.ts';
import type { JobEvent } from '../../../src/watch/events.ts';

const START = 1_790_000_000;
const HOUR = 3_600;

/** Three hours of training on a machine that was well used, checkpoints up to the end. */
const FINE: Completed = {
  instanceType: 'ml.m5.2xlarge',
  createdAt: START - 600,
  startedAt: START,
  endedAt: START + 3 * HOUR,
  maxWaitSeconds: 12 * HOUR,
  interruptions: 0,
  checkpointUri: 's3://acme-ml/checkpoints/x/',
  checkpoints: { count: 9, newestAt: START + 3 * HOUR - 60 },
  metrics: used(70, 700),
  resumed: false,
  restart: undefined,
};

/** `cpu` runs to 100 × vCPUs. */
function used(memory: number, cpu: number, samples = 60): Completed['metrics'] {
  const series = (value: number) =>
    Array.from({ length: samples }, (_, minute) => [START + 60 * minute, value] as const);
  return [
    { name: 'algo-1/MemoryUtilization', points: series(memory) },
    { name: 'algo-1/CPUUtilization', points: series(cpu) },
  ];
}

const kinds = (over: Partial<Completed>) => adviceOn({ ...FINE, ...over }).map(({ kind }) => kind);
const ZERO = { unit: 'epoch', reached: 12, again: 1 };

describe('adviceOn', () => {
  it.each([
    ['nothing to a fine training', {}, []],
    [
      'nothing ever written',
      { interruptions: 1, restart: ZERO, checkpoints: { count: 0, newestAt: 0 } },
      ['from-zero'],
    ],
    [
      'nothing certain where the log shows no restart',
      { interruptions: 1, checkpoints: { count: 0, newestAt: 0 } },
      [],
    ],
    ['written and not read', { interruptions: 2, restart: ZERO }, ['from-zero']],
    ['nothing when the log says that it resumed', { interruptions: 1, restart: ZERO, resumed: true }, []],
    [
      'nothing of a restart where no checkpoint could be listed',
      { interruptions: 1, restart: ZERO, checkpoints: undefined },
      [],
    ],
    ['nothing ever written, but no interruption either', { checkpoints: { count: 0, newestAt: 0 } }, []],
    ['max-wait nearly used up', { maxWaitSeconds: 3.5 * HOUR }, ['max-wait']],
    ['nothing of max-wait without spot', { maxWaitSeconds: undefined }, []],
    ['a sync that was silent for long', { checkpoints: { count: 4, newestAt: START + HOUR } }, ['sync-silent']],
    [
      'nothing of a silence in a short training',
      { endedAt: START + HOUR / 2, checkpoints: { count: 4, newestAt: START } },
      [],
    ],
    ['a smaller type', { metrics: used(20, 150) }, ['smaller-type']],
    ['nothing where one resource is well used', { metrics: used(80, 150) }, []],
    ['nothing on few samples', { metrics: used(20, 150, 9) }, []],
    ['nothing of a type that is not known', { metrics: used(20, 150), instanceType: 'ml.x9.large' }, []],
    ['nothing without metrics', { metrics: [] }, []],
  ] as const)('says %s', (_, over, expected) => {
    expect(kinds(over as Partial<Completed>)).toEqual(expected);
  });

  it('is at most three, what costs the most first', () => {
    const all = {
      interruptions: 1,
      restart: ZERO,
      maxWaitSeconds: 3.5 * HOUR,
      checkpoints: { count: 4, newestAt: START },
      metrics: used(20, 150),
    };
    expect(kinds(all)).toEqual(['from-zero', 'max-wait', 'sync-silent']);
  });

  it('names the type, its price and what was used', () => {
    const [advice] = adviceOn({ ...FINE, metrics: used(20, 150) });
    // 1.5 of 8 vCPUs and 6.4 of 32 GiB, with a quarter more.
    expect(advice?.text).toMatch(
      /^Try `instance-type: ml\.m5\.large`: .* 75 % less an hour \(0\.12 instead of 0\.46 USD/,
    );
    expect(advice?.evidence).toBe(
      'The most that ml.m5.2xlarge used in 3 h: MemoryUtilization 20 %, CPUUtilization 19 %; samples are a minute apart',
    );
  });

  it('proposes a max-wait in the form of the input', () => {
    expect(adviceOn({ ...FINE, maxWaitSeconds: 3.5 * HOUR })[0]?.text).toContain('`5h`');
  });

  it('keeps the number of GPUs: a program that spreads over four does not fit one by itself', () => {
    const gpus = [...used(10, 100), { name: 'algo-1/GPUUtilization', points: used(100, 100)[0]?.points ?? [] }];
    expect(kinds({ instanceType: 'ml.g5.12xlarge', metrics: gpus })).toEqual([]);
    expect(adviceOn({ ...FINE, instanceType: 'ml.g5.4xlarge', metrics: gpus })[0]?.text).toContain('ml.g5.xlarge');
  });
});

describe('makeProgress', () => {
  /** Each happens a second after the one before; they are heard in any order. */
  const heard = (events: readonly string[], order: (heard: JobEvent[]) => JobEvent[]) => {
    const progress = makeProgress();
    const told = events.map(
      (event, at): JobEvent =>
        event === 'interrupted'
          ? { kind: 'transition', status: 'Interrupted', message: '', at }
          : { kind: 'lines', node: 'algo-1', lines: [event], times: [at * 1000] },
    );
    for (const event of order(told)) progress.listen(event);
    return progress.restart();
  };
  const phases = (event: JobEvent) => Number(event.kind === 'transition');

  it.each([
    [
      'a start from zero',
      ['epoch=1 loss=2', 'epoch=2 loss=1', 'interrupted', 'epoch=1 loss=2'],
      { unit: 'epoch', reached: 2, again: 1 },
    ],
    [
      'steps that are counted anew in each epoch',
      ['step 1', 'step 9', 'step 1', 'step 9', 'interrupted', 'step 1', 'step 9'],
      { unit: 'step', reached: 9, again: 1 },
    ],
    ['no restart that went on', ['step: 100', 'step: 200', 'interrupted', 'step: 200', 'step: 300'], undefined],
    ['no restart without an interruption', ['epoch 1', 'epoch 2', 'epoch 1'], undefined],
    ['nothing of another unit', ['epoch 1 step 90', 'epoch 3 step 20', 'interrupted', 'step 1'], undefined],
    [
      'nothing where it had not come beyond its first number',
      ['epoch 1', 'interrupted', 'epoch 1', 'epoch 2'],
      undefined,
    ],
    ['nothing in a log without numbers', ['loading', 'interrupted', 'loading'], undefined],
  ] as const)('sees %s', (_, events, expected) => {
    expect(heard(events, (told) => told)).toEqual(expected);
    expect(heard(events, (told) => told.toSorted((one, other) => phases(one) - phases(other)))).toEqual(expected);
    expect(heard(events, (told) => told.toSorted((one, other) => phases(other) - phases(one)))).toEqual(expected);
  });
});
