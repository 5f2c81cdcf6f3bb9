/** Listens to a job while it is followed, and keeps of its log what an explanation may need. Memory is bounded. */
import type { JobEvent } from '../watch/events.ts';
import { type LogExcerpt, NO_LOG } from './log/excerpt.ts';
import { inOrderOfTime, makeStreamExcerpter, type StreamExcerpter, shareOf } from './log/streams.ts';
import { makeProgress, type Progress } from './progress.ts';

/** Each node has a buffer of its own; nodes beyond so many share one. */
const MOST_NODES = 24;
const OTHERS = 'other nodes';

export interface LiveLog {
  listen(event: JobEvent): void;
  /** What was kept; nothing can be heard afterwards. */
  excerpt(): LogExcerpt;
  /** Whether the program began from the start again after an interruption. */
  restart: Progress['restart'];
}

export function makeLiveLog(nodes: number): LiveLog {
  const limits = shareOf(Math.min(Math.max(1, nodes), MOST_NODES) + 1);
  const progress = makeProgress();
  const excerpters = new Map<string, StreamExcerpter>();
  const ofNode = (node: string): StreamExcerpter => {
    const name = excerpters.has(node) || excerpters.size < MOST_NODES ? node : OTHERS;
    const excerpter = excerpters.get(name) ?? makeStreamExcerpter(name, limits);
    excerpters.set(name, excerpter);
    return excerpter;
  };
  return {
    restart: progress.restart,
    listen(event) {
      progress.listen(event);
      if (event.kind !== 'lines') return;
      const excerpter = ofNode(event.node);
      for (const [index, line] of event.lines.entries()) excerpter.write(event.times?.[index] ?? 0, [line]);
    },
    excerpt: () =>
      excerpters.size === 0 ? NO_LOG : inOrderOfTime([...excerpters.values()].map((excerpter) => excerpter.end())),
  };
}
