/** Metrics read off the log as it passes by: those of presets and names by their forms, the others by the user's expressions. */
import type { MetricDefinition } from '../inputs/inputs.ts';
import type { WithinTime } from '../ports.ts';
import type { CurvePoint, Observed } from './curve.ts';
import { isMadeFromName } from './definitions.ts';
import { Expressions } from './expressions.ts';
import { LogMetrics } from './log-metrics.ts';
import type { PresetName } from './presets.ts';

export type { CurvePoint, Observed } from './curve.ts';
export { numberOf } from './number.ts';

export interface Observer {
  /** Takes one line of the log. */
  line(text: string): void;
  /** Takes lines of one node; the more at once, the less the limit of the expressions costs. */
  lines(node: string, texts: readonly string[]): void;
  /** The job was interrupted: what its program prints from now on may repeat what it printed before. */
  restarted(): void;
  /** By metric name; every definition has an entry, and then every metric that a preset found. */
  observed(): ReadonlyMap<string, Observed>;
  /** At most so many points of each metric. */
  curves(most: number): ReadonlyMap<string, readonly CurvePoint[]>;
  /** What a reader of the metrics must know. */
  notes(): readonly string[];
}

export interface Observing {
  readonly presets?: readonly PresetName[];
  /** Default: no limit. */
  readonly withinTime?: WithinTime;
}

const NOTHING: Observed = { last: undefined, min: undefined, max: undefined, points: 0 };
const UNLIMITED: WithinTime = (work) => {
  work();
  return true;
};

/** Memory does not grow with the log. */
export function observe(
  definitions: readonly MetricDefinition[],
  { presets = [], withinTime = UNLIMITED }: Observing = {},
): Observer {
  const names = definitions.filter(isMadeFromName).map(({ name }) => name);
  const log = new LogMetrics({ presets, names });
  const expressions = new Expressions(
    definitions.filter((definition) => !isMadeFromName(definition)),
    withinTime,
  );
  const given = <T>(values: ReadonlyMap<string, T>, nothing: T) => {
    const givenUp = new Set(expressions.givenUp());
    const all = [...definitions.map(({ name }) => name), ...values.keys()];
    return new Map(all.map((name) => [name, givenUp.has(name) ? nothing : (values.get(name) ?? nothing)]));
  };
  const idle = definitions.length + presets.length === 0;
  const lines = (node: string, texts: readonly string[]) => {
    if (idle) return;
    const drawings = texts.flatMap((text) => log.line(node, text));
    for (const { measurement, drawing } of expressions.match(drawings))
      log.take(measurement, { rank: drawing.records[0]?.rank ?? 0, node }, drawing.line);
  };
  return {
    lines,
    line: (text) => lines('algo-1', [text]),
    restarted: () => log.restarted(),
    observed: () => given(log.observed(), NOTHING),
    curves: (most) => given<readonly CurvePoint[]>(log.curves(most), []),
    notes: () => [...expressions.givenUp().map(tooSlow), ...log.disputed().map(disputed)],
  };
}

function tooSlow(name: string): string {
  return `The expression of the metric \`${name}\` took too long on a line of the log and was given up; only SageMaker's own value of it counts.`;
}

function disputed(name: string): string {
  return `Several processes print the metric \`${name}\` with different values; the one of the lowest rank counts.`;
}
