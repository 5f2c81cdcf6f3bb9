/** A repository as ECR keeps it, apart from its images. */
export interface Repository {
  readonly name: string;
  /** Epoch milliseconds, cloud time. */
  readonly createdAt: number;
  readonly mutability: Mutability;
  /** `*` stands for any characters; what these match is the exception of `…_WITH_EXCLUSION`. */
  readonly exclusions: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly scanOnPush: boolean;
  readonly encryptionType: string;
  readonly kmsKey?: string;
}

export type Mutability = 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION';

/** Repositories of another account's registry are kept under its number. */
export function foreignName(account: string, name: string): string {
  return `${account}/${name}`;
}

/** The account, if not the cloud's own, and the name as ECR knows it. */
export function readName(name: string): { readonly account: string | undefined; readonly own: string } {
  const [, account, own = name] = /^(\d{12})\/(.+)$/.exec(name) ?? [];
  return { account, own };
}

/** A repository with ECR's defaults. */
export function plainRepository(name: string, createdAt: number): Repository {
  return {
    name,
    createdAt,
    mutability: 'MUTABLE',
    exclusions: [],
    tags: {},
    scanOnPush: false,
    encryptionType: 'AES256',
  };
}

/** Whether a tag of this repository, once set, must not be moved. */
export function isImmutable(repository: Repository, tag: string): boolean {
  const excluded = repository.exclusions.some((filter) =>
    new RegExp(`^${filter.split('*').map(escapeRegExp).join('.*')}$`).test(tag),
  );
  switch (repository.mutability) {
    case 'MUTABLE':
      return false;
    case 'IMMUTABLE':
      return true;
    case 'IMMUTABLE_WITH_EXCLUSION':
      return !excluded;
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
