/** A training job from its creation to its metrics, with nothing but the AWS CLI. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalCloudProcess } from '../cloud.ts';
import type { Suite } from '../suite.ts';
import type { Aws } from './aws-cli-client.ts';
import { ACCOUNT, BUCKET, JOB, REPOSITORY } from './short-jobs.ts';

type Answer = Record<string, unknown>;

async function describe(aws: Aws, name: string) {
  return JSON.parse(await aws('sagemaker', 'describe-training-job', '--training-job-name', name));
}

function createWords(cloud: LocalCloudProcess, name: string): string[] {
  const request = {
    TrainingJobName: name,
    AlgorithmSpecification: {
      TrainingImage: `${cloud.registry}/${REPOSITORY}:ready`,
      TrainingInputMode: 'File',
      MetricDefinitions: [{ Name: 'val_mape', Regex: 'val_mape=([0-9.]+)' }],
    },
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/training`,
    OutputDataConfig: { S3OutputPath: `s3://${BUCKET}/output/` },
    CheckpointConfig: { S3Uri: `s3://${BUCKET}/checkpoints/${name}/` },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
    EnableManagedSpotTraining: true,
    Tags: [{ Key: 'train-name', Value: name }],
  };
  return ['sagemaker', 'create-training-job', '--cli-input-json', JSON.stringify(request)];
}

export async function trainingChecks(suite: Suite, aws: Aws, cloud: LocalCloudProcess): Promise<void> {
  const arn = `arn:aws:sagemaker:us-east-1:${ACCOUNT}:training-job/${JOB}`;
  await suite.check('aws sagemaker create-training-job', async () => {
    assert.equal(JSON.parse(await aws(...createWords(cloud, JOB))).TrainingJobArn, arn);
  });
  await suite.check('aws sagemaker create-training-job refuses a name that is taken', async () => {
    await assert.rejects(aws(...createWords(cloud, JOB)), /ResourceInUse/);
  });
  await suite.check('aws sagemaker describe-training-job, to its end', async () => {
    let job = await describe(aws, JOB);
    for (let asked = 0; asked < 30 && job.TrainingJobStatus === 'InProgress'; asked += 1) {
      await sleep(1000);
      job = await describe(aws, JOB);
    }
    assert.equal(job.TrainingJobStatus, 'Completed', job.FailureReason);
    const phases = job.SecondaryStatusTransitions.map(({ Status }: { Status: string }) => Status);
    assert.deepEqual(phases, ['Starting', 'Downloading', 'Training', 'Uploading', 'Completed']);
    assert.equal(job.FinalMetricDataList[0].MetricName, 'val_mape');
    assert.ok(Math.abs(job.FinalMetricDataList[0].Value - 0.05) < 1e-6);
    assert.ok(job.BillableTimeInSeconds <= job.TrainingTimeInSeconds);
  });
  await findingChecks(suite, aws, arn);
  await stopChecks(suite, aws, cloud);
  await watchChecks(suite, aws);
}

async function findingChecks(suite: Suite, aws: Aws, arn: string): Promise<void> {
  await suite.check('aws sagemaker list-training-jobs', async () => {
    const words = ['--name-contains', 'cli-job', '--status-equals', 'Completed'];
    const { TrainingJobSummaries } = JSON.parse(await aws('sagemaker', 'list-training-jobs', ...words));
    assert.deepEqual(
      TrainingJobSummaries.map(({ TrainingJobName }: Answer) => TrainingJobName),
      [JOB],
    );
  });
  await suite.check('aws sagemaker search by a tag', async () => {
    const expression = JSON.stringify({ Filters: [{ Name: 'Tags.train-name', Operator: 'Equals', Value: JOB }] });
    const words = ['search', '--resource', 'TrainingJob', '--search-expression', expression];
    const { Results } = JSON.parse(await aws('sagemaker', ...words));
    assert.deepEqual(
      Results.map(({ TrainingJob }: { TrainingJob: Answer }) => TrainingJob.TrainingJobName),
      [JOB],
    );
  });
  await suite.check('aws sagemaker list-tags', async () => {
    const { Tags } = JSON.parse(await aws('sagemaker', 'list-tags', '--resource-arn', arn));
    assert.deepEqual(Tags, [{ Key: 'train-name', Value: JOB }]);
  });
}

async function stopChecks(suite: Suite, aws: Aws, cloud: LocalCloudProcess): Promise<void> {
  await suite.check('aws sagemaker stop-training-job, and once more on a job that has ended', async () => {
    await aws(...createWords(cloud, 'cli-stopped'));
    await aws('sagemaker', 'stop-training-job', '--training-job-name', 'cli-stopped');
    await aws('sagemaker', 'wait', 'training-job-completed-or-stopped', '--training-job-name', 'cli-stopped');
    assert.equal((await describe(aws, 'cli-stopped')).TrainingJobStatus, 'Stopped');
    const again = aws('sagemaker', 'stop-training-job', '--training-job-name', 'cli-stopped');
    await assert.rejects(again, /ValidationException/);
  });
}

async function watchChecks(suite: Suite, aws: Aws): Promise<void> {
  const group = ['--log-group-name', '/aws/sagemaker/TrainingJobs'];
  let stream = '';
  await suite.check('aws logs describe-log-streams', async () => {
    const words = ['describe-log-streams', ...group, '--log-stream-name-prefix', `${JOB}/`];
    const { logStreams } = JSON.parse(await aws('logs', ...words));
    assert.equal(logStreams.length, 1);
    stream = logStreams[0].logStreamName;
    assert.match(stream, new RegExp(`^${JOB}/algo-1-\\d+$`));
  });
  await suite.check('aws logs get-log-events', async () => {
    const words = ['get-log-events', ...group, '--log-stream-name', stream, '--start-from-head'];
    const { events } = JSON.parse(await aws('logs', ...words));
    assert.deepEqual(
      events.map(({ message }: Answer) => message),
      ['epoch=1 val_mape=0.21', 'epoch=2 val_mape=0.05'],
    );
  });
  await suite.check('aws cloudwatch get-metric-data', async () => {
    const query = [
      {
        Id: 'm1',
        MetricStat: {
          Metric: {
            Namespace: '/aws/sagemaker/TrainingJobs',
            MetricName: 'val_mape',
            Dimensions: [{ Name: 'TrainingJobName', Value: JOB }],
          },
          Period: 60,
          Stat: 'Minimum',
        },
      },
    ];
    const hour = 3_600_000;
    const words = [
      ...['get-metric-data', '--metric-data-queries', JSON.stringify(query)],
      ...[
        '--start-time',
        new Date(Date.now() - hour).toISOString(),
        '--end-time',
        new Date(Date.now() + hour).toISOString(),
      ],
    ];
    const { MetricDataResults } = JSON.parse(await aws('cloudwatch', ...words));
    assert.ok(Math.abs(Math.min(...MetricDataResults[0].Values) - 0.05) < 1e-6, JSON.stringify(MetricDataResults));
  });
}
