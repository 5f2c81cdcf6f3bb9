/** Which line of the Dockerfile docker stopped at. Pure. */
import { posix } from 'node:path';
import type { DockerfileSource } from './dockerfile/source.ts';

/** Reads the end of docker's output; `undefined` when it names no line. Knows BuildKit, new and old, and the old builder. */
export function failedLine(tail: readonly string[], dockerfile: DockerfileSource, path: string): number | undefined {
  const text = tail.join('\n');
  const name = posix.basename(path).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const said =
    new RegExp(`^${name}:(\\d+)$`, 'm').exec(text) ?? /dockerfile parse error (?:on )?line (\d+)/i.exec(text);
  if (said) return Number(said[1]);
  // The last one: with several stages, earlier steps are those that went well.
  const steps = [...text.matchAll(/^ ?> \[[^\]]*\] (.+?):?$|^Step \d+\/\d+ : (.+)$/gm)];
  const [, buildKit, old] = steps.at(-1) ?? [];
  return lineOf(buildKit ?? old, dockerfile);
}

function lineOf(step: string | undefined, { instructions }: DockerfileSource): number | undefined {
  if (step === undefined) return undefined;
  const shown = collapsed(step);
  const found = instructions.find(({ name, text }) => collapsed(`${name} ${text}`) === shown);
  // Variables are shown with their values: then the instruction is found only if there is one of its kind.
  const kind = instructions.filter(({ name }) => name === shown.split(' ', 1)[0]);
  return (found ?? (kind.length === 1 ? kind[0] : undefined))?.firstLine;
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
