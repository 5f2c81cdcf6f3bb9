/** `host[:port]/repository[:tag][@sha256:…]` taken apart. */
export interface ImageUri {
  readonly host: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** For ECR's own host names: the account that owns the registry, and its region. */
  readonly registryId: string | undefined;
  readonly region: string | undefined;
}

/** `undefined` for what is no full image URI: SageMaker takes none without a registry host. */
export function parseImageUri(uri: string): ImageUri | undefined {
  const match =
    /^([^/@]+)\/([a-z0-9][a-z0-9._/-]*?)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
      uri,
    );
  const [, host, repository, tag, digest] = match ?? [];
  if (host === undefined || repository === undefined) return undefined;
  if (!host.includes('.') && !host.includes(':') && host !== 'localhost') return undefined;
  const [, registryId, region] = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(host) ?? [];
  return { host, repository, tag, digest, registryId, region };
}

/**
 * An image as a Dockerfile names it: without a registry it lies on Docker Hub, without a tag it is `latest`.
 * `undefined` for what is no name of an image.
 */
export function parseReference(reference: string): ImageUri | undefined {
  const first = reference.split('/')[0] ?? '';
  const hasHost = reference.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  const path = reference.includes('/') ? reference : `library/${reference}`;
  const parsed = parseImageUri(hasHost ? reference : `docker.io/${path}`);
  return parsed && { ...parsed, tag: parsed.tag ?? (parsed.digest === undefined ? 'latest' : undefined) };
}
