/** What docker's last lines mean: the one table of its words. */
import { Failure, type FailureCode } from '../failure.ts';
import type { ProcessResult } from '../ports.ts';

interface Row {
  readonly sign: RegExp;
  readonly code: FailureCode;
  readonly remedy: string;
  /** Only for what a registry said to a push: the steps of a build print such words too (`Permission denied:`, `403 Forbidden`). */
  readonly pushing?: true;
}

const ROWS: readonly Row[] = [
  {
    sign: /docker: command not found/,
    code: 'DOCKER_MISSING',
    remedy: 'Run on a machine with Docker (GitHub-hosted Ubuntu runners have it), or give an existing `image`.',
  },
  {
    sign: /Cannot connect to the Docker daemon|error during connect|(?:permission denied while trying|failed) to connect to the docker (?:daemon|API)/i,
    code: 'DOCKER_MISSING',
    remedy: 'Start the Docker engine on this runner and let its user reach it, or give an existing `image`.',
  },
  {
    sign: /load metadata for .*failed to do request/s,
    code: 'IMAGE_BUILD_FAILED',
    remedy:
      'The registry of the base image does not answer: correct its name in the Dockerfile, or let this runner reach it.',
  },
  {
    sign: /pull access denied for|failed to resolve source metadata|manifest for \S+ not found|no such manifest/,
    code: 'IMAGE_BUILD_FAILED',
    remedy:
      'The base image named in the Dockerfile cannot be pulled: correct its name, or log in to its registry before this step.',
  },
  {
    sign: /repository does not exist|name unknown/,
    code: 'IMAGE_PUSH_FAILED',
    remedy: 'Create the ECR repository, or allow ecr:CreateRepository for the role of this workflow.',
    pushing: true,
  },
  {
    sign: /cannot be overwritten because the (?:repository|tag) is immutable/,
    code: 'IMAGE_PUSH_FAILED',
    remedy: 'The repository does not let tags move: give other `image-tags`, or make the repository mutable.',
  },
  {
    sign: /is not authorized to perform: ecr:|denied: |no basic auth credentials|401 Unauthorized|403 Forbidden/,
    code: 'IMAGE_PUSH_FAILED',
    remedy:
      'Allow ecr:BatchCheckLayerAvailability, InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload and PutImage on the repository for the role of this workflow; other registries need their own login before this step.',
    pushing: true,
  },
  {
    sign: /no space left on device/i,
    code: 'IMAGE_BUILD_FAILED',
    remedy: 'The runner has no disk space left: free some before this step, or use a smaller base image.',
  },
];

/** Buildx pushes within its build, itself or by the engine: its last lines say so. */
const PUSHED = /failed to push|error pushing|^ ?> pushing \S+ with docker:/m;

const SHOWN_LINES = 15;

/** The Failure for a docker command that ended with an error. */
export function dockerFailure(what: 'build' | 'push' | 'login', result: ProcessResult): Failure {
  const text = result.tail.join('\n');
  const isPush = what !== 'build' || PUSHED.test(text);
  const row = ROWS.find(({ sign, pushing }) => (isPush || !pushing) && sign.test(text));
  const code = row?.code ?? (isPush ? 'IMAGE_PUSH_FAILED' : 'IMAGE_BUILD_FAILED');
  const remedy =
    row?.remedy ??
    (isPush
      ? 'Run the job again; if it stays, read the lines above.'
      : 'Correct the Dockerfile or the files it uses; the failing step is above.');
  const lines = result.tail.filter((line) => line.trim() !== '').slice(-SHOWN_LINES);
  return new Failure(code, `docker ${what} ended with exit code ${result.exitCode}:\n${lines.join('\n')}`, remedy);
}
