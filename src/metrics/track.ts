/** One metric over all processes that print it: the surest form of the lowest rank counts. */
import { type Arrival, Curve } from './curve.ts';
import { comparePlaces } from './measurement.ts';

/** A process of the training: its rank, and the node whose log it writes to. */
export interface Source {
  readonly rank: number;
  readonly node: string;
}

type Precedence = readonly [tier: number, rank: number, node: string];

export class Track {
  #curve = new Curve();
  #precedence: Precedence | undefined;
  #latest: Arrival | undefined;
  #disagrees = false;

  add(arrival: Arrival, { rank, node }: Source): void {
    const precedence: Precedence = [arrival.tier ?? 0, rank, node];
    const order = this.#precedence === undefined ? -1 : comparePrecedence(precedence, this.#precedence);
    if (order !== 0 && this.#precedence !== undefined) this.#compare(arrival, precedence);
    if (order > 0) return;
    if (order < 0) {
      this.#curve = new Curve();
      this.#precedence = precedence;
    }
    this.#latest = arrival;
    this.#curve.add(arrival);
  }

  /** A node's program was started again, or that of all nodes. */
  restarted(node?: string): void {
    if (node === undefined || this.#precedence?.[2] === node) this.#curve.restarted();
  }

  curve(): Curve {
    return this.#curve;
  }

  /** Whether another process printed another value for the same place. */
  disagrees(): boolean {
    return this.#disagrees;
  }

  #compare(arrival: Arrival, [tier]: Precedence): void {
    const latest = this.#latest;
    if (latest === undefined || tier !== this.#precedence?.[0]) return;
    const samePlace =
      arrival.place !== undefined && latest.place !== undefined && comparePlaces(arrival.place, latest.place) === 0;
    if (samePlace && !Object.is(arrival.value, latest.value)) this.#disagrees = true;
  }
}

function comparePrecedence(one: Precedence, other: Precedence): number {
  if (one[0] !== other[0]) return one[0] - other[0];
  if (one[1] !== other[1]) return one[1] - other[1];
  return one[2] === other[2] ? 0 : one[2].localeCompare(other[2], 'en', { numeric: true });
}
