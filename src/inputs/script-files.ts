/** Whether the files that script mode names are in the checkout: told with the other mistakes, before anything is spent. */
import { posix } from 'node:path';
import type { Files } from '../ports.ts';
import { type Problem, quoted } from './problem.ts';
import { specs } from './specs.ts';
import { type Environment, textOf } from './written.ts';

export async function missingFiles(env: Environment, files: Pick<Files, 'exists'>): Promise<readonly Problem[]> {
  const written = (input: 'source-dir' | 'entry-point' | 'requirements') => textOf(input, specs[input], env);
  const [directory, script, requirements] = [written('source-dir'), written('entry-point'), written('requirements')];
  const found: Problem[] = [];
  const look = async (input: string, path: string | undefined, told: string, remedy: string) => {
    // What is no path of the checkout is told by its own reader.
    if (path === undefined || path.includes('://') || path.includes('\0')) return true;
    if (await files.exists(path)) return true;
    found.push({ input, message: `is ${told}`, remedy });
    return false;
  };
  const checkout = 'Write a path from the root of the repository, and check the repository out before this step.';
  const isThere = await look(
    'source-dir',
    directory,
    `${quoted(directory ?? '')}, which is not in the checkout`,
    checkout,
  );
  if (isThere && script !== undefined) {
    const place = directory === undefined ? 'the checkout' : quoted(directory);
    const remedy =
      directory === undefined
        ? checkout
        : `Write its path below ${quoted(directory)}, such as ${posix.basename(script)}.`;
    await look(
      'entry-point',
      posix.join(directory ?? '', script),
      `${quoted(script)}, which is not in ${place}`,
      remedy,
    );
  }
  await look('requirements', requirements, `${quoted(requirements ?? '')}, which is not in the checkout`, checkout);
  return found;
}
