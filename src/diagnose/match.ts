/** Applies the rules to what was said and known. */
import type { Circumstances } from './circumstances.ts';
import type { Proof } from './evidence.ts';
import { isUserFrame } from './exception.ts';
import type { Passage } from './passages.ts';
import { type FactSign, isTextSign, type Rule, type TextSign } from './rule.ts';

export interface Match {
  readonly rule: Rule;
  /** 0..1 */
  readonly score: number;
  readonly proof: Proof;
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
}

const WARNING_FACTOR = 0.5;
const CONSEQUENCE_FACTOR = 0.75;
const LONGEST_QUOTE = 400;

/** Every rule's matches, the strongest of each rule first; at most a few a rule. */
export function matchRules(rules: readonly Rule[], circumstances: Circumstances): Match[] {
  return rules.flatMap((rule) => {
    const matches = rule.signs.flatMap((sign) =>
      isTextSign(sign) ? textMatches(rule, sign, circumstances) : factMatches(rule, sign, circumstances),
    );
    return matches.sort((a, b) => b.score - a.score).slice(0, 4);
  });
}

function factMatches(rule: Rule, sign: FactSign, circumstances: Circumstances): Match[] {
  const proof = sign.holds(circumstances);
  if (proof === undefined) return [];
  return [{ rule, score: sign.strength, proof, text: proof.quote, groups: [proof.quote] }];
}

function textMatches(rule: Rule, sign: TextSign, circumstances: Circumstances): Match[] {
  if (sign.when && !sign.when(circumstances)) return [];
  const matches: Match[] = [];
  for (const passage of circumstances.passages) {
    if (sign.in && !sign.in.includes(passage.kind)) continue;
    const found = sign.pattern.exec(passage.text);
    if (!found || sign.unless?.test(passage.text) || !framesFit(sign, passage)) continue;
    const factor = warningFactor(sign, passage) * consequenceFactor(rule, passage, circumstances);
    matches.push({
      rule,
      score: sign.strength * passage.weight * factor,
      proof: proofOf(passage, found.index, found[0].length),
      text: passage.text,
      groups: [...found],
    });
  }
  return strongest(matches);
}

/** A log can hold a statement ten thousand times; the first ones of the strongest are enough. */
function strongest(matches: readonly Match[]): Match[] {
  const best = Math.max(0, ...matches.slice(0, 1_000).map(({ score }) => score));
  return matches.filter(({ score }) => score >= best - 0.1).slice(0, 4);
}

function framesFit(sign: TextSign, { exception }: Passage): boolean {
  if (sign.frames === undefined && sign.raisedIn === undefined) return true;
  if (exception === undefined) return false;
  const { frames } = exception;
  if (sign.frames && !frames.some(({ file, function: name, code }) => sign.frames?.test(`${file} ${name} ${code}`)))
    return false;
  const last = frames.at(-1);
  if (sign.raisedIn === undefined) return true;
  if (last === undefined) return false;
  return sign.raisedIn instanceof RegExp
    ? sign.raisedIn.test(last.file)
    : isUserFrame(last) === (sign.raisedIn === 'user');
}

function warningFactor(sign: TextSign, { warning }: Passage): number {
  return warning && !sign.evenInWarnings ? WARNING_FACTOR : 1;
}

/** What the other ranks say when one of them has raised yields to what that one said. */
function consequenceFactor(rule: Rule, passage: Passage, { exceptions }: Circumstances): number {
  if (!rule.consequence) return 1;
  const raised = exceptions.some(
    (one) => one !== passage.exception && one.standing === 'raised' && one.type !== '' && !isOfRule(rule, one),
  );
  return raised ? CONSEQUENCE_FACTOR : 1;
}

function isOfRule(rule: Rule, { type, message }: { type: string; message: string }): boolean {
  return rule.signs.some((sign) => isTextSign(sign) && sign.pattern.test(`${type}: ${message}`));
}

/** The words that matched, with as much around them as a quote may hold. */
function proofOf(passage: Passage, index: number, length: number): Proof {
  const place = passage.line === undefined ? {} : { line: passage.line };
  return { source: passage.source, quote: quoteAround(passage.text, index, length), ...place };
}

export function quoteAround(text: string, index: number, length: number): string {
  if (text.length <= LONGEST_QUOTE) return text;
  const lead = Math.max(0, Math.min(150, LONGEST_QUOTE - length));
  const start = index < LONGEST_QUOTE - Math.min(length, LONGEST_QUOTE) ? 0 : Math.max(0, index - lead);
  return text.slice(start, start + LONGEST_QUOTE).toWellFormed();
}
