/** The part of a Dockerfile that decides the target's image. Pure. */
import type { Stage } from './dockerfile.ts';
import { stageNamed } from './dockerfile.ts';
import type { ResolvedStage, Used, UsedImage } from './resolve.ts';
import type { Source } from './sources.ts';

/** Everything that building the target reads. */
export interface Reach {
  /** The target last; stages it does not depend on are left out. */
  readonly stages: readonly ResolvedStage[];
  /** External images, each once: bases, and what COPY --from and mounts name. `scratch` is none. */
  readonly images: readonly Used<UsedImage>[];
  readonly sources: readonly Used<Extract<Source, { kind: 'context' }>>[];
  readonly remotes: readonly Used<Extract<Source, { kind: 'remote' }>>[];
}

/** `resolved`: all stages up to the target, which is the last of them. */
export function reachOf(resolved: readonly ResolvedStage[]): Reach {
  const reached = new Set<number>();
  const images = new Map<string, Used<UsedImage>>();
  const visit = (stage: ResolvedStage | undefined): void => {
    if (stage === undefined || reached.has(stage.stage.index)) return;
    reached.add(stage.stage.index);
    for (const dependency of dependenciesOf(stage, resolved)) {
      if ('stage' in dependency) visit(resolved[dependency.stage.index]);
      else if (dependency.image.reference !== 'scratch') images.set(keyOf(dependency.image), dependency.image);
    }
  };
  visit(resolved.at(-1));
  const stages = resolved.filter(({ stage }) => reached.has(stage.index));
  const sources = stages.flatMap((stage) => stage.sources);
  return {
    stages,
    images: [...images.values()],
    sources: sources.filter((source) => source.kind === 'context'),
    remotes: sources.filter((source) => source.kind === 'remote'),
  };
}

function keyOf({ reference, written, platform }: UsedImage): string {
  return `${reference ?? written}\n${platform ?? ''}`;
}

/** What the stage begins with, and what its COPY --from and mounts name: an earlier stage or an image. */
function dependenciesOf(stage: ResolvedStage, all: readonly ResolvedStage[]): readonly ResolvedStage['base'][] {
  const earlier = all.slice(0, stage.stage.index).map((each): Stage => each.stage);
  const named = stage.sources.flatMap((source): readonly ResolvedStage['base'][] => {
    if (source.kind !== 'from') return [];
    const found = stageNamed(source.name, earlier, true);
    if (found) return [{ stage: found }];
    const { name, line } = source;
    // BuildKit expands no variables here: what looks like one is no image either.
    const reference = name.includes('$') ? undefined : name;
    return [{ image: { reference, written: name, platform: undefined, line } }];
  });
  return [stage.base, ...named];
}
