import {
  AddTagsCommand,
  DeleteTagsCommand,
  ListTagsCommand,
  ListTrainingJobsCommand,
  SearchCommand,
  type SearchCommandInput,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { afterEach, describe, expect, it } from '@jest/globals';
import { outcome } from './harness.ts';
import { BUCKET, startWorld, type World } from './training-world.ts';

let world: World;
afterEach(() => world.close());

const statuses = async (name: string) =>
  ((await world.describe(name)).SecondaryStatusTransitions ?? []).map(({ Status }) => Status);
const ARN = 'arn:aws:sagemaker:us-east-1:111122223333:training-job/';

describe('a scripted job', () => {
  it('goes through the phases and leaves what a real one would', async () => {
    world = await startWorld({
      jobs: [
        {
          phases: [
            { status: 'Starting', seconds: 5 },
            { status: 'Downloading', seconds: 5, message: 'Downloading input data' },
            { status: 'Training', seconds: 20 },
            { status: 'Uploading', seconds: 5 },
          ],
          logs: { lines: [{ at: 1, text: 'epoch {i} val_loss={i}.5', every: 5, times: 3 }] },
          metrics: { extra: [[2, 7]] },
        },
      ],
    });
    const definitions = [
      { Name: 'val_loss', Regex: 'val_loss=([0-9.]+)' },
      { Name: 'never', Regex: 'never=(.*)' },
    ];
    const { AlgorithmSpecification } = world.request('x');
    await world.create('job', {
      AlgorithmSpecification: { ...AlgorithmSpecification, TrainingInputMode: 'File', MetricDefinitions: definitions },
    });
    const job = await world.end('job');
    expect(await statuses('job')).toEqual(['Starting', 'Downloading', 'Training', 'Uploading', 'Completed']);
    expect(job.SecondaryStatusTransitions?.slice(0, -1).every(({ EndTime }) => EndTime !== undefined)).toBe(true);
    expect(job).toMatchObject({ TrainingJobStatus: 'Completed', TrainingTimeInSeconds: expect.any(Number) });
    expect(job).not.toHaveProperty('FailureReason');
    expect(job).not.toHaveProperty('Tags');
    expect(job.BillableTimeInSeconds).toBeLessThan(job.TrainingTimeInSeconds ?? 0);
    const metrics = job.FinalMetricDataList?.map(({ MetricName, Value }) => [MetricName, Value]);
    expect(Object.fromEntries(metrics ?? [])).toEqual({ val_loss: 2.5, extra: 7 });
    expect(await world.messages('job')).toEqual([
      ['epoch 0 val_loss=0.5', 'epoch 1 val_loss=1.5', 'epoch 2 val_loss=2.5'],
    ]);
    expect(world.local.cloud.s3.head(BUCKET, 'output/job/output/model.tar.gz')).toBeDefined();
  });

  it('that is over within a second has trained for one: the service knows no 0', async () => {
    const phases = [{ status: 'Training', seconds: 0 }];
    world = await startWorld({ jobs: [{ phases }] }, 1);
    await world.create('job');
    // The model is the judge: Describe itself fails where an answer breaks it.
    const { TrainingTimeInSeconds, BillableTimeInSeconds } = await world.end('job');
    expect(Math.min(TrainingTimeInSeconds ?? 0, BillableTimeInSeconds ?? 0)).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ['seconds', { seconds: 5 }],
    ['log lines', { logLines: 2 }],
    ['a checkpoint', { checkpoint: 'epoch-*.json' }],
  ])('is interrupted after %s and goes on in a new stream', async (_title, interruption) => {
    world = await startWorld({
      jobs: [
        {
          logs: { lines: [{ at: 1, text: 'line {i}', every: 4, times: 4 }] },
          checkpoints: [{ at: 4, path: 'epoch-1.json', text: '{}' }],
          interruptions: [{ downSeconds: 5, ...interruption }],
        },
      ],
    });
    await world.create('job', { CheckpointConfig: { S3Uri: `s3://${BUCKET}/checkpoints/job` } });
    await world.end('job');
    expect(await statuses('job')).toEqual([
      'Starting',
      'Downloading',
      'Training',
      'Interrupted',
      'Starting',
      'Downloading',
      'Training',
      'Uploading',
      'Completed',
    ]);
    const streams = await world.messages('job');
    expect(streams).toHaveLength(2);
    expect(streams.flat()).toEqual(['line 0', 'line 1', 'line 2', 'line 3']);
    expect(world.local.cloud.s3.get(BUCKET, 'checkpoints/job/epoch-1.json')?.toString()).toBe('{}');
  });

  it.each([
    [
      { failureReason: 'CapacityError: none', phases: [{ status: 'Starting', seconds: 1 }] },
      { TrainingJobStatus: 'Failed', FailureReason: 'CapacityError: none', TrainingStartTime: undefined },
    ],
    [{ exitCode: 137 }, { TrainingJobStatus: 'Failed', FailureReason: 'AlgorithmError: , exit code: 137' }],
    [
      { status: 'Failed', failureReason: null },
      { TrainingJobStatus: 'Failed', FailureReason: undefined },
    ],
    [{ status: 'Stopped' }, { TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped', FailureReason: undefined }],
    [
      { status: 'Stopped', secondaryStatus: 'MaxRuntimeExceeded' },
      { TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxRuntimeExceeded' },
    ],
  ])('ends as its script says: %j', async (entry, expected) => {
    world = await startWorld({ jobs: [entry] });
    await world.create('job');
    const absent = { FailureReason: undefined, TrainingStartTime: undefined };
    expect({ ...absent, ...(await world.end('job')) }).toMatchObject(expected);
  });

  it('that never gets capacity waits until MaxWait ends it, without a log stream', async () => {
    world = await startWorld({ jobs: [{ capacity: 'never', logs: { group: 'present' } }] });
    await world.create('job', { StoppingCondition: { MaxRuntimeInSeconds: 20, MaxWaitTimeInSeconds: 40 } });
    await expect(world.end('job')).resolves.toMatchObject({
      TrainingJobStatus: 'Stopped',
      SecondaryStatus: 'MaxWaitTimeExceeded',
    });
    expect(await statuses('job')).toEqual(['Starting', 'Stopping', 'MaxWaitTimeExceeded']);
    expect(await world.messages('job')).toEqual([]);
  });

  it('that runs too long is stopped by MaxRuntime and keeps its model', async () => {
    world = await startWorld({
      jobs: [
        {
          phases: [
            { status: 'Training', seconds: 5000 },
            { status: 'Uploading', seconds: 1 },
          ],
        },
      ],
    });
    await world.create('job', { StoppingCondition: { MaxRuntimeInSeconds: 10, MaxWaitTimeInSeconds: 500 } });
    await expect(world.end('job')).resolves.toMatchObject({
      TrainingJobStatus: 'Stopped',
      SecondaryStatus: 'MaxRuntimeExceeded',
    });
    expect(await statuses('job')).toEqual(['Starting', 'Training', 'Stopping', 'Uploading', 'MaxRuntimeExceeded']);
    expect(world.local.cloud.s3.head(BUCKET, 'output/job/output/model.tar.gz')).toBeDefined();
  });
});

describe('DescribeTrainingJob and StopTrainingJob', () => {
  it('know no job they were not told of', async () => {
    world = await startWorld();
    const unknown = { name: 'ValidationException', message: 'Requested resource not found.' };
    await expect(outcome(world.describe('nobody'))).resolves.toMatchObject(unknown);
    const stop = world.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: 'nobody' }));
    await expect(outcome(stop)).resolves.toMatchObject(unknown);
  });

  it('stop a running job, and refuse to stop it again when it is over', async () => {
    world = await startWorld({ jobs: [{ phases: [{ status: 'Starting', seconds: 5000 }] }] });
    await world.create('job');
    const stop = () => world.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: 'job' }));
    await stop();
    await expect(world.end('job')).resolves.toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped' });
    await expect(outcome(stop())).resolves.toMatchObject({
      name: 'ValidationException',
      message: 'The request was rejected because the training job is in status Stopped.',
    });
  });

  it('deny Describe until the tags have arrived', async () => {
    world = await startWorld({ jobs: [{ delays: { tags: 20 } }] });
    await world.create('job');
    await expect(outcome(world.describe('job'))).resolves.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(/is not authorized to perform: sagemaker:DescribeTrainingJob on resource: /),
    });
    await world.local.cloud.clock.sleep(21);
    await expect(outcome(world.describe('job'))).resolves.toMatchObject({ name: 'fulfilled' });
  });

  it('show final metrics only some time after the end where the script says so', async () => {
    world = await startWorld({ jobs: [{ metrics: { loss: [[1, 3]] }, delays: { finalMetrics: 60 } }] });
    await world.create('job');
    expect((await world.end('job')).FinalMetricDataList).toBeUndefined();
    await world.local.cloud.clock.sleep(61);
    expect((await world.describe('job')).FinalMetricDataList).toMatchObject([{ MetricName: 'loss', Value: 3 }]);
  });
});

