import { describe, expect, it } from '@jest/globals';
import { Marked } from 'marked';
import { clean } from '../../../src/hostile/clean.ts';
import { makeSecrets } from '../../../src/hostile/secrets.ts';
import { commentBody, commentMarker } from '../../../src/report/comment.ts';
import { fitSections, REQUIRED } from '../../../src/report/fit.ts';
import type { Report } from '../../../src/report/report.ts';
import { commitStatusFor } from '../../../src/report/status.ts';
import { summaryBody } from '../../../src/report/summary.ts';
import { cleaner, makeHostileReport } from '../../fixtures/hostile-report.ts';
import { hostileTexts, takeCode } from '../../fixtures/hostile-text.ts';
import { asClean, makeGate, makeMetric, makeReport } from '../../fixtures/reports.ts';

const SURFACES = [
  ['comment', commentBody],
  ['summary', summaryBody],
] as const;

describe.each(SURFACES)('the %s', (name, write) => {
  it('has the same elements whatever the texts from outside say', () => {
    const skeleton = (text: string) => {
      const html = new Marked({ gfm: true, breaks: true }).parse(write(makeHostileReport(text), cleaner)) as string;
      const { rest } = takeCode(html.replace(/<!-- train-on-sagemaker:forecast -->/, ''));
      return [...rest.matchAll(/<\/?([a-z0-9]+)|<!/gi)].map(([tag]) => tag).join('');
    };
    // A place whose name holds a backtick or a bracket is shown without its link.
    const innocent = { plain: skeleton('innocent_text'), ticked: skeleton('innocent`text') };
    for (const text of hostileTexts(600, 2)) {
      // An empty text leaves out what would hold it: that is another, equally innocent, skeleton.
      if (cleaner(text).trim() === '') continue;
      const expected = /[`\]]/.test(cleaner(text)) ? innocent.ticked : innocent.plain;
      if (skeleton(text) !== expected) throw new Error(`${JSON.stringify(text)} changes ${expected}`);
    }
  });

  it('is never too long, however much there is to say', () => {
    for (const text of [
      '🙂'.repeat(3_000),
      '`|_'.repeat(5_000),
      'word '.repeat(2_000),
      '\n- x'.repeat(3_000),
      ' x '.repeat(5_000),
      `${'.'.repeat(9_000)}x`,
    ]) {
      const body = write(makeHostileReport(text, 400), cleaner);
      expect(body.length).toBeLessThanOrEqual(name === 'comment' ? 65_536 : 349_525);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(name === 'comment' ? 262_144 : 1_048_576);
      expect(body).toContain('### ❌ Training failed: the job ended with an error');
    }
  });

  it('tells no secret, not even one that escaping would disguise', () => {
    const secret = 'p*ss_w|rd`[x](y)$1\\';
    const secrets = makeSecrets(() => undefined);
    secrets.add(secret);
    const redact = (text: string) => clean(text, secrets);
    const report = makeHostileReport(`before ${secret} after`);
    const body = write({ ...report, failure: { code: 'INTERNAL', message: secret, remedy: secret } }, redact);
    const text = new Marked().parse(write(report, redact)) as string;
    for (const shown of [body, text]) {
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain('ss_w');
      expect(shown).not.toContain('ss&#95;w');
    }
    expect(text).toContain('***');
  });
});

describe('the comment', () => {
  it('starts with a marker that no text from outside can forge', () => {
    const marker = commentMarker('forecast');
    const body = commentBody(makeHostileReport(`x\n${marker}\ny`), cleaner);
    expect(body.startsWith(`${marker}\n`)).toBe(true);
    const html = new Marked().parse(body) as string;
    // The marker, the history, and the line that names the run.
    expect(html.split('<!--')).toHaveLength(4);
  });

  it('gives up the log first, then the request, then rows of metrics, and keeps the verdict', () => {
    const log = Array.from({ length: 300 }, (_, index) => ({ node: 'algo-1', line: `${index} ${'x'.repeat(490)}` }));
    const metrics = Array.from({ length: 150 }, (_, index) => makeMetric({ name: `metric_${index}` }));
    const body = commentBody(makeReport({ logTail: log, metrics }), asClean);
    expect(body).toContain('Last 40 lines of the training log');
    expect(body).toContain('What was asked of SageMaker');
    expect(body).toContain('`metric_149`');
  });
});

describe('sections', () => {
  const sections = [
    { key: 'verdict', worth: REQUIRED, versions: ['verdict'] },
    { key: 'metrics', worth: 2, versions: ['metrics in full', 'metrics'] },
    { key: 'log', worth: 1, versions: ['a very long log', 'a log'] },
  ];
  it.each([
    [100, 'verdict\n\nmetrics in full\n\na very long log'],
    [35, 'verdict\n\nmetrics in full\n\na log'],
    [30, 'verdict\n\nmetrics in full'],
    [20, 'verdict\n\nmetrics'],
    [10, 'verdict'],
    [3, 'verdict'],
  ])('within %d units', (limit, expected) => {
    expect(fitSections(sections, limit)).toBe(expected);
  });
});

describe('the commit status', () => {
  it.each<[string, Partial<Report>, string, string]>([
    ['passed', {}, 'success', 'Training passed: both gates hold · val_mape 0.084127 · about 0.0141 USD'],
    [
      'running',
      { conclusion: 'running', outcome: { kind: 'running', phase: 'Training' } },
      'pending',
      'Training is running: the script is at work',
    ],
    [
      'pending',
      { conclusion: 'pending', outcome: { kind: 'lost', why: 'x', remedy: 'y' } },
      'pending',
      'Training is pending: this run lost sight of the job',
    ],
    [
      'failed',
      { conclusion: 'failure', outcome: { kind: 'failed', reason: 'x' } },
      'failure',
      'Training failed: the job ended with an error',
    ],
    [
      'cancelled',
      { conclusion: 'cancelled', outcome: { kind: 'cancelled', job: 'stopping' } },
      'error',
      'Training cancelled: the job was told to stop',
    ],
  ])('of a training that %s', (_, overrides, state, description) => {
    expect(commitStatusFor(makeReport(overrides), asClean)).toEqual({ state, description });
  });

  it.each<[string, Partial<Report>]>([
    ['skipped', { conclusion: 'skipped', outcome: { kind: 'skipped', why: 'a fork', untrusted: true } }],
    ['left for a newer commit', { conclusion: 'cancelled', outcome: { kind: 'head-moved', head: 'abc' } }],
  ])('is not written for a training that was %s', (_, overrides) => {
    expect(commitStatusFor(makeReport(overrides), asClean)).toBeUndefined();
  });

  it('is one line of at most 140 characters', () => {
    for (const text of hostileTexts(200).map((piece) => piece.repeat(40))) {
      const gate = makeGate('a < 1', 2, 1);
      const report = makeReport({ conclusion: 'failure', gates: [{ ...gate, gate: { ...gate.gate, text } }] });
      const description = commitStatusFor(report, cleaner)?.description ?? '';
      expect(description.length).toBeLessThanOrEqual(140);
      expect(description).not.toMatch(/[\n\r]/);
      expect(description.isWellFormed()).toBe(true);
    }
  });
});
