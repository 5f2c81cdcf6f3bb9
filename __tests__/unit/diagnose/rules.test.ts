import { describe, expect, it } from '@jest/globals';
import { evidenceOf } from '../../../src/diagnose/case.ts';
import { diagnose } from '../../../src/diagnose/diagnose.ts';
import { LABELS } from '../../../src/diagnose/labels.ts';
import { RULES } from '../../../src/diagnose/rules/index.ts';
import { SAMPLES } from '../../../src/diagnose/samples/index.ts';
import type { Sample } from '../../../src/diagnose/samples/samples.ts';

const explain = (sample: Sample) =>
  diagnose(evidenceOf(typeof sample === 'string' ? { status: 'Failed', log: sample } : sample));
const shown = (sample: Sample) => (typeof sample === 'string' ? sample : JSON.stringify(sample)).slice(0, 90);

const samples = Object.entries(SAMPLES).flatMap(([label, { samples: all }]) =>
  all.map((sample) => [label, shown(sample), sample] as const),
);
const nearMisses = Object.entries(SAMPLES).flatMap(([label, { nearMisses: all }]) =>
  all.map((sample) => [label, shown(sample), sample] as const),
);

describe('the rules', () => {
  it('cover every label but unknown', () => {
    const covered = new Set(RULES.map(({ label }) => label));
    expect(LABELS.map(({ label }) => label).filter((label) => label !== 'unknown' && !covered.has(label))).toEqual([]);
  });

  it.each(RULES.map((rule) => [rule.label, rule] as const))('%s: has samples and near misses', (_, rule) => {
    expect(SAMPLES[rule.label].samples.length).toBeGreaterThan(0);
    expect(SAMPLES[rule.label].nearMisses.length).toBeGreaterThan(0);
  });

  it.each(samples)('%s: explains %s', (label, _, sample) => {
    const diagnosis = explain(sample);
    expect(diagnosis.label).toBe(label);
    expect(diagnosis.evidence.length).toBeGreaterThan(0);
    expect(diagnosis.remedy.length).toBeGreaterThan(0);
  });

  it.each(nearMisses)('%s: is not taken for the cause of %s', (label, _, sample) => {
    expect(explain(sample).label).not.toBe(label);
  });
});
