/**
 * Metrics read off logs: one JSON object a line in (`id`, `preset`, `names`, `log`), one a line out (`id`, `metrics`).
 * A line that asks for what does not exist is answered with `error`, and the others are still answered.
 * JSON knows neither nan nor inf: they are the strings "nan", "inf" and "-inf".
 */
import { createInterface } from 'node:readline';
import { LogMetrics } from '../src/metrics/log-metrics.ts';
import { isPresetName, type PresetName } from '../src/metrics/presets.ts';
import { linesShown } from './curves/display.ts';

interface Asked {
  readonly id: unknown;
  readonly preset?: string | null;
  readonly names?: readonly string[] | null;
  readonly log?: string | null;
}

function answer({ id, preset, names, log }: Asked): string {
  const metrics = new LogMetrics({ presets: presetsOf(preset), names: preset ? [] : (names ?? []) });
  for (const { node, text } of linesShown(log ?? '')) metrics.line(node, text);
  const found = [...metrics.observed()].filter(([, { points }]) => points > 0);
  return JSON.stringify({
    id,
    metrics: found.map(([name, { last, min, max, points }]) => ({
      name,
      last: spelled(last),
      min: spelled(min),
      max: spelled(max),
      points,
    })),
  });
}

function presetsOf(preset: string | null | undefined): readonly PresetName[] {
  if (!preset) return [];
  if (!isPresetName(preset)) throw new Error(`there is no preset ${JSON.stringify(preset)}`);
  return [preset];
}

function spelled(value: number | undefined): number | string | null {
  if (value === undefined) return null;
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return value;
}

/** Whatever is wrong with one line is told in its answer. */
function answerOrError(line: string): string {
  let asked: Asked = { id: null };
  try {
    asked = JSON.parse(line) as Asked;
    return answer(asked);
  } catch (error) {
    return JSON.stringify({ id: asked.id, metrics: [], error: error instanceof Error ? error.message : String(error) });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== '') process.stdout.write(`${answerOrError(line)}\n`);
}
