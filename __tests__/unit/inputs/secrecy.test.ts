import { describe, expect, it } from '@jest/globals';
import { hideAccounts } from '../../../src/inputs/hidden-account.ts';
import { redactList } from '../../../src/inputs/redact-list.ts';
import { secretValues, secretWarning } from '../../../src/inputs/secret-values.ts';
import { fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { makeInputs } from '../../fixtures/plans.ts';

describe('redact', () => {
  it.each([
    ['one a line', 'ACME-\\d+\n\n  [a-z]{8}\n', ['ACME-\\d+', '[a-z]{8}']],
    ['a list', "- 'ACME-\\d+'\n- customer (a|b)", ['ACME-\\d+', 'customer (a|b)']],
  ])('takes %s', (_, text, value) => {
    expect(redactList(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['(', /no regular expression/],
    ['x*', /matches nothing at all/],
    ['a'.repeat(1001), /1001 characters/],
    [Array.from({ length: 51 }, (_, index) => `a${index}`).join('\n'), /51 expressions/],
    ["- '", /YAML/],
  ])('refuses %j', (text, message) => {
    const parsed = redactList(text);
    expect(parsed.ok ? '' : parsed.mistakes[0]?.message).toMatch(message);
  });
});

describe('what looks like a secret in the request', () => {
  it('is named with the way to do it, without its value', () => {
    const password = 'hunter2-and-more';
    const inputs = makeInputs({
      data: {
        environment: { DB_PASSWORD: password, LOG_LEVEL: 'info', SECRET_NAME: 'prod/database' },
        hyperparameters: { epochs: '40', url: `postgres://ada:${password}@db/x`, tokenizer: 'bert-base-uncased' },
      },
    });
    const found = secretValues(inputs);
    expect(found.map(({ input, name }) => [input, name])).toEqual([
      ['environment', 'DB_PASSWORD'],
      ['hyperparameters', 'url'],
    ]);
    const warning = found.map(secretWarning).join('\n');
    expect(warning).toContain('AWS Secrets Manager');
    expect(warning).not.toContain(password);
  });
});

describe('the account id', () => {
  const shown = (event: unknown, hideAccountId: boolean | undefined) => {
    const secrets = secretsOf();
    hideAccounts(['111122223333', undefined], makeInputs({ report: { hideAccountId } }), {
      secrets,
      runner: fakeRunner({}, event),
    });
    return secrets.redact('111122223333');
  };

  it.each([
    [{ repository: { private: false } }, undefined, 'ACCOUNT_ID'],
    [{ repository: { private: true } }, undefined, '111122223333'],
    [{}, undefined, 'ACCOUNT_ID'],
    [{ repository: { private: true } }, true, 'ACCOUNT_ID'],
    [{ repository: { private: false } }, false, '111122223333'],
  ])('with %j and hide-account-id %j is shown as %s', (event, input, expected) => {
    expect(shown(event, input)).toBe(expected);
  });
});
