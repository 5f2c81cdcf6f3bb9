/** A manifest as it was pushed, byte for byte. */
export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Epoch milliseconds of the cloud's time. */
  readonly pushedAt: number;
}

/**
 * Where the images are: on this machine's disk, or in another registry behind ECR's API. Repository names are those
 * of ECR. Nothing here knows about credentials or immutability: those are rules of the callers.
 */
export interface ImageStorage {
  /** Whether the storage itself knows a repository of this name. */
  has(repository: string): Promise<boolean>;
  /** Tag → digest. */
  tags(repository: string): Promise<ReadonlyMap<string, string>>;
  manifests(repository: string): Promise<readonly StoredManifest[]>;
  /** By tag or digest; undefined when there is none. */
  manifest(repository: string, reference: string): Promise<StoredManifest | undefined>;
  putManifest(
    repository: string,
    manifest: { bytes: Buffer; mediaType: string; tag?: string },
  ): Promise<StoredManifest>;
  deleteManifest(repository: string, digest: string): Promise<boolean>;
  /** Size in bytes; undefined when the repository has no such blob. */
  blobSize(repository: string, digest: string): Promise<number | undefined>;
  /** A file on this machine with the blob's bytes, not to be changed. */
  blobFile(repository: string, digest: string): Promise<string | undefined>;
  /** A path for a file that `adoptBlob` is to take over. */
  draftFile(): string;
  /** Takes over a file whose bytes have this digest (checked by the caller); the file is moved. */
  adoptBlob(repository: string, digest: string, file: string): Promise<void>;
  /** Makes a blob of one repository known in another; false when the source has none. */
  mountBlob(from: string, to: string, digest: string): Promise<boolean>;
}
