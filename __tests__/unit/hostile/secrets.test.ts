import { describe, expect, it } from '@jest/globals';
import { makeSecrets } from '../../../src/hostile/secrets.ts';
import { secretsOf } from '../../fixtures/doors.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

describe('redact', () => {
  it.each([
    ['itself', (value: string) => value],
    ['its URL form', encodeURIComponent],
    ['its JSON form', (value: string) => JSON.stringify({ value })],
    ['its base64 form', (value: string) => Buffer.from(value).toString('base64')],
    ['its base64url form', (value: string) => Buffer.from(`AWS:${value}??>>`).toString('base64url')],
  ])('finds %s', (_, form) => {
    const value = `${SECRET}"\\`;
    const text = secretsOf(value).redact(`before ${form(value)} after`);
    expect(text).toContain('***');
    expect(text).not.toContain('FEMI');
    expect(text).not.toContain(form(value).slice(4, -4));
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('finds it in the base64 of a text where it starts at byte %i', (offset) => {
    const whole = Buffer.from(`${'x'.repeat(offset)}${SECRET}${'y'.repeat(7 - offset)}`).toString('base64');
    const text = secretsOf(SECRET).redact(whole);
    expect(text).toContain('***');
    // What is left of it decodes to nothing but the characters at its ends.
    const rest = text.split('***').map((part) => Buffer.from(part, 'base64').toString('latin1'));
    for (const part of rest) expect(part).not.toMatch(/wJa|KEY/);
  });

  it('finds every line of a key and the key as one line of JSON', () => {
    const key = '-----BEGIN KEY-----\nabcdefghijkl\nmnopqrstuvwx\n-----END KEY-----\n';
    const secrets = secretsOf(key);
    expect(secrets.redact('abcdefghijkl')).toBe('***');
    expect(secrets.redact(JSON.stringify({ key: key.trim() }))).toBe('{"key":"***"}');
    expect(secrets.redact(key)).not.toMatch(/abc|mno/);
  });

  it('cuts the longer value first, so that no end of it is left', () => {
    expect(secretsOf('abcdef', 'abcdefghij').redact('abcdefghij')).toBe('***');
  });

  it('takes the characters of a value literally', () => {
    expect(secretsOf('a.c*e$1|').redact('abcde a.c*e$1|')).toBe('abcde ***');
  });

  it('knows what was added later', () => {
    const secrets = secretsOf('first-secret');
    expect(secrets.redact('second-secret')).toBe('second-secret');
    secrets.add('second-secret');
    expect(secrets.redact('first-secret second-secret')).toBe('*** ***');
  });

  it.each(['', 'short', '  abc  ', '\n\n'])('ignores %j, which would cut innocent words', (value) => {
    expect(secretsOf(value).redact('short abc text')).toBe('short abc text');
  });

  it('takes a value that is no well-formed text', () => {
    expect(secretsOf('\ud800abcdef').redact('\ufffdabcdef')).toBe('***');
  });

  it('masks each value once in the log of the runner as well', () => {
    const masked: string[] = [];
    const secrets = makeSecrets((value) => masked.push(value));
    secrets.add('top-secret');
    secrets.add('top-secret');
    secrets.add('line-one\nline-two');
    expect(masked).toEqual(['top-secret', 'line-one\nline-two', 'line-one', 'line-two']);
  });
});
