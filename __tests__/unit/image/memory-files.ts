/** A file tree in memory behind the Files port, as far as building an image reads one. */
import { posix } from 'node:path';
import { sha256 } from '../../../src/plan/hash.ts';
import type { DirectoryEntry, Files } from '../../../src/ports.ts';

/** Path → text, or `-> target` for a link, or `null` for an empty directory. Modes apart. */
export interface Tree {
  readonly [path: string]: string | null;
}

export function memoryFiles(
  tree: Tree,
  modes: Readonly<Record<string, number>> = {},
): Pick<Files, 'read' | 'bytes' | 'list' | 'sha256' | 'exists' | 'freeBytes'> & { readonly listed: string[] } {
  const nodes = new Map<string, string | null>();
  for (const [path, content] of Object.entries(tree)) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth++) nodes.set(parts.slice(0, depth).join('/'), null);
    nodes.set(path, content);
  }
  const listed: string[] = [];
  const entry = (path: string, content: string | null): DirectoryEntry => {
    const name = posix.basename(path);
    const isLink = content?.startsWith('-> ') === true;
    const kind = content === null ? 'directory' : isLink ? 'link' : 'file';
    const mode = modes[path] ?? (kind === 'directory' ? 0o755 : 0o644);
    return { name, kind, mode, sizeBytes: content?.length ?? 0, target: isLink ? content.slice(3) : '' };
  };
  /** Where a path leads through links. */
  const followed = (path: string): string => {
    const normal = posix.normalize(path).replace(/\/$/, '');
    const parts = normal.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const at = parts.slice(0, depth).join('/');
      const content = nodes.get(at);
      if (content?.startsWith('-> '))
        return followed(posix.join(posix.dirname(at), content.slice(3), ...parts.slice(depth)));
    }
    return normal;
  };
  return {
    listed,
    bytes: async (path) => {
      const content = nodes.get(followed(path));
      if (content === undefined || content === null) throw new Error(`no file: ${path}`);
      return Buffer.from(content);
    },
    read: async (path) => nodes.get(posix.normalize(path)) ?? undefined,
    exists: async (path) => nodes.has(posix.normalize(path)),
    sha256: async (path) => sha256(nodes.get(posix.normalize(path)) ?? ''),
    freeBytes: async () => undefined,
    list: async (path) => {
      const root = followed(path);
      listed.push(root);
      const isMember = (each: string) => (root === '.' ? !each.includes('/') : posix.dirname(each) === root);
      return [...nodes].filter(([each]) => isMember(each)).map(([each, content]) => entry(each, content));
    },
  };
}
