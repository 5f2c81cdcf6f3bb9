import { describe, expect, it } from '@jest/globals';
import type { Clean } from '../../../src/hostile/text.ts';
import type { Comment } from '../../../src/ports.ts';
import { publishStatus, type StickyComment, upsertComment } from '../../../src/report/publish.ts';
import { asClean } from '../../fixtures/reports.ts';

const MARKER = '<!-- train-on-sagemaker:forecast -->';
const BOT = { login: 'github-actions[bot]', type: 'Bot' };
const body = asClean(`${MARKER}\nnew`);

function makeComment(overrides: Partial<Comment> = {}): Comment {
  const id = overrides.id ?? 1;
  return { id, body: `${MARKER}\nold`, url: `https://github.com/c/${id}`, author: BOT, ...overrides };
}

/** Comments in memory; `refuse` decides before each act whether GitHub says no. */
function makeGitHub(stored: Comment[], refuse: (act: string) => unknown = () => undefined) {
  const acts: string[] = [];
  const act = (what: string) => {
    acts.push(what);
    const error = refuse(what);
    if (error !== undefined) throw error;
  };
  const github: StickyComment['github'] = {
    async comment(id: number) {
      act(`read ${id}`);
      return stored.find((comment) => comment.id === id);
    },
    async *comments() {
      act('list');
      yield* stored;
    },
    async createComment(_issue: number, text: Clean) {
      const created = makeComment({ id: 100 + stored.length, body: text });
      stored.push(created);
      act('create');
      return created;
    },
    async updateComment(id: number, text: Clean) {
      act(`update ${id}`);
      const index = stored.findIndex((comment) => comment.id === id);
      if (index < 0) throw Object.assign(new Error('Not Found'), { status: 404 });
      const updated = makeComment({ id, body: text });
      stored[index] = updated;
      return updated;
    },
    async deleteComment(id: number) {
      act(`delete ${id}`);
      stored.splice(0, stored.length, ...stored.filter((comment) => comment.id !== id));
    },
  };
  return { github, acts, stored };
}

const upsert = (github: StickyComment['github'], known?: number) =>
  upsertComment({ github, issue: 7, marker: MARKER, body: () => body, known, runId: '4711' });
const refusal = (status: number, message: string, acceptedPermissions?: string) =>
  Object.assign(new Error(message), { status, acceptedPermissions });

