/** What a build context should not bring into an image. Pure. */
import type { HashedEntry } from '../context/read-context.ts';
import type { Finding } from './finding.ts';

const GB = 1e9;
const LARGE_CONTEXT = GB;
/** A data file this large belongs into a channel. Bytes. */
const LARGE_DATA = 50e6;
const SHOWN = 5;

const SECRETS =
  /(?:^|\/)(?:\.env(?:\.(?!example$|sample$|template$)[\w.-]+)?|\.netrc|\.npmrc|\.pypirc|\.pgpass|id_(?:rsa|dsa|ecdsa|ed25519)|[^/]+\.(?:pem|p12|pfx|key|keystore|jks)|\.aws\/credentials|\.docker\/config\.json|\.git-credentials|kubeconfig|[^/]+\.tfstate|gha-creds-[^/]+\.json)$/i;
const DATA =
  /\.(?:csv|tsv|parquet|feather|arrow|orc|avro|npy|npz|h5|hdf5|pkl|pickle|joblib|pt|pth|ckpt|safetensors|onnx|zip|tar|gz|bz2|xz|zst|7z|sqlite|db|jsonl|tfrecord|mat|nc|mp4|wav)$/i;

/** `entries`: what COPY, ADD and bind mounts of the built stages reach. */
export function contextFindings(entries: readonly HashedEntry[]): readonly Finding[] {
  const files = entries.filter(({ kind }) => kind === 'file');
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const data = files.filter(({ path, sizeBytes }) => sizeBytes >= LARGE_DATA && DATA.test(path));
  const repositories = entries.filter(({ name, kind }) => name === '.git' && kind === 'directory');
  const secrets = files.filter(({ path }) => SECRETS.test(path) && !/certifi\/|cacert\.pem$/.test(path));
  return [
    ...(total > LARGE_CONTEXT
      ? [`The image takes ${size(total)} from the build context. The biggest: ${biggest(files)}.`]
      : []),
    ...(total <= LARGE_CONTEXT && data.length > 0
      ? [
          `Data is copied into the image: ${biggest(data)}. Give it to the training as a channel, and name it in .dockerignore.`,
        ]
      : []),
    ...repositories.map(
      ({ path }) =>
        `${path} is copied into the image, with the token that actions/checkout keeps in it, and makes every commit a new image: name it in .dockerignore.`,
    ),
    ...(secrets.length > 0
      ? [
          `What looks like secrets is copied into the image: ${listed(secrets.map(({ path }) => path))}. Name it in .dockerignore; a build gets secrets by \`build-secrets\`.`,
        ]
      : []),
  ].map((message) => ({ message, line: undefined }));
}

function biggest(files: readonly HashedEntry[]): string {
  const sorted = files.toSorted((a, b) => b.sizeBytes - a.sizeBytes);
  return listed(sorted.map(({ path, sizeBytes }) => `${path} (${size(sizeBytes)})`));
}

function listed(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function size(bytes: number): string {
  return bytes >= GB ? `${(bytes / GB).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
