/** What every mode does with a job that it followed: the outcome, then why it went wrong or what could be better. */
import type { ExplainDoors } from './diagnose/explain-job.ts';
import { type Attempt, adviseOnEnd, explainEnd } from './diagnose/explaining.ts';
import type { LiveLog } from './diagnose/live-log.ts';
import type { Aws, Ports } from './ports.ts';
import { assess, type Ended } from './report/assess.ts';
import type { Facts } from './report/make-report.ts';

type Doors = Ports & Aws & { readonly signal: AbortSignal };

/** `log` heard the job while it was followed. */
export async function tellEnding(facts: Facts, ended: Ended, log: LiveLog, doors: Doors): Promise<void> {
  const assessed = await assess(ended, doors);
  facts.notes.push(...assessed.notes);
  Object.assign(facts, assessed.facts);
  await tellWhy(facts, log, doors);
}

/** Nothing of what was told before. */
async function tellWhy(facts: Facts, log: LiveLog, doors: ExplainDoors): Promise<void> {
  const { job, outcome, started, resume } = facts;
  const unwanted = outcome?.kind === 'failed' || outcome?.kind === 'stopped';
  if (job && unwanted) note(await explainEnd(job, log, facts.inputs.image, doors), facts);
  const isNews = outcome?.kind === 'completed' && started?.origin !== 'reused';
  if (job && isNews) facts.advice = await adviseOnEnd(job, log, resume?.quote !== undefined, doors);
}

/** Keeps an explanation, or why there is none. */
export function note({ explained, note: text }: Attempt, facts: Facts): void {
  if (explained) facts.explained = explained;
  if (text) facts.notes.push(text);
}
