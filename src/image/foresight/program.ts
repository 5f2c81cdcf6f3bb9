/** Which of the files of an image is the program that SageMaker starts. Pure. */
import { posix } from 'node:path';
import type { HashedEntry } from '../context/read-context.ts';
import type { ResolvedStage } from '../dockerfile/resolve.ts';
import type { SourceInstruction } from '../dockerfile/source.ts';

export interface ProgramFacts {
  /** The target's stages, its own first. */
  readonly chain: readonly ResolvedStage[];
  readonly entries: readonly HashedEntry[];
  /** The job's own entry point and arguments, as far as it has them. */
  readonly started: readonly string[];
}

export interface Program {
  /** Of the context, in the order in which they are worth reading. */
  readonly files: readonly HashedEntry[];
  /** What starts it; `undefined` when the job itself does. */
  readonly line: number | undefined;
}

const CODE = /\.(?:py|pyx|ipynb|sh|bash|r|jl|lua|pl|go|rs|c|cc|cpp|java|scala|js|ts)$/i;
const SETTINGS = /\.(?:ya?ml|toml|json|cfg|ini|conf|env|properties|gin|jsonnet|txt)$/i;
/** Code that is not in the context: nothing is known about it then. */
const FETCHES = /\bgit (?:clone|fetch|submodule)|\bgit\+|\b(?:curl|wget|aws s3|gsutil) |--(?:extra-)?index-url/;

/** Whether a file may hold code or settings in words. */
export function isReadable(name: string): boolean {
  return isCode(name) || SETTINGS.test(name);
}

const isCode = (name: string): boolean => CODE.test(name) || !name.includes('.');

/** `undefined` where the program comes from elsewhere: a base image, a package, the network. */
export function programOf({ chain, entries, started }: ProgramFacts): Program | undefined {
  const instructions = chain.flatMap((stage) => stage.instructions.toReversed());
  if (instructions.some(fetchesCode)) return undefined;
  const text = started.length > 0 ? started.join(' ') : startText(instructions);
  const files = entries.filter(({ kind, name }) => kind === 'file' && isReadable(name));
  const first = files.filter(({ path, name }) => isCode(name) && startedIn(text, path));
  if (first.length === 0) return undefined;
  const rest = files.filter((file) => !first.includes(file));
  const line = started.length > 0 ? undefined : instructions.find(startsProgram)?.firstLine;
  return { files: [...first, ...rest.toSorted((a, b) => Number(isCode(b.name)) - Number(isCode(a.name)))], line };
}

function fetchesCode({ name, text, heredocs }: SourceInstruction): boolean {
  if (name === 'ADD') return /\b(?:https?|git|ssh):\/\/|\bgit@/.test(text);
  return name === 'RUN' && [text, ...heredocs.map(({ content }) => content)].some((each) => FETCHES.test(each));
}

const startsProgram = ({ name, text }: SourceInstruction): boolean =>
  name === 'ENTRYPOINT' || name === 'CMD' || (name === 'ENV' && /\bSAGEMAKER_PROGRAM\b/.test(text));

/** SageMaker starts an image without an entry point by the word `train`. */
function startText(instructions: readonly SourceInstruction[]): string {
  const texts = instructions.filter(startsProgram).map(({ text }) => text);
  return texts.length > 0 ? texts.join(' ') : 'train';
}

/** `text` names the file, or by `-m` the module or package that it is part of. */
function startedIn(text: string, path: string): boolean {
  const words = text.split(/[\s"'[\],=;&|]+/);
  if (words.some((word) => posix.basename(word) === posix.basename(path))) return true;
  const modules = words.flatMap((word, at) => (words[at - 1] === '-m' ? [word.replaceAll('.', '/')] : []));
  return modules.some((module) => `/${path}`.endsWith(`/${module}.py`) || `/${path}`.includes(`/${module}/`));
}
