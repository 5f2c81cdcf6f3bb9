/**
 * Mermaid's `xychart-beta` with one line, drawn as GitHub shows it: for pages that must do without scripts. Anything else
 * of Mermaid keeps its source.
 */

interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly values: readonly number[];
  readonly colour: string;
}

const WIDTH = 700;
const HEIGHT = 420;
const LEFT = 90;
const RIGHT = 20;
const TOP = 50;
const BOTTOM = 60;

/** The chart as SVG; `undefined` when the source is not of the form that this knows. */
export function drawChart(source: string): string | undefined {
  const chart = parseChart(source);
  return chart && draw(chart);
}

function parseChart(source: string): Chart | undefined {
  const find = (pattern: RegExp) => pattern.exec(source)?.slice(1) ?? [];
  const [title] = find(/^\s*title "([^"]*)"/m);
  const [xLabel, fromX, toX] = find(/^\s*x-axis "([^"]*)" (\S+) --> (\S+)/m);
  const [fromY, toY] = find(/^\s*y-axis (\S+) --> (\S+)/m);
  const [line] = find(/^\s*line \[([^\]]*)\]/m);
  const [colour] = find(/'plotColorPalette': '(#[0-9a-f]{6})'/);
  if (!/^\s*xychart-beta\s*$/m.test(source) || title === undefined || xLabel === undefined || line === undefined)
    return undefined;
  const values = line.split(',').map(Number);
  const x = [Number(fromX), Number(toX)] as const;
  const y = [Number(fromY), Number(toY)] as const;
  if ([...values, ...x, ...y].some((value) => !Number.isFinite(value)) || y[0] >= y[1]) return undefined;
  return { title, xLabel, x, y, values, colour: colour ?? '#2f81f7' };
}

function draw({ title, xLabel, x, y, values, colour }: Chart): string {
  const [width, height] = [WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM];
  const atX = (index: number) => LEFT + (values.length < 2 ? 0.5 : index / (values.length - 1)) * width;
  const atY = (value: number) => TOP + height - ((value - y[0]) / (y[1] - y[0])) * height;
  const points = values.map((value, index) => `${atX(index).toFixed(1)},${atY(value).toFixed(1)}`).join(' ');
  const bottom = TOP + height;
  const yTicks = ticks(y).map(
    (value) => `<text x="${LEFT - 8}" y="${(atY(value) + 4).toFixed(1)}" text-anchor="end">${plain(value)}</text>`,
  );
  const xTicks = ticks(x).map((value) => {
    const place = LEFT + (x[1] === x[0] ? 0.5 : (value - x[0]) / (x[1] - x[0])) * width;
    return `<text x="${place.toFixed(1)}" y="${bottom + 20}" text-anchor="middle">${plain(value)}</text>`;
  });
  return `<svg class="mermaid-chart" role="img" aria-label="${escaped(title)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-size="13" fill="currentColor">
<text x="${WIDTH / 2}" y="28" text-anchor="middle" font-size="18">${escaped(title)}</text>
<path d="M${LEFT} ${TOP}V${bottom}H${WIDTH - RIGHT}" fill="none" stroke="currentColor"/>
${yTicks.join('')}${xTicks.join('')}
<text x="${LEFT + width / 2}" y="${HEIGHT - 14}" text-anchor="middle">${escaped(xLabel)}</text>
<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>
</svg>`;
}

/** Round numbers between two bounds: some five to ten of them. */
function ticks([low, high]: readonly [number, number]): number[] {
  const span = high - low;
  if (span <= 0) return [low];
  const magnitude = 10 ** Math.floor(Math.log10(span / 5));
  const step = magnitude * ([1, 2, 5, 10].find((factor) => span / (magnitude * factor) <= 10) ?? 10);
  const first = Math.ceil(low / step) * step;
  return Array.from({ length: Math.floor((high - first) / step + 1e-9) + 1 }, (_, index) => first + index * step);
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
