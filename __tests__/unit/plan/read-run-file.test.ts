import { describe, expect, it } from '@jest/globals';
import { readRunFile } from '../../../src/plan/read-run-file.ts';
import { runFile } from '../../../src/plan/run-file.ts';
import { makeJobPlan, makePlan } from '../../fixtures/plans.ts';

const OVER = {
  inputs: {
    judge: {
      objective: { val_mape: 'minimize' as const },
      presets: ['keras' as const],
      missingMetric: 'warn' as const,
      baseline: 'none',
    },
  },
};
const plan = makePlan(OVER);
const written = runFile(plan, makeJobPlan(OVER), { name: 'train-x-1', checkpointUri: 's3://b/c/' }, (text) => text);
const changed = (over: Record<string, unknown>) => readRunFile(JSON.stringify({ ...JSON.parse(written), ...over }));

describe('readRunFile', () => {
  it('gives back what judges the job', () => {
    const { maxCostUsd: _, ...judge } = plan.inputs.judge;
    expect(readRunFile(written)).toEqual({
      branch: 'feature/longer-history',
      base: 'main',
      statusContext: plan.statusContext,
      judge,
    });
  });

  it.each([
    ['no JSON', 'version: 1'],
    ['no object', '[1]'],
    ['another version', JSON.stringify({ ...JSON.parse(written), version: 2 })],
    ['gates that are none', JSON.stringify({ ...JSON.parse(written), gates: ['val_mape <='] })],
  ])('is nothing for %s', (_, text) => {
    expect(readRunFile(text)).toBeUndefined();
  });

  it('leaves out what is not of its kind', () => {
    const read = changed({
      metrics: [{ name: 'a', regex: 'a=(.)' }, { name: 'b' }, 7, { name: 'c\nd', regex: 'x' }],
      metricPresets: ['keras', 'nothing'],
      objective: { a: 'minimize', b: 'sideways' },
      baseline: ['x'],
      branch: 'x'.repeat(2_000),
      report: 'loud',
    });
    expect(read?.judge.metrics).toEqual([{ name: 'a', regex: 'a=(.)' }]);
    expect(read?.judge.presets).toEqual(['keras']);
    expect(read?.judge.objective).toEqual({ a: 'minimize' });
    expect(read).toMatchObject({ branch: undefined, statusContext: undefined, judge: { baseline: 'base' } });
  });
});
