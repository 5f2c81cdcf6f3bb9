/** What is kept of a log as it passes by: the last lines, the metrics, what it says of resuming. Memory is bounded. */
import { clean } from '../hostile/clean.ts';
import type { Clean, Untrusted } from '../hostile/text.ts';
import type { MetricDefinition } from '../inputs/inputs.ts';
import { type CurvePoint, type Observed, type Observing, observe } from '../metrics/observe.ts';
import type { Secrets } from '../ports.ts';
import type { JobEvent } from './events.ts';

export interface TailLine {
  readonly node: string;
  readonly line: Clean;
}

export interface Recorder {
  record(event: JobEvent): void;
  tail(): readonly TailLine[];
  observed(): ReadonlyMap<string, Observed>;
  /** The curve of each metric, thinned to at most so many points. */
  curves(most: number): ReadonlyMap<string, readonly CurvePoint[]>;
  /** What a reader of the metrics must know. */
  metricNotes(): readonly string[];
  /** The last line that speaks of going on from a checkpoint, step or epoch. */
  resumeQuote(): Clean | undefined;
}

const LONGEST_KEPT = 2000;
const RESUMES =
  /\b(resum(?:ed?|ing)|restor(?:ed?|ing)|continu(?:e|ed|ing) from|load(?:ed|ing) (?:from )?(?:the )?checkpoint)\b/i;
const FROM_WHERE = /\b(checkpoint|ckpt|step|epoch|iter(?:ation)?)\b/i;

export function makeRecorder(
  definitions: readonly MetricDefinition[],
  tailLines: number,
  secrets: Pick<Secrets, 'redact'>,
  observing: Observing = {},
): Recorder {
  const tail: TailLine[] = [];
  const observer = observe(definitions, observing);
  let quote: Clean | undefined;
  const take = (node: string, raw: Untrusted) => {
    // Cleaned before it is cut: the half of a secret would not be known as one any more.
    const line = clean(raw, secrets).slice(0, LONGEST_KEPT).toWellFormed() as Clean;
    if (RESUMES.test(line) && FROM_WHERE.test(line)) quote = line;
    tail.push({ node, line });
    if (tail.length > tailLines) tail.shift();
  };
  return {
    record(event) {
      if (event.kind === 'transition' && event.status === 'Interrupted') observer.restarted();
      if (event.kind !== 'lines') return;
      observer.lines(event.node, event.lines);
      for (const line of event.lines) take(event.node, line);
    },
    tail: () => tail,
    observed: () => observer.observed(),
    curves: (most) => observer.curves(most),
    metricNotes: () => observer.notes(),
    resumeQuote: () => quote,
  };
}
