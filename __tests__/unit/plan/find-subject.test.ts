import { describe, expect, it } from '@jest/globals';
import { findSubject, headMovedTo } from '../../../src/plan/find-subject.ts';
import type { GitHub, PullRequest } from '../../../src/ports.ts';
import { fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { makeInputs, makeSubject, SHA } from '../../fixtures/plans.ts';

const PULL: PullRequest = {
  number: 7,
  headSha: SHA,
  headRef: 'feature/x',
  headRepository: 'acme/demand',
  baseRef: 'main',
  state: 'open',
  merged: false,
  mergeCommitSha: undefined,
};
const ENV = { GITHUB_REPOSITORY: 'acme/demand', GITHUB_SHA: SHA, GITHUB_REF_NAME: 'feature/x', GITHUB_ACTOR: 'bob' };

interface Hub {
  readonly permission?: string | Error;
  readonly pull?: Partial<PullRequest> | Error;
  readonly pulls?: readonly Partial<PullRequest>[] | Error;
  readonly react?: Error;
}

const answer = async <Value>(value: Value | Error): Promise<Value> => {
  if (value instanceof Error) throw value;
  return value;
};

function hub({ permission = 'write', pull = {}, pulls = [], react }: Hub, calls: string[]): GitHub {
  return {
    permission: (user: string) => {
      calls.push(`permission ${user}`);
      return answer(permission);
    },
    pullRequest: (number: number) => {
      calls.push(`pull ${number}`);
      return answer(pull instanceof Error ? pull : { ...PULL, ...pull });
    },
    pullRequestsOfCommit: () => answer(pulls instanceof Error ? pulls : pulls.map((one) => ({ ...PULL, ...one }))),
    react: async (_: number, content: string) => {
      calls.push(`react ${content}`);
      if (react) throw react;
    },
  } as unknown as GitHub;
}

function command(script: Hub, body = '/train', githubToken: string | undefined = 'ghs_token') {
  const calls: string[] = [];
  const event = {
    action: 'created',
    issue: { number: 7, pull_request: {} },
    comment: { id: 9, body, user: { login: 'bob' } },
  };
  const runner = fakeRunner({ ...ENV, GITHUB_EVENT_NAME: 'issue_comment' }, event);
  const found = findSubject(makeInputs({ githubToken }), {
    runner,
    secrets: secretsOf(),
    github: async () => hub(script, calls),
  });
  return { found, calls };
}

describe('/train', () => {
  it.each(['write', 'admin'])('of somebody with %s permission trains the head as it is now', async (permission) => {
    const { found, calls } = command({ permission });
    await expect(found).resolves.toMatchObject({
      kind: 'subject',
      subject: { sha: SHA, branch: 'feature/x', base: 'main', pullRequest: 7, checkoutRef: 'refs/pull/7/head' },
    });
    expect(calls).toEqual(['permission bob', 'react eyes', 'pull 7']);
  });

  it.each(['read', 'none', '', 'triage'])('of somebody with %j permission is refused', async (permission) => {
    const { found, calls } = command({ permission });
    await expect(found).resolves.toMatchObject({ kind: 'untrusted', why: expect.stringContaining('write is needed') });
    expect(calls).toEqual(['permission bob', 'react confused']);
  });

  it.each([{ headRepository: 'mallory/demand' }, { headRepository: null }])('never trains %j', async (pull) => {
    await expect(command({ pull }).found).resolves.toMatchObject({ kind: 'untrusted' });
  });

  it('answers an unknown argument only to those who may train', async () => {
    await expect(command({}, '/train harder').found).resolves.toMatchObject({ kind: 'unsupported' });
    await expect(command({ permission: 'read' }, '/train harder').found).resolves.toMatchObject({ kind: 'untrusted' });
  });

  it('goes on when the reaction cannot be written', async () => {
    await expect(command({ react: new Error('403') }).found).resolves.toMatchObject({ kind: 'subject' });
  });

  it.each<[string, Hub, string | undefined]>([
    ['the permission cannot be read', { permission: new Error('Resource not accessible') }, 'ghs_token'],
    ['the pull request cannot be read', { pull: new Error('500') }, 'ghs_token'],
    ['there is no token', {}, undefined],
  ])('fails by name when %s', async (_, script, token) => {
    const runner = fakeRunner(
      { ...ENV, GITHUB_EVENT_NAME: 'issue_comment' },
      {
        action: 'created',
        issue: { number: 7, pull_request: {} },
        comment: { id: 9, body: '/train', user: { login: 'bob' } },
      },
    );
    const found = findSubject(makeInputs({ githubToken: token }), {
      runner,
      secrets: secretsOf(),
      github: async () => hub(script, []),
    });
    await expect(found).rejects.toMatchObject({ code: 'GITHUB_UNAVAILABLE' });
  });
});

describe('a commit without a pull request in its event', () => {
  const push = (script: Hub, inputs = makeInputs(), event = 'push') =>
    findSubject(inputs, {
      runner: fakeRunner({ ...ENV, GITHUB_EVENT_NAME: event }, {}),
      secrets: secretsOf(),
      github: async () => hub(script, []),
    });

  it('finds the open one of this repository whose head it is', async () => {
    const pulls = [
      { number: 3, state: 'closed' },
      { number: 4, headSha: 'b'.repeat(40) },
      { number: 5, headRepository: 'mallory/demand' },
      { number: 6, baseRef: 'release/2' },
    ];
    await expect(push({ pulls })).resolves.toMatchObject({ subject: { pullRequest: 6, base: 'release/2' } });
  });

  it.each<[string, Hub, ReturnType<typeof makeInputs>, string]>([
    ['there is none', { pulls: [] }, makeInputs(), 'push'],
    ['GitHub does not answer', { pulls: new Error('500') }, makeInputs(), 'push'],
    ['nothing is to be commented', { pulls: [{}] }, makeInputs({ report: { comment: 'off' } }), 'push'],
    ['there is no token', { pulls: [{}] }, makeInputs({ githubToken: undefined }), 'push'],
    ['the clock started it', { pulls: [{}] }, makeInputs(), 'schedule'],
  ])('goes without when %s', async (_, script, inputs, event) => {
    await expect(push(script, inputs, event)).resolves.toMatchObject({
      kind: 'subject',
      subject: { pullRequest: undefined },
    });
  });
});

describe('the second look at the head', () => {
  const look = (pull: Hub['pull'], event = 'issue_comment') =>
    headMovedTo(makeSubject({ event }), makeInputs(), {
      runner: fakeRunner(),
      secrets: secretsOf(),
      github: async () => hub(pull === undefined ? {} : { pull }, []),
    });

  it('finds nothing new, or the newer commit', async () => {
    await expect(look({})).resolves.toBeUndefined();
    await expect(look({ headSha: 'c'.repeat(40) })).resolves.toBe('c'.repeat(40));
  });

  it('is for /train alone', async () => {
    await expect(look({ headSha: 'c'.repeat(40) }, 'pull_request')).resolves.toBeUndefined();
  });

  it('starts nothing when it cannot be done', async () => {
    await expect(look(new Error('500'))).rejects.toMatchObject({ code: 'GITHUB_UNAVAILABLE' });
  });
});
