import { describe, expect, it } from '@jest/globals';
import { buildArgs, buildxArgs } from '../../../src/image/docker-args.ts';
import { makeInputs } from '../../fixtures/plans.ts';

const build = (image = {}, secretFiles = {}) => ({
  image: makeInputs({ image }).image,
  reference: 'reg.example/acme/demand:one',
  secretFiles,
  pull: false,
  cacheReference: undefined,
});

describe('docker command lines', () => {
  it('ask buildx for one platform, Docker’s own manifest and no attestations, and push', () => {
    expect(buildxArgs(build(), '/tmp/metadata.json')).toEqual([
      'buildx',
      'build',
      '--progress=plain',
      '--provenance=false',
      '--sbom=false',
      '--output=type=image,push=true,oci-mediatypes=false',
      '--metadata-file=/tmp/metadata.json',
      '--platform=linux/amd64',
      '--file=Dockerfile',
      '--tag=reg.example/acme/demand:one',
      '--',
      '.',
    ]);
  });

  it('build without buildx with the same words', () => {
    const image = {
      target: 'train',
      buildArgs: { A: '1', B: 'x y=z' },
      context: 'src',
      dockerfile: 'docker/train.Dockerfile',
    };
    expect(buildArgs(build(image, { npm: '/tmp/secret-0' }), '/tmp/id')).toEqual([
      'build',
      '--iidfile=/tmp/id',
      '--platform=linux/amd64',
      '--file=docker/train.Dockerfile',
      '--target=train',
      '--build-arg=A=1',
      '--build-arg=B=x y=z',
      '--secret=id=npm,src=/tmp/secret-0',
      '--tag=reg.example/acme/demand:one',
      '--',
      'src',
    ]);
  });

  it('ask for the bases anew, and keep the cache where ECR takes one', () => {
    const args = buildxArgs({ ...build(), pull: true, cacheReference: 'reg.example/acme/demand/cache:x' }, '/m');
    expect(args.filter((arg) => /pull$|cache/.test(arg))).toEqual([
      '--cache-from=type=registry,ref=reg.example/acme/demand/cache:x',
      '--cache-to=type=registry,ref=reg.example/acme/demand/cache:x,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true',
      '--pull',
    ]);
    expect(buildArgs({ ...build(), cacheReference: 'x' }, '/tmp/id').some((arg) => arg.includes('cache'))).toBe(false);
  });

  it('take nothing the user wrote for an option', () => {
    const args = buildArgs(
      build({ context: '--network=host', dockerfile: '--x', target: '--y', buildArgs: { '--z': '--w' } }),
      '/tmp/id',
    );
    expect(args.slice(-2)).toEqual(['--', '--network=host']);
    expect(args.filter((arg) => ['--x', '--y', '--z', '--w'].includes(arg))).toEqual([]);
  });
});
