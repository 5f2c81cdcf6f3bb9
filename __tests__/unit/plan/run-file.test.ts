import { describe, expect, it } from '@jest/globals';
import { jobLink, logsLink, storeLink } from '../../../src/plan/links.ts';
import { runFile, runFileUri } from '../../../src/plan/run-file.ts';
import { makeJobPlan, makePlan, SHA } from '../../fixtures/plans.ts';

describe('the run file', () => {
  const over = {
    inputs: {
      githubToken: 'ghs_0123456789abcdef',
      image: { buildSecrets: { npm: 'npm-secret-token' }, buildArgs: { KEY: 'build-arg-value' } },
      data: { environment: { WANDB_API_KEY: 'wandb-secret' }, hyperparameters: { token: 'hyper-secret' } },
    },
  };
  const made = { name: 'train-x-1', checkpointUri: makeJobPlan(over).checkpointUri };
  const text = runFile(makePlan(over), makeJobPlan(over), made, (value) => value);

  it('lies beside the other files of the job', () => {
    expect(runFileUri(makePlan(), 'train-x-1')).toBe(
      's3://sagemaker-us-east-1-111122223333/train-on-sagemaker/runs/train-x-1/run.json',
    );
  });

  it('holds what a later run needs to finish the work', () => {
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      job: 'train-x-1',
      repository: 'acme/demand',
      name: 'forecast',
      commit: SHA,
      tree: SHA,
      branch: 'feature/longer-history',
      base: 'main',
      pullRequest: 7,
      run: { id: '7001', attempt: '2' },
      metrics: [{ name: 'val_mape', regex: 'val_mape=([0-9.]+)' }],
      gates: ['val_mape <= 0.12'],
      missingMetric: 'fail',
      report: { comment: 'auto', logLines: 40, statusContext: 'train-on-sagemaker / forecast' },
    });
  });

  it.each(['ghs_', 'npm-secret', 'build-arg-value', 'wandb', 'hyper-secret'])('holds no %s', (secret) => {
    expect(text).not.toContain(secret);
  });
});

describe('links', () => {
  const place = { region: 'us-east-1', partition: 'aws' };

  it('lead to the job, its log streams and its checkpoints', () => {
    expect(jobLink(place, 'train-x-1')).toBe(
      'https://us-east-1.console.aws.amazon.com/sagemaker/home?region=us-east-1#/jobs/train-x-1',
    );
    expect(logsLink(place, 'train-x-1')).toBe(
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dtrain-x-1$2F',
    );
    expect(storeLink(place, 's3://b/a b/')).toBe(
      'https://us-east-1.console.aws.amazon.com/s3/buckets/b?region=us-east-1&prefix=a%20b%2F',
    );
    expect(storeLink(place, 's3://b/model.tar.gz')).toContain('/s3/object/b?');
  });

  it.each([
    ['aws-cn', 'console.amazonaws.cn'],
    ['aws-us-gov', 'console.amazonaws-us-gov.com'],
    ['aws-iso', 'console.aws.amazon.com'],
  ])('know the console of %s', (partition, host) => {
    expect(jobLink({ region: 'r-1', partition }, 'x')).toMatch(`https://r-1.${host}/`);
  });

  it('let no name break out of them', () => {
    const hostile = 's3://b/) [x](https://evil.example) "><img>/';
    expect(storeLink(place, hostile)).not.toMatch(/[\s"<>[\]]/);
  });
});
