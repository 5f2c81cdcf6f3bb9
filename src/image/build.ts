/** Builds the image with Docker, pushes it to ECR, and gives it its tags. */
import { join, posix } from 'node:path';
import { Failure } from '../failure.ts';
import { rejection } from '../job/rejection.ts';
import { sha256 } from '../plan/hash.ts';
import type { Plan } from '../plan/plan.ts';
import type { Aws, Distribution, Files, RegistryImage, RegistryLogin, Runner } from '../ports.ts';
import { cacheReference } from './build-cache.ts';
import { fingerprintTag } from './decide.ts';
import { type DockerConfig, withDockerConfig } from './docker-config.ts';
import { failedLine } from './docker-step.ts';
import { type DockerDoors, FoldedDocker } from './folded-docker.ts';
import type { Image } from './image.ts';
import { addTags } from './image-tags.ts';
import { loginsFor } from './logins.ts';
import { type PinDoors, pinImages } from './pin-images.ts';
import type { ImageRecipe } from './recipe.ts';

export interface BuildDoors extends DockerDoors, Pick<Aws, 'registry' | 'registryIn'> {
  readonly distribution: Distribution;
  readonly files: Files;
  readonly runner: DockerDoors['runner'] & Pick<Runner, 'save' | 'warning'>;
}

export interface Build {
  readonly plan: Plan;
  readonly recipe: ImageRecipe;
  readonly repository: string;
  /** The tags the image is to have, the first of which it is pushed under. */
  readonly tags: readonly string[];
  /** Those of them, and of the fingerprint, that exist already. */
  readonly found: readonly RegistryImage[];
}

const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

export type BuiltImage = Omit<Image, 'reason'>;

export async function buildAndPush(
  build: Build,
  doors: BuildDoors & PinDoors,
  signal: AbortSignal,
): Promise<BuiltImage> {
  const { registry } = doors;
  const { plan, recipe, repository } = build;
  const repositoryUri = await ensureRepository(repository, plan, registry);
  const pushTag = pushTagOf(build);
  const notes: string[] = [];
  const pushed = await pushWithDocker(build, { repositoryUri, pushTag, notes }, doors, signal);
  const image = await shownBy(registry, repository, pushed === undefined ? { tag: pushTag } : { digest: pushed });
  const isCovered = recipe.uncovered.length === 0 && (await stillPinned(recipe, doors, notes));
  const further = [
    ...build.tags.filter((tag) => tag !== pushTag),
    ...(isCovered ? [fingerprintTag(recipe.fingerprint)] : []),
  ];
  notes.push(...(await addTags({ registry, repository, image }, further)), ...manifestNotes(image));
  const fingerprint = isCovered ? recipe.fingerprint : boundTo(plan, recipe, image);
  return { uri: `${repositoryUri}@${image.digest}`, fingerprint, source: 'built', notes };
}

async function ensureRepository(repository: string, plan: Plan, registry: Aws['registry']): Promise<string> {
  const tags = [
    { Key: 'train-repository', Value: plan.subject.repository },
    { Key: 'train-name', Value: plan.name },
  ];
  try {
    return (await registry.repositoryUri(repository)) ?? (await registry.createRepository(repository, tags));
  } catch (error) {
    throw rejection('other', error, `The ECR repository ${repository} cannot be used`);
  }
}

/** A tag that exists may be immutable: then a name of this run stands in, and the tag is moved there afterwards if it can be. */
function pushTagOf({ plan, tags, found }: Build): string {
  const [first = 'latest'] = tags;
  if (!found.some(({ tag }) => tag === first)) return first;
  const suffix = `-${plan.run.id}-${plan.run.attempt}`;
  return `${first.slice(0, 128 - suffix.length)}${suffix}`;
}

interface Push {
  readonly repositoryUri: string;
  readonly pushTag: string;
  readonly notes: string[];
}

