import { describe, expect, it } from '@jest/globals';
import { countCheckpoints, existingArtifact, settledDescription } from '../../../src/metrics/measure.ts';
import type { Observed } from '../../../src/metrics/observe.ts';
import type { DescribeTrainingJobResponse } from '../../../src/ports.ts';
import { awsError, DENIED, described, inTurn } from '../../fixtures/doors.ts';
import { FakeClock } from '../../fixtures/fake-clock.ts';

const final = (...names: readonly string[]) =>
  described('Completed', 'Completed', {
    BillableTimeInSeconds: 10,
    FinalMetricDataList: names.map((MetricName) => ({ MetricName, Value: 1, Timestamp: new Date(0) })),
  });
const DEFINITIONS = ['a', 'b'].map((name) => ({ name, regex: `${name}=(.+)` }));
const SEEN: Observed = { last: 1, min: 1, max: 1, points: 1 };

function settle(
  job: DescribeTrainingJobResponse,
  steps: readonly (DescribeTrainingJobResponse | Error)[],
  over: object = {},
) {
  const clock = new FakeClock();
  const begun = clock.now();
  const abort = new AbortController();
  let asked = 0;
  const next = inTurn<DescribeTrainingJobResponse>(...steps);
  const describe = () => {
    asked++;
    return next();
  };
  const facts = {
    jobName: 'j',
    job,
    definitions: DEFINITIONS,
    observed: new Map([['a', SEEN]]),
    sawLog: true,
    ...over,
  };
  const done = settledDescription(facts, { trainer: { describe }, clock, signal: abort.signal });
  return { done, abort, clock, asked: () => asked, passed: () => clock.now() - begun };
}

describe('the final description', () => {
  it('is taken as it is when everything is there', async () => {
    const { done, asked } = settle(final('a'), [final('a')]);
    await done;
    expect(asked()).toBe(0);
  });

  it('waits for the metrics that the log has shown, not for those it never did', async () => {
    const { done, asked } = settle(final(), [final(), final('a')]);
    await expect(done).resolves.toEqual(final('a'));
    expect(asked()).toBe(2);
  });

  it('waits for every metric when there was no log to show any', async () => {
    const { done, passed } = settle(final('a'), [final('a')], { sawLog: false });
    await done;
    expect(passed()).toBe(30);
  });

  it('waits for the billable seconds', async () => {
    const { done } = settle(described('Completed'), [final('a')]);
    await expect(done).resolves.toMatchObject({ BillableTimeInSeconds: 10 });
  });

  it.each(['Failed', 'Stopped'])('of a job that %s is not waited for', async (status) => {
    const { done, asked } = settle(described(status), [final('a')]);
    await done;
    expect(asked()).toBe(0);
  });

  it('is the last one known when describing fails, within its bound', async () => {
    const { done, passed } = settle(final(), [awsError('InternalFailure')]);
    await expect(done).resolves.toEqual(final());
    expect(passed()).toBe(30);
  });

  it('hears a cancellation', async () => {
    const { done, abort, clock, passed } = settle(final(), [final()]);
    clock.at(7, () => abort.abort());
    await done;
    expect(passed()).toBeLessThanOrEqual(10);
  });
});

describe('checkpoints and artifacts', () => {
  const object = (key: string) => ({ key, etag: '', sizeBytes: 1, modifiedAt: 0 });

  it('counts no marker files', async () => {
    const objects = [
      'ckpt-1',
      'ckpt-1.sagemaker-uploaded',
      'ckpt-2.sagemaker-uploading',
      'x.sagemaker-ignore',
      'ckpt-2',
    ].map(object);
    await expect(countCheckpoints('s3://b/p/', { store: { list: async () => ({ objects }) } })).resolves.toBe(2);
  });

  it('knows nothing of what it may not list', async () => {
    const list = () => Promise.reject(DENIED('s3:ListBucket'));
    await expect(countCheckpoints('s3://b/p/', { store: { list } })).resolves.toBeUndefined();
  });

  const model = described('Completed', 'Completed', { ModelArtifacts: { S3ModelArtifacts: 's3://b/model.tar.gz' } });
  it.each([
    ['exists', model, async () => true, 's3://b/model.tar.gz'],
    ['was never uploaded', model, async () => false, undefined],
    ['may not be looked at', model, () => Promise.reject(DENIED('s3:GetObject')), undefined],
    ['is not named', described('Completed'), async () => true, undefined],
  ])('a model that %s', async (_, job, exists, expected) => {
    await expect(existingArtifact(job, { store: { exists } })).resolves.toBe(expected);
  });
});
