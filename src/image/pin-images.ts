/** Asks the registries which image the names of a Dockerfile stand for now. */
import { messageOf } from '../failure.ts';
import type { Aws, Distribution, Registry, RegistryLogin } from '../ports.ts';
import type { Used, UsedImage } from './dockerfile/resolve.ts';
import type { PinnedImage } from './fingerprint.ts';
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
}

/** One call for each image of ECR that is named by tag; none for what is named by digest. Never throws. */
export function pinImages(images: readonly Used<UsedImage>[], doors: PinDoors): Promise<readonly Pinned[]> {
  return Promise.all(images.map((image) => pin(image, doors)));
}

async function pin({ reference, written, line }: Used<UsedImage>, doors: PinDoors): Promise<Pinned> {
  if (reference === undefined) {
    return { reference: written, digest: undefined, line, why: 'its name depends on the machine that builds' };
  }
  const uri = parseReference(reference);
  if (uri === undefined) return { reference, digest: undefined, line, why: 'it is no name of an image' };
  if (uri.digest !== undefined) return { reference, digest: uri.digest, line, why: undefined };
  try {
    const digest = await digestOf(uri, doors);
    return { reference, digest, line, why: digest === undefined ? 'its registry holds no such image' : undefined };
  } catch (error) {
    return { reference, digest: undefined, line, why: messageOf(error) };
  }
}

async function digestOf(uri: ImageUri, doors: PinDoors): Promise<string | undefined> {
  const tag = uri.tag ?? 'latest';
  const ecr = ecrHost(uri);
  const registry = ecr
    ? registryOf(ecr.region, doors)
    : doors.registry.standsBehind(uri.host)
      ? doors.registry
      : undefined;
  if (registry) return (await registry.image(uri.repository, { tag }, ecr?.registryId))?.digest;
  const login: RegistryLogin | undefined = doors.logins.get(uri.host);
  return doors.distribution.digest({ host: uri.host, repository: uri.repository, reference: tag }, login);
}

function registryOf(region: string, doors: PinDoors): Registry {
  return region === doors.region ? doors.registry : doors.registryIn(region);
}
