/**
 * What this pull request's runs came to, kept in a hidden line of the comment itself: no other memory outlives a run. The line
 * is read back with suspicion, for anybody who may write comments as this workflow could have changed it.
 */
import { figure } from './figures.ts';
import { code, details, link, table } from './markdown.ts';
import type { Report } from './report.ts';

const VERDICTS = ['running', 'success', 'failure', 'cancelled', 'pending', 'skipped', 'superseded'] as const;
type Verdict = (typeof VERDICTS)[number];

/** One run of the workflow. */
export interface Entry {
  readonly run: string;
  readonly commit: string;
  readonly verdict: Verdict;
  /** An earlier job was reported again. */
  readonly reused: boolean;
  readonly metric: { readonly name: string; readonly value: number } | null;
}

const MOST = 15;
const NAME_LIMIT = 80;

/** The entries of the comment as it stands, with this run's own written anew at the end. */
export function historyWith(report: Report, present: string | undefined): readonly Entry[] {
  const others = readHistory(present).filter(({ run }) => run !== report.runId);
  return [...others, entryOf(report)].slice(-MOST);
}

function entryOf(report: Report): Entry {
  const { commit, conclusion, gates, job, metrics, outcome, runId } = report;
  const first = gates.flatMap(({ gate }) => gate.metricsUsed)[0];
  const key = metrics.find(({ name }) => name === first) ?? metrics[0];
  const value = key?.last;
  const shown = key !== undefined && key.name.length <= NAME_LIMIT && value !== undefined && Number.isFinite(value);
  return {
    run: runId,
    commit: commit.sha,
    verdict: outcome?.kind === 'superseded' || outcome?.kind === 'head-moved' ? 'superseded' : conclusion,
    reused: job?.origin === 'reused',
    metric: shown ? { name: key.name, value } : null,
  };
}

/** The last line but one: a log that prints such a line stands further up. */
const LINE = /\n<!-- train-history:(.*) -->\n<!-- train-run:\d+ -->\s*$/;

/** Nothing in JSON that could end an HTML comment, or begin one, survives this. */
export function historyLine(entries: readonly Entry[]): string {
  const json = JSON.stringify(entries).replace(/[-<>&\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `<!-- train-history:${json} -->`;
}

/** Only what is an entry in every part; none where the line is missing or broken. */
export function readHistory(comment: string | undefined): readonly Entry[] {
  const text = LINE.exec(comment?.replaceAll('\r\n', '\n') ?? '')?.[1];
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.flatMap(toEntry).slice(-MOST) : [];
  } catch {
    return [];
  }
}

function toEntry(value: unknown): Entry[] {
  const { run, commit, verdict, reused, metric } = Object(value) as Record<string, unknown>;
  const known = VERDICTS.find((each) => each === verdict);
  if (typeof run !== 'string' || !/^\d{1,20}$/.test(run)) return [];
  if (typeof commit !== 'string' || !/^[0-9a-f]{40,64}$/.test(commit) || known === undefined) return [];
  return [{ run, commit, verdict: known, reused: reused === true, metric: toMetric(metric) }];
}

function toMetric(value: unknown): Entry['metric'] {
  const { name, value: number } = Object(value) as Record<string, unknown>;
  if (typeof name !== 'string' || name.length > NAME_LIMIT || typeof number !== 'number') return null;
  return Number.isFinite(number) ? { name, value: number } : null;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  running: '⏳ running',
  success: '✅ passed',
  failure: '❌ failed',
  cancelled: '⛔ cancelled',
  pending: '🕓 pending',
  skipped: '⏭️ skipped',
  superseded: '⛔ superseded by a newer commit',
};

/** Newest first; empty as long as this run is the only one. */
export function historySection(entries: readonly Entry[], { repository, runUrl, runId }: Report): string {
  if (entries.length < 2) return '';
  const [server] = runUrl.split(`/${repository}/`);
  const rows = [...entries].reverse().map(({ run, commit, verdict, reused, metric }) => [
    link(commit.slice(0, 7), `${server}/${repository}/commit/${commit}`),
    // A run that a newer one took the comment from never came to say how it ended.
    `${verdict === 'running' && run !== runId ? '⛔ replaced by a newer run' : WORDS[verdict]}${reused ? ', by an earlier job' : ''}`,
    metric === null ? '–' : `${code(metric.name)} ${figure(metric.value)}`,
    link('run', `${server}/${repository}/actions/runs/${run}`),
  ]);
  return details(
    `${entries.length} runs of this pull request`,
    table(['Commit', 'Verdict', 'Metric', ''], 'llll', rows),
  );
}
