/** The run file of a job, read back with suspicion: it lies in a bucket. */

import type { Inputs } from '../inputs/inputs.ts';
import { isObject, type Json, type JsonObject } from '../inputs/json.ts';
import { parseGates } from '../metrics/gate.ts';
import { isPresetName } from '../metrics/presets.ts';

export interface ReadRunFile {
  readonly branch: string | undefined;
  readonly base: string | undefined;
  readonly statusContext: string | undefined;
  /** How the result is to be judged; `max-cost` is the waiting run's own. */
  readonly judge: Omit<Inputs['judge'], 'maxCostUsd'>;
}

/** Names, expressions and contexts are one line each. UTF-16 units. */
const LONGEST_TEXT = 1_000;

/** `undefined` for what is no run file of this version, or holds gates that are none. */
export function readRunFile(text: string): ReadRunFile | undefined {
  const file = parsed(text);
  if (file?.version !== 1) return undefined;
  const { gates, mistakes } = parseGates(lines(file.gates).join('\n'));
  if (mistakes.length > 0) return undefined;
  const report = isObject(file.report) ? file.report : {};
  return {
    branch: line(file.branch),
    base: line(file.base),
    statusContext: line(report.statusContext),
    judge: {
      gates,
      metrics: items(file.metrics).flatMap((one) => {
        const [name, regex] = isObject(one) ? [line(one.name), line(one.regex)] : [];
        return name === undefined || regex === undefined ? [] : [{ name, regex }];
      }),
      presets: lines(file.metricPresets).filter(isPresetName),
      missingMetric: file.missingMetric === 'warn' ? 'warn' : 'fail',
      missingBaseline: file.missingBaseline === 'fail' ? 'fail' : 'pass',
      objective: objectiveOf(file.objective),
      baseline: line(file.baseline) ?? 'base',
    },
  };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function objectiveOf(value: Json | undefined): Inputs['judge']['objective'] {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([name, direction]) =>
      direction === 'minimize' || direction === 'maximize' ? [[name, direction] as const] : [],
    ),
  );
}

function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function lines(value: Json | undefined): readonly string[] {
  return items(value).flatMap((one) => line(one) ?? []);
}

function line(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.length <= LONGEST_TEXT && !/\p{Cc}/u.test(value) ? value : undefined;
}
