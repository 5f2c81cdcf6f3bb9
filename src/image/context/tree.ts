/** The files of a build context that a COPY, ADD or bind mount can bring into the image. */
import { posix } from 'node:path';
import type { DirectoryEntry, Files } from '../../ports.ts';
import type { IgnoreRules } from './ignore.ts';
import { componentTest, hasWildcards } from './ignore-pattern.ts';

/** An entry with its path below the context's root. A directory called `.git` is one entry, whatever it holds. */
export interface ContextEntry extends DirectoryEntry {
  readonly path: string;
}

/** Links lead to links: more than this many is a circle, as in the kernel. */
const MOST_LINKS = 40;

export class ContextTree {
  readonly #root: string;
  readonly #rules: IgnoreRules;
  readonly #files: Pick<Files, 'list'>;
  readonly #listings = new Map<string, Promise<ReadonlyMap<string, DirectoryEntry>>>();
  readonly #reached = new Map<string, ContextEntry>();

  constructor(root: string, rules: IgnoreRules, files: Pick<Files, 'list'>) {
    this.#root = root;
    this.#rules = rules;
    this.#files = files;
  }

  /** Everything that the sources reach, sorted by path. '' is the whole context; a source may hold wildcards. */
  async reachedBy(sources: readonly string[]): Promise<readonly ContextEntry[]> {
    // The whole context holds every part of it.
    const needed = sources.includes('') ? [''] : [...new Set(sources)];
    for (const source of needed) {
      for (const path of await this.#matching(source)) await this.#take(path, MOST_LINKS);
    }
    return [...this.#reached.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async #matching(source: string): Promise<readonly string[]> {
    if (!hasWildcards(source)) return [source];
    let found = [''];
    for (const component of source.split('/')) {
      const matches = componentTest(component);
      const next = await Promise.all(
        found.map(async (directory) =>
          [...(await this.#list(directory)).keys()].filter(matches).map((name) => join(directory, name)),
        ),
      );
      found = next.flat();
    }
    return found;
  }

  /** Takes what the path names. COPY follows a link that it names, or that lies on the way: both ends count. */
  async #take(path: string, linksLeft: number): Promise<void> {
    const names = path === '' ? [] : path.split('/');
    let at = '';
    for (const [index, name] of names.entries()) {
      const entry = (await this.#list(at)).get(name);
      at = join(at, name);
      if (entry === undefined) return;
      if (entry.kind !== 'link') continue;
      this.#add(at, entry);
      if (linksLeft === 0) return;
      const target = entry.target.startsWith('/') ? entry.target : `${posix.dirname(at)}/${entry.target}`;
      const rest = names.slice(index + 1).join('/');
      return this.#take(belowRoot(`${target}/${rest}`), linksLeft - 1);
    }
    await this.#takeAll(path);
  }

  async #takeAll(path: string): Promise<boolean> {
    if (path === '') return this.#takeMembers('');
    const entry = (await this.#list(posix.dirname(path).replace(/^\.$/, ''))).get(posix.basename(path));
    if (entry === undefined) return false;
    const ignored = this.#rules.ignores(path);
    if (entry.kind === 'directory' && entry.name !== '.git') {
      if (ignored && !this.#rules.hasExceptions) return false;
      // An ignored directory is still made when something in it is taken back in.
      const holds = await this.#takeMembers(path);
      if (ignored && !holds) return false;
    } else if (ignored) return false;
    this.#add(path, entry);
    return true;
  }

  async #takeMembers(path: string): Promise<boolean> {
    const names = [...(await this.#list(path)).keys()];
    const taken = await Promise.all(names.map((name) => this.#takeAll(join(path, name))));
    return taken.includes(true);
  }

  #add(path: string, entry: DirectoryEntry): void {
    if (this.#rules.ignores(path) && entry.kind !== 'directory') return;
    this.#reached.set(path, { ...entry, path });
  }

  #list(directory: string): Promise<ReadonlyMap<string, DirectoryEntry>> {
    let listing = this.#listings.get(directory);
    listing ??= this.#files
      .list(posix.join(this.#root, directory))
      .then((entries) => new Map(entries.map((entry) => [entry.name, entry])));
    this.#listings.set(directory, listing);
    return listing;
  }
}

function join(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

function belowRoot(path: string): string {
  return posix.normalize(`/${path}`).replace(/^\/+|\/+$/g, '');
}
