import { BatchGetImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import { afterEach, describe, expect, it } from '@jest/globals';
import { gzipOf, tarOf } from '../../../src/source/archive.ts';
import { clientOptions } from './harness.ts';
import { BUCKET, pushProgram, startWorld, type World } from './training-world.ts';

// These images hold a program and no system: they are for machines without Docker, whether or not this one has it.
process.env.DOCKER_HOST = 'unix:///no/docker/here';

let world: World;
afterEach(() => world.close());

const AWS = '763104351884';
const foreign = {
  ecr: { repositories: [{ name: 'demo' }, { account: AWS, name: 'pytorch-training', images: [{ tag: '2.8.0' }] }] },
};
const ENV = [
  'import json, os, sys',
  'names = "RANK WORLD_SIZE LOCAL_RANK LOCAL_WORLD_SIZE MASTER_ADDR".split()',
  'print(json.dumps([sys.argv[1:], [os.environ.get(name) for name in names]]))',
].join('\n');

function submit(program: string): { readonly HyperParameters: Record<string, string> } {
  const bytes = gzipOf(tarOf([{ path: 'train.py', executable: false, bytes: Buffer.from(program) }]));
  world.local.cloud.s3.put(BUCKET, 'source/x.tar.gz', bytes);
  return {
    HyperParameters: {
      sagemaker_program: '"train.py"',
      sagemaker_submit_directory: `"s3://${BUCKET}/source/x.tar.gz"`,
      sagemaker_torch_distributed_enabled: 'true',
      sagemaker_instance_type: '"ml.m5.large"',
      epochs: '3',
    },
  };
}

describe('script mode', () => {
  it('starts the program from S3 in an image of another account, as torchrun does on each host', async () => {
    world = await startWorld(foreign, 20);
    const { ResourceConfig } = world.request('x');
    await world.create('job', {
      AlgorithmSpecification: {
        TrainingImage: `${AWS}.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.8.0`,
        TrainingInputMode: 'File',
      },
      ResourceConfig: { ...ResourceConfig, InstanceCount: 2 },
      ...submit(ENV),
    });
    await expect(world.end('job')).resolves.toMatchObject({ TrainingJobStatus: 'Completed' });
    const args = ['--epochs', '3'];
    expect((await world.messages('job')).map(([line = '']) => JSON.parse(line))).toEqual([
      [args, ['0', '2', '0', '1', '127.0.0.1']],
      [args, ['1', '2', '0', '1', '127.0.0.1']],
    ]);
  });

  it('keeps the code that an image brings along, as the toolkit does', async () => {
    world = await startWorld({}, 20);
    const image = await pushProgram(world, 'own', { 'train.py': 'print("of the image")' });
    const AlgorithmSpecification = { TrainingImage: image, TrainingInputMode: 'File' as const };
    await world.create('job', { AlgorithmSpecification, ...submit('print("from S3")') });
    await world.end('job');
    expect((await world.messages('job'))[0]?.[0]).toBe('of the image');
  });
});

describe('an image of another account', () => {
  it('is read from its registry, and from no other', async () => {
    world = await startWorld(foreign);
    const ecr = new ECRClient(clientOptions(world.local));
    const read = (registryId?: string) =>
      ecr.send(
        new BatchGetImageCommand({ registryId, repositoryName: 'pytorch-training', imageIds: [{ imageTag: '2.8.0' }] }),
      );
    await expect(read(AWS)).resolves.toMatchObject({
      images: [{ registryId: AWS, repositoryName: 'pytorch-training', imageId: { imageTag: '2.8.0' } }],
    });
    await expect(read()).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
    await expect(read('123456789012')).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
    ecr.destroy();
  });
});
