/** Reads the metrics of a whole training off its log: every node, every rank, every form that is asked for. */

import { Copies } from './copies.ts';
import type { Arrival, CurvePoint, Observed } from './curve.ts';
import type { Measurement, Reader } from './measurement.ts';
import { isPresetName, PRESETS, type PresetName } from './presets.ts';
import { groupedReader } from './readers/grouped.ts';
import { namedReader } from './readers/named.ts';
import { tableReader } from './readers/table.ts';
import { isMetricName } from './readers/unwanted.ts';
import { type Drawing, drawingsOf, type LogRecord } from './record.ts';
import { type Source, Track } from './track.ts';

export interface Asked {
  /** Every metric of these frameworks comes out. */
  readonly presets: readonly PresetName[];
  /** These come out wherever they stand. */
  readonly names: readonly string[];
}

/** A log that prints ever new names is no reason to run out of memory. */
const MOST_METRICS = 500;
const MOST_SOURCES = 1_024;
/** SageMaker's training toolkit, right before it runs the user's program. */
const STARTS = /^Invoking (?:user )?script\b/;
const RESUMES =
  /\bresum(?:e|ed|ing)\b.{0,80}\b(?:checkpoint|ckpt|step|epoch|iteration)\b|\bcontinuing training from\b|\bRestored all states from the checkpoint\b/i;

export class LogMetrics {
  readonly #asked: Asked;
  readonly #readers = new Map<string, readonly Reader[]>();
  readonly #copies = new Copies();
  readonly #tracks = new Map<string, Track>();
  readonly #started = new Set<string>();
  #line = 0;

  constructor(asked: Asked) {
    this.#asked = asked;
    for (const name of asked.names) this.#tracks.set(name, new Track());
  }

  /** Takes one line of a node's log, as CloudWatch has it. Answers what it was made of. */
  line(node: string, text: string): readonly Drawing[] {
    this.#line++;
    const drawings = drawingsOf(text, this.#line);
    for (const record of drawings.flatMap(({ records }) => records)) {
      this.#notice(record.text, node);
      this.#read(record, { rank: record.rank, node });
    }
    return drawings;
  }

  /** A program that is started a second time, or says that it goes on from a checkpoint, prints some steps again. */
  #notice(text: string, node: string): void {
    if (RESUMES.test(text) || (STARTS.test(text) && this.#started.has(node))) this.restarted(node);
    if (STARTS.test(text)) this.#started.add(node);
  }

  /** Takes a measurement that was read elsewhere, by a user's own expression. */
  take(measurement: Measurement, source: Source, line = this.#line): void {
    const arrival: Arrival = { ...measurement, line };
    const track = this.#tracks.get(measurement.name) ?? new Track();
    if (!this.#tracks.has(measurement.name) && this.#tracks.size >= MOST_METRICS) return;
    this.#tracks.set(measurement.name, track);
    track.add(arrival, source);
  }

  /** The program of this node, or of all nodes, was started again after an interruption. */
  restarted(node?: string): void {
    for (const track of this.#tracks.values()) track.restarted(node);
  }

  observed(): ReadonlyMap<string, Observed> {
    return this.#map((track) => track.curve().observed());
  }

  curves(most: number): ReadonlyMap<string, readonly CurvePoint[]> {
    return this.#map((track) => track.curve().points(most));
  }

  /** Metrics of which the ranks print different values for one place. */
  disputed(): readonly string[] {
    return [...this.#tracks].filter(([, track]) => track.disagrees()).map(([name]) => name);
  }

  #read(record: LogRecord, source: Source): void {
    for (const reader of this.#readersOf(source)) {
      const measurements = reader(record);
      if (measurements === undefined) continue;
      // What gives no value is remembered as well: a copy of it may give one, for the reader knows more by then.
      if (this.#copies.isCopy(record, source)) return;
      for (const measurement of measurements) this.take(measurement, source);
      return;
    }
  }

  /** Each process has readers of its own: what they remember of the line before is of the same process. */
  #readersOf({ rank, node }: Source): readonly Reader[] {
    const key = this.#readers.size < MOST_SOURCES ? `${node} ${rank}` : '';
    const readers = this.#readers.get(key) ?? readersFor(this.#asked);
    this.#readers.set(key, readers);
    return readers;
  }

  #map<T>(of: (track: Track) => T): ReadonlyMap<string, T> {
    return new Map([...this.#tracks].map(([name, track]) => [name, of(track)]));
  }
}

/** Names are looked for in the frameworks' own forms first: those know what a redraw is. */
function readersFor({ presets, names }: Asked): readonly Reader[] {
  const given = new Set(names);
  const ofPresets = presets.map((name) => PRESETS[name].reader((metric) => isMetricName(metric) || given.has(metric)));
  if (names.length === 0) return ofPresets;
  const others = Object.keys(PRESETS)
    .filter(isPresetName)
    .filter((name) => !presets.includes(name));
  const ofNames = others.map((name) => PRESETS[name].reader((metric) => given.has(metric)));
  return [...ofPresets, ...ofNames, groupedReader(names), tableReader(names), namedReader(names)];
}
