import { describe, expect, it } from '@jest/globals';
import { violationMessage, violations } from '../../../local-cloud/model/constraints.ts';
import { loadModels } from '../../../local-cloud/model/service-model.ts';
import { checkTypes, type TypeMismatch } from '../../../local-cloud/model/types.ts';

const { sagemaker } = loadModels();
const reference = { shape: 'CreateTrainingJobRequest' };
const request = {
  TrainingJobName: 'train-1',
  AlgorithmSpecification: { TrainingInputMode: 'File', TrainingImage: 'image:1' },
  RoleArn: 'arn:aws:iam::111122223333:role/training',
  OutputDataConfig: { S3OutputPath: 's3://bucket/output' },
  ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
};
const messageOf = (over: Record<string, unknown>) =>
  violationMessage(violations(sagemaker, reference, { ...request, ...over }));
const mismatchOf = (over: Record<string, unknown>) => {
  try {
    checkTypes(sagemaker, reference, { ...request, ...over });
    return 'nothing';
  } catch (error) {
    const { path, message } = error as TypeMismatch;
    return `${message} at '${path}'`;
  }
};

describe('constraints of the service model', () => {
  it('are kept by a valid request', () => {
    expect(messageOf({})).toBeUndefined();
    expect(mismatchOf({})).toBe('nothing');
  });

  it.each([
    [
      'a pattern',
      { TrainingJobName: 'a_b' },
      "1 validation error detected: Value 'a_b' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
    ],
    [
      'a missing member',
      { RoleArn: undefined },
      "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a range',
      { StoppingCondition: { MaxRuntimeInSeconds: 0 } },
      "1 validation error detected: Value '0' at 'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'a map’s key',
      { Environment: { '1st': 'x' } },
      "1 validation error detected: Value '{1st=x}' at 'environment' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 512, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_]*]",
    ],
    [
      'a list’s element',
      { VpcConfig: { SecurityGroupIds: ['sg-1', 'bad id'], Subnets: ['subnet-1'] } },
      "1 validation error detected: Value '[sg-1, bad id]' at 'vpcConfig.securityGroupIds' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 32, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: [-0-9a-zA-Z]+]",
    ],
  ])('are worded as AWS words them: %s', (_what, over, message) => {
    expect(messageOf(over)).toBe(message);
  });

  it('are reported all together, by position within lists', () => {
    const message = messageOf({
      TrainingJobName: 'x'.repeat(64),
      InputDataConfig: [
        { ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'Prefix', S3Uri: 'bucket/data' } } },
      ],
    });
    expect(message).toMatch(/^4 validation errors detected: /);
    expect(message).toContain(
      "at 'trainingJobName' failed to satisfy constraint: Member must have length less than or equal to 63",
    );
    expect(message).toContain(
      "Value 'Prefix' at 'inputDataConfig.1.member.dataSource.s3DataSource.s3DataType' failed to satisfy constraint: Member must satisfy enum value set: [",
    );
    expect(message).toContain("at 'inputDataConfig.1.member.dataSource.s3DataSource.s3Uri'");
  });

  it.each([
    ['an unknown member', { Foo: 1 }, "Unknown member Foo at ''"],
    [
      'an unknown member deep down',
      { StoppingCondition: { MaxRuntime: 1 } },
      "Unknown member MaxRuntime at 'StoppingCondition'",
    ],
    ['a member of Object.prototype', { constructor: 'x' }, "Unknown member constructor at ''"],
    [
      'a number for a string',
      { TrainingJobName: 7 },
      "NUMBER_VALUE can not be converted to a String at 'TrainingJobName'",
    ],
    [
      'a string for a number',
      { StoppingCondition: { MaxRuntimeInSeconds: '60' } },
      "STRING_VALUE can not be converted to an Integer at 'StoppingCondition.MaxRuntimeInSeconds'",
    ],
    [
      'a fraction for an integer',
      { StoppingCondition: { MaxRuntimeInSeconds: 1.5 } },
      "DECIMAL_VALUE can not be converted to an Integer at 'StoppingCondition.MaxRuntimeInSeconds'",
    ],
    [
      'a number in a map of strings',
      { HyperParameters: { epochs: 3 } },
      "NUMBER_VALUE can not be converted to a String at 'HyperParameters.epochs'",
    ],
    [
      'an object for a list',
      { Tags: { Key: 'a', Value: 'b' } },
      "START_OBJECT can not be converted to a List at 'Tags'",
    ],
    [
      'a string for a boolean',
      { EnableManagedSpotTraining: 'true' },
      "STRING_VALUE can not be converted to a Boolean at 'EnableManagedSpotTraining'",
    ],
  ])('are preceded by types: %s', (_what, over, message) => {
    expect(mismatchOf(over)).toBe(message);
  });

  it('take null for absent', () => {
    expect(mismatchOf({ HyperParameters: null })).toBe('nothing');
    expect(messageOf({ HyperParameters: null })).toBeUndefined();
  });
});
