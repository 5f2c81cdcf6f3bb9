/** What an instruction of a stage brings in: files of the context, other stages, images, files of the network. Pure. */
import { posix } from 'node:path';
import { heredocName } from './heredoc.ts';
import type { SourceInstruction } from './source.ts';
import { pathList, takeFlags } from './words.ts';

export type Source =
  /** A path below the context's root, perhaps with wildcards; '' = all of it. */
  | { readonly kind: 'context'; readonly path: string }
  /** A stage or an image: only the list of stages tells. */
  | { readonly kind: 'from'; readonly name: string }
  | { readonly kind: 'remote'; readonly url: string; readonly pinned: boolean };

type Expand = (word: string) => string | undefined;

export function sourcesOf(instruction: SourceInstruction, expand: Expand): readonly Source[] {
  switch (instruction.name) {
    case 'COPY':
    case 'ADD':
      return copied(instruction, expand);
    case 'RUN':
      return mounted(instruction, expand);
    default:
      return [];
  }
}

function copied({ name, text }: SourceInstruction, expand: Expand): readonly Source[] {
  const { flags, rest } = takeFlags(text);
  const from = flags.find(([flag]) => flag === 'from')?.[1];
  if (from !== undefined) return [{ kind: 'from', name: from }];
  const checked = flags.some(([flag]) => flag === 'checksum');
  const words = pathList(rest).slice(0, -1);
  return words
    .filter((word) => heredocName(word) === undefined)
    .map((word) => {
      const path = expand(word);
      const url = remoteUrl(name, path ?? word);
      if (url !== undefined) return { kind: 'remote', url, pinned: checked || isPinnedGit(url) };
      return { kind: 'context', path: path === undefined ? '' : belowRoot(path) };
    });
}

/** ADD fetches URLs and Git repositories; COPY never does. */
function remoteUrl(name: string, source: string): string | undefined {
  return name === 'ADD' && /^(?:https?:\/\/|git@|git:\/\/|ssh:\/\/)/.test(source) ? source : undefined;
}

function isPinnedGit(url: string): boolean {
  return /#[0-9a-f]{40}(?::|$)/.test(url);
}

/** `--mount=type=bind,source=…` reads the context, `from=…` a stage or an image. Secrets, caches and tmpfs decide nothing. */
function mounted({ text }: SourceInstruction, expand: Expand): readonly Source[] {
  const mounts = takeFlags(text).flags.filter(([flag]) => flag === 'mount');
  return mounts.flatMap(([, value]): readonly Source[] => {
    const options = new Map(value.split(',').map((option) => splitOption(option)));
    const type = options.get('type') ?? 'bind';
    const from = options.get('from');
    if (from !== undefined && (type === 'bind' || type === 'cache')) return [{ kind: 'from', name: from }];
    if (type !== 'bind') return [];
    const path = expand(options.get('source') ?? options.get('src') ?? '');
    return [{ kind: 'context', path: path === undefined ? '' : belowRoot(path) }];
  });
}

function splitOption(option: string): readonly [string, string] {
  const [, name = '', value = ''] = /^\s*([^=]*?)\s*(?:=([\s\S]*))?$/.exec(option) ?? [];
  return [name.toLowerCase(), value];
}

/** `../x`, `/x` and `./x` are all `x`: a build cannot leave its context. */
function belowRoot(path: string): string {
  return posix.normalize(`/${path}`).replace(/^\/+|\/+$/g, '');
}