describe('the sticky comment', () => {
  it.each<[string, Comment[], string[]]>([
    ['is created where there is none', [], ['list', 'create', 'list']],
    ['is edited where it exists', [makeComment({ id: 5 })], ['list', 'update 5']],
    ['is the oldest of several', [makeComment({ id: 5 }), makeComment({ id: 6 })], ['list', 'update 5']],
    [
      'is never the comment of a person',
      [makeComment({ author: { login: 'mallory', type: 'User' } })],
      ['list', 'create', 'list'],
    ],
    [
      'is never the comment of a person with a telling name',
      [makeComment({ author: { login: 'github-actions[bot]', type: 'User' } })],
      ['list', 'create', 'list'],
    ],
    [
      'is never that of another bot',
      [makeComment({ author: { login: 'other[bot]', type: 'Bot' } })],
      ['list', 'create', 'list'],
    ],
    ['has its marker on the first line', [makeComment({ body: `quoting\n${MARKER}` })], ['list', 'create', 'list']],
    [
      'has exactly its own marker',
      [makeComment({ body: '<!-- train-on-sagemaker:forecast-2 -->' })],
      ['list', 'create', 'list'],
    ],
    ['may come back with other line ends', [makeComment({ id: 5, body: `${MARKER}\r\nold` })], ['list', 'update 5']],
  ])('%s', async (_, stored, acts) => {
    const github = makeGitHub(stored);
    const result = await upsert(github.github);
    expect(github.acts).toEqual(acts);
    expect(result.ok && github.stored.find(({ id }) => id === result.value?.id)?.body).toBe(body);
  });

  it('is edited without a look at the others once its id is known', async () => {
    const github = makeGitHub([makeComment({ id: 5 })]);
    expect(await upsert(github.github, 5)).toEqual({ ok: true, value: { id: 5, url: 'https://github.com/c/5' } });
    expect(github.acts).toEqual(['read 5', 'update 5']);
  });

  it.each([
    ['a newer run', 4712, undefined],
    ['an older run', 4710, { id: 5, url: 'https://github.com/c/5' }],
    ['the same run', 4711, { id: 5, url: 'https://github.com/c/5' }],
  ])('that %s wrote is edited by a run that is not older', async (_, runId, value) => {
    const there = `${MARKER}\nwords\n\n<!-- train-run:${runId} -->\n`;
    expect(await upsert(makeGitHub([makeComment({ id: 5, body: there })]).github, 5)).toEqual({ ok: true, value });
    expect(await upsert(makeGitHub([makeComment({ id: 5, body: there })]).github)).toEqual({ ok: true, value });
  });

  it('is made anew when somebody has deleted it', async () => {
    const github = makeGitHub([]);
    expect(await upsert(github.github, 5)).toMatchObject({ ok: true });
    expect(github.acts).toEqual(['read 5', 'list', 'create', 'list']);
  });

  it.each([
    ['an older run', 4710, true],
    ['a newer run', 4712, false],
  ])('is taken back when %s has made one at the same time', async (_, runId, overwrites) => {
    const there = makeComment({ id: 5, body: `${MARKER}\nwords\n\n<!-- train-run:${runId} -->\n` });
    const fake = makeGitHub([]);
    // Both have looked, and nothing was there.
    const github = {
      ...fake.github,
      async createComment(issue: number, text: Clean) {
        fake.stored.push(there);
        return await fake.github.createComment(issue, text);
      },
    };
    const value = overwrites ? { id: 5, url: 'https://github.com/c/5' } : undefined;
    expect(await upsert(github)).toEqual({ ok: true, value });
    expect(fake.acts).toEqual(['list', 'create', 'list', 'delete 101', 'list', ...(overwrites ? ['update 5'] : [])]);
    expect(fake.stored).toEqual([overwrites ? expect.objectContaining({ id: 5, body }) : there]);
  });

  it.each([
    ['no answer', new Error('GitHub could not be reached')],
    ['a failure of the server', refusal(502, 'Bad Gateway')],
  ])('is not created twice when its creation ended with %s', async (_, error) => {
    const github = makeGitHub([], (act) => (act === 'create' ? error : undefined));
    expect(await upsert(github.github)).toMatchObject({ ok: true });
    expect(github.stored).toHaveLength(1);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'the missing permission, and what GitHub accepts',
      refusal(403, 'Resource not accessible by integration', 'issues=write; pull_requests=write'),
      /403.*issues=write; pull_requests=write.*`pull-requests: write`/,
    ],
    ['the missing permission of a private repository', refusal(404, 'Not Found'), /404.*`pull-requests: write`/],
    [
      'what GitHub said of a locked conversation',
      refusal(403, 'Unable to create comment because issue is locked.'),
      /locked\.$/,
    ],
    [
      'what GitHub said of its limits',
      refusal(403, 'You have exceeded a secondary rate limit'),
      /secondary rate limit\.$/,
    ],
    ['what GitHub said of the body', refusal(422, 'Body is too long'), /422.*Body is too long\.$/],
    ['that nobody answered', new Error('GitHub could not be reached: ECONNRESET'), /ECONNRESET\.$/],
  ])('comes to a warning that tells %s', async (_, error, warning) => {
    const github = makeGitHub([], (act) => (act === 'list' ? error : undefined));
    expect(await upsert(github.github)).toMatchObject({ ok: false, warning: expect.stringMatching(warning) });
  });
});

describe('a failure', () => {
  it('is the same trouble however GitHub words it, and another one than a missing right', async () => {
    const troubleOf = async (error: Error) => {
      const { github } = makeGitHub([], (act) => (act === 'list' ? error : undefined));
      return await upsert(github);
    };
    const [one, other, denied] = await Promise.all([
      troubleOf(refusal(502, 'Unicorn! Request id 1')),
      troubleOf(new Error('GitHub did not answer within 60 s')),
      troubleOf(refusal(403, 'Resource not accessible by integration')),
    ]);
    expect(one).toMatchObject({ trouble: expect.any(String) });
    expect(other).toMatchObject({ trouble: one && 'trouble' in one ? one.trouble : undefined });
    expect(denied).not.toMatchObject({ trouble: one && 'trouble' in one ? one.trouble : undefined });
  });
});

describe('the commit status', () => {
  const status = { sha: 'abc', state: 'success', context: 'train', description: asClean('Training passed') } as const;

  it('is written', async () => {
    const written: unknown[] = [];
    const setStatus = async (given: unknown) => {
      written.push(given);
    };
    expect(await publishStatus({ setStatus }, status)).toEqual({ ok: true, value: undefined });
    expect(written).toEqual([status]);
  });

  it('comes to a warning that names its own permission', async () => {
    const setStatus = () => Promise.reject(refusal(403, 'Resource not accessible by integration', 'statuses=write'));
    expect(await publishStatus({ setStatus }, status)).toMatchObject({
      ok: false,
      warning: expect.stringMatching(/^The commit status could not be written: .*`statuses: write`/),
    });
  });
});
