/** The values of one metric in their order. Memory is bounded; extremes, the first and the last point always stay. */
import { comparePlaces, type Measurement, type Place } from './measurement.ts';
import { sameButRounded } from './number.ts';

export interface CurvePoint {
  /** The how-manieth measurement, from 1: thinned curves have gaps. */
  readonly order: number;
  readonly value: number;
  /** Epoch and step where the log told them. */
  readonly place?: Place | undefined;
}

/** What the log said of one metric. Without points there is no value. */
export interface Observed {
  readonly last: number | undefined;
  /** Over the values that are numbers: nan is left out, unless there was nothing else. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly points: number;
}

/** A measurement, and the redrawn line it came in: two in one line without a place are one. */
export interface Arrival extends Measurement {
  readonly line: number;
}

interface Point extends CurvePoint {
  readonly identity: string;
  readonly line: number;
  /** The place is the record's own, not that of what stood before. */
  readonly own: boolean;
}

/** Points kept before the curve is thinned to half. */
const MOST_POINTS = 2_048;

export class Curve {
  #points: Point[] = [];
  #count = 0;
  /** Where the present pass over the data began: several models may be fitted in one log. */
  #passFrom = 0;
  #restarted = false;

  /** The program was started again: what it measures now may repeat what it had measured. */
  restarted(): void {
    this.#restarted = this.#points.length > 0;
  }

  add(arrival: Arrival): void {
    const last = this.#points.at(-1);
    if (arrival.fresh && !this.#restarted) this.#passFrom = this.#points.length;
    else if (last !== undefined && (this.#repeats(last, arrival) || this.#comesBack(last, arrival))) return;
    this.#count++;
    this.#points.push(pointOf(arrival, this.#count));
    if (this.#points.length > MOST_POINTS) this.#thin();
  }

  observed(): Observed {
    const last = this.#points.at(-1);
    const numbers = this.#points.map(({ value }) => value).filter((value) => !Number.isNaN(value));
    const [min, max] =
      numbers.length > 0
        ? [numbers.reduce((one, other) => Math.min(one, other)), numbers.reduce((one, other) => Math.max(one, other))]
        : [last?.value, last?.value];
    return { last: last?.value, min, max, points: this.#count };
  }

  /** At most so many points (and no less than four), thinned like the rest. */
  points(most: number): readonly CurvePoint[] {
    const points = this.#points.length > most ? thinned(this.#points, most) : this.#points;
    return points.map(({ order, value, place }) => ({ order, value, place }));
  }

  /** Whether the arrival is the last measurement again: drawn anew, more precise, or copied. */
  #repeats(last: Point, arrival: Arrival): boolean {
    if (arrival.supersedes) return this.#replaceLast(arrival);
    if (arrival.echoes && sameButRounded(last.value, arrival.value)) {
      const precise = String(arrival.value).length > String(last.value).length;
      return precise ? this.#replaceLast({ ...arrival, place: last.place }) : true;
    }
    if (arrival.place === undefined || last.place === undefined || !last.own)
      return arrival.redraws === true && arrival.place === undefined && arrival.line === last.line
        ? this.#replaceLast(arrival)
        : false;
    if (comparePlaces(arrival.place, last.place) !== 0) return false;
    if (!arrival.redraws && !this.#restarted) return identityOf(arrival) === last.identity;
    this.#restarted &&= arrival.redraws === true;
    return this.#replaceLast(arrival);
  }

  /** The training stands earlier than it did: a replay takes back what followed; a copy, told later, adds nothing. */
  #comesBack(last: Point, arrival: Arrival): boolean {
    const place = arrival.place ?? (this.#restarted ? arrival.near : undefined);
    if (place === undefined || last.place === undefined) return false;
    const back = comparePlaces(place, last.place);
    if (back > 0 || (back === 0 && !this.#restarted)) return false;
    const from = this.#points.findIndex(
      (point, at) => at >= this.#passFrom && point.place !== undefined && comparePlaces(point.place, place) >= 0,
    );
    if (from === -1) return false;
    if (this.#restarted) return this.#forget(from);
    const there = this.#points[from];
    const same = there?.place !== undefined && comparePlaces(there.place, place) === 0 && there.own;
    if (same && there.identity === identityOf(arrival)) return true;
    if (from === this.#passFrom) this.#passFrom = this.#points.length;
    else if (same) return this.#forget(from);
    return false;
  }

  /** Answers false: what arrives is still to be added. */
  #forget(from: number): false {
    const first = this.#points[from];
    if (first !== undefined) this.#count = first.order - 1;
    this.#points.length = from;
    this.#restarted = false;
    return false;
  }

  #replaceLast(arrival: Arrival): true {
    this.#points[this.#points.length - 1] = pointOf(arrival, this.#count);
    return true;
  }

  #thin(): void {
    const start = this.#points[this.#passFrom];
    this.#points = thinned(this.#points, MOST_POINTS / 2);
    this.#passFrom = Math.max(
      0,
      this.#points.findIndex(({ order }) => order >= (start?.order ?? 0)),
    );
  }
}

function pointOf(arrival: Arrival, order: number): Point {
  const { value, place, near, line } = arrival;
  return { order, value, place: place ?? near, own: place !== undefined, identity: identityOf(arrival), line };
}

function identityOf({ identity, value }: Arrival): string {
  return identity ?? String(value);
}

/**
 * At most so many points. The curve is cut into stretches of equal length, and of each the smallest and the largest value
 * stay, so that no peak is lost and no part is drawn finer than another; the first and the last point stay, too.
 */
function thinned<T extends CurvePoint>(points: readonly T[], most: number): T[] {
  const length = (points.at(-1)?.order ?? 0) / Math.max(1, Math.floor(most / 2) - 1);
  const stretches = new Map<number, { low: T; high: T }>();
  for (const point of points) {
    const at = Math.floor((point.order - 1) / length);
    const stretch = stretches.get(at) ?? { low: point, high: point };
    if (point.value < stretch.low.value || Number.isNaN(stretch.low.value)) stretch.low = point;
    if (point.value > stretch.high.value || Number.isNaN(stretch.high.value)) stretch.high = point;
    stretches.set(at, stretch);
  }
  const kept = new Set([points[0], points.at(-1), ...[...stretches.values()].flatMap(({ low, high }) => [low, high])]);
  return points.filter((point) => kept.has(point));
}
