import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { instanceType } from '../sagemaker/instance-types.ts';
import type { Plan } from './plan.ts';
import type { Host } from './request.ts';
import { JobFailure } from './run.ts';

const run = promisify(execFile);
const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** Bytes of memory the container of a host may use: its instance's, unless the script gives it less. */
export function memoryOf({ script }: Plan, host: Host): number {
  const less = script.machine?.memoryMiB;
  return less === undefined ? instanceType(host.instanceType).memoryGiB * GIB : less * MIB;
}

/** A volume of so many MiB at a directory: full when it is full, as the instance's own. Rejects with a JobFailure. */
export async function mountVolume(directory: string, mebibytes: number): Promise<void> {
  const words = ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', directory];
  await run('mount', words).catch((error: Error) => {
    throw new JobFailure(
      `InternalServerError: the local cloud can give a job a volume of its own size only as root: ${error.message}`,
    );
  });
}

export async function unmountVolume(directory: string): Promise<void> {
  await run('umount', ['--lazy', directory]).catch(() => undefined);
}
