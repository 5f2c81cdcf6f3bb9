import { describe, expect, it } from '@jest/globals';
import type { Image } from '../../../src/image/ensure.ts';
import type { Comment, CommitStatus, GitHub } from '../../../src/ports.ts';
import { tellAfterwards } from '../../../src/report/afterwards.ts';
import type { Facts } from '../../../src/report/make-report.ts';
import { TrainingRecord } from '../../../src/report/record.ts';
import { arnOf, fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { FakeClock } from '../../fixtures/fake-clock.ts';
import { ENV, IMAGE, makeInputs, makeJobPlan, makePlan, makeSubject } from '../../fixtures/plans.ts';

const image: Image = { ...IMAGE, source: 'built', reason: 'it was not there yet', notes: [] };
const SECRET = 'top-secret-value';

interface Trouble {
  readonly open?: Error;
  readonly comment?: Error | 'never';
  readonly status?: Error;
}

function world(trouble: Trouble = {}, inputs = makeInputs()) {
  const journal: string[] = [];
  const runner = fakeRunner(ENV, {}, {}, journal);
  const statuses: CommitStatus[] = [];
  const comments = new Map<number, string>();
  const write = async (id: number, body: string): Promise<Comment> => {
    if (trouble.comment === 'never') return new Promise(() => {});
    if (trouble.comment) throw trouble.comment;
    comments.set(id, body);
    journal.push(`comment ${id}`);
    return { id, body, url: `https://github.com/c/${id}`, author: { login: 'github-actions[bot]', type: 'Bot' } };
  };
  const github = {
    comments: async function* () {},
    comment: async (id: number) => {
      const body = comments.get(id);
      const author = { login: 'github-actions[bot]', type: 'Bot' };
      return body === undefined ? undefined : { id, body, url: '', author };
    },
    createComment: (_: number, body: string) => write(41, body),
    updateComment: (id: number, body: string) => write(id, body),
    setStatus: async (status: CommitStatus) => {
      if (trouble.status) throw trouble.status;
      statuses.push(status);
      journal.push(`status ${status.state}`);
    },
  } as unknown as GitHub;
  const facts: Facts = {
    inputs,
    subject: makeSubject(),
    startedAt: 0,
    notes: [],
    plan: makePlan(),
    image,
    jobPlan: makeJobPlan(),
    started: {
      name: 'train-x-1',
      arn: arnOf('train-x-1'),
      origin: 'started',
      checkpointUri: makeJobPlan().checkpointUri,
      createdAt: undefined,
    },
  };
  const doors = {
    runner,
    secrets: secretsOf(SECRET),
    clock: new FakeClock(),
    github: async () => {
      if (trouble.open) throw trouble.open;
      return github;
    },
  };
  const record = new TrainingRecord(facts, doors);
  return { record, facts, runner, statuses, comments, journal, doors };
}

const never = new AbortController().signal;
const warnings = (journal: readonly string[]) => journal.filter((line) => line.startsWith('warning'));

describe('the record', () => {
  it('tells begun, running and the end on the same comment', async () => {
    const { record, facts, runner, statuses, comments } = world();
    await record.tellBegun();
    await record.tellRunning();
    facts.outcome = { kind: 'completed' };
    await expect(record.tellEnd(never)).resolves.toBe(0);
    expect(statuses.map(({ state, context }) => [state, context])).toEqual([
      ['pending', 'train-on-sagemaker / forecast'],
      ['success', 'train-on-sagemaker / forecast'],
    ]);
    expect([...comments.keys()]).toEqual([41]);
    expect(comments.get(41)).toMatch(/^<!-- train-on-sagemaker:forecast -->\n/);
    expect(runner.outputs.get('conclusion')).toBe('success');
    expect(runner.outputs.get('comment-url')).toBe('https://github.com/c/41');
  });

  it('sets the outputs as soon as the job is known, before the comment', async () => {
    const { record, journal } = world();
    await record.tellRunning();
    expect(journal.indexOf('output job-name=train-x-1')).toBeLessThan(journal.indexOf('comment 41'));
    expect(journal.indexOf('output job-name=train-x-1')).toBeGreaterThanOrEqual(0);
  });

  it('keeps no secret in the state, the outputs, the comment or the log', async () => {
    const { record, facts, runner, comments } = world({}, makeInputs({ data: { hyperparameters: { key: SECRET } } }));
    facts.notes.push(`note ${SECRET}`);
    await record.tellRunning();
    facts.outcome = { kind: 'failed', reason: `AlgorithmError ${SECRET}` };
    facts.tail = [{ node: 'algo-1', line: `token=${SECRET}` as never }];
    await record.tellEnd(never);
    const everything = [
      ...runner.state.values(),
      ...runner.outputs.values(),
      ...runner.done,
      ...comments.values(),
    ].join('\n');
    expect(everything).toContain('***');
    expect(everything).not.toContain(SECRET);
  });

  it.each<[string, Trouble]>([
    ['GitHub cannot be opened', { open: new Error('bad URL') }],
    ['the comment is refused', { comment: Object.assign(new Error('Resource not accessible'), { status: 403 }) }],
    ['the status is refused', { status: Object.assign(new Error('Resource not accessible'), { status: 403 }) }],
  ])('is not changed in its verdict when %s', async (_, trouble) => {
    for (const [outcome, exit] of [
      [{ kind: 'completed' }, 0],
      [{ kind: 'stopped', by: 'user' }, 1],
    ] as const) {
      const { record, facts, runner } = world(trouble);
      await record.tellBegun();
      await record.tellRunning();
      facts.outcome = outcome;
      await expect(record.tellEnd(never)).resolves.toBe(exit);
      expect(warnings(runner.done)).toHaveLength(1);
      expect(runner.outputs.get('conclusion')).toBe(exit === 0 ? 'success' : 'cancelled');
    }
  });

  it('tells without a token what it can', async () => {
    const { record, facts, runner, statuses } = world({}, makeInputs({ githubToken: undefined }));
    await record.tellRunning();
    facts.outcome = { kind: 'completed' };
    await expect(record.tellEnd(never)).resolves.toBe(0);
    expect(statuses).toEqual([]);
    expect(warnings(runner.done)).toEqual([expect.stringContaining('`github-token`')]);
  });

  it('waits for GitHub only seconds once the run is cancelled', async () => {
    const { record, facts, doors } = world({ comment: 'never' });
    facts.outcome = { kind: 'cancelled', job: 'stopping' };
    const begun = doors.clock.now();
    await expect(record.tellEnd(AbortSignal.abort())).resolves.toBe(1);
    expect(doors.clock.now() - begun).toBe(3);
  });

  it('survives a summary that cannot be written', async () => {
    const { facts, runner, doors } = world();
    const broken = { ...doors, runner: { ...runner, summary: () => Promise.reject(new Error('disk full')) } };
    facts.outcome = { kind: 'completed' };
    await expect(new TrainingRecord(facts, broken).tellEnd(never)).resolves.toBe(0);
    expect(warnings(runner.done)).toEqual([expect.stringContaining('disk full')]);
  });
});

describe('afterwards', () => {
  async function killed(trouble: Trouble = {}, done: Parameters<typeof tellAfterwards>[1] = { kind: 'stopping' }) {
    const first = world();
    await first.record.tellRunning();
    const later = world(trouble);
    const runner = { ...later.runner, saved: first.runner.saved };
    await tellAfterwards(makeInputs(), done, { ...later.doors, runner } as never);
    return later;
  }

  it('the comment and the status of a killed run are ended in its place', async () => {
    const { statuses, comments } = await killed();
    expect(statuses.map(({ state }) => state)).toEqual(['error']);
    expect([...comments.keys()]).toEqual([41]);
    expect(comments.get(41)).toContain('The workflow run ended before the training did');
  });

  it.each<[string, Parameters<typeof tellAfterwards>[1], string]>([
    ['was stopped after all', { kind: 'stopping' }, 'the job was told to stop'],
    [
      'still could not be stopped',
      { kind: 'failed', wish: 'stop', error: new Error('denied') },
      'the job could not be stopped and may run on',
    ],
  ])('a job that main could not stop and that %s is told as such', async (_, done, headline) => {
    const first = world();
    await first.record.tellRunning();
    first.facts.outcome = { kind: 'cancelled', job: 'unstopped' };
    await first.record.tellEnd(never);
    expect(first.comments.get(41)).toContain('the job could not be stopped and may run on');
    const later = world();
    await tellAfterwards(makeInputs(), done, {
      ...later.doors,
      runner: { ...later.runner, saved: first.runner.saved },
    } as never);
    expect(later.comments.get(41)).toContain(headline);
  });

  it('another run’s job is that run’s to tell', async () => {
    const { statuses, comments } = await killed({}, { kind: 'not-ours' });
    expect([statuses.length, comments.size]).toEqual([0, 0]);
  });

  it.each<[string, Trouble]>([
    ['cannot be opened', { open: new Error('bad URL') }],
    ['refuses', { comment: new Error('403'), status: new Error('403') }],
  ])('GitHub that %s is a warning', async (_, trouble) => {
    const { runner } = await killed(trouble);
    expect(warnings(runner.done).length).toBeGreaterThan(0);
  });
});
