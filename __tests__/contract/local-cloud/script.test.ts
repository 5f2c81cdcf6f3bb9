import { describe, expect, it } from '@jest/globals';
import { checkScript, createScriptBook, type ScriptError } from '../../../local-cloud/script-book.ts';

const findingsOf = (script: unknown) => {
  try {
    checkScript(script);
    return [];
  } catch (error) {
    return (error as ScriptError).findings;
  }
};

describe('scripts', () => {
  it.each([
    ['an unknown key', { job: [] }, '/ has the unknown key "job"'],
    ['an unknown key of a job', { jobs: [{ phase: [] }] }, '/jobs/0 has the unknown key "phase"'],
    [
      'an unknown key of a line',
      { jobs: [{ logs: { lines: [{ at: 0, txt: 'x' }] } }] },
      '/jobs/0/logs/lines/0 has the unknown key "txt"',
    ],
    [
      'an unknown fault',
      { faults: [{ service: 's3', operation: 'PutObject', kind: 'boom' }] },
      '/faults/0/kind must be equal to one of the allowed values: throttle, 500, reset, stall, expired, denied, malformed, empty-page, slow',
    ],
    [
      'a missing operation',
      { faults: [{ service: 's3', kind: '500' }] },
      "/faults/0 must have required property 'operation'",
    ],
    ['a negative time', { delays: { search: -1 } }, '/delays/search must be >= 0'],
    [
      'a status that is none',
      { jobs: [{ status: 'Done' }] },
      '/jobs/0/status must be equal to one of the allowed values: Completed, Failed, Stopped',
    ],
  ])('are refused for %s', (_what, script, finding) => {
    expect(findingsOf(script)).toContain(finding);
  });

  it('are told all their mistakes at once', () => {
    expect(findingsOf({ a: 1, jobs: [{ b: 2 }], faults: [{}] }).length).toBeGreaterThan(3);
  });

  it('choose a job’s entry by name, else by order, and keep to it', () => {
    const byName = { match: 'train-*-1', status: 'Failed' as const };
    const [first, second] = [{ exitCode: 1 }, { exitCode: 2, times: 2 }];
    const book = createScriptBook({ jobs: [first, byName, second] });
    const chosen = ['a', 'train-x-1', 'b', 'train-y-1', 'c', 'd', 'a'].map((name) => book.jobFor(name));
    expect(chosen).toEqual([first, byName, second, byName, second, {}, first]);
  });

  it('count faults down, after those that may pass', () => {
    const book = createScriptBook({ faults: [{ service: 's3', operation: 'Put*', kind: '500', after: 1, times: 2 }] });
    const kinds = ['PutObject', 'GetObject', 'PutObject', 'PutObject', 'PutObject'].map(
      (operation) => book.takeFault('s3', operation)?.kind,
    );
    expect(kinds).toEqual([undefined, undefined, '500', '500', undefined]);
  });

  it('let several faults of one operation follow each other', () => {
    const fault = (kind: 'throttle' | 'reset') => ({ service: 's3', operation: 'PutObject', kind });
    const book = createScriptBook({ faults: [fault('throttle'), fault('reset')] });
    expect([1, 2, 3].map(() => book.takeFault('s3', 'PutObject')?.kind)).toEqual(['throttle', 'reset', undefined]);
  });

  it('replace only the sections they name, until a reset', () => {
    const book = createScriptBook({ delays: { search: 3 } });
    book.load({ quotas: [{ name: 'q', value: 1 }] });
    expect(book.current).toEqual({ delays: { search: 3 }, quotas: [{ name: 'q', value: 1 }] });
    book.reset();
    expect(book.current).toEqual({ delays: { search: 3 } });
  });
});
