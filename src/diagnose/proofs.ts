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
    ...stopProof(circumstances),
  ]);
}

/** The exception a reader should see first: one of the program's own, of the node that failed first. */
export function rootException(exceptions: readonly RaisedException[]): RaisedException | undefined {
  const named = exceptions.filter(({ type }) => type !== '');
  const all = named.filter(({ standing }) => standing === 'raised');
  const fatal = all.filter(({ survived }) => !survived);
  const raised = fatal.length > 0 ? fatal : all;
  const first = raised.find(({ led }) => !led) ?? raised[0];
  if (first && first.frames.length === 0) return raised.find((other) => tellsMore(other, first)) ?? first;
  return first ?? named.find(({ standing }) => standing === 'consequence');
}

/** A last catch prints the exception alone, and its traceback after that. */
function tellsMore(other: RaisedException, bare: RaisedException): boolean {
  return other.frames.length > 0 && textOf(other) === textOf(bare);
}

export function proofOfException(exception: RaisedException): Proof {
  const text = textOf(exception);
  return { source: 'log', quote: quoteAround(text, 0, text.length), line: exception.line.number };
}

/** The deepest frame of the user's own code. */
export function userFrame(exception: RaisedException | undefined): Frame | undefined {
  return exception?.frames.findLast(isUserFrame);
}

/** A stopped job has no reason; the console's last words are the nearest there is. */
function stopProof({ passages }: Circumstances): Proof[] {
  const said = passages.findLast(({ text }) => /Job ended with status 'Stopped'/.test(text));
  return said
    ? [{ source: said.source, quote: quoteAround(said.text, 0, 1), ...(said.line ? { line: said.line } : {}) }]
    : [];
}

export function reasonProof({ reason }: Circumstances): Proof[] {
  if (reason === undefined) return [];
  const whole = (quote: string): Proof => ({ source: 'failure-reason', quote: quoteAround(quote, 0, 1) });
  // Built-in algorithms put their own words behind the platform's sentence.
  const inner = /Caused by: [^\n]+/.exec(reason.text)?.[0];
  return [...(inner ? [whole(inner)] : []), whole(reason.text)];
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
