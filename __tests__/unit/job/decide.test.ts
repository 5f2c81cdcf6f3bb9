import { describe, expect, it } from '@jest/globals';
import { type Circumstances, decideStart } from '../../../src/job/decide.ts';
import type { KnownJob } from '../../../src/job/known-job.ts';
import type { JobStatus } from '../../../src/job/status.ts';

const BASE = 's3://b/p/checkpoints/o/r/train/main/c0ffee/12345678/';
const COMMIT = 'c0ffee';

const COMMON = { secondaryStatus: '', transitions: [], interruptions: 0 };
const STATUS: Readonly<Record<string, JobStatus>> = {
  running: { ...COMMON, kind: 'live', phase: 'Training', isStopping: false },
  stopping: { ...COMMON, kind: 'live', phase: 'Uploading', isStopping: true },
  completed: { ...COMMON, kind: 'completed' },
  failed: { ...COMMON, kind: 'failed', reason: undefined },
  stopped: { ...COMMON, kind: 'stopped', by: 'user' },
  'timed out': { ...COMMON, kind: 'stopped', by: 'max-wait' },
};

interface Sketch {
  readonly name?: string;
  readonly at?: number;
  readonly uri?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

function job(
  status: string,
  { name = 'train-r-train-c0ffee-0123456789-1', at = 1, uri = BASE, tags = {} }: Sketch = {},
): KnownJob {
  const state = STATUS[status];
  if (state === undefined) throw new Error(status);
  return { name, arn: `arn:${name}`, status: state, createdAt: at, checkpointUri: uri, tags };
}

const other = (status: string, sketch: Sketch = {}) =>
  job(status, { name: 'train-r-train-beef-9876543210-1', uri: 's3://b/p/other/', ...sketch });

const FACTS: Circumstances = {
  chain: [],
  sameConfig: [],
  samePullRequest: [],
  liveJobs: [],
  commit: COMMIT,
  configHash: 'cafe',
  runId: '50',
  checkpointUri: BASE,
  explicitCheckpoint: false,
  reuse: 'auto',
  resume: 'auto',
  onSuperseded: 'stop',
  fingerprinted: true,
};

const second = (status: string, sketch: Sketch = {}) =>
  job(status, { name: 'train-r-train-c0ffee-0123456789-2', at: 2, ...sketch });
const fresh = { fresh: true, supersede: [] };
const again = { fresh: false, supersede: [] };

describe('what is done about earlier jobs', () => {
  it.each<[string, Partial<Circumstances>, object]>([
    ['none: the first is created', {}, { kind: 'create', ordinal: 1, checkpointUri: BASE, ...again }],
    [
      'none, resume never: in an empty place',
      { resume: 'never' },
      { kind: 'create', ordinal: 1, checkpointUri: BASE, ...fresh },
    ],
    ['one running: it is followed', { chain: [job('running')] }, { kind: 'adopt', job: { name: job('running').name } }],
    ['one completed: it is reported', { chain: [job('completed')] }, { kind: 'report' }],
    [
      'one failed: continued at its place',
      { chain: [job('failed')] },
      { kind: 'create', ordinal: 2, checkpointUri: BASE, ...again },
    ],
    [
      'one stopped: continued at its place',
      { chain: [job('stopped')] },
      { kind: 'create', ordinal: 2, checkpointUri: BASE, ...again },
    ],
    [
      'one that hit a limit: continued',
      { chain: [job('timed out')] },
      { kind: 'create', ordinal: 2, checkpointUri: BASE, ...again },
    ],
    ['one stopping: waited for', { chain: [job('stopping')] }, { kind: 'wait' }],
    [
      'one stopping, resume never: not waited for, the next place',
      { chain: [job('stopping')], resume: 'never' },
      { kind: 'create', ordinal: 2, checkpointUri: BASE.replace(/\/$/, '-r2/'), ...fresh },
    ],
    [
      'completed, reuse never: from zero in the next place, not from a finished checkpoint',
      { chain: [job('completed')], reuse: 'never' },
      { kind: 'create', ordinal: 2, checkpointUri: BASE.replace(/\/$/, '-r2/'), ...fresh },
    ],
    [
      'completed, then failed in -r2, reuse never: -r2 is continued',
      { chain: [job('completed'), second('failed', { uri: BASE.replace(/\/$/, '-r2/') })], reuse: 'never' },
      { kind: 'create', ordinal: 3, checkpointUri: BASE.replace(/\/$/, '-r2/'), ...again },
    ],
    [
      'running, reuse never: another place, for no two live jobs share one',
      { chain: [job('running')], reuse: 'never' },
      { kind: 'create', ordinal: 2, checkpointUri: BASE.replace(/\/$/, '-r2/'), ...fresh },
    ],
    [
      'failed, then completed: the completed one counts',
      { chain: [job('failed'), second('completed')] },
      { kind: 'report' },
    ],
    ['running elsewhere with the same configuration: followed', { sameConfig: [other('running')] }, { kind: 'adopt' }],
    [
      'completed elsewhere with the same configuration: reported',
      { sameConfig: [other('completed')] },
      { kind: 'report' },
    ],
    [
      'completed elsewhere, data not fingerprinted: trained again',
      { sameConfig: [other('completed')], fingerprinted: false },
      { kind: 'create', ordinal: 1, checkpointUri: BASE, ...again },
    ],
    [
      'completed under an own name, data not fingerprinted: reported, the commit is the same',
      { chain: [job('completed')], fingerprinted: false },
      { kind: 'report' },
    ],
    [
      'Search still says running what Describe knows as failed',
      { chain: [job('failed')], sameConfig: [job('running')] },
      { kind: 'create', ordinal: 2 },
    ],
  ])('%s', (_, facts, expected) => {
    expect(decideStart({ ...FACTS, ...facts })).toMatchObject(expected);
  });

  it.each<[string, Partial<Circumstances>, object]>([
    ['free: taken verbatim', {}, { kind: 'create', checkpointUri: 's3://mine/', ...again }],
    [
      'of a running job: refused',
      { liveJobs: [other('running', { uri: 's3://mine' })] },
      { kind: 'checkpoint-in-use' },
    ],
    ['of a stopping job: waited for', { liveJobs: [other('stopping', { uri: 's3://mine/' })] }, { kind: 'wait' }],
    [
      'of a completed job, reuse never: taken verbatim',
      { chain: [job('completed', { uri: 's3://mine/' })], reuse: 'never' },
      { kind: 'create', checkpointUri: 's3://mine/' },
    ],
  ])('an explicit checkpoint-uri %s', (_, facts, expected) => {
    expect(decideStart({ ...FACTS, checkpointUri: 's3://mine/', explicitCheckpoint: true, ...facts })).toMatchObject(
      expected,
    );
  });
});

describe('superseding', () => {
  it('frees an explicit place that a job of an older commit holds, and waits for it', () => {
    const holder = other('running', { uri: 's3://mine/', tags: older });
    const facts = {
      explicitCheckpoint: true,
      checkpointUri: 's3://mine',
      samePullRequest: [holder],
      liveJobs: [holder],
    };
    expect(decideStart({ ...FACTS, ...facts })).toEqual({ kind: 'wait', job: holder, supersede: [holder] });
    expect(decideStart({ ...FACTS, ...facts, onSuperseded: 'leave' })).toMatchObject({ kind: 'checkpoint-in-use' });
  });

  const older = { 'train-commit': 'old', 'train-run-id': '40', 'train-config-hash': 'f00d', 'train-wait': 'run:40' };
  const stopped = (facts: Partial<Circumstances>) => {
    const decision = decideStart({ ...FACTS, ...facts });
    return 'supersede' in decision ? decision.supersede.map(({ name }) => name) : decision.kind;
  };

  it.each<[string, Partial<Circumstances>, unknown]>([
    [
      'the job of an older commit is stopped',
      { samePullRequest: [other('running', { tags: older })] },
      [other('running').name],
    ],
    [
      'not with on-superseded: leave',
      { samePullRequest: [other('running', { tags: older })], onSuperseded: 'leave' },
      [],
    ],
    [
      'not one that somebody chose to leave',
      { samePullRequest: [other('running', { tags: { ...older, 'train-wait': 'left' } })] },
      [],
    ],
    ['not one that is stopping already', { samePullRequest: [other('stopping', { tags: older })] }, []],
    [
      'not the one that this run adopts',
      { samePullRequest: [other('running', { tags: older })], sameConfig: [other('running', { tags: older })] },
      [],
    ],
    [
      'one of this commit under another configuration is stopped',
      { samePullRequest: [other('running', { tags: { ...older, 'train-commit': COMMIT, 'train-run-id': '50' } })] },
      [other('running').name],
    ],
    [
      'one of this commit and configuration is not',
      {
        samePullRequest: [
          other('running', { tags: { ...older, 'train-commit': COMMIT, 'train-config-hash': 'cafe' } }),
        ],
        reuse: 'never',
      },
      [],
    ],
    [
      'an older run never stops a newer one: it ends as superseded',
      { samePullRequest: [other('running', { tags: { ...older, 'train-commit': 'new', 'train-run-id': '60' } })] },
      'superseded',
    ],
  ])('%s', (_, facts, expected) => {
    expect(stopped(facts)).toEqual(expected);
  });
});
