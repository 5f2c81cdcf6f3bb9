/** Curves of metrics: a Mermaid chart, and a line of text for those who do not see it. */
import type { MetricValue } from '../metrics/judge.ts';
import { cut } from './cut.ts';
import { count, figure } from './figures.ts';
import { code, details } from './markdown.ts';

const NAME_LIMIT = 80;
const TITLE_LIMIT = 60;
const CHART_WIDTH = 50;
const SPARKLINE_WIDTH = 24;
const LEVELS = '▁▂▃▄▅▆▇█';
/** From here on `toFixed` loses digits, and from 10²¹ on it writes exponents, which Mermaid cannot read. */
const LARGEST = 1e15;

/** A span that `toFixed` can still tell from none. */
const NARROWEST = 1e-15;

/** A curve that can be drawn: two finite values at least. */
interface Drawable {
  readonly metric: MetricValue;
  readonly points: readonly { readonly order: number; readonly value: number }[];
  /** Values that no chart can show: nan and inf. */
  readonly left: number;
}

/**
 * The curves in the order of `first`, then of the metrics: each as one line, the first as a chart, further charts folded.
 * Empty when nothing can be drawn.
 */
export function curvesSection(
  metrics: readonly MetricValue[],
  first: readonly string[],
  most: { readonly lines: number; readonly charts: number },
): string {
  const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);
  const drawable = metrics
    .flatMap(drawableOf)
    .sort((one, other) => rank(one.metric.name) - rank(other.metric.name))
    .slice(0, most.lines);
  const [main, ...folded] = drawable.filter(changes).slice(0, most.charts);
  const more = folded.map(chart).join('\n\n');
  return [
    drawable.map(curveLine).join('  \n'),
    main === undefined ? '' : chart(main),
    more === '' ? '' : details(count(folded.length, 'more curve'), more),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function drawableOf(metric: MetricValue): readonly Drawable[] {
  const curve = metric.curve ?? [];
  const points = curve.filter(({ value }) => Math.abs(value) < LARGEST);
  return points.length < 2 ? [] : [{ metric, points, left: curve.length - points.length }];
}

/** A value that never changes needs no chart. */
function changes({ points }: Drawable): boolean {
  return points.some(({ value }) => value !== points[0]?.value);
}

function curveLine({ metric, points, left }: Drawable): string {
  const drawn = code(sparkline(evenly(points, SPARKLINE_WIDTH)));
  const ends = `${figure(points[0]?.value)} → ${figure(points.at(-1)?.value)}`;
  const missing = left > 0 ? ', nan and inf left out' : '';
  return `${code(cut(metric.name, NAME_LIMIT))} ${drawn} ${ends} in ${count(metric.points, 'value')}${missing}`;
}

function sparkline(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = (high - low) / (LEVELS.length - 1);
  return values.map((value) => LEVELS.charAt(step > 0 ? Math.round((value - low) / step) : 0)).join('');
}

/** Mermaid's own first colour is a pale lilac that can hardly be seen; this blue has contrast on GitHub's light and dark, and the grey box of its dark theme none with the page. */
const LINE_COLOUR = `%%{init: {'themeVariables': {'xyChart': {'backgroundColor': 'transparent', 'plotColorPalette': '#2f81f7'}}}}%%`;

/** `xychart-beta` is the name that every version of Mermaid knows. It reads plain decimals only. */
function chart({ metric, points }: Drawable): string {
  const values = evenly(points, CHART_WIDTH);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = high - low > NARROWEST ? 0 : Math.max(Math.abs(high) * 0.1, 1e-6);
  const places = decimals(high - low + 2 * margin);
  const plain = (value: number) => value.toFixed(places);
  return [
    '```mermaid',
    LINE_COLOUR,
    'xychart-beta',
    `    title "${title(metric.name)}"`,
    `    x-axis "measurement" ${points[0]?.order ?? 0} --> ${points.at(-1)?.order ?? 0}`,
    `    y-axis ${plain(low - margin)} --> ${plain(high + margin)}`,
    `    line [${values.map(plain).join(', ')}]`,
    '```',
  ].join('\n');
}

/** Four digits of what the axis spans. */
function decimals(span: number): number {
  return Math.min(Math.max(4 - Math.floor(Math.log10(span)), 0), 20);
}

/** Quotes, `#` and `;` mean something in Mermaid, `%%` opens a comment, and a backtick would end the block. */
function title(name: string): string {
  return cut(name.replace(/[^\p{L}\p{N} _.:/@()+-]/gu, '_'), TITLE_LIMIT);
}

/** The curve at equal distances, for a thinned curve has gaps; its smallest and largest value always show. */
function evenly(points: Drawable['points'], width: number): readonly number[] {
  const [start, end] = [points[0]?.order ?? 0, points.at(-1)?.order ?? 0];
  const slots = Math.min(width, end - start + 1);
  const distance = (end - start) / Math.max(slots - 1, 1);
  const values = Array.from({ length: slots }, (_, slot) => valueAt(points, start + slot * distance));
  const byValue = [...points].sort((one, other) => one.value - other.value);
  for (const extreme of [byValue[0], byValue.at(-1)])
    if (extreme !== undefined) values[Math.round((extreme.order - start) / Math.max(distance, 1e-9))] = extreme.value;
  return values;
}

function valueAt(points: Drawable['points'], order: number): number {
  const after = points.findIndex((point) => point.order >= order - 1e-9);
  const [left, right] = [points[Math.max(after - 1, 0)], points[after === -1 ? points.length - 1 : after]];
  if (left === undefined || right === undefined) return 0;
  if (right.order === left.order || order >= right.order) return right.value;
  return left.value + ((right.value - left.value) * (order - left.order)) / (right.order - left.order);
}
