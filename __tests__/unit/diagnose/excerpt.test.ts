import { describe, expect, it } from '@jest/globals';
import { evidenceOf } from '../../../src/diagnose/case.ts';
import { diagnose } from '../../../src/diagnose/diagnose.ts';
import { excerptOf, makeLogExcerpter } from '../../../src/diagnose/log/excerpt.ts';
import { SAMPLES } from '../../../src/diagnose/samples/index.ts';
import type { Sample } from '../../../src/diagnose/samples/samples.ts';

const SMALL = { head: 2_000, tail: 2_000, middle: 64_000 };
const NOISE = 'step 00001 loss 0.41 lr 0.0003\n';

function excerpt(text: string, chunk = 1_000) {
  const excerpter = makeLogExcerpter(SMALL);
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += chunk) excerpter.write(bytes.subarray(at, at + chunk));
  return excerpter.end();
}

describe('makeLogExcerpter', () => {
  it.each(['', 'a', 'a\n', 'a\nb', 'a\n\nb\n', 'ä\u2028\nö\r\n'])('keeps a small log whole: %j', (text) => {
    const expected = text.replace(/\n$/, '').split('\n');
    expect(excerptOf(text).lines.map((line) => line.text)).toEqual(text === '' ? [] : expected);
  });

  it('keeps what surrounds an error far from both ends, with its line number', () => {
    const trace =
      'Traceback (most recent call last):\n  File "/opt/ml/code/a.py", line 1, in f\n    g()\nKeyError: \'b\'\n';
    const got = excerpt(NOISE.repeat(3_000) + trace + NOISE.repeat(3_000));
    expect(got.totalLines).toBe(6_004);
    expect(got.complete).toBe(false);
    expect(got.lines.find(({ text }) => text === "KeyError: 'b'")?.number).toBe(3_004);
    expect(got.lines.map(({ number }) => number)).toEqual(
      got.lines.map(({ number }) => number).toSorted((a, b) => a - b),
    );
  });

  it('says the same however the bytes are cut', () => {
    const text = `${NOISE.repeat(500)}ERROR: ä failed\n${NOISE.repeat(500)}`;
    expect(excerpt(text, 7)).toEqual(excerpt(text, 5_000));
  });

  it('stays small when every line holds a word of the vocabulary, and still finds the one that differs', () => {
    const flood = 'validation error: 0.25 (failed to improve)\n';
    const got = excerpt(`${flood.repeat(20_000)}RuntimeError: CUDA out of memory.\n${flood.repeat(20_000)}`);
    expect(got.lines.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(300_000);
    expect(got.lines.some(({ text }) => text === 'RuntimeError: CUDA out of memory.')).toBe(true);
  });

  it('cuts lines that never end', () => {
    const got = excerpt(`${'x'.repeat(900_000)}\nKeyError: 'a'\n`);
    expect(got.lines.every(({ text }) => text.length < 9_000)).toBe(true);
    expect(got.lines.at(-1)?.text).toBe("KeyError: 'a'");
  });
});

describe('the vocabulary', () => {
  const logs = Object.entries(SAMPLES)
    .flatMap(([label, { samples }]) =>
      samples.flatMap((sample: Sample) => {
        const one = typeof sample === 'string' ? { status: 'Failed', log: sample } : sample;
        return typeof one.log === 'string' && one.log !== '' ? [[label, one.log.slice(0, 80), one] as const] : [];
      }),
    )
    .filter(([label]) => label !== 'hang-deadlock' && label !== 'host-oom');

  it.each(logs)('%s: is found in the middle of a large log, too: %s', (label, _, one) => {
    const text = `${NOISE.repeat(300)}${one.log}\n${NOISE.repeat(300)}`;
    expect(diagnose(evidenceOf(one, excerpt(text))).label).toBe(label);
  });
});
