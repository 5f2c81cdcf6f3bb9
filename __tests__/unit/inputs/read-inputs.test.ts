import { describe, expect, it } from '@jest/globals';
import { Failure } from '../../../src/failure.ts';
import { parseInputs, readInputs } from '../../../src/inputs/read-inputs.ts';
import { accept, environmentOf, read, refuse } from './environment.ts';

describe('readInputs', () => {
  it('fills in every default', () => {
    expect(accept()).toEqual({
      mode: 'train',
      name: undefined,
      githubToken: undefined,
      matrix: {},
      matrixJobs: 1,
      aws: {
        region: 'us-east-1',
        roleToAssume: undefined,
        audience: 'sts.amazonaws.com',
        roleDurationSeconds: 3600,
        roleSessionName: undefined,
      },
      image: {
        uri: undefined,
        context: '.',
        dockerfile: './Dockerfile',
        target: undefined,
        buildArgs: {},
        buildSecrets: {},
        platform: 'linux/amd64',
        repository: undefined,
        tags: [],
        cache: 'auto',
      },
      script: undefined,
      compute: {
        instanceType: 'ml.m5.2xlarge',
        profile: 'cpu',
        instanceCount: 1,
        volumeSizeGb: 30,
        spot: true,
        maxRunSeconds: 3600,
        maxWaitSeconds: 7200,
        keepAliveSeconds: undefined,
        distribution: undefined,
      },
      data: {
        executionRole: 'arn:aws:iam::111122223333:role/training',
        s3Uri: undefined,
        channels: {},
        hyperparameters: {},
        environment: {},
        checkpointUri: undefined,
        checkpointPath: '/opt/ml/checkpoints',
        outputUri: undefined,
        tags: {},
      },
      jobFile: {},
      network: {
        subnets: [],
        securityGroups: [],
        isolation: false,
        encryptTraffic: false,
        kmsKey: undefined,
        volumeKmsKey: undefined,
      },
      judge: {
        metrics: [],
        presets: [],
        gates: [],
        missingMetric: 'fail',
        objective: {},
        baseline: 'base',
        missingBaseline: 'pass',
        maxCostUsd: undefined,
      },
      run: {
        onUntrusted: 'skip',
        onCancel: 'stop',
        onSuperseded: 'stop',
        resume: 'auto',
        reuse: 'auto',
        waitTimeoutSeconds: 20_400,
        onTimeout: 'fail',
        pollSeconds: undefined,
      },
      report: { comment: 'auto', logLines: 40, statusContext: undefined, redact: [], hideAccountId: undefined },
    });
  });

  it('takes an empty text as unset, whatever the default', () => {
    expect(accept({ 'max-run': '', spot: ' ', gates: '\n', name: '', audience: '' })).toEqual(accept());
  });

  it('takes the region from AWS_REGION when the input is not set', () => {
    const { 'INPUT_AWS-REGION': _, ...env } = environmentOf({
      'aws-region': 'x',
      'execution-role': 'arn:aws:iam::111122223333:role/r',
      'instance-type': 'cpu',
    });
    expect(readInputs({ ...env, AWS_REGION: 'eu-west-1' })).toMatchObject({ inputs: { aws: { region: 'eu-west-1' } } });
    expect(readInputs({ ...env, AWS_REGION: 'Mars', 'INPUT_AWS-REGION': '' })).toMatchObject({
      problems: [{ input: 'aws-region', message: '(from AWS_REGION) is "Mars"' }],
    });
    expect(readInputs({ ...env, AWS_REGION: 'eu-west-1', 'INPUT_AWS-REGION': 'us-east-2' })).toMatchObject({
      inputs: { aws: { region: 'us-east-2' } },
    });
  });

  it('tells all that is missing', () => {
    const result = readInputs({});
    expect(result.ok ? [] : result.problems.map(({ input }) => input)).toEqual([
      'aws-region',
      'instance-type',
      'execution-role',
    ]);
  });

  it('reads an unset matrix as none', () => {
    expect(accept({ matrix: 'null' }).matrix).toEqual({});
    expect(accept({ matrix: '{"lr":0.1,"model":"tft"}' }).matrix).toEqual({ lr: 0.1, model: 'tft' });
    expect(refuse({ matrix: '[1]' })).toMatchObject([{ input: 'matrix' }]);
  });

  it('takes a dockerfile from the context, unless it is named', () => {
    expect(accept({ context: 'training/' }).image.dockerfile).toBe('training/Dockerfile');
    expect(accept({ context: 'training', dockerfile: 'docker/train.Dockerfile' }).image.dockerfile).toBe(
      'docker/train.Dockerfile',
    );
  });
});

