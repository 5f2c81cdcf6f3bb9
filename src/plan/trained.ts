import { Failure } from '../failure.ts';
import type { CheckedOut } from '../ports.ts';
import type { Subject } from './subject.ts';

/** What the checkout holds: the commit itself, or a merge of it into the base branch (GitHub's default for pull requests). */
export interface Trained {
  readonly sha: string;
  readonly isMerge: boolean;
}

/**
 * The checkout must be the commit the report is about, or a merge with it as a parent: then the merge is trained, and
 * comment and tags say so. Anything else would put a green check on code that was not trained.
 */
export function whatIsTrained(subject: Subject, head: CheckedOut | undefined, imageGiven: boolean): Trained {
  if (head === undefined) {
    if (imageGiven) return { sha: subject.sha, isMerge: false };
    throw new Failure(
      'CHECKOUT_MISMATCH',
      'There is no checkout of the repository to build the image from.',
      `Put \`uses: actions/checkout@v7\` with \`ref: ${subject.checkoutRef}\` before this step, or give an existing \`image\`.`,
    );
  }
  if (head.sha === subject.sha) return { sha: head.sha, isMerge: false };
  if (head.parents.length > 1 && head.parents.includes(subject.sha)) return { sha: head.sha, isMerge: true };
  throw new Failure(
    'CHECKOUT_MISMATCH',
    `The checkout is at ${head.sha}, but this run is about ${subject.sha} (${subject.event}).`,
    `Give actions/checkout \`with: { ref: '${subject.checkoutRef}' }\`.`,
  );
}
