/** Watches, breaks and counts the requests of one run at the moment they arrive. */
import type { LedgerEntry } from '../../local-cloud/ledger.ts';
import type { FaultKind, ScriptFault } from '../../local-cloud/script.ts';
import type { Stage } from '../e2e/stage.ts';
import { callSite, changesSomething, isOurs } from './call-sites.ts';

/** One way to break a call. `times`: so often in a row, then it is let through. */
export interface Fault {
  readonly kind: FaultKind;
  readonly times: number;
  readonly seconds?: number;
}

/** The requests of a run from a moment on. */
export class RunCalls {
  readonly #stage: Stage;
  readonly #from: number;
  readonly #listeners: ((entry: LedgerEntry, number: number) => void)[] = [];
  #postFrom = Number.POSITIVE_INFINITY;
  #hits = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
    const { ledger } = stage.local.cloud;
    this.#from = ledger.entries().length;
    const { open } = ledger;
    Object.assign(ledger, {
      open: (request: Parameters<typeof open>[0]) => {
        const entry = open(request);
        const number = isOurs(entry) ? this.all().length : 0;
        if (number > 0) for (const listener of this.#listeners) listener(entry, number);
        return entry;
      },
    });
  }

  /** The requests so far that the action itself made. */
  all(): readonly LedgerEntry[] {
    return this.#stage.local.cloud.ledger.entries().slice(this.#from).filter(isOurs);
  }

  /** Told of every request at the moment it arrives; `number` counts from 1. */
  onCall(listener: (entry: LedgerEntry, number: number) => void): void {
    this.#listeners.push(listener);
  }

  /** Main has ended: what comes now is the post step. */
  beginPost(): void {
    this.#postFrom = this.#stage.local.cloud.ledger.entries().length;
  }

  /** Every call site of the run, in the order of first use, with how often it was used. */
  sites(): ReadonlyMap<string, number> {
    const sites = new Map<string, number>();
    for (const entry of this.all()) {
      const site = this.#siteOf(entry);
      sites.set(site, (sites.get(site) ?? 0) + 1);
    }
    return sites;
  }

  /** How many requests the fault has hit. */
  get hits(): number {
    return this.#hits;
  }

  /**
   * Breaks one call site. An operation that changes something takes effect the first time, and only its answer is lost:
   * the case that makes duplicates. Who is refused something for good is refused it in the post step as well.
   */
  break(site: string, { kind, times, seconds }: Fault): void {
    const { script, ledger } = this.#stage.local.cloud;
    const loses = ['500', 'reset', 'stall', 'malformed'].includes(kind);
    Object.assign(script, {
      takeFault: (service: string, operation: string): ScriptFault | undefined => {
        const entry = ledger.entries().at(-1);
        if (!entry || !isOurs(entry) || this.#hits >= times) return undefined;
        const here = this.#siteOf(entry);
        const alsoInPost = times === Number.POSITIVE_INFINITY && here === `${site.split(':')[0]} (post step)`;
        if (here !== site && !alsoInPost) return undefined;
        this.#hits++;
        const performed = loses && this.#hits === 1 && changesSomething(entry);
        return { service, operation, kind, performed, ...(seconds === undefined ? {} : { seconds }) };
      },
    });
  }

  #siteOf(entry: LedgerEntry): string {
    const all = this.#stage.local.cloud.ledger.entries();
    const at = all.indexOf(entry);
    return callSite(entry, all.slice(this.#from, at), at >= this.#postFrom);
  }
}
