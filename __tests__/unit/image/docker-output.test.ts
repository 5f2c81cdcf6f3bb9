import { describe, expect, test } from '@jest/globals';
import { retryOf } from '../../../src/image/docker-retry.ts';
import { failedLine } from '../../../src/image/docker-step.ts';
import { readSource } from '../../../src/image/dockerfile/source.ts';

const DOCKERFILE = readSource(
  'ARG V=1\nFROM python:$V\n\nRUN pip install \\\n  -r x.txt\nCOPY a /a\nRUN false\nCMD x\n',
);

describe('the line a build stopped at', () => {
  test.each<[string, string, number | undefined]>([
    [
      'BuildKit says it',
      '------\nDockerfile:7\n--------------------\n   7 | >>> RUN false\nERROR: failed to solve: process …',
      7,
    ],
    [
      'BuildKit of engine 20.10 names the step',
      '------\n > [2/4] RUN pip install   -r x.txt:\n#6 0.3 no such file\n------\nexecutor failed running [/bin/sh -c pip install   -r x.txt]: exit code: 1',
      4,
    ],
    ['the last of several', ' > [a 1/2] COPY a /a:\n > [b 2/2] RUN false:\n------', 7],
    [
      'the old builder counts steps',
      "Step 4/6 : COPY a /a\n ---> 1\nStep 5/6 : RUN false\n ---> Running in 2\nThe command '/bin/sh -c false' returned a non-zero code: 1",
      7,
    ],
    [
      'a step with its variables filled in, alone of its kind',
      'Step 2/6 : FROM python:1\nmanifest for python:1 not found',
      2,
    ],
    [
      'a word Docker does not know',
      'Error response from daemon: dockerfile parse error line 5: unknown instruction: RUNN',
      5,
    ],
    ['nothing', 'no space left on device', undefined],
    ['the line of another file', 'other.py:3\nboom', undefined],
  ])('%s', (_, text, line) => {
    expect(failedLine(text.split('\n'), DOCKERFILE, 'docker/Dockerfile')).toBe(line);
  });
});

describe('what is tried again', () => {
  const retry = (text: string, exitCode = 1) => retryOf({ exitCode, stdout: '', tail: text.split('\n') });

  test.each([
    'received unexpected HTTP status: 500 Internal Server Error',
    'error parsing HTTP 429 response body: toomanyrequests: Rate exceeded',
    'failed to do request: Put "https://x": write tcp 1->2: write: connection reset by peer',
    'net/http: TLS handshake timeout',
    'failed to push x: unexpected status from PUT request to https://x: 503 Service Unavailable',
    'Put "https://x/v2/": EOF',
  ])('%s', (text) => {
    expect(retry(text)).toMatchObject({ login: false });
  });

  test('after a new login where the old one has expired', () => {
    expect(retry('denied: Your authorization token has expired. Reauthenticate and try again.')).toMatchObject({
      login: true,
    });
  });

  test.each([
    ['a step that failed, whatever it said', 'HTTP status: 500\nThe command x returned a non-zero code: 1', 1],
    ['a right that is missing', 'denied: User: x is not authorized to perform: ecr:PutImage', 1],
    ['an engine that is not there', 'Cannot connect to the Docker daemon at unix:///x. connection refused', 1],
    ['no docker at all', 'docker: command not found', 127],
    ['success', 'EOF', 0],
    ['a line that only holds such a number', 'layer 50012 429x', 1],
  ])('not %s', (_, text, exitCode) => {
    expect(retry(text, exitCode)).toBeUndefined();
  });
});
