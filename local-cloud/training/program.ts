import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnpackedImage } from './image.ts';
import { imageEnvironment } from './node.ts';
import type { TrainingRequest } from './request.ts';
import { placeInRoot } from './rootfs.ts';
import { JobFailure } from './run.ts';

/** What process mode runs. */
export interface Program {
  /** `train.py`, relative to the code directory. */
  readonly name: string;
  /** Address or path of the code, if not the image's own `/opt/ml/code`. */
  readonly submitDirectory: string | undefined;
  /** Whether the training toolkit would stand between SageMaker and the program: it words failures in its own way. */
  readonly isToolkit: boolean;
}

/**
 * The program of an image by the toolkit's rules: hyperparameter, request environment, image environment. Rejects with
 * a JobFailure when there is none: SageMaker's own where the image has nothing to run at all.
 */
export async function findProgram(image: UnpackedImage, request: TrainingRequest): Promise<Program> {
  const environment = { ...imageEnvironment(image.config), ...request.Environment };
  const setting = (name: string) => decoded(request.HyperParameters?.[name]) ?? environment[name.toUpperCase()];
  const name = setting('sagemaker_program');
  const { ContainerEntrypoint, ContainerArguments } = request.AlgorithmSpecification;
  if (name !== undefined && ContainerEntrypoint === undefined && ContainerArguments === undefined) {
    return { name, submitDirectory: setting('sagemaker_submit_directory'), isToolkit: hasToolkit(image) };
  }
  if (ContainerEntrypoint === undefined && !image.config.Entrypoint?.length && !(await hasTrain(image))) {
    throw new JobFailure(
      'ClientError: Artifact upload failed:API error (400): OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "train": executable file not found in $PATH: unknown',
    );
  }
  throw new JobFailure(
    'InternalServerError: the local cloud found no Docker engine, and without one it can only run an image that sets SAGEMAKER_PROGRAM, not its entrypoint',
  );
}

/** Values come as JSON from the Python SDK and plain from others. */
function decoded(value: string | undefined): string | undefined {
  return value?.startsWith('"') ? (JSON.parse(value) as string) : value;
}

/** The toolkit is reached through `train` on PATH, or through the entrypoint of the Deep Learning Containers. */
function hasToolkit({ config }: UnpackedImage): boolean {
  const { Entrypoint = [] } = config;
  return Entrypoint.length === 0 || Entrypoint.some((word) => word.includes('start_with_right_hostname'));
}

async function hasTrain({ root, config }: UnpackedImage): Promise<boolean> {
  const path = imageEnvironment(config).PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const found = await Promise.all(
    path
      .split(':')
      .map(async (directory) => lstat(await placeInRoot(root, join(directory, 'train'), true)).catch(() => undefined)),
  );
  return found.some((stats) => stats !== undefined);
}
