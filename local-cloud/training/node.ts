import type { ImageConfig } from '../registry/images.ts';
import type { Context } from './context.ts';
import type { ResolvedImage } from './image.ts';
import type { LocalMode } from './job.ts';
import type { MlDirectory } from './ml-directory.ts';

/** How a container ended. */
export interface ContainerEnd {
  /** 128 + n when signal n killed it. */
  readonly code: number;
  /** The kernel killed a process of it because its memory was used up. */
  readonly outOfMemory: boolean;
}

/** One host's container, or the process that stands for it. */
export interface ContainerNode {
  /** Resolves after its output has been read to the end. */
  readonly exited: Promise<ContainerEnd>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** The id, on this machine, of the process all others of the container descend from. */
  pid(): Promise<number | undefined>;
}

/** What one container is started with. */
export interface Launch {
  readonly directory: MlDirectory;
  /** The output as it comes, standard output and standard error apart so that no line is torn. */
  readonly output: (stream: 'stdout' | 'stderr', chunk: Buffer) => void;
}

/** Something that runs containers: Docker, or plain processes. */
export interface ContainerEngine {
  readonly mode: LocalMode;
  /** `/opt/ml` as the program sees it in that directory. */
  base(directory: MlDirectory): string;
  /** Fetches the image. Rejects with a JobFailure. */
  prepare(context: Context, image: ResolvedImage, directories: readonly MlDirectory[]): Promise<void>;
  /** Starts a container. Rejects with a JobFailure when it cannot even start. */
  launch(context: Context, launch: Launch): Promise<ContainerNode>;
  close(): Promise<void>;
}

/** The environment SageMaker adds to the request's own and the image's. */
export function jobEnvironment({ job, cloud }: Context): Record<string, string> {
  return {
    TRAINING_JOB_NAME: job.name,
    TRAINING_JOB_ARN: job.arn,
    AWS_REGION: cloud.region,
    ...job.request.Environment,
  };
}

/** The `KEY=value` list of an image as a record. */
export function imageEnvironment({ Env = [] }: ImageConfig): Record<string, string> {
  return Object.fromEntries(Env.map((pair) => pair.split(/=(.*)/s, 2) as [string, string]));
}
