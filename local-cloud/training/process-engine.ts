import { execFile } from 'node:child_process';
import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Cloud } from '../state.ts';
import type { Context } from './context.ts';
import { type ResolvedImage, type UnpackedImage, unpackImage } from './image.ts';
import type { LocalMode } from './job.ts';
import { checkpointPath, hostPath, type MlDirectory, OPT_ML } from './ml-directory.ts';
import { type ContainerEngine, type ContainerNode, imageEnvironment, jobEnvironment, type Launch } from './node.ts';
import type { PrivateMl } from './private-ml.ts';
import { startProcess } from './process-node.ts';
import { findProgram, type Program } from './program.ts';
import { placeInRoot } from './rootfs.ts';
import { JobFailure } from './run.ts';
import { unpackSubmitted } from './submit-directory.ts';

const TOOLKIT = fileURLToPath(new URL('./toolkit.py', import.meta.url));

/** Variables of an image that would mislead programs of this machine. */
const IMAGE_ONLY = /^(PATH|HOME|PYTHONHOME|PYTHONPATH|LD_.*|LANG|LC_.*)$/;

/** Runs the image's SAGEMAKER_PROGRAM by this machine's python3, each host in a process group of its own. */
export class ProcessEngine implements ContainerEngine {
  readonly #enter: PrivateMl | undefined;
  #image: UnpackedImage | undefined;
  #program: Program | undefined;

  /** Without `enter` the program finds its directories through the SM_* variables only. */
  constructor(enter: PrivateMl | undefined) {
    this.#enter = enter;
  }

  get mode(): LocalMode {
    return this.#enter ? 'process' : 'process-sm-paths';
  }

  base(directory: MlDirectory): string {
    return this.#enter ? OPT_ML : directory.path;
  }

  async prepare(context: Context, image: ResolvedImage, directories: readonly MlDirectory[]): Promise<void> {
    const { cloud, job } = context;
    this.#image = await unpackImage(cloud, image).catch((error: Error) => {
      throw new JobFailure(`ClientError: API error (404): ${error.message}`);
    });
    this.#program = await findProgram(this.#image, job.request);
    if (!checkpointPath(job.request).startsWith(`${OPT_ML}/`)) {
      throw new JobFailure('InternalServerError: without Docker the local cloud keeps checkpoints below /opt/ml only');
    }
    const inImage = await placeInRoot(this.#image.root, OPT_ML, true);
    const isThere = await stat(inImage).catch(() => undefined);
    for (const directory of directories) {
      if (isThere) await cp(inImage, directory.path, { recursive: true, verbatimSymlinks: true, force: false });
      await unpackSubmitted(cloud, this.#program, join(directory.path, 'code'));
    }
  }

  async launch(context: Context, { directory, output }: Launch): Promise<ContainerNode> {
    const { cloud } = context;
    const program = this.#program as Program;
    const base = this.base(directory);
    const note = `${directory.path}.command`;
    const python = await cloud.shared(hostPython);
    const words = [...(this.#enter?.(directory.path) ?? []), python, TOOLKIT, base, `${base}/code`, program.name, note];
    const env = { ...this.#environment(context, directory), SAGEMAKER_PROGRAM: program.name };
    return startProcess({
      words,
      env,
      cwd: join(directory.path, 'code'),
      output,
      ...(program.isToolkit ? { toolkit: { directory, note } } : {}),
    });
  }

  async close(): Promise<void> {}

  #environment(context: Context, directory: MlDirectory): Record<string, string> {
    const { PATH = '/usr/local/bin:/usr/bin:/bin', HOME = '/root', LANG = 'C.UTF-8' } = process.env;
    const image = Object.entries(imageEnvironment(this.#image?.config ?? {})).filter(([key]) => !IMAGE_ONLY.test(key));
    const { request } = context.job;
    const SM_CHECKPOINT_DIR = hostPath(directory, checkpointPath(request));
    return {
      PATH,
      HOME,
      LANG,
      ...Object.fromEntries(image),
      ...jobEnvironment(context),
      // Inside /opt/ml the usual path works, and the real service has no such variable.
      ...(this.#enter || !request.CheckpointConfig ? {} : { SM_CHECKPOINT_DIR }),
    };
  }
}

/** The real python3 behind version managers' wrappers, which cost time at each start. */
async function hostPython(_cloud: Cloud): Promise<string> {
  const { stdout } = await promisify(execFile)('python3', ['-c', 'import sys; print(sys.executable)']).catch(() => {
    throw new JobFailure('InternalServerError: the local cloud needs python3 on PATH to train without Docker');
  });
  return stdout.trim();
}