describe('unknown inputs', () => {
  it.each([
    ['max-rum', 'max-run'],
    ['max_run', 'max-run'],
    ['instance_type', 'instance-type'],
    ['execution-rol', 'execution-role'],
    ['hyperparameter', 'hyperparameters'],
    ['gate', 'gates'],
    ['metrix', 'metrics'],
  ])('%s is a mistake near %s', (input, meant) => {
    expect(refuse({ [input]: 'x' })).toEqual([
      { input, message: 'is no input of this action', remedy: `Did you mean ${meant}?` },
    ]);
  });

  it.each(['foo', 'ab', 'quux', 'code-dir', 'archive'])('%s is far from every input and only a warning', (input) => {
    const result = read({ [input]: 'x' });
    expect(result).toMatchObject({ ok: true, warnings: [`"${input}" is no input of this action and is ignored.`] });
  });

  it('leaves variables that are no inputs alone', () => {
    const result = readInputs({
      ...environmentOf({
        'aws-region': 'us-east-1',
        'execution-role': 'arn:aws:iam::111122223333:role/r',
        'instance-type': 'cpu',
      }),
      INPUT_: 'x',
      INPUTRC: 'y',
      MAX_RUN: 'z',
    });
    expect(result).toMatchObject({ ok: true, warnings: [] });
  });
});

describe('parseInputs', () => {
  const five = {
    'max-rum': '2h',
    'max-run': '90x',
    spot: 'yep',
    's3-uri': 's3:/bucket',
    'role-to-assume': 'arn:aws:iam::1:role/ci',
  };

  function failureOf(inputs: Readonly<Record<string, string>>): Failure {
    try {
      parseInputs(
        environmentOf({
          'aws-region': 'us-east-1',
          'execution-role': 'arn:aws:iam::111122223333:role/r',
          'instance-type': 'cpu',
          ...inputs,
        }),
      );
    } catch (error) {
      if (error instanceof Failure) return error;
    }
    throw new Error('no Failure');
  }

  it('names five mistakes at once, each on its line with its remedy', () => {
    const failure = failureOf(five);
    expect(failure.code).toBe('INPUT_INVALID');
    expect(failure.remedy).not.toBe('');
    expect(failure.message.split('\n')).toEqual([
      'There are 5 mistakes in the inputs:',
      '- max-rum is no input of this action. Did you mean max-run?',
      expect.stringMatching(/^- role-to-assume is "arn:aws:iam::1:role\/ci", which is no role ARN\. Write /),
      '- spot is "yep". Write true or false.',
      expect.stringMatching(/^- max-run is "90x", which is no duration\. Write .*90m/),
      '- s3-uri is "s3:/bucket", which is no S3 URI. Write s3://<bucket>/<prefix>.',
    ]);
  });

  it('draws where a gate is wrong, below its line', () => {
    expect(failureOf({ gates: 'val_loss <= 0.1\nval_loss <= )' }).message).toBe(
      [
        'There is a mistake in the inputs:',
        '- gates, line 2, column 13: found ")" where a number or a metric name is expected. Write it like: val_loss <= 0.12',
        '    val_loss <= )',
        '                ^',
      ].join('\n'),
    );
  });

  it('gives the inputs and the warnings when all is well', () => {
    const { inputs, warnings } = parseInputs(
      environmentOf({
        'aws-region': 'us-east-1',
        'execution-role': 'arn:aws:iam::111122223333:role/r',
        'instance-type': 'medium',
        colour: 'red',
      }),
    );
    expect(inputs.compute.instanceType).toBe('ml.g5.xlarge');
    expect(warnings).toEqual(['"colour" is no input of this action and is ignored.']);
  });

  it('never shows a secret', () => {
    const failure = failureOf({
      'github-token': 'ghs_secret with blank',
      'build-secrets': 'pip: [s3cr3t]\nnpm: "s3cr3t',
    });
    expect(failure.message).toContain('github-token');
    expect(failure.message).toContain('build-secrets');
    expect(failure.message).not.toMatch(/s3cr3t|ghs_secret/);
  });
});
