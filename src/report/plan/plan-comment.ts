/**
 * The plan's section of a training's comment. It stands below the result, which it never touches; a hidden line at the end of
 * the comment tells how long it is, so that nothing that a training has printed can be taken for it.
 */
import type { Clean } from '../../hostile/text.ts';
import type { Cleaner } from '../cleaner.ts';
import { cleanPlan } from './clean-plan.ts';
import type { PlanReport } from './plan-report.ts';
import { planSection } from './plan-section.ts';

/** GitHub takes 65,536 UTF-16 units; the rest is room for a redaction that lengthens the text. */
const COMMENT_LIMIT = 64_000;
const SECTION_LIMIT = 20_000;
const RULE = '\n\n---\n\n';

/** A plan as it stands in a comment. */
export interface PlacedPlan {
  readonly run: string;
  readonly commit: string;
  readonly section: string;
}

export interface CommentParts {
  /** The training's own report, without the hidden lines; '' where there is none. */
  readonly result: string;
  readonly plan: PlacedPlan | undefined;
  /** The hidden lines of the training's report; '' without one. */
  readonly trailer: string;
}

const HIDDEN =
  /\n\n(?:<!-- train-plan:(\{"run":"\d{1,20}","commit":"[0-9a-f]{40,64}","units":\d{1,5}\}) -->\n)?(<!-- train-history:.* -->\n<!-- train-run:\d+ -->)?\s*$/;

/** What a comment of ours holds. What does not add up counts as the training's report: that is never lost. */
export function commentParts(comment: string | undefined): CommentParts {
  const text = (comment ?? '').replaceAll('\r\n', '\n');
  const body = text.slice(text.indexOf('\n') + 1);
  const hidden = HIDDEN.exec(body);
  if (hidden === null) return { result: body.trimEnd(), plan: undefined, trailer: '' };
  const shown = body.slice(0, hidden.index);
  const trailer = hidden[2] ?? '';
  const plan = placedPlan(hidden[1], shown);
  if (plan === undefined) return { result: shown, plan, trailer };
  const before = shown.slice(0, shown.length - plan.section.length);
  return { result: before === '' ? '' : before.slice(0, -RULE.length), plan, trailer };
}

function placedPlan(line: string | undefined, shown: string): PlacedPlan | undefined {
  if (line === undefined) return undefined;
  const { run, commit, units } = JSON.parse(line) as { run: string; commit: string; units: number };
  if (units > shown.length) return undefined;
  const [before, section] = [shown.slice(0, shown.length - units), shown.slice(shown.length - units)];
  return before === '' || before.endsWith(RULE) ? { run, commit, section } : undefined;
}

/** A comment of these parts. `marker`: its first line. */
export function commentOf(marker: string, { result, plan, trailer }: CommentParts): string {
  const shown = [result, plan?.section ?? ''].filter((text) => text !== '').join(RULE);
  const hidden = [...(plan === undefined ? [] : [planLine(plan)]), ...(trailer === '' ? [] : [trailer])].join('\n');
  return `${marker}\n${shown}\n\n${hidden}\n`;
}

function planLine({ run, commit, section }: PlacedPlan): string {
  return `<!-- train-plan:${JSON.stringify({ run, commit, units: section.length })} -->`;
}

/** The comment with this plan in the place of an older one; a newer run's plan stays. `present`: the comment that is there. */
export function commentWithPlan(
  marker: string,
  report: PlanReport,
  clean: Cleaner,
  present: string | undefined,
): Clean {
  const parts = commentParts(present);
  // The comment was written clean, and cleaning it again could cut its hidden lines.
  if (parts.plan !== undefined && Number(parts.plan.run) > Number(report.runId))
    return commentOf(marker, parts) as Clean;
  const room = Math.min(SECTION_LIMIT, COMMENT_LIMIT - commentOf(marker, { ...parts, plan: undefined }).length);
  const section: string = clean(planSection(cleanPlan(report, clean), room)).trim();
  return commentOf(marker, { ...parts, plan: { run: report.runId, commit: report.commit.sha, section } }) as Clean;
}

/** The plan that a training's report leaves where it is: one of a newer run, for another commit. */
export function planToKeep(
  present: string | undefined,
  { runId, sha }: { runId: string; sha: string },
): PlacedPlan | undefined {
  const { plan } = commentParts(present);
  return plan !== undefined && plan.commit !== sha && Number(plan.run) > Number(runId) ? plan : undefined;
}
