/** Reads all that decides the image: Dockerfile, context, base images. */
import { posix } from 'node:path';
import { Failure } from '../failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Files } from '../ports.ts';
import { type Context, readContext } from './context/read-context.ts';
import { type Dockerfile, parseDockerfile } from './dockerfile/dockerfile.ts';
import { type Reach, reachOf } from './dockerfile/reach.ts';
import { type ResolvedStage, resolveStages } from './dockerfile/resolve.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type PinDoors, type Pinned, pinImages } from './pin-images.ts';

export interface ImageRecipe {
  readonly dockerfile: Dockerfile;
  /** As it is shown and annotated: relative to the workspace. */
  readonly path: string;
  /** All stages up to the target: the old builder builds those the target does not need as well. */
  readonly stages: readonly ResolvedStage[];
  readonly reach: Reach;
  readonly context: Context;
  readonly images: readonly Pinned[];
  readonly fingerprint: string;
  /** Why the fingerprint does not cover all that decides the image. */
  readonly uncovered: readonly string[];
}

type Doors = PinDoors & { readonly files: Pick<Files, 'read' | 'list' | 'sha256'> };

/** Throws a Failure for a Dockerfile or target that does not exist. */
export async function readRecipe(image: Inputs['image'], doors: Doors): Promise<ImageRecipe> {
  const path = posix.normalize(image.dockerfile);
  const dockerfile = parseDockerfile(await textOf(image, doors.files));
  const stages = stagesOf(dockerfile, image, path);
  const reach = reachOf(stages);
  const query = {
    root: image.context,
    dockerfile: image.dockerfile,
    sources: reach.sources.map((source) => source.path),
  };
  const [context, images] = await Promise.all([readContext(query, doors.files), pinImages(reach.images, doors)]);
  const { platform, buildArgs } = image;
  const fingerprint = fingerprintOf({ dockerfile, reach, platform, buildArgs, images, entries: context.entries });
  return { dockerfile, path, stages, reach, context, images, fingerprint, uncovered: uncoveredBy(images, reach) };
}

async function textOf({ dockerfile, context }: Inputs['image'], files: Pick<Files, 'read'>): Promise<string> {
  const text = await files.read(dockerfile);
  if (text !== undefined) return text;
  throw new Failure(
    'INPUT_INVALID',
    `There is no Dockerfile at ${dockerfile} (context ${context}).`,
    'Set `dockerfile` or `context` to where it is in the checkout, or give an existing `image`.',
  );
}

function stagesOf(dockerfile: Dockerfile, { target, platform, buildArgs }: Inputs['image'], path: string) {
  const stages = resolveStages(dockerfile, target, { platform, buildArgs });
  if (stages !== undefined) return stages;
  if (target === undefined) {
    throw new Failure('IMAGE_BUILD_FAILED', `${path} has no FROM.`, 'Begin it with `FROM <image>`.', undefined, {
      file: path,
      line: 1,
    });
  }
  const names = dockerfile.stages.flatMap(({ name }) => name ?? []);
  const known = names.length > 0 ? `Its stages are ${names.join(', ')}.` : 'None of its stages has a name.';
  throw new Failure(
    'INPUT_INVALID',
    `\`target\` is ${target}, but ${path} has no such stage. ${known}`,
    'Name one of them, or give a stage that name: `FROM … AS <name>`.',
  );
}

function uncoveredBy(images: readonly Pinned[], { remotes }: Reach): readonly string[] {
  return [
    ...images.flatMap(({ reference, why }) => (why === undefined ? [] : [`which image ${reference} is now (${why})`])),
    ...remotes.flatMap(({ url, pinned }) => (pinned ? [] : [`what ADD ${url} fetches (\`--checksum\` would pin it)`])),
  ];
}
