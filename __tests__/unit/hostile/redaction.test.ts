import { describe, expect, it } from '@jest/globals';
import { measureRedaction } from '../../../scripts/redaction/measure.ts';
import { withinTime } from '../../../src/adapters/limit.ts';
import { redactPatterns } from '../../../src/hostile/patterns.ts';
import { makeKeyFilter } from '../../../src/hostile/private-keys.ts';
import { makeSecrets } from '../../../src/hostile/secrets.ts';
import { SURFACES, surfacesOf } from '../../fixtures/redaction.ts';

describe('secrets that this run was never told of', () => {
  it('are readable on no surface, in none of sixty formats; hardly a look-alike is cut', async () => {
    const { formats, samples, leaks, innocents, cut } = await measureRedaction(1);
    expect(leaks).toEqual([]);
    expect([formats >= 60, samples > 300, innocents >= 200]).toEqual([true, true, true]);
    expect(cut.length).toBeLessThanOrEqual(innocents / 100);
  });

  it('are looked for on surfaces that do show what is printed', async () => {
    const shown = await surfacesOf(['a word: xyzzy-plugh']);
    for (const surface of SURFACES)
      expect({ surface, shown: /xyzzy.plugh/.test(shown[surface]) }).toEqual({
        surface,
        shown: surface !== 'commit status' && surface !== 'annotations',
      });
  });

  it.each([
    ['password: str', 'password: str'],
    ['password=getpass()', 'password=getpass()'],
    ['password=hunter2', 'password=***'],
    ['PWD=/opt/ml/code', 'PWD=/opt/ml/code'],
    ['docker://ubuntu:22.04@sha256:abc', 'docker://ubuntu:22.04@sha256:abc'],
    ['https://ada:pa@ss@example.com/x', 'https://***@example.com/x'],
    ['token password=hunter2x', 'token password=***'],
    [
      'arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbC1d2',
      'arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbC1d2',
    ],
  ])('%s becomes %s', (text, shown) => {
    expect(redactPatterns(text)).toBe(shown);
  });

  it.each([
    'sig=',
    'token ',
    '-----BEGIN PRIVATE KEY-----\n',
    'eyJ',
    'eyJaaaaaaaaa.',
    '://a:',
    'password:',
    'aB3/',
    'Bearer ',
    '-----BEGIN ',
  ])('are looked for in linear time in %j over and over', (piece) => {
    const work = () => redactPatterns(piece.repeat(Math.ceil(300_000 / piece.length)));
    expect(withinTime(work, 60)).toBe(true);
  });
});

describe('a private key that is printed line by line', () => {
  const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';

  it('is cut up to its last line, and what comes after it is not', () => {
    const filter = makeKeyFilter();
    const lines = [
      'key: -----BEGIN PRIVATE KEY-----',
      body,
      `│ ${body}`,
      'shortend==',
      '-----END PRIVATE KEY-----',
      'val_mape=0.1',
    ];
    expect(lines.flatMap((line) => filter('algo-1', [line]))).toEqual([
      'key: -----BEGIN PRIVATE KEY-----',
      '***',
      '│ ***',
      '***',
      '-----END PRIVATE KEY-----',
      'val_mape=0.1',
    ]);
  });

  it('does not silence a log that opens one and goes on', () => {
    const filter = makeKeyFilter();
    expect(filter('algo-1', ['-----BEGIN PRIVATE KEY-----', 'epoch 1 done', body])).toEqual([
      '-----BEGIN PRIVATE KEY-----',
      'epoch 1 done',
      body,
    ]);
    expect(filter('algo-2', [body])).toEqual([body]);
  });
});

describe('expressions of the user', () => {
  it('are cut like secrets', () => {
    const secrets = makeSecrets(() => {}, withinTime);
    secrets.addPattern('ACME-\\d+');
    expect(secrets.redact('customer ACME-12 and ACME-7')).toBe('customer *** and ***');
    expect(secrets.redactValue('ACME-12')).toBe('***');
  });

  it('that come to no end hide the lines they cannot decide about, and no others', () => {
    const secrets = makeSecrets(() => {}, withinTime);
    secrets.addPattern('(a+)+$');
    expect(secrets.redact(`fine\n${'a'.repeat(40)}!\nalso fine`)).toBe('fine\n***\nalso fine');
  });
});

describe('the account id', () => {
  it('is hidden from people and kept for programs, also beside letters, never inside of a longer number', () => {
    const secrets = makeSecrets(() => {});
    secrets.hide('111122223333', 'ACCOUNT_ID');
    const arn = 'arn:aws:iam::111122223333:role/ci sagemaker-us-east-1-111122223333 9111122223333';
    expect(secrets.redact(arn)).toBe('arn:aws:iam::ACCOUNT_ID:role/ci sagemaker-us-east-1-ACCOUNT_ID 9111122223333');
    expect(secrets.redactValue(arn)).toBe(arn);
  });
});
