import { describe, expect, it } from '@jest/globals';
import { dockerFailure } from '../../../src/image/docker-failure.ts';

type Row = [what: 'build' | 'push' | 'login', line: string, code: string, remedy: string];

const fail = (what: Row[0], ...tail: readonly string[]) => dockerFailure(what, { exitCode: 1, stdout: '', tail });

describe('what docker says', () => {
  it.each<Row>([
    ['login', 'docker: command not found', 'DOCKER_MISSING', 'existing `image`'],
    [
      'build',
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
      'DOCKER_MISSING',
      'Start the Docker engine',
    ],
    [
      'build',
      'failed to connect to the docker API at unix:///var/run/docker.sock',
      'DOCKER_MISSING',
      'Start the Docker engine',
    ],
    [
      'build',
      'permission denied while trying to connect to the docker API at unix:///x',
      'DOCKER_MISSING',
      'let its user reach it',
    ],
    [
      'push',
      "name unknown: The repository with name 'x' does not exist in the registry",
      'IMAGE_PUSH_FAILED',
      'Create the ECR repository',
    ],
    [
      'push',
      'denied: User: arn:x is not authorized to perform: ecr:InitiateLayerUpload',
      'IMAGE_PUSH_FAILED',
      'InitiateLayerUpload',
    ],
    ['push', 'no basic auth credentials', 'IMAGE_PUSH_FAILED', 'PutImage'],
    [
      'push',
      "tag invalid: The image tag 'x' already exists in the 'y' repository and cannot be overwritten because the repository is immutable.",
      'IMAGE_PUSH_FAILED',
      'image-tags',
    ],
    [
      'build',
      "failed to push x: tag invalid: The image tag 'x' already exists in the 'y' repository and cannot be overwritten because the tag is immutable.",
      'IMAGE_PUSH_FAILED',
      'image-tags',
    ],
    [
      'build',
      'ERROR: failed to push x: unexpected status from HEAD request to https://x: 403 Forbidden',
      'IMAGE_PUSH_FAILED',
      'PutImage',
    ],
    ['build', 'write /var/lib/docker/x: no space left on device', 'IMAGE_BUILD_FAILED', 'disk space'],
    [
      'build',
      "pull access denied for pyton, repository does not exist or may require 'docker login': denied: requested access",
      'IMAGE_BUILD_FAILED',
      'base image',
    ],
    [
      'build',
      'failed to resolve source metadata for docker.io/library/x: 401 Unauthorized',
      'IMAGE_BUILD_FAILED',
      'base image',
    ],
    [
      'build',
      'process "/bin/sh -c pip install" did not complete successfully: exit code: 1',
      'IMAGE_BUILD_FAILED',
      'Correct the Dockerfile',
    ],
    ['push', 'net/http: TLS handshake timeout', 'IMAGE_PUSH_FAILED', 'Run the job again'],
  ])('%s: %j is %s', (what, line, code, remedy) => {
    expect(fail(what, 'Step 1/3', line)).toMatchObject({ code, remedy: expect.stringContaining(remedy) });
  });

  it('a push that buildx leaves to the engine is a push', () => {
    const tail = (words: string) => [
      '#5 naming to host/forecast:tag done',
      '#6 pushing host/forecast:tag with docker',
      `#6 ERROR: ${words}`,
      '------',
      ' > pushing host/forecast:tag with docker:',
      '------',
      `ERROR: ${words}`,
    ];
    expect(fail('build', ...tail('received unexpected HTTP status: 500 Internal Server Error'))).toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      remedy: expect.stringContaining('Run the job again'),
    });
    expect(fail('build', ...tail('denied: not authorized to perform: ecr:InitiateLayerUpload'))).toMatchObject({
      code: 'IMAGE_PUSH_FAILED',
      remedy: expect.stringContaining('PutImage'),
    });
  });

  it.each([
    [
      ' > [internal] load metadata for registry.example/x:1:',
      'failed to solve: failed to do request: Head "https://registry.example/v2/x": dial tcp: connection refused',
    ],
    [
      ' > [internal] load metadata for registry.example/x:1:',
      'ERROR: failed to solve: registry.example/x:1: failed to resolve source metadata for registry.example/x:1: failed to do request: Head "https://registry.example/v2/x": dial tcp: lookup registry.example: no such host',
    ],
  ])('a registry of the base image that does not answer is no mistake of the steps: %s %s', (...tail) => {
    expect(fail('build', ...tail)).toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      remedy: expect.stringContaining('does not answer'),
    });
  });

  it.each([
    "PermissionError: [Errno 13] Permission denied: '/opt/ml/code'",
    'Collecting immutabledict>=4.0 (from sqlalchemy)',
    'ERROR: HTTP error 403 Forbidden while getting https://pypi.example/simple',
    'fatal: repository does not exist: https://github.com/x/y',
  ])('in a step of a build, %j is no word of the registry', (line) => {
    expect(fail('build', line, 'failed to solve')).toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      remedy: expect.stringContaining('Correct the Dockerfile'),
    });
  });

  it('shows the last lines, without the empty ones', () => {
    const lines = Array.from({ length: 40 }, (_, index) => (index % 2 ? '  ' : `line ${index}`));
    const { message } = fail('build', ...lines);
    expect(message.split('\n')).toEqual([
      'docker build ended with exit code 1:',
      ...Array.from({ length: 15 }, (_, index) => `line ${10 + index * 2}`),
    ]);
  });
});
