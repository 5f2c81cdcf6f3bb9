import { describe, expect, it } from '@jest/globals';
import type { ChannelSettings } from '../../../src/inputs/inputs.ts';
import { parseGates } from '../../../src/metrics/gate.ts';
import { canonicalJson } from '../../../src/plan/hash.ts';
import { DIGEST, IMAGE, makeJobPlan, type PlanOverrides, s3Channel } from '../../fixtures/plans.ts';

const TRAIN = { train: 'f'.repeat(64) };

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

const TRAIN_CHANNEL = s3Channel('s3://acme-data/train/');

describe('the hashes', () => {
  const before = hashesOf({});

  it.each<[string, Change]>([
    ['a hyperparameter', inputs({ data: { hyperparameters: { epochs: '41' } } })],
    ['an environment variable', inputs({ data: { environment: { LOG_LEVEL: 'debug' } } })],
    ['the instance count', inputs({ compute: { instanceCount: 2 } })],
    ['a channel', inputs({ data: { channels: { train: s3Channel('s3://acme-data/other/') } } })],
    ['the mode of a channel', inputs({ data: { channels: { train: { ...TRAIN_CHANNEL, InputMode: 'Pipe' } } } })],
    ['the entrypoint', inputs({ jobFile: { AlgorithmSpecification: { ContainerEntrypoint: ['python3'] } } })],
    ['the arguments', inputs({ jobFile: { AlgorithmSpecification: { ContainerArguments: ['train'] } } })],
    ['instance groups', inputs({ jobFile: { ResourceConfig: { InstanceGroups: [] } } })],
    ['the distribution', inputs({ compute: { distribution: { torchrun: {} } } })],
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
    ['the subnets', inputs({ network: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } })],
    ['the key of the output', inputs({ network: { kmsKey: 'alias/acme' } })],
    ['the key of the volume', inputs({ network: { volumeKmsKey: 'alias/acme' } })],
    ['network isolation', inputs({ network: { isolation: true } })],
    ['other parts of the job file', inputs({ jobFile: { RetryStrategy: { MaximumRetryAttempts: 2 } } })],
    ['a warm pool', inputs({ compute: { keepAliveSeconds: 600 } })],
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
      hashesOf(
        inputs({
          data: {
            hyperparameters: map,
            environment: map,
            channels: { b: s3Channel('s3://b/'), a: s3Channel('s3://a/') },
          },
        }),
      );
    expect(written(two)).toEqual(written(turned));
    const [a, b] = [s3Channel('s3://a/'), s3Channel('s3://b/')];
    const channels = (map: Record<string, ChannelSettings>) => hashesOf(inputs({ data: { channels: map } })).configHash;
    expect(channels({ b, a })).toBe(channels({ a, b }));
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
