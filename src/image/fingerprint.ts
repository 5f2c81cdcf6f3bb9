/** One hash of all that decides an image: equal fingerprints, equal images. Pure. */
import { canonicalJson, sha256 } from '../plan/hash.ts';
import type { HashedEntry } from './context/read-context.ts';
import type { Dockerfile } from './dockerfile/dockerfile.ts';
import type { Reach } from './dockerfile/reach.ts';
import type { ResolvedStage } from './dockerfile/resolve.ts';

/** An image that the build uses; `undefined` digest = it could not be told. */
export interface PinnedImage {
  readonly reference: string;
  readonly digest: string | undefined;
}

export interface Recipe {
  readonly dockerfile: Dockerfile;
  readonly reach: Reach;
  readonly platform: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly images: readonly PinnedImage[];
  readonly entries: readonly HashedEntry[];
}

/** Changes whenever the same recipe would get another hash: then every image is built anew, once. */
const VERSION = 1;

/**
 * Comments, stages that the target does not need, arguments that nothing declares, times, owners and the place of the
 * checkout are left out; so are secrets, which must not decide an image. Hex sha256.
 */
export function fingerprintOf({ dockerfile, reach, platform, buildArgs, images, entries }: Recipe): string {
  return sha256(
    canonicalJson({
      version: VERSION,
      platform,
      escape: dockerfile.escapeCharacter,
      syntax: dockerfile.directives.syntax ?? null,
      stages: reach.stages.map((stage) => stagePart(stage, reach.stages)),
      builder: Object.entries(buildArgs)
        .filter(([name]) => SPEAKS_TO_BUILDER.test(name))
        .sort(),
      images: images.map(({ reference, digest }) => [reference, digest ?? null]).sort(),
      files: entries.map(({ path, kind, mode, target, content }) => [
        path,
        kind,
        kind === 'link' ? 0 : mode,
        target,
        content,
      ]),
    }),
  );
}

/** Arguments that the builder itself obeys, declared or not. Those for proxies are not among them: they decide nothing. */
const SPEAKS_TO_BUILDER = /^(?:BUILDKIT_|SOURCE_DATE_EPOCH$)/;

/** A stage without a name goes by its place among those that count. */
function stagePart({ stage, base, instructions, declared }: ResolvedStage, all: readonly ResolvedStage[]) {
  const nameOf = ({ name, index }: ResolvedStage['stage']) =>
    name ?? all.findIndex((each) => each.stage.index === index);
  return {
    name: nameOf(stage),
    base: 'stage' in base ? { stage: nameOf(base.stage) } : { image: base.image.reference ?? base.image.written },
    platform: 'image' in base ? (base.image.platform ?? null) : null,
    instructions: instructions.map(({ name, text, heredocs }) => [name, text, heredocs]),
    declared,
  };
}
