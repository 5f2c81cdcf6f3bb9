import { describe, expect, it } from '@jest/globals';
import { parseGates } from '../../../src/metrics/gate.ts';
import { canonicalJson } from '../../../src/plan/hash.ts';
import { branchSlug } from '../../../src/plan/names.ts';
import { DIGEST, IMAGE, makeJobPlan, makePlan, type PlanOverrides, SHA } from '../../fixtures/plans.ts';

const TRAIN = { train: 'f'.repeat(64) };

describe('the request', () => {
  it('is exactly what the inputs ask for', () => {
    const job = makeJobPlan();
    const name = job.name(1);
    expect(job.request(name, job.checkpointUri)).toEqual({
      TrainingJobName: name,
      RoleArn: 'arn:aws:iam::111122223333:role/training',
      AlgorithmSpecification: {
        TrainingImage: IMAGE.uri,
        TrainingInputMode: 'File',
        MetricDefinitions: [{ Name: 'val_mape', Regex: 'val_mape=([0-9.]+)' }],
      },
      ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
      StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
      EnableManagedSpotTraining: true,
      CheckpointConfig: {
        S3Uri: `s3://sagemaker-us-east-1-111122223333/train-on-sagemaker/checkpoints/acme/demand/forecast/${branchSlug(
          'feature/longer-history',
        )}/${SHA}/${job.configHash.slice(0, 8)}/`,
        LocalPath: '/opt/ml/checkpoints',
      },
      OutputDataConfig: { S3OutputPath: 's3://sagemaker-us-east-1-111122223333/train-on-sagemaker/output/' },
      InputDataConfig: [
        {
          ChannelName: 'train',
          DataSource: {
            S3DataSource: {
              S3DataType: 'S3Prefix',
              S3Uri: 's3://acme-data/train/',
              S3DataDistributionType: 'FullyReplicated',
            },
          },
        },
      ],
      HyperParameters: { epochs: '40' },
      Environment: { LOG_LEVEL: 'info' },
      Tags: [
        { Key: 'team', Value: 'forecasting' },
        { Key: 'train-repository', Value: 'acme/demand' },
        { Key: 'train-workflow', Value: '.github/workflows/train.yml' },
        { Key: 'train-name', Value: 'forecast' },
        { Key: 'train-branch', Value: branchSlug('feature/longer-history') },
        { Key: 'train-commit', Value: SHA },
        { Key: 'train-tree', Value: SHA },
        { Key: 'train-pull-request', Value: '7' },
        { Key: 'train-run-id', Value: '7001' },
        { Key: 'train-run-attempt', Value: '2' },
        { Key: 'train-config-hash', Value: job.configHash },
        { Key: 'train-request-hash', Value: job.requestHash },
        { Key: 'train-wait', Value: 'run:7001' },
      ],
    });
  });

  it('leaves out what the API refuses when empty, and what nobody asked for', () => {
    const request = makeJobPlan({
      inputs: {
        compute: { spot: false, maxWaitSeconds: undefined },
        data: { channels: {}, hyperparameters: {}, environment: {}, tags: {} },
        judge: { metrics: [] },
      },
      subject: { pullRequest: undefined },
    }).request('x', 's3://b/c/');
    expect(Object.keys(request)).toEqual(
      expect.not.arrayContaining(['InputDataConfig', 'HyperParameters', 'Environment']),
    );
    expect(request.AlgorithmSpecification).toEqual({ TrainingImage: IMAGE.uri, TrainingInputMode: 'File' });
    expect(request.StoppingCondition).toEqual({ MaxRuntimeInSeconds: 3600 });
    expect(request.EnableManagedSpotTraining).toBe(false);
    expect(request.Tags?.map(({ Key }) => Key)).not.toContain('train-pull-request');
  });

  it('takes explicit places verbatim', () => {
    const job = makeJobPlan({
      inputs: { data: { s3Uri: 's3://own/root/', checkpointUri: 's3://own/ckpt', outputUri: 's3://own/out' } },
    });
    expect(job.checkpointUri).toBe('s3://own/ckpt');
    expect(job.request('x', job.checkpointUri)).toMatchObject({
      CheckpointConfig: { S3Uri: 's3://own/ckpt' },
      OutputDataConfig: { S3OutputPath: 's3://own/out' },
    });
    expect(makeJobPlan({ inputs: { data: { s3Uri: 's3://own/root/' } } }).checkpointUri).toMatch(
      /^s3:\/\/own\/root\/checkpoints\/acme\//,
    );
  });

  it('cannot be made to lie about its own tags', () => {
    const tags = { 'train-wait': 'left', 'train-repository': 'other/repo', note: 'a|b' };
    const request = makeJobPlan({ inputs: { data: { tags } } }).request('x', 's3://b/c/');
    const found = Object.fromEntries((request.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    expect(found).toMatchObject({ 'train-wait': 'run:7001', 'train-repository': 'acme/demand', note: 'a_b' });
    expect(request.Tags).toHaveLength(13);
  });

  it('names the merge as what was trained, the head as the commit', () => {
    const request = makeJobPlan({ trained: { sha: 'e'.repeat(40), isMerge: true } }).request('x', 's3://b/c/');
    const tags = Object.fromEntries((request.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    expect(tags).toMatchObject({ 'train-commit': SHA, 'train-tree': 'e'.repeat(40) });
  });
});

interface Change {
  readonly plan?: PlanOverrides;
  readonly image?: typeof IMAGE;
  readonly fingerprints?: Readonly<Record<string, string | undefined>>;
}

const hashesOf = ({ plan = {}, image = IMAGE, fingerprints = TRAIN }: Change) => {
  const { configHash, requestHash } = makeJobPlan(plan, image, fingerprints);
  return { configHash, requestHash };
};
const inputs = (over: PlanOverrides['inputs']): Change => ({ plan: { inputs: over ?? {} } });

describe('the hashes', () => {
  const before = hashesOf({});

  it.each<[string, Change]>([
    ['a hyperparameter', inputs({ data: { hyperparameters: { epochs: '41' } } })],
    ['an environment variable', inputs({ data: { environment: { LOG_LEVEL: 'debug' } } })],
    ['the instance count', inputs({ compute: { instanceCount: 2 } })],
    ['a channel', inputs({ data: { channels: { train: 's3://acme-data/other/' } } })],
  ])('both change with %s', (_, change) => {
    const after = hashesOf(change);
    expect(after.configHash).not.toBe(before.configHash);
    expect(after.requestHash).not.toBe(before.requestHash);
  });

  it.each<[string, Change]>([
    ['the image', { image: { ...IMAGE, fingerprint: `sha256:${'cd34'.repeat(16)}` } }],
    ['the objects of a channel', { fingerprints: { train: 'e'.repeat(64) } }],
    ['a channel that is not fingerprinted', { fingerprints: { train: undefined } }],
  ])('only the config-hash changes with %s', (_, change) => {
    const after = hashesOf(change);
    expect(after.configHash).not.toBe(before.configHash);
    expect(after.requestHash).toBe(before.requestHash);
  });

  it.each<[string, Change]>([
    ['max-run', inputs({ compute: { maxRunSeconds: 60 } })],
    ['max-wait', inputs({ compute: { maxWaitSeconds: 9000 } })],
    ['the instance type', inputs({ compute: { instanceType: 'ml.m5.large' } })],
    ['the volume', inputs({ compute: { volumeSizeGb: 31 } })],
    ['spot', inputs({ compute: { spot: false, maxWaitSeconds: undefined } })],
    ['an explicit checkpoint-uri', inputs({ data: { checkpointUri: 's3://own/ckpt' } })],
    ['the checkpoint path', inputs({ data: { checkpointPath: '/opt/ml/other' } })],
    ['an explicit output-uri', inputs({ data: { outputUri: 's3://own/out' } })],
  ])('only the request-hash changes with %s', (_, change) => {
    const after = hashesOf(change);
    expect(after.configHash).toBe(before.configHash);
    expect(after.requestHash).not.toBe(before.requestHash);
  });

  it.each<[string, Change]>([
    ['a gate', inputs({ judge: { gates: parseGates('val_mape <= 0.5').gates } })],
    ['a metric definition', inputs({ judge: { metrics: [{ name: 'rmse', regex: 'rmse=(.+)' }] } })],
    ['missing-metric', inputs({ judge: { missingMetric: 'warn' } })],
    ['tags', inputs({ data: { tags: { team: 'other' } } })],
    ['the execution role', inputs({ data: { executionRole: 'arn:aws:iam::111122223333:role/other' } })],
    ['s3-uri', inputs({ data: { s3Uri: 's3://own/root' } })],
    ['report inputs', inputs({ report: { comment: 'off', logLines: 1, statusContext: 'x' } })],
    ['on-cancel', inputs({ run: { onCancel: 'leave' } })],
    ['the run and its attempt', { plan: { env: { GITHUB_RUN_ID: '8', GITHUB_RUN_ATTEMPT: '9' } } }],
    ['the commit', { plan: { subject: { sha: 'd'.repeat(40) } } }],
    ['the branch', { plan: { subject: { branch: 'other' } } }],
    ['the host of the same image', { image: { ...IMAGE, uri: `other.example/x@${DIGEST}` } }],
  ])('neither changes with %s', (_, change) => {
    expect(hashesOf(change)).toEqual(before);
  });

  it('do not depend on the order in which things were written', () => {
    const two = { b: '2', a: '1' };
    const turned = { a: '1', b: '2' };
    const written = (map: Record<string, string>) =>
      hashesOf(inputs({ data: { hyperparameters: map, environment: map, channels: { b: 's3://b/', a: 's3://a/' } } }));
    expect(written(two)).toEqual(written(turned));
    const channels = (map: Record<string, string>) => hashesOf(inputs({ data: { channels: map } })).configHash;
    expect(channels({ b: 's3://b/', a: 's3://a/' })).toBe(channels({ a: 's3://a/', b: 's3://b/' }));
  });

  it('keep a checkpoint for each commit, branch, name and configuration', () => {
    const places = [
      makePlaced({}),
      makePlaced({ subject: { sha: 'd'.repeat(40) } }),
      makePlaced({ subject: { branch: 'other' } }),
      makePlaced({ env: { GITHUB_JOB: 'other' } }),
      makePlaced({ subject: { repository: 'acme/other' } }),
      makePlaced({ inputs: { data: { hyperparameters: { epochs: '1' } } } }),
    ];
    expect(new Set(places).size).toBe(places.length);
  });
});

const makePlaced = (over: PlanOverrides) => makeJobPlan(over).checkpointUri;

describe('canonicalJson', () => {
  it('sorts keys at every depth, keeps lists, and takes any key', () => {
    expect(canonicalJson({ b: [{ y: 1, x: 2 }], a: null, __proto__x: 1, c: undefined })).toBe(
      '{"__proto__x":1,"a":null,"b":[{"x":2,"y":1}]}',
    );
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
  });
});

describe('the plan', () => {
  it('derives name, places, context and partition', () => {
    expect(makePlan({ arn: 'arn:aws-cn:sts::111122223333:assumed-role/ci/run' })).toMatchObject({
      name: 'forecast',
      partition: 'aws-cn',
      s3Uri: 's3://sagemaker-us-east-1-111122223333/train-on-sagemaker',
      statusContext: 'train-on-sagemaker / forecast',
      run: {
        id: '7001',
        attempt: '2',
        workflow: '.github/workflows/train.yml',
        url: 'https://github.com/acme/demand/actions/runs/7001/attempts/2',
      },
    });
  });

  it('gives the matrix a name of its own, unless one is given', () => {
    expect(makePlan({ inputs: { matrix: { model: 'lgbm' } } }).name).toBe('forecast-lgbm');
    expect(makePlan({ inputs: { name: 'shared', matrix: { model: 'lgbm' } } }).name).toBe('shared');
  });

  it('knows a workflow of another repository by its name only', () => {
    const env = { GITHUB_WORKFLOW_REF: 'other/tools/.github/workflows/t.yml@main', GITHUB_WORKFLOW: 'Train' };
    expect(makePlan({ env }).run.workflow).toBe('Train');
  });
});
