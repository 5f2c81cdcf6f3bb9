import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateTrainingJobCommand,
  type CreateTrainingJobRequest,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobCommandOutput,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { type ImageConfig, imageOfDirectory, pushImage } from '../../../local-cloud/registry/images.ts';
import { registryState } from '../../../local-cloud/registry/state.ts';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions } from './harness.ts';

export const BUCKET = 'sagemaker-us-east-1-111122223333';
export const ROLE = 'arn:aws:iam::111122223333:role/training';
export const GROUP = '/aws/sagemaker/TrainingJobs';

/** A cloud with a repository `demo` that holds an image `v1`, input data, and clients for it. */
export interface World {
  readonly local: LocalCloud;
  readonly sagemaker: SageMakerClient;
  readonly logs: CloudWatchLogsClient;
  /** A valid request; `over` replaces its fields. */
  request(name: string, over?: Partial<CreateTrainingJobRequest>): CreateTrainingJobRequest;
  create(name: string, over?: Partial<CreateTrainingJobRequest>): Promise<unknown>;
  describe(name: string): Promise<DescribeTrainingJobCommandOutput>;
  /** Polls until the job is terminal. */
  end(name: string): Promise<DescribeTrainingJobCommandOutput>;
  /** Messages of all streams of a job, one list a stream, in the order of their names. */
  messages(name: string): Promise<string[][]>;
  close(): Promise<void>;
}

export async function startWorld(script: Record<string, unknown> = {}, timeScale = 200): Promise<World> {
  const ecr = { repositories: [{ name: 'demo', images: [{ tag: 'v1' }] }] };
  const local = await startLocalCloud({ timeScale, script: { ecr, ...script } });
  local.cloud.s3.put(BUCKET, 'data/train/a.csv', 'x,y\n1,2\n');
  const sagemaker = new SageMakerClient(clientOptions(local));
  const logs = new CloudWatchLogsClient(clientOptions(local));
  const request: World['request'] = (name, over) => ({ ...baseRequest(local, name), ...over });
  const describe: World['describe'] = (name) =>
    sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  return {
    local,
    sagemaker,
    logs,
    request,
    describe,
    create: (name, over) => sagemaker.send(new CreateTrainingJobCommand(request(name, over))),
    async end(name) {
      for (;;) {
        const job = await describe(name);
        if (['Completed', 'Failed', 'Stopped'].includes(job.TrainingJobStatus ?? '')) return job;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    messages: (name) => readStreams(logs, name),
    async close() {
      sagemaker.destroy();
      logs.destroy();
      await local.close();
    },
  };
}

function baseRequest(local: LocalCloud, name: string): CreateTrainingJobRequest {
  return {
    TrainingJobName: name,
    RoleArn: ROLE,
    AlgorithmSpecification: { TrainingImage: `${local.registry}/demo:v1`, TrainingInputMode: 'File' },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
    OutputDataConfig: { S3OutputPath: `s3://${BUCKET}/output/` },
    StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
    EnableManagedSpotTraining: true,
  };
}

async function readStreams(logs: CloudWatchLogsClient, name: string): Promise<string[][]> {
  const { logStreams = [] } = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName: GROUP, logStreamNamePrefix: `${name}/` }),
  );
  return Promise.all(
    logStreams.map(async ({ logStreamName }) => {
      const page = await logs.send(
        new GetLogEventsCommand({ logGroupName: GROUP, logStreamName, startFromHead: true }),
      );
      return (page.events ?? []).map(({ message = '' }) => message);
    }),
  );
}

/** Puts an image into `demo` whose `/opt/ml/code` holds these files. */
export async function pushProgram(
  { local }: World,
  tag: string,
  files: Readonly<Record<string, string>>,
  config: ImageConfig = { Env: ['SAGEMAKER_PROGRAM=train.py', 'PYTHONUNBUFFERED=1'] },
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'program-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    const image = await imageOfDirectory(directory, '/opt/ml/code', config);
    await pushImage(local.cloud.shared(registryState).storage, 'demo', image, tag);
  } finally {
    await rm(directory, { recursive: true });
  }
  return `${local.registry}/demo:${tag}`;
}
