/** Chooses what is quoted: the decisive words first, then what stands beside them. */
import type { Circumstances } from './circumstances.ts';
import type { Proof } from './evidence.ts';
import { type Frame, isUserFrame, type RaisedException, textOf } from './exception.ts';
import { type Match, quoteAround } from './match.ts';

const MOST = 5;

export function proofsFor(matches: readonly Match[], circumstances: Circumstances): Proof[] {
  const root = rootException(circumstances.exceptions);
  return distinct([
    ...matches.slice(0, 3).map(({ proof }) => proof),
    ...(root ? [proofOfException(root)] : []),
    ...matches.slice(3).map(({ proof }) => proof),
    ...reasonProof(circumstances),
  ]);
}

/** The exception a reader should see first: one of the program's own, of the node that failed first. */
export function rootException(exceptions: readonly RaisedException[]): RaisedException | undefined {
  const named = exceptions.filter(({ type }) => type !== '');
  const raised = named.filter(({ standing }) => standing === 'raised');
  const first = raised.find(({ led }) => !led) ?? raised[0];
  return first ?? named.find(({ standing }) => standing === 'consequence');
}

export function proofOfException(exception: RaisedException): Proof {
  const text = textOf(exception);
  return { source: 'log', quote: quoteAround(text, 0, text.length), line: exception.line.number };
}

/** The deepest frame of the user's own code. */
export function userFrame(exception: RaisedException | undefined): Frame | undefined {
  return exception?.frames.findLast(isUserFrame);
}

export function reasonProof({ reason }: Circumstances): Proof[] {
  if (reason === undefined) return [];
  return [{ source: 'failure-reason', quote: quoteAround(reason.text, 0, 1) }];
}

/** A quote inside another says nothing new. */
export function distinct(proofs: readonly Proof[]): Proof[] {
  const kept: Proof[] = [];
  for (const proof of proofs) {
    const quote = squeeze(proof.quote);
    if (quote === '' || kept.some((other) => squeeze(other.quote).includes(quote))) continue;
    kept.push({ ...proof, quote: proof.quote.trim() });
    if (kept.length === MOST) break;
  }
  return kept;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