async function pushWithDocker(
  build: Build,
  { repositoryUri, pushTag, notes }: Push,
  doors: BuildDoors & PinDoors,
  signal: AbortSignal,
) {
  const { plan, recipe } = build;
  const { image } = plan.inputs;
  const logins = await loginsFor(recipe, doors);
  return withDockerConfig(
    logins.map(({ host }) => host),
    doors,
    async (config) => {
      const docker = new FoldedDocker(doors, config, signal);
      const login = async (each: readonly RegistryLogin[]) => {
        for (const one of each) await docker.login(one);
      };
      await login(logins);
      const builder = await docker.builder(image.cache === 'auto');
      if (builder.kind === 'old' && recipe.context.ignoreFileIsBuildKits) throw unknownIgnoreFile(recipe);
      const wants = {
        image,
        reference: `${repositoryUri}:${pushTag}`,
        secretFiles: await secretFiles(plan, config, doors),
        pull: recipe.images.length > 0 && recipe.images.every(({ why }) => why === undefined),
        cacheReference: builder.exportsCache ? await cacheReference(build, doors.registry, notes) : undefined,
      };
      const relogin = async () => login(await loginsFor(recipe, doors));
      return docker.buildAndPush(wants, builder, relogin).catch((error) => {
        throw placed(error, recipe);
      });
    },
  );
}

function unknownIgnoreFile({ context }: ImageRecipe): Failure {
  return new Failure(
    'IMAGE_BUILD_FAILED',
    `Docker's old builder does not know ${context.ignoreFile ?? 'an ignore file beside the Dockerfile'}: it would put other files into the image.`,
    'Use docker/setup-buildx-action before this step, or write a .dockerignore into the context.',
  );
}

/** A failed build is shown on the line of the Dockerfile that it stopped at. */
function placed(error: unknown, { dockerfile, path }: ImageRecipe): unknown {
  if (!(error instanceof Failure) || error.code !== 'IMAGE_BUILD_FAILED') return error;
  const line = failedLine(error.message.split('\n'), dockerfile, path);
  if (line === undefined || path.startsWith('..') || posix.isAbsolute(path)) return error;
  const { code, message, remedy, cause } = error;
  return new Failure(code, message, remedy, cause, { file: path, line });
}

async function secretFiles(plan: Plan, config: DockerConfig, { files }: BuildDoors): Promise<Record<string, string>> {
  const paths: Record<string, string> = {};
  for (const [index, [id, value]] of Object.entries(plan.inputs.image.buildSecrets).entries()) {
    const path = join(config.directory, `secret-${index}`);
    await files.write(path, value);
    paths[id] = path;
  }
  return paths;
}

/** ECR's word on what was pushed. */
async function shownBy(
  registry: Aws['registry'],
  repository: string,
  id: Parameters<Aws['registry']['image']>[1],
): Promise<RegistryImage> {
  const found = await registry.image(repository, id).catch((error) => {
    throw rejection('other', error, `Amazon ECR does not show what was pushed to ${repository}`);
  });
  if (found) return found;
  throw new Failure(
    'IMAGE_PUSH_FAILED',
    `The push ended well, but Amazon ECR shows no such image in ${repository}.`,
    'Run the job again.',
  );
}

/** The builder pulled some time after the names were read: only if they have not moved, the image is what was asked for. */
async function stillPinned({ reach, images }: ImageRecipe, doors: PinDoors, notes: string[]): Promise<boolean> {
  const now = await pinImages(reach.images, doors);
  const moved = images.filter(
    ({ reference, digest }) => now.find((each) => each.reference === reference)?.digest !== digest,
  );
  for (const { reference } of moved)
    notes.push(`${reference} moved while the image was built: the next run builds it again.`);
  return moved.length === 0;
}

/**
 * What the fingerprint does not cover may differ in another commit's image, so no job of another commit may stand in for
 * this one's; a re-run of the same commit still finds its checkpoints. A base that moved makes even that another image.
 */
export function boundTo(
  { trained }: Plan,
  { fingerprint, uncovered }: ImageRecipe,
  { digest }: Pick<RegistryImage, 'digest'>,
): string {
  return sha256(`${fingerprint} ${uncovered.length > 0 ? trained.sha : digest}`);
}

/** The manifest type decides whether the image can be deployed. */
function manifestNotes({ mediaType }: RegistryImage): readonly string[] {
  if (mediaType === undefined || mediaType === DOCKER_MANIFEST) return [];
  return [
    `The image was pushed as ${mediaType}: training takes it, but SageMaker endpoints (CreateModel) accept only Docker's own manifest type. Use docker/setup-buildx-action before this step to get that.`,
  ];
}
