import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Links followed before a path counts as a loop, as in Linux. */
const MOST_LINKS = 40;

/**
 * The place of `path` below `root` when `root` is taken for `/`: links are followed as they would be inside, so no
 * archive can write outside. With `followLast` false a link at the very end is the place itself.
 * Rejects with an Error when the links go in a circle.
 */
export async function placeInRoot(root: string, path: string, followLast: boolean): Promise<string> {
  const todo = names(path);
  const done: string[] = [];
  let links = 0;
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    const target = todo.length > 0 || followLast ? await linkTarget(join(root, ...done, part)) : undefined;
    if (part === '..') done.pop();
    else if (target === undefined) done.push(part);
    else {
      links += 1;
      if (links > MOST_LINKS) throw new Error(`Too many links in ${path}`);
      if (target.startsWith('/')) done.length = 0;
      todo.push(...names(target));
    }
  }
  return join(root, ...done);
}

/** The parts of a path, the first one last. */
function names(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .reverse();
}

async function linkTarget(path: string): Promise<string | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isSymbolicLink() ? readlink(path) : undefined;
}
