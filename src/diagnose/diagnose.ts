/** From evidence to a diagnosis: every rule is asked, the causes are ranked, and doubt shows in the confidence. */
import { checksOf } from './checks.ts';
import { type Circumstances, readCircumstances } from './circumstances.ts';
import type { Cause, Diagnosis } from './diagnosis.ts';
import type { Evidence, Proof } from './evidence.ts';
import type { Label } from './labels.ts';
import { type Match, matchRules } from './match.ts';
import { proofsFor } from './proofs.ts';
import { RULES } from './rules/index.ts';
import { unknownDiagnosis } from './unknown.ts';

/** Below this a cause is a guess, and `unknown` is the honest answer. */
const LEAST = 0.42;
/** A runner-up this close makes two plausible causes. */
const CLOSE = 0.06;
const MOST_SURE = 0.97;
/** Of two close causes neither is said with confidence. */
const DOUBT = 0.75;
const SECOND_SOURCE = 0.02;
/** Only a decisive statement is passed on with confidence; a likely one stays below it. */
const DECISIVE = 0.9;
const LIKELY = 0.79;

interface Candidate extends Cause {
  readonly matches: readonly Match[];
}

export function diagnose(evidence: Evidence): Diagnosis {
  return diagnoseCircumstances(readCircumstances(evidence));
}

/** The same of evidence that was read already. */
export function diagnoseCircumstances(circumstances: Circumstances): Diagnosis {
  const [first, ...others] = rank(matchRules(RULES, circumstances));
  const checks = checksOf(circumstances);
  if (first === undefined || first.confidence < LEAST) return { ...unknownDiagnosis(circumstances), checks };
  const best = first.matches[0] as Match;
  const alternatives = others.filter((other) => isPlausible(other, first));
  return {
    label: first.label,
    title: best.rule.title,
    confidence: confidenceOf(first, others[0]),
    evidence: proofsFor(first.matches, circumstances),
    remedy: remedyOf(best, circumstances),
    retryable: best.rule.retryable,
    checks,
    alternatives: alternatives
      .slice(0, 2)
      .map(({ label, title, confidence }) => ({ label, title, confidence: rounded(confidence) })),
  };
}

/** Another cause needs words of its own: the same words, read less exactly, are no second cause. */
function isPlausible({ confidence, matches }: Candidate, first: Candidate): boolean {
  if (confidence < LEAST || confidence <= first.confidence - 0.3) return false;
  const isClose = first.confidence - confidence < CLOSE;
  return isClose || !matches.every(({ text }) => first.matches.some((match) => match.text === text));
}

function rank(matches: readonly Match[]): Candidate[] {
  const byLabel = Map.groupBy(matches, ({ rule }) => rule.label);
  return [...byLabel]
    .map(([label, ofLabel]) => toCandidate(label, ofLabel))
    .sort((a, b) => b.confidence - a.confidence);
}

function toCandidate(label: Label, unsorted: readonly Match[]): Candidate {
  const matches = unsorted.toSorted((a, b) => b.score - a.score || (a.proof.line ?? 0) - (b.proof.line ?? 0));
  const best = matches[0] as Match;
  const sources = new Set(matches.map(({ proof }) => proof.source)).size;
  const confidence = Math.min(MOST_SURE, best.score + SECOND_SOURCE * (sources - 1));
  return { label, title: best.rule.title, confidence, matches };
}

function confidenceOf(first: Candidate, second: Candidate | undefined): number {
  const close = second !== undefined && first.confidence - second.confidence < CLOSE;
  const honest = first.confidence >= DECISIVE ? first.confidence : Math.min(LIKELY, first.confidence);
  return rounded(close ? Math.min(DOUBT, honest) : honest);
}

function remedyOf({ rule, text, groups }: Match, circumstances: Circumstances): string[] {
  return [...rule.remedy({ text, match: groups, request: circumstances.evidence.request, circumstances })];
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

export type { Proof };
