import { describe, expect, it } from '@jest/globals';
import { IMAGE, makeJobPlan, type PlanOverrides } from '../../fixtures/plans.ts';

const SOURCE = { uri: 's3://bucket/root/source/abc.tar.gz', hash: 'a'.repeat(64) };
const script = { sourceDir: 'src', entryPoint: 'jobs/train.py', requirements: undefined };
const plan = (over: PlanOverrides['inputs'] = {}, source = SOURCE) =>
  makeJobPlan({ inputs: { script, ...over } }, IMAGE, {}, source);

describe('script mode', () => {
  it('tells the toolkit what to run, as the Python SDK does', () => {
    expect(plan().request('train-x-1', 's3://b/c/').HyperParameters).toEqual({
      epochs: '40',
      sagemaker_submit_directory: '"s3://bucket/root/source/abc.tar.gz"',
      sagemaker_program: '"jobs/train.py"',
      sagemaker_container_log_level: '20',
      sagemaker_job_name: '"train-x-1"',
      sagemaker_region: '"us-east-1"',
    });
  });

  it('packs a script without a directory by its name alone', () => {
    const request = plan({ script: { ...script, sourceDir: undefined } }).request('x', 's3://b/c/');
    expect(request.HyperParameters).toMatchObject({ sagemaker_program: '"train.py"' });
  });

  it('sends the program as a channel where the container has no network', () => {
    const network = {
      subnets: [],
      securityGroups: [],
      isolation: true,
      encryptTraffic: false,
      kmsKey: undefined,
      volumeKmsKey: undefined,
    };
    const request = plan({ network }).request('x', 's3://b/c/');
    expect(request.HyperParameters).toMatchObject({
      sagemaker_submit_directory: '"/opt/ml/input/data/code/abc.tar.gz"',
    });
    expect(request.InputDataConfig?.at(-1)).toEqual({
      ChannelName: 'code',
      DataSource: {
        S3DataSource: { S3DataType: 'S3Prefix', S3Uri: SOURCE.uri, S3DataDistributionType: 'FullyReplicated' },
      },
    });
  });

  it('has the program in the config-hash, and neither its place nor the name of the job in the request-hash', () => {
    const one = plan();
    const moved = plan({}, { ...SOURCE, uri: 's3://elsewhere/abc.tar.gz' });
    expect([moved.configHash, moved.requestHash]).toEqual([one.configHash, one.requestHash]);
    expect(plan({}, { ...SOURCE, hash: 'b'.repeat(64) }).configHash).not.toBe(one.configHash);
    expect(plan({ script: { ...script, entryPoint: 'other.py' } }).configHash).not.toBe(one.configHash);
    expect(plan({ script: undefined }).configHash).not.toBe(one.configHash);
  });
});
