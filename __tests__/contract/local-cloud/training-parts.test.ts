import { describe, expect, it } from '@jest/globals';
import { metricReader } from '../../../local-cloud/training/metrics.ts';
import { LONGEST_EVENT, OutputLines } from '../../../local-cloud/training/output-lines.ts';
import { billableSeconds, type Plan } from '../../../local-cloud/training/plan.ts';
import { hostsOf, parseS3Folder, parseS3Uri, type TrainingRequest } from '../../../local-cloud/training/request.ts';
import { Timeline } from '../../../local-cloud/training/timeline.ts';

function lines(...chunks: (string | Buffer)[]): string[] {
  const found: string[] = [];
  const output = new OutputLines((line) => found.push(line));
  for (const chunk of chunks) output.push(Buffer.from(chunk));
  output.end();
  return found;
}

describe('output', () => {
  it.each([
    ['chunks that tear lines', ['one\nt', 'wo\nthr', 'ee'], ['one', 'two', 'three']],
    ['Windows line ends', ['a\r\nb\r\n'], ['a', 'b']],
    ['a progress bar', ['1%\r2%\r', '3%\r\nend\n'], ['1%\r2%\r3%\r', 'end']],
    ['empty lines', ['\n\na\n'], ['', '', 'a']],
    ['a torn character', [Buffer.from('é\n').subarray(0, 1), Buffer.from('é\n').subarray(1)], ['é']],
    ['no UTF-8', [Buffer.from([0xff, 0x41, 0x0a])], ['\ufffdA']],
  ])('becomes events, one a line: %s', (_title, chunks, expected) => {
    expect(lines(...chunks)).toEqual(expected);
  });

  it('is split where an event would be too long, never within a character', () => {
    const [first = '', second = ''] = lines(`${'x'.repeat(LONGEST_EVENT - 1)}éé\n`);
    expect([Buffer.byteLength(first), second]).toEqual([LONGEST_EVENT - 1, 'éé']);
  });
});

describe('a metric definition', () => {
  it.each([
    ['loss=([0-9.]+)', 'epoch 1 loss=0.25', 0.25],
    ['loss=(\\S+)', 'loss=1e-3', 0.001],
    ['(?i)LOSS=(\\S+)', 'loss=2', 2],
    ['loss=(\\S+)', 'loss=nan', undefined],
    ['loss=(\\S*)', 'loss=', undefined],
    ['loss=\\S+', 'loss=3', undefined],
    ['loss=(', 'loss=3', undefined],
    ['loss=(.*)', 'accuracy=1', undefined],
  ])('%s reads %j as %p', (Regex, line, expected) => {
    expect(metricReader({ Name: 'm', Regex })(line)).toBe(expected);
  });
});

describe('a request', () => {
  const request = (ResourceConfig: object) => ({ ResourceConfig }) as TrainingRequest;

  it('numbers its hosts through all instance groups', () => {
    const group = (InstanceGroupName: string, InstanceType: string, InstanceCount: number) => ({
      InstanceGroupName,
      InstanceType,
      InstanceCount,
    });
    const hosts = hostsOf(request({ InstanceGroups: [group('a', 'ml.m5.large', 1), group('b', 'ml.c5.large', 2)] }));
    expect(hosts.map(({ name, group: of }) => [name, of])).toEqual([
      ['algo-1', 'a'],
      ['algo-2', 'b'],
      ['algo-3', 'b'],
    ]);
  });

  it.each([
    ['s3://b/k/x', 'k/x', 'k/x/'],
    ['s3://b/k/', 'k/', 'k/'],
    ['s3://b', '', ''],
  ])('has in %s the key %j and the folder %j', (uri, key, folder) => {
    expect([parseS3Uri(uri), parseS3Folder(uri)]).toEqual([
      { bucket: 'b', key },
      { bucket: 'b', key: folder },
    ]);
  });
});

describe('a script', () => {
  it('plays its events in the order of time, repetitions among the others', () => {
    const timeline = new Timeline({
      logs: {
        lines: [
          { at: 1, text: 'a', every: 2, times: 2 },
          { at: 2, text: 'b' },
          { at: 0, text: 'c', every: 1.5 },
        ],
      },
      metrics: { loss: [[2.5, 1]] },
    });
    const played = Array.from({ length: 7 }, () => timeline.take()).map((event) => [event?.at, event?.kind]);
    expect(played).toEqual([
      [0, 'line'],
      [1, 'line'],
      [1.5, 'line'],
      [2, 'line'],
      [2.5, 'metric'],
      [3, 'line'],
      [3, 'line'],
    ]);
  });

  it.each([
    [{}, true, 35],
    [{}, false, 100],
    [{ billableSeconds: 7 }, true, 7],
  ])('%j bills, spot %p, %d of 100 seconds', (script, spot, expected) => {
    const plan = { script } as unknown as Plan;
    expect(billableSeconds(plan, { EnableManagedSpotTraining: spot } as TrainingRequest, 100)).toBe(expected);
  });
});
