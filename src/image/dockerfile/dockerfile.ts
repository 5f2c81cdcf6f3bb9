/** The stages of a Dockerfile. Pure. */
import { type DockerfileSource, readSource, type SourceInstruction } from './source.ts';
import { splitWords, takeFlags } from './words.ts';

export interface Stage {
  readonly index: number;
  /** After `AS`, in lower case: Docker does not tell cases apart. */
  readonly name: string | undefined;
  /** Not yet expanded: an image, or an earlier stage. */
  readonly base: string;
  /** Not yet expanded. */
  readonly platform: string | undefined;
  readonly from: SourceInstruction;
  readonly instructions: readonly SourceInstruction[];
}

export interface Dockerfile extends DockerfileSource {
  /** `ARG` before the first `FROM`: they serve the `FROM` lines, and as defaults of `ARG name` in a stage. */
  readonly globals: readonly SourceInstruction[];
  readonly stages: readonly Stage[];
}

export function parseDockerfile(text: string): Dockerfile {
  const source = readSource(text);
  const starts = source.instructions.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  const firstFrom = starts[0] ?? source.instructions.length;
  const globals = source.instructions.slice(0, firstFrom).filter(({ name }) => name === 'ARG');
  const stages = starts.map((start, index) => stageOf(source.instructions.slice(start, starts[index + 1]), index));
  return { ...source, globals, stages: stages.filter((stage) => stage !== undefined) };
}

function stageOf([from, ...instructions]: readonly SourceInstruction[], index: number): Stage | undefined {
  if (from === undefined) return undefined;
  const { flags, rest } = takeFlags(from.text);
  const [base = '', as = '', name] = splitWords(rest);
  return {
    index,
    name: as.toLowerCase() === 'as' ? name?.toLowerCase() : undefined,
    base,
    platform: flags.find(([flag]) => flag === 'platform')?.[1],
    from,
    instructions,
  };
}

/** The stage that a word names: the last of the `earlier` ones with that name, or, where allowed, the one of that number. */
export function stageNamed(word: string, earlier: readonly Stage[], byNumber: boolean): Stage | undefined {
  const named = earlier.findLast(({ name }) => name === word.toLowerCase());
  return named ?? (byNumber && /^\d+$/.test(word) ? earlier[Number(word)] : undefined);
}

/** The stage that is built: the last one, or that of `target` by name or number. */
export function targetStage({ stages }: Dockerfile, target: string | undefined): Stage | undefined {
  return target === undefined ? stages.at(-1) : stageNamed(target, stages, true);
}
