/**
 * What went wrong, as a closed set. Code tells failures apart; message and remedy are for people.
 * A training job that failed, a gate that says no and a spot interruption are values, never a `Failure`.
 */
export type FailureCode =
  | 'INPUT_INVALID'
  | 'EVENT_UNSUPPORTED'
  | 'CHECKOUT_MISMATCH'
  | 'CREDENTIALS_MISSING'
  | 'CREDENTIALS_EXPIRED'
  | 'AWS_ACCESS_DENIED'
  | 'AWS_UNAVAILABLE'
  | 'IMAGE_BUILD_FAILED'
  | 'IMAGE_PUSH_FAILED'
  | 'IMAGE_NOT_FOUND'
  | 'DOCKER_MISSING'
  | 'JOB_REJECTED'
  | 'JOB_QUOTA_EXCEEDED'
  | 'JOB_NOT_FOUND'
  | 'JOB_NAME_TAKEN'
  | 'ROLE_NOT_ASSUMABLE'
  | 'CHECKPOINT_IN_USE'
  | 'STORAGE_UNAVAILABLE'
  | 'GITHUB_UNAVAILABLE'
  | 'STATUS_NOT_WRITTEN'
  | 'CANCELLED'
  | 'INTERNAL';

/** "This action could not do its work": what happened, and what to do next. */
export class Failure extends Error {
  readonly code: FailureCode;
  /** One or more sentences telling the user what to do; never empty. */
  readonly remedy: string;
  /** The line of the repository that it is about. */
  readonly place: { readonly file: string; readonly line: number } | undefined;

  constructor(code: FailureCode, message: string, remedy: string, cause?: unknown, place?: Failure['place']) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Failure';
    this.code = code;
    this.remedy = remedy;
    this.place = place;
  }
}

/** The error's own text, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
