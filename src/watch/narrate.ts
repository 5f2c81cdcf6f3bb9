/** JobEvents → lines of the step's log, folded into one group for each stretch of training output. Pure but for its own fold. */
import { lastRedraw } from '../hostile/clean.ts';
import type { JobEvent } from './events.ts';

export type Spoken =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'group'; readonly title: string }
  | { readonly kind: 'end-group' }
  | { readonly kind: 'warning'; readonly text: string };

/** A narrator remembers only whether its group is open. Job lines always carry a prefix: none can start with `::`. */
export function makeNarrator(jobName: string, nodes: number): { speak(event: JobEvent): Spoken[]; end(): Spoken[] } {
  let open = false;
  const close = (): Spoken[] => {
    const closing: Spoken[] = open ? [{ kind: 'end-group' }] : [];
    open = false;
    return closing;
  };
  return {
    end: close,
    speak(event) {
      switch (event.kind) {
        case 'transition':
          return [
            ...close(),
            { kind: 'line', text: `${utcTime(event.at)} ${event.status}${event.message ? `: ${event.message}` : ''}` },
          ];
        case 'trouble':
          return [...close(), { kind: 'warning', text: `${event.what}: ${event.error}. Trying again.` }];
        case 'lines': {
          const opening: Spoken[] = open ? [] : [{ kind: 'group', title: `Log of ${jobName}` }];
          open = true;
          const prefix = nodes > 1 ? `│ ${event.node} │ ` : '│ ';
          return [
            ...opening,
            ...event.lines.map((line): Spoken => ({ kind: 'line', text: `${prefix}${lastRedraw(line)}` })),
          ];
        }
      }
    },
  };
}

/** `14:03:59` (UTC) of epoch seconds. */
export function utcTime(seconds: number): string {
  const day = Math.floor(seconds) % 86_400;
  const parts = [day / 3600, (day / 60) % 60, day % 60].map((part) => String(Math.floor(part)).padStart(2, '0'));
  return parts.join(':');
}
