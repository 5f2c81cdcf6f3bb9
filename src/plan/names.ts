/** Names derived from the repository, the branch and the commit, within the limits of AWS and Git. */
import { canonicalJson, sha256 } from './hash.ts';

/** Lower-case, every other character a hyphen, none doubled or at the ends, at most so long; never empty. */
export function slug(text: string, longest: number): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  return plain.slice(0, longest).replace(/-+$/, '') || 'x';
}

/**
 * A branch as one path segment. Distinct refs give distinct slugs: what is changed or cut carries a hash of the ref,
 * and a ref that could be mistaken for such a result (`--`) is treated as one.
 */
export function branchSlug(ref: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,62}$/.test(ref) && !ref.includes('--')) return ref;
  const plain = ref
    .toLowerCase()
    .replace(/[^a-z0-9._-]/g, '-')
    .slice(0, 50);
  return `${plain}--${sha256(ref).slice(0, 8)}`;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

/** The default of `name`: the job id and the matrix values; what does not fit the grammar is cut and hashed. */
export function defaultName(jobId: string, matrix: Readonly<Record<string, unknown>>): string {
  const values = Object.values(matrix).map((value) => (typeof value === 'string' ? value : canonicalJson(value)));
  const whole = [jobId, ...values].join('-');
  return NAME.test(whole) ? whole : `${slug(whole, 33)}-${sha256(whole).slice(0, 6)}`;
}

/** ECR's repository grammar: lower-case path segments, separators only between letters and digits. */
export function repositoryName(repository: string, name: string): string {
  const segments = [...repository.split('/'), name].map((segment) =>
    segment
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/([._-])[._-]+/g, '$1')
      .replace(/^[._-]+|[._-]+$/g, ''),
  );
  return segments.map((segment) => segment || 'x').join('/');
}

export interface JobIdentity {
  /** `owner/name` */
  readonly repository: string;
  readonly name: string;
  readonly commit: string;
  readonly configHash: string;
  readonly requestHash: string;
}

/**
 * `train-<repo≤16>-<name≤12>-<commit8>-<hash10>-<ordinal>`: at most 63 characters of `[a-z0-9-]` for any input.
 * SageMaker has no other idempotency token than this name, and it is taken for ever.
 */
export function jobName(identity: JobIdentity, ordinal: number): string {
  const { repository, name, commit, configHash, requestHash } = identity;
  const hash = sha256(canonicalJson([configHash, requestHash, repository, name])).slice(0, 10);
  const short = slug(repository.split('/').at(-1) ?? '', 16);
  return `train-${short}-${slug(name, 12)}-${slug(commit, 8)}-${hash}-${ordinal}`;
}

/** Joins a prefix URI and path segments with single slashes; the result ends as the last segment does. */
export function joinUri(base: string, ...segments: readonly string[]): string {
  return [base.replace(/\/+$/, ''), ...segments].join('/');
}

/** Tag values take letters, digits, spaces and `_ . : / = + - @`, at most 256 characters; the rest becomes `_`. */
export function tagValue(text: string): string {
  const allowed = text.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, 256);
  // Cut within a pair: the half that is left is no letter any more.
  return allowed.isWellFormed() ? allowed : allowed.slice(0, -1);
}
