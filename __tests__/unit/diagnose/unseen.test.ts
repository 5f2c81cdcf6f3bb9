import { describe, expect, it } from '@jest/globals';
import { evidenceOf } from '../../../src/diagnose/case.ts';
import { diagnose } from '../../../src/diagnose/diagnose.ts';
import type { UnseenCase } from './unseen/case.ts';
import { PLATFORM_CASES } from './unseen/platform-cases.ts';
import { PROGRAM_CASES } from './unseen/program-cases.ts';
import { SECOND_CASES } from './unseen/second-cases.ts';
import { SERVICE_CASES } from './unseen/service-cases.ts';
import { SETUP_CASES } from './unseen/setup-cases.ts';
import { THIRD_CASES } from './unseen/third-cases.ts';

const CASES: readonly UnseenCase[] = [
  ...PROGRAM_CASES,
  ...SETUP_CASES,
  ...PLATFORM_CASES,
  ...SERVICE_CASES,
  ...SECOND_CASES,
  ...THIRD_CASES,
];
const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();

describe('cases written in the words of libraries and of AWS, without a look at the rules', () => {
  it.each(CASES.map((one) => [one.label, one.quote, one] as const))('%s: %s', (label, quote, one) => {
    const diagnosis = diagnose(evidenceOf(one.case));
    expect([label, ...(one.accept ?? [])]).toContain(diagnosis.label);
    const quotes = diagnosis.evidence.map((proof) => squeeze(proof.quote));
    expect(quotes.some((text) => text.includes(squeeze(quote)))).toBe(true);
  });
});