describe('tags', () => {
  it('are added, replaced, listed in pages, deleted, and never more than fifty', async () => {
    world = await startWorld({ jobs: [{}] });
    await world.create('job', { Tags: [{ Key: 'a', Value: '1' }] });
    const ResourceArn = `${ARN}job`;
    const list = async () => (await world.sagemaker.send(new ListTagsCommand({ ResourceArn }))).Tags;
    await world.sagemaker.send(
      new AddTagsCommand({
        ResourceArn,
        Tags: [
          { Key: 'a', Value: '2' },
          { Key: 'b', Value: '' },
        ],
      }),
    );
    expect(await list()).toEqual([
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ]);
    const many = Array.from({ length: 49 }, (_, i) => ({ Key: `k${i}`, Value: 'v' }));
    await expect(outcome(world.sagemaker.send(new AddTagsCommand({ ResourceArn, Tags: many })))).resolves.toMatchObject(
      { name: 'ValidationException' },
    );
    await world.sagemaker.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ['a'] }));
    expect(await list()).toEqual([{ Key: 'b', Value: '' }]);
    const foreign = world.sagemaker.send(new ListTagsCommand({ ResourceArn: `${ARN}nobody` }));
    await expect(outcome(foreign)).resolves.toMatchObject({ name: 'ValidationException' });
  });
});

