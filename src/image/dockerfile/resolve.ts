/** What building one target of a Dockerfile uses: stages, images, files, arguments. Pure. */
import { type Dockerfile, type Stage, stageNamed, targetStage } from './dockerfile.ts';
import type { Value } from './expand.ts';
import { type BuildArguments, platformArguments, Scope } from './scope.ts';
import type { SourceInstruction } from './source.ts';
import { type Source, sourcesOf } from './sources.ts';

/** Something that is used, and the line that uses it. */
export type Used<T> = T & { readonly line: number };

/** An image of a registry, as it is named. `undefined`: the name depends on what is not in the Dockerfile. */
export interface UsedImage {
  readonly reference: string | undefined;
  readonly written: string;
  /** Of `FROM --platform=…`; `undefined` = that of the build. */
  readonly platform: string | undefined;
}

export interface ResolvedStage {
  readonly stage: Stage;
  /** Its instructions with the ONBUILD triggers that an earlier stage left for it. */
  readonly instructions: readonly SourceInstruction[];
  /** The stage or image it begins with. */
  readonly base: { readonly stage: Stage } | { readonly image: Used<UsedImage> };
  readonly sources: readonly Used<Source>[];
  /** Declared by ARG, with their values; null = unset, or only known to the build. */
  readonly declared: readonly (readonly [string, string | null])[];
  readonly scope: Scope;
}

/** All stages of the Dockerfile up to and including the target, in order. `undefined`: there is no such target. */
export function resolveStages(
  dockerfile: Dockerfile,
  target: string | undefined,
  build: BuildArguments,
): readonly ResolvedStage[] | undefined {
  const last = targetStage(dockerfile, target);
  if (last === undefined) return undefined;
  const globals = globalScope(dockerfile, build);
  const resolved: ResolvedStage[] = [];
  for (const stage of dockerfile.stages.slice(0, last.index + 1)) {
    resolved.push(resolveStage(stage, { dockerfile, build, globals, earlier: resolved }));
  }
  return resolved;
}

interface Globals {
  readonly scope: Scope;
  readonly values: ReadonlyMap<string, Value>;
}

function globalScope({ globals, escapeCharacter }: Dockerfile, { buildArgs, platform }: BuildArguments): Globals {
  const scope = new Scope({ open: false, escapeCharacter });
  const values = new Map<string, Value>();
  const predefined = platformArguments(platform);
  scope.declare(Object.keys(predefined).join(' '), (name) => buildArgs[name] ?? predefined[name]);
  for (const { text } of globals) {
    for (const [name, value] of scope.declare(text, (name, byDefault) => buildArgs[name] ?? byDefault))
      values.set(name, value);
  }
  return { scope, values };
}

interface Surroundings {
  readonly dockerfile: Dockerfile;
  readonly build: BuildArguments;
  readonly globals: Globals;
  readonly earlier: readonly ResolvedStage[];
}

function resolveStage(stage: Stage, around: Surroundings): ResolvedStage {
  const { dockerfile, build, globals, earlier } = around;
  const reference = globals.scope.expand(stage.base);
  const stages = earlier.map((each) => each.stage);
  const parentStage = stageNamed(reference ?? '', stages, false);
  const parent = parentStage && earlier[parentStage.index];
  const image = {
    reference,
    written: stage.base,
    platform: stage.platform === undefined ? undefined : (globals.scope.expand(stage.platform) ?? '?'),
    line: stage.from.firstLine,
  };
  const open = parent === undefined && reference !== 'scratch';
  const scope = new Scope({ open, escapeCharacter: dockerfile.escapeCharacter, from: parent?.scope });
  const instructions = [...(parent ? triggersOf(parent) : []), ...stage.instructions];
  const predefined = platformArguments(build.platform);
  const given = (name: string, byDefault: Value): Value =>
    build.buildArgs[name] ?? byDefault ?? globals.values.get(name) ?? predefined[name];
  const sources: Used<Source>[] = [];
  const declared: (readonly [string, string | null])[] = [];
  for (const instruction of instructions) {
    if (instruction.name === 'ENV') scope.set(instruction.text);
    if (instruction.name === 'ARG') declared.push(...scope.declare(instruction.text, given).map(settled));
    const used = sourcesOf(instruction, (word) => scope.expand(word));
    sources.push(...used.map((source) => ({ ...source, line: instruction.firstLine })));
  }
  const base = parent ? { stage: parent.stage } : { image };
  return { stage, instructions, base, sources, declared, scope };
}

function settled([name, value]: readonly [string, Value]): readonly [string, string | null] {
  return [name, typeof value === 'string' ? value : null];
}

/** `ONBUILD COPY …` runs in the stage that begins with this one. */
function triggersOf({ instructions }: ResolvedStage): readonly SourceInstruction[] {
  return instructions.flatMap((instruction) => {
    if (instruction.name !== 'ONBUILD') return [];
    const [, name = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(instruction.text) ?? [];
    return [{ ...instruction, name: name.toUpperCase(), text }];
  });
}
