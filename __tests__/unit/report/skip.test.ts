import { describe, expect, it } from '@jest/globals';
import { skip } from '../../../src/report/skip.ts';
import { fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { makeInputs } from '../../fixtures/plans.ts';

const doors = () => ({ runner: fakeRunner(), secrets: secretsOf('top-secret-value') });
const fork = { kind: 'untrusted', why: 'the pull request comes from mallory/demand' } as const;

describe('nothing is trained on purpose', () => {
  it.each([
    ['skip', 0, 'notice'],
    ['fail', 1, 'error'],
  ] as const)('for a fork under on-untrusted: %s, exit %i', async (onUntrusted, exit, level) => {
    const { runner, secrets } = doors();
    await expect(skip(fork, makeInputs({ run: { onUntrusted } }), { runner, secrets })).resolves.toBe(exit);
    expect(Object.fromEntries(runner.outputs)).toEqual({ conclusion: 'skipped' });
    expect(runner.done).toContainEqual(expect.stringMatching(new RegExp(`^${level} Not trained: .*mallory/demand`)));
  });

  it('for a comment that is no command, green whatever on-untrusted says', async () => {
    const { runner, secrets } = doors();
    const found = { kind: 'ignored', why: 'the comment is not `/train`' } as const;
    await expect(skip(found, makeInputs({ run: { onUntrusted: 'fail' } }), { runner, secrets })).resolves.toBe(0);
    expect(runner.done.join('\n')).toContain('notice Nothing to do: the comment is not `/train`.');
  });

  it('but an event that cannot be trained is a failure', async () => {
    const found = { kind: 'unsupported', why: 'the fork event does not say which commit' } as const;
    await expect(skip(found, makeInputs(), doors())).rejects.toMatchObject({ code: 'EVENT_UNSUPPORTED' });
  });

  it('says nothing in Markdown, and no secret, in the name of a stranger', async () => {
    const { runner, secrets } = doors();
    await skip({ kind: 'untrusted', why: '[x](https://evil.example) @acme <img> top-secret-value' }, makeInputs(), {
      runner,
      secrets,
    });
    const summary = runner.done.find((line) => line.startsWith('summary')) ?? '';
    expect(summary).not.toMatch(/\[x\]|@acme|<img>|https:/);
    expect(runner.done.join('\n')).not.toContain('top-secret-value');
  });

  it('is not changed by a summary that cannot be written', async () => {
    const { runner, secrets } = doors();
    const broken = { ...runner, summary: () => Promise.reject(new Error('disk full')) };
    await expect(skip(fork, makeInputs(), { runner: broken, secrets })).resolves.toBe(0);
  });
});
