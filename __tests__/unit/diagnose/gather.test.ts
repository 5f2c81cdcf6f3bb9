import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../../src/diagnose/diagnose.ts';
import { gatherEvidence } from '../../../src/diagnose/gather.ts';
import type { DescribeTrainingJobResponse, Logs } from '../../../src/ports.ts';
import { atTen, inspecting } from '../../fixtures/inspection.ts';

const JOB = {
  TrainingJobName: 'job-1',
  TrainingJobStatus: 'Failed',
  SecondaryStatus: 'Failed',
  FailureReason: 'AlgorithmError: , exit code: 1',
  ResourceConfig: { InstanceType: 'ml.g5.xlarge', InstanceCount: 2 },
} as unknown as DescribeTrainingJobResponse;

/** Pages of one event each; the token of the last page is repeated, as CloudWatch does. */
function logsOf(streams: Record<string, readonly (readonly [number, string])[]>) {
  const logs: Pick<Logs, 'streams' | 'events'> = {
    streams: async (prefix) =>
      Object.keys(streams)
        .filter((name) => name.startsWith(prefix))
        .map((name) => ({ name })),
    events: async (stream, token) => {
      const all = streams[stream] ?? [];
      const at = Number(token ?? 0);
      const event = all[at];
      const events = event ? [{ timestamp: event[0], message: event[1] }] : [];
      return { events, nextToken: String(Math.min(at + 1, all.length)) };
    },
  };
  return { logs, ...inspecting(), ...atTen() };
}

describe('gatherEvidence', () => {
  it('reads every page of every node, in the order of time', async () => {
    const evidence = await gatherEvidence(
      JOB,
      logsOf({
        'job-1/algo-1-1': [
          [10, 'start'],
          [40, 'RuntimeError: NCCL error: unhandled system error\tx'],
        ],
        'job-1/algo-2-1': [
          [20, 'Traceback (most recent call last):\n  File "/opt/ml/code/a.py", line 7, in f'],
          [30, "KeyError: 'price'"],
        ],
        'job-10/algo-1-1': [[5, 'ValueError: of another job']],
      }),
    );
    expect(evidence.log.lines.map(({ at, text }) => [at, text])).toEqual([
      [10, 'start'],
      [20, 'Traceback (most recent call last):'],
      [20, '  File "/opt/ml/code/a.py", line 7, in f'],
      [30, "KeyError: 'price'"],
      [40, 'RuntimeError: NCCL error: unhandled system error\tx'],
    ]);
    expect(evidence.request).toMatchObject({ instanceType: 'ml.g5.xlarge', instanceCount: 2 });
    expect(diagnose(evidence)).toMatchObject({ label: 'missing-key' });
  });

  it('does without a log', async () => {
    const evidence = await gatherEvidence(JOB, logsOf({}));
    expect(evidence.log.totalLines).toBe(0);
    expect(diagnose(evidence).label).toBe('unknown');
  });
});
