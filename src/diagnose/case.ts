/** The JSON form of a case, as `npm run explain` reads it, and as the rules' samples are written. */
import type { Evidence, MetricSeries } from './evidence.ts';
import { excerptOf, type LogExcerpt } from './log/excerpt.ts';
import { readRequestFacts } from './request-facts.ts';

/** Any part may be null or absent. */
export interface CaseInput {
  readonly id?: string | null;
  /** `Failed`, `Stopped`, `InProgress`, …; `not-created` when the API refused the request. */
  readonly status?: string | null;
  readonly secondary_status?: string | null;
  readonly failure_reason?: string | null;
  readonly log?: string | null;
  /** `{name: [[epoch seconds, value], …]}` */
  readonly metrics?: Readonly<Record<string, readonly (readonly [number, number])[]>> | null;
  readonly request_facts?: Readonly<Record<string, unknown>> | null;
}

/** `log` replaces the case's own text: an excerpt of a log too large for a JSON line. */
export function evidenceOf(input: CaseInput, log?: LogExcerpt): Evidence {
  return {
    job: {
      status: input.status ?? undefined,
      secondaryStatus: input.secondary_status ?? undefined,
      failureReason: input.failure_reason || undefined,
      transitions: [],
    },
    log: log ?? excerptOf(typeof input.log === 'string' ? input.log : ''),
    request: readRequestFacts(input.request_facts),
    metrics: seriesOf(input.metrics),
  };
}

function seriesOf(metrics: CaseInput['metrics']): MetricSeries[] {
  if (typeof metrics !== 'object' || metrics === null) return [];
  return Object.entries(metrics)
    .filter(([, points]) => Array.isArray(points))
    .map(([name, points]) => ({ name, points: points.filter((point) => Array.isArray(point) && point.length === 2) }));
}
