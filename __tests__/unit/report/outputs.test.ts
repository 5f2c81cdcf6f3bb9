import { describe, expect, it } from '@jest/globals';
import { outputsOf } from '../../../src/report/outputs.ts';
import type { Report } from '../../../src/report/report.ts';
import { makeGate, makeJob, makeMetric, makeReport } from '../../fixtures/reports.ts';

describe('the outputs', () => {
  it('are the facts of the report as strings', () => {
    const job = makeJob();
    expect(outputsOf(makeReport(), 'https://github.com/acme/demand/pull/7#issuecomment-1')).toEqual({
      'job-name': job.name,
      'job-arn': job.arn,
      conclusion: 'success',
      baseline: '',
      'gate-passed': 'true',
      status: 'Completed',
      'secondary-status': 'Completed',
      'image-uri': job.imageUri,
      'image-source': 'built',
      'checkpoint-uri': job.checkpointUri,
      'model-artifacts': job.modelArtifacts,
      metrics:
        '{"val_mape":{"last":0.084127,"min":0.084127,"max":0.412,"points":40},"train_loss":{"last":0.0123456,"min":0.0119,"max":1.75,"points":400}}',
      gates:
        '[{"gate":"val_mape <= 0.12","holds":true,"left":0.084127,"right":0.12,"reason":null},{"gate":"min(train_loss) < 0.05","holds":true,"left":0.0119,"right":0.05,"reason":null}]',
      diagnosis: '',
      cause: '',
      interruptions: '1',
      'billable-seconds': '220',
      'spot-savings-percent': '69.6',
      'cost-usd': '0.014056',
      'comment-url': 'https://github.com/acme/demand/pull/7#issuecomment-1',
      'console-url': job.consoleUrl,
    });
  });

  it('are empty strings where nothing is known', () => {
    const nothing = makeReport({
      conclusion: 'failure',
      job: undefined,
      outcome: undefined,
      metrics: [],
      gates: [],
      receipt: undefined,
    });
    const { conclusion, metrics, gates, 'gate-passed': passed, ...rest } = outputsOf(nothing, undefined);
    expect({ conclusion, metrics, gates, passed }).toEqual({
      conclusion: 'failure',
      metrics: '{}',
      gates: '[]',
      passed: 'false',
    });
    expect(new Set(Object.values(rest))).toEqual(new Set(['']));
  });

  it.each<[Report['conclusion'], string]>([
    ['success', 'true'],
    ['failure', 'false'],
    ['cancelled', 'false'],
    ['pending', ''],
    ['skipped', ''],
    ['running', ''],
  ])('say of the gate, when the conclusion is %s: %p', (conclusion, passed) => {
    expect(outputsOf(makeReport({ conclusion }), undefined)['gate-passed']).toBe(passed);
  });

  it('keep what JSON has no number for', () => {
    const report = makeReport({
      metrics: [
        makeMetric({ name: 'loss', last: Number.NaN, min: undefined, max: Number.POSITIVE_INFINITY, points: 3 }),
      ],
      gates: [makeGate('loss < 1', Number.NaN, 1, 'loss is not a number')],
    });
    const outputs = outputsOf(report, undefined);
    expect(JSON.parse(outputs.metrics)).toEqual({ loss: { last: 'NaN', min: null, max: 'Infinity', points: 3 } });
    expect(JSON.parse(outputs.gates)[0]).toMatchObject({ left: 'NaN', right: 1, reason: 'loss is not a number' });
  });
});