describe('Search and ListTrainingJobs', () => {
  const search = async (over: Partial<SearchCommandInput>) =>
    world.sagemaker.send(new SearchCommand({ Resource: 'TrainingJob', ...over }));
  const names = async (
    Filters: { Name: string; Operator?: string; Value?: string }[],
    over: Partial<SearchCommandInput> = {},
  ) =>
    (
      await search({
        SearchExpression: { Filters } as SearchCommandInput['SearchExpression'],
        SortBy: 'TrainingJobName',
        SortOrder: 'Ascending',
        ...over,
      })
    ).Results?.map(({ TrainingJob }) => TrainingJob?.TrainingJobName);

  async function threeJobs(): Promise<void> {
    world = await startWorld({
      jobs: [
        { match: 'c', exitCode: 1 },
        { match: '*', metrics: { loss: [[1, 0.5]] } },
      ],
    });
    for (const [name, branch] of [
      ['a', 'main'],
      ['b', 'main'],
      ['c', 'topic'],
    ] as const) {
      await world.create(name, {
        Tags: [{ Key: 'branch', Value: branch }],
        HyperParameters: { epochs: name === 'a' ? '1' : '20' },
      });
      await world.end(name);
    }
  }

  it('finds by tag, status, hyperparameter, metric, name and time', async () => {
    await threeJobs();
    expect(await names([{ Name: 'Tags.branch', Operator: 'Equals', Value: 'main' }])).toEqual(['a', 'b']);
    expect(await names([{ Name: 'Tags.branch', Value: 'topic' }])).toEqual(['c']);
    expect(
      await names([
        { Name: 'Tags.other', Operator: 'NotExists' },
        { Name: 'TrainingJobStatus', Operator: 'In', Value: 'Failed,Stopped' },
      ]),
    ).toEqual(['c']);
    expect(await names([{ Name: 'HyperParameters.epochs', Operator: 'NotEquals', Value: '1' }])).toEqual(['b', 'c']);
    expect(await names([{ Name: 'Metrics.loss', Operator: 'LessThan', Value: '1' }])).toEqual(['a', 'b']);
    expect(await names([{ Name: 'TrainingJobName', Operator: 'Contains', Value: 'b' }])).toEqual(['b']);
    expect(await names([{ Name: 'CreationTime', Operator: 'GreaterThan', Value: '2999-01-01T00:00:00' }])).toEqual([]);
    await expect(
      outcome(names([{ Name: 'CreationTime', Operator: 'GreaterThan', Value: 'yesterday' }])),
    ).resolves.toMatchObject({ name: 'ValidationException' });
  });

  it('pages, counts, sorts and gives tags back', async () => {
    await threeJobs();
    const first = await search({ MaxResults: 2, SortBy: 'CreationTime', SortOrder: 'Descending' });
    expect(first.Results?.map(({ TrainingJob }) => TrainingJob?.TrainingJobName)).toEqual(['c', 'b']);
    expect(first.TotalHits).toEqual({ Value: 3, Relation: 'EqualTo' });
    expect(first.Results?.[0]?.TrainingJob?.Tags).toEqual([{ Key: 'branch', Value: 'topic' }]);
    const second = await search({
      MaxResults: 2,
      SortBy: 'CreationTime',
      SortOrder: 'Descending',
      NextToken: first.NextToken,
    });
    expect(second.Results?.map(({ TrainingJob }) => TrainingJob?.TrainingJobName)).toEqual(['a']);
    expect(second.NextToken).toBeUndefined();
  });

  it('lists with filters applied after the page, so that an empty page may have a token', async () => {
    await threeJobs();
    const list = (NextToken?: string) =>
      world.sagemaker.send(
        new ListTrainingJobsCommand({
          MaxResults: 1,
          StatusEquals: 'Completed',
          SortBy: 'CreationTime',
          SortOrder: 'Descending',
          NextToken,
        }),
      );
    const first = await list();
    expect(first.TrainingJobSummaries).toEqual([]);
    expect(first.NextToken).toBeDefined();
    expect((await list(first.NextToken)).TrainingJobSummaries).toMatchObject([
      { TrainingJobName: 'b', SecondaryStatus: 'Completed' },
    ]);
  });

  it('know a new job and a new status only after the lag of the index', async () => {
    world = await startWorld({ jobs: [{ delays: { search: 100 }, phases: [{ status: 'Training', seconds: 1 }] }] });
    await world.create('late');
    await world.end('late');
    expect(await names([{ Name: 'TrainingJobName', Operator: 'Exists' }])).toEqual([]);
    await world.local.cloud.clock.sleep(150);
    expect(await names([{ Name: 'TrainingJobStatus', Value: 'Completed' }])).toEqual(['late']);
  });
});
