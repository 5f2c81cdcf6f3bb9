/** Where a file of the image came from: what the COPY and ADD of its stages put at a path. Pure. */
import { posix } from 'node:path';
import { hasWildcards } from '../context/ignore-pattern.ts';
import type { ResolvedStage } from './resolve.ts';
import { pathList, takeFlags } from './words.ts';

/** `undefined` while it is the base image's own, which the Dockerfile does not tell. */
type Directory = string | undefined;

/**
 * Paths below the context's root that may be the file at `path` of the target's image, the likeliest first. `stages`: all
 * up to the target, which is the last. A relative path is one below the directory that the container starts in. What a
 * variable or another image decides is left out.
 */
export function originsOf(path: string, stages: readonly ResolvedStage[]): readonly string[] {
  const lineage = lineageOf(stages);
  const absolute = absolutePath(path, lineage.reduce(directoryAfter, undefined));
  if (absolute === undefined) return [];
  let origins: readonly string[] = [];
  let directory: Directory;
  for (const stage of lineage) {
    for (const { name, text } of stage.instructions) {
      directory = enter(directory, name, text, stage);
      if (name !== 'COPY' && name !== 'ADD') continue;
      origins = [...copiedTo(absolute, { text, directory, stage }), ...origins];
    }
  }
  return [...new Set(origins)];
}

/** An instruction that puts files into the image. */
export interface Copied {
  readonly name: string;
  readonly line: number;
}

/** The COPY and ADD of the target's image whose destination is this directory, or one in it; what a variable decides is left out. */
export function copiedBelow(path: string, stages: readonly ResolvedStage[]): readonly Copied[] {
  const found: Copied[] = [];
  let directory: Directory;
  for (const stage of lineageOf(stages)) {
    for (const { name, text, firstLine } of stage.instructions) {
      directory = enter(directory, name, text, stage);
      if (name !== 'COPY' && name !== 'ADD') continue;
      const destination = destinationOf(pathList(takeFlags(text).rest), { directory, stage });
      if (destination !== undefined && `${destination}/`.startsWith(`${path}/`)) found.push({ name, line: firstLine });
    }
  }
  return found;
}

/** The target with the stages it begins with, the first of them first. */
function lineageOf(stages: readonly ResolvedStage[]): readonly ResolvedStage[] {
  const lineage: ResolvedStage[] = [];
  for (let stage = stages.at(-1); stage !== undefined; ) {
    lineage.unshift(stage);
    const { base }: ResolvedStage = stage;
    stage = 'stage' in base ? stages[base.stage.index] : undefined;
  }
  return lineage;
}

function directoryAfter(directory: Directory, stage: ResolvedStage): Directory {
  return stage.instructions.reduce<Directory>((at, { name, text }) => enter(at, name, text, stage), directory);
}

function enter(directory: Directory, name: string, text: string, { scope }: ResolvedStage): Directory {
  if (name !== 'WORKDIR') return directory;
  const target = scope.expand(text.trim());
  return target === undefined ? undefined : absolutePath(target, directory);
}

function absolutePath(path: string, directory: Directory): string | undefined {
  if (path.startsWith('/')) return posix.normalize(path);
  return directory === undefined ? undefined : posix.normalize(`${directory}/${path}`);
}

interface Copy {
  readonly text: string;
  readonly directory: Directory;
  readonly stage: ResolvedStage;
}

function copiedTo(path: string, { text, directory, stage }: Copy): readonly string[] {
  const { flags, rest } = takeFlags(text);
  if (flags.some(([flag]) => flag === 'from' || flag === 'parents')) return [];
  const list = pathList(rest);
  const destination = destinationOf(list, { directory, stage });
  if (destination === undefined) return [];
  const sources = list
    .slice(0, -1)
    .map((word) => stage.scope.expand(word))
    .filter((word) => word !== undefined && !hasWildcards(word)) as string[];
  return sources.flatMap((source) => mapped(path, destination, belowRoot(source)));
}

/** Without a slash at its end. */
function destinationOf(words: readonly string[], { directory, stage }: Omit<Copy, 'text'>): Directory {
  const target = stage.scope.expand(words.at(-1) ?? '');
  return target === undefined ? undefined : absolutePath(target, directory)?.replace(/(?<=.)\/$/, '');
}

/** A directory's content goes into the destination; a file becomes it, or goes into it under its own name. */
function mapped(path: string, destination: string, source: string): readonly string[] {
  if (path === destination) return source === '' ? [] : [source];
  const folder = destination === '/' ? '/' : `${destination}/`;
  if (!path.startsWith(folder)) return [];
  const rest = path.slice(folder.length);
  const inside = source === '' ? rest : `${source}/${rest}`;
  return posix.basename(source) === rest ? [source, inside] : [inside];
}

function belowRoot(path: string): string {
  return posix.normalize(`/${path}`).replace(/^\/+|\/+$/g, '');
}
