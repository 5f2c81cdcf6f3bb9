import type { JobScript, ScriptLine, Series } from '../script.ts';

/** Something a scripted job does so many seconds after the start of its training. */
export type ScriptEvent =
  | { readonly at: number; readonly kind: 'line'; readonly line: ScriptLine; readonly index: number }
  | { readonly at: number; readonly kind: 'metric' | 'host-metric'; readonly name: string; readonly value: number }
  | {
      readonly at: number;
      readonly kind: 'checkpoint';
      readonly checkpoint: NonNullable<JobScript['checkpoints']>[number];
    };

interface Cursor {
  /** The event this cursor stands at; undefined at its end. */
  peek(): ScriptEvent | undefined;
  advance(): void;
}

/** The events of a scripted job in the order of time, without holding the repetitions of a line in memory. */
export class Timeline {
  readonly #cursors: Cursor[];

  constructor(script: JobScript) {
    const lines = script.logs?.lines ?? [];
    const single: ScriptEvent[] = [
      ...lines
        .filter(({ every }) => every === undefined)
        .map((line) => ({ at: line.at, kind: 'line', line, index: 0 }) as const),
      ...seriesEvents('metric', script.metrics ?? {}),
      ...seriesEvents('host-metric', script.instanceMetrics ?? {}),
      ...(script.checkpoints ?? []).map(
        (checkpoint) => ({ at: checkpoint.at, kind: 'checkpoint', checkpoint }) as const,
      ),
    ];
    single.sort((a, b) => a.at - b.at);
    this.#cursors = [listCursor(single), ...lines.filter(({ every }) => every !== undefined).map(repeatCursor)];
  }

  /** The next event, which stays the next one until `take`. */
  peek(): ScriptEvent | undefined {
    return this.#earliest()?.peek();
  }

  take(): ScriptEvent | undefined {
    const cursor = this.#earliest();
    const event = cursor?.peek();
    cursor?.advance();
    return event;
  }

  #earliest(): Cursor | undefined {
    let best: Cursor | undefined;
    for (const cursor of this.#cursors) {
      const at = cursor.peek()?.at;
      if (at !== undefined && (best === undefined || at < (best.peek()?.at ?? 0))) best = cursor;
    }
    return best;
  }
}

function seriesEvents(kind: 'metric' | 'host-metric', all: Readonly<Record<string, Series>>): ScriptEvent[] {
  return Object.entries(all).flatMap(([name, series]) => series.map(([at, value]) => ({ at, kind, name, value })));
}

function listCursor(events: readonly ScriptEvent[]): Cursor {
  let next = 0;
  return {
    peek: () => events[next],
    advance() {
      next += 1;
    },
  };
}

/** Without `times` the line repeats until the training ends. */
function repeatCursor(line: ScriptLine): Cursor {
  const { at, every = 1, times = Number.POSITIVE_INFINITY } = line;
  let index = 0;
  return {
    peek: () => (index < times ? { at: at + index * every, kind: 'line', line, index } : undefined),
    advance() {
      index += 1;
    },
  };
}
