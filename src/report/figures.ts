/** Numbers for people: no exponents in everyday ranges, no dollar signs (GitHub reads formulas between two). */

/** Six significant digits, or as many as an integer has; exponents only below a millionth. */
export function figure(value: number | undefined, significant = 6): string {
  if (value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(significant)));
}

/** Two numbers with enough digits to tell them apart: 0.1200004 against 0.12 must not read as 0.12 against 0.12. */
export function figures(left: number | undefined, right: number | undefined): readonly [string, string] {
  const digits = left === right ? 6 : ([6, 9, 12, 17].find((many) => figure(left, many) !== figure(right, many)) ?? 17);
  return [figure(left, digits), figure(right, digits)];
}

/** Seconds as `45 s`, `3 min 40 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (count: number) => String(count).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${pad(whole % 60)} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** `0.0141 USD`, `12.40 USD`: cents from one dollar up, three significant digits below. */
export function usd(amount: number): string {
  if (amount === 0) return '0 USD';
  return `${amount >= 0.995 ? amount.toFixed(2) : figure(amount, 3)} USD`;
}

/** `1 gate`, `3 gates`. */
export function count(many: number, noun: string): string {
  return `${many} ${noun}${many === 1 ? '' : 's'}`;
}

/** How often something happened: `once`, `twice`, `7 times`. */
export function times(many: number): string {
  return ['never', 'once', 'twice'][many] ?? `${many} times`;
}
