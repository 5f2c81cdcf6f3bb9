import { describe, expect, it } from '@jest/globals';
import { accept, refuse } from './environment.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('network and keys', () => {
  it('are nothing unless they are asked for', () => {
    expect(accept().network).toEqual({
      subnets: [],
      securityGroups: [],
      isolation: false,
      encryptTraffic: false,
      kmsKey: undefined,
      volumeKmsKey: undefined,
    });
  });

  it.each(['[subnet-1, subnet-2]', '- subnet-1\n- subnet-2', 'subnet-1\nsubnet-2', 'subnet-1, subnet-2 subnet-1'])(
    'subnets are read from %j',
    (subnets) => {
      expect(accept({ subnets, 'security-groups': 'sg-1' }).network).toMatchObject({
        subnets: ['subnet-1', 'subnet-2'],
        securityGroups: ['sg-1'],
      });
    },
  );

  it('are read together', () => {
    const keys = { 'kms-key': 'alias/acme', 'volume-kms-key': KEY };
    const network = { 'network-isolation': 'true', 'encrypt-inter-container-traffic': 'true' };
    expect(accept({ ...keys, ...network }).network).toMatchObject({
      isolation: true,
      encryptTraffic: true,
      kmsKey: 'alias/acme',
      volumeKmsKey: KEY,
    });
  });

  it.each<[Record<string, string>, string, string]>([
    [{ subnets: 'subnet-1' }, 'subnets', 'is set without security-groups'],
    [{ 'security-groups': 'sg-1' }, 'security-groups', 'is set without subnets'],
    [{ subnets: 'sg-1', 'security-groups': 'sg-1' }, 'subnets', 'holds "sg-1"'],
    [{ subnets: 'subnet-1', 'security-groups': 'default' }, 'security-groups', 'holds "default"'],
    [{ subnets: 'subnet-1', 'security-groups': '{a: b}' }, 'security-groups', 'is neither a list nor text'],
    [{ subnets: 'subnet-1', 'security-groups': 'sg-1 sg-2 sg-3 sg-4 sg-5 sg-6' }, 'security-groups', 'has 6 entries'],
    [{ 'kms-key': 'my key' }, 'kms-key', 'is no KMS key'],
    [{ 'kms-key': 'arn:aws:s3:::bucket' }, 'kms-key', 'is no KMS key'],
    [{ 'volume-kms-key': 'key#1' }, 'volume-kms-key', 'is no KMS key'],
    [{ 'volume-kms-key': KEY, 'instance-type': 'medium' }, 'volume-kms-key', 'ml.g5.xlarge has NVMe disks'],
    [{ 'volume-kms-key': KEY, 'instance-type': 'ml.p4d.24xlarge' }, 'volume-kms-key', 'has NVMe disks'],
    [{ 'network-isolation': 'on' }, 'network-isolation', 'is "on"'],
    [{ 'keep-alive': '10m' }, 'keep-alive', 'spot instances cannot be kept'],
    [{ 'keep-alive': '7h', spot: 'false' }, 'keep-alive', 'longer than 6h'],
    [{ 'keep-alive': '600', spot: 'false' }, 'keep-alive', 'without a unit'],
  ])('%j is refused: %s %s', (inputs, input, message) => {
    expect(refuse(inputs)).toMatchObject([
      { input, message: expect.stringContaining(message), remedy: expect.stringMatching(/^[A-Z].*\.$/) },
    ]);
  });

  it('a warm pool is kept without spot', () => {
    expect(accept({ 'keep-alive': '10m', spot: 'false' }).compute.keepAliveSeconds).toBe(600);
  });
});
