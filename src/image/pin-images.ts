/** Asks the registries which image the names of a Dockerfile stand for now. */
import { messageOf } from '../failure.ts';
import type { Aws, Distribution, Registry, RegistryLogin } from '../ports.ts';
import type { Used, UsedImage } from './dockerfile/resolve.ts';
import type { PinnedImage } from './fingerprint.ts';
import { compressedSize } from './foresight/disk-finding.ts';
import { configOf, type ImageConfig } from './foresight/image-config.ts';
import { type ImageUri, parseReference } from './image-uri.ts';
import type { OwnLogins } from './own-logins.ts';
import { ecrHost } from './registries.ts';

export interface PinDoors extends Pick<Aws, 'registry' | 'registryIn'> {
  readonly distribution: Distribution;
  readonly logins: OwnLogins;
  /** The region of `registry`. */
  readonly region: string;
}

/** A pinned image, or why it could not be. */
export interface Pinned extends PinnedImage {
  readonly line: number;
  readonly why: string | undefined;
  /** Of its layers; 0 = not known. */
  readonly compressedBytes: number;
  /** Asks its registry for what it is; only ECR is asked. */
  readonly config?: () => Promise<ImageConfig | undefined>;
}

/** One call for each image of ECR that is named by tag; none for what is named by digest. Never throws. */
export function pinImages(images: readonly Used<UsedImage>[], doors: PinDoors): Promise<readonly Pinned[]> {
  return Promise.all(images.map((image) => pin(image, doors)));
}

async function pin({ reference, written, line }: Used<UsedImage>, doors: PinDoors): Promise<Pinned> {
  if (reference === undefined) {
    return unpinned(written, line, 'its name depends on the machine that builds');
  }
  const uri = parseReference(reference);
  if (uri === undefined) return unpinned(reference, line, 'it is no name of an image');
  if (uri.digest !== undefined) return { reference, digest: uri.digest, line, why: undefined, compressedBytes: 0 };
  try {
    const found = await find(uri, doors);
    if (found === undefined) return unpinned(reference, line, 'its registry holds no such image');
    return { reference, line, why: undefined, ...found };
  } catch (error) {
    return unpinned(reference, line, messageOf(error));
  }
}

function unpinned(reference: string, line: number, why: string): Pinned {
  return { reference, digest: undefined, line, why, compressedBytes: 0 };
}

async function find(
  uri: ImageUri,
  doors: PinDoors,
): Promise<Pick<Pinned, 'digest' | 'compressedBytes' | 'config'> | undefined> {
  const tag = uri.tag ?? 'latest';
  const registry = ecrOf(uri, doors);
  if (registry) {
    const image = await registry.image(uri.repository, { tag }, uri.registryId);
    if (image === undefined) return undefined;
    const config = () => configOf(registry, uri.repository, image);
    return { digest: image.digest, compressedBytes: compressedSize(image.manifest), config };
  }
  const login: RegistryLogin | undefined = doors.logins.get(uri.host);
  const digest = await doors.distribution.digest({ ...uri, reference: tag }, login);
  return digest === undefined ? undefined : { digest, compressedBytes: 0 };
}

/** ECR's API for the image; `undefined` for other registries. */
function ecrOf(uri: ImageUri, doors: PinDoors): Registry | undefined {
  const ecr = ecrHost(uri);
  if (ecr) return registryOf(ecr.region, doors);
  return doors.registry.standsBehind(uri.host) ? doors.registry : undefined;
}

function registryOf(region: string, doors: PinDoors): Registry {
  return region === doors.region ? doors.registry : doors.registryIn(region);
}
