import { describe, expect, it } from '@jest/globals';
import type { MetricValue } from '../../../src/metrics/judge.ts';
import { curvesSection } from '../../../src/report/chart.ts';
import { makeMetric } from '../../fixtures/reports.ts';

const MANY = { lines: 20, charts: 6 };

function curve(name: string, ...values: readonly number[]): MetricValue {
  const points = values.map((value, at) => ({ order: at + 1, value }));
  return makeMetric({ name, points: values.length, curve: points });
}

/** Every line that Mermaid's grammar of xychart-beta allows here: quoted titles, plain decimals. */
const DECIMAL = '-?\\d+(?:\\.\\d+)?';
const BLOCK = new RegExp(
  `^%%\\{init: [^\\n]*\\}%%\\nxychart-beta\\n    title "[\\p{L}\\p{N} _.:/@()+…-]*"\\n    x-axis "measurement" \\d+ --> \\d+\\n    y-axis ${DECIMAL} --> ${DECIMAL}\\n    line \\[${DECIMAL}(?:, ${DECIMAL})*\\]$`,
  'u',
);

function blocks(section: string): readonly string[] {
  return [...section.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].map(([, text]) => text ?? '');
}

function numbers(block: string | undefined): readonly number[] {
  return (/line \[(.*)\]/.exec(block ?? '')?.[1] ?? '').split(', ').map(Number);
}

describe('the section of curves', () => {
  it('has a line for each, and a chart beside it', () => {
    expect(
      curvesSection([curve('val_mape', 0.4, 0.2, 0.1, 0.15)], [], MANY),
    ).toBe(`\`val_mape\` \`█▃▁▂\` 0.4 → 0.15 in 4 values

\`\`\`mermaid
%%{init: {'themeVariables': {'xyChart': {'backgroundColor': 'transparent', 'plotColorPalette': '#2f81f7'}}}}%%
xychart-beta
    title "val_mape"
    x-axis "measurement" 1 --> 4
    y-axis 0.10000 --> 0.40000
    line [0.40000, 0.20000, 0.10000, 0.15000]
\`\`\``);
  });

  it('is empty without a curve: no values, or only one that can be drawn', () => {
    const none = [
      makeMetric(),
      curve('a', 1),
      curve('b', Number.NaN, 1, Number.POSITIVE_INFINITY),
      curve('c', 1e15, 1),
    ];
    expect(curvesSection(none, [], MANY)).toBe('');
  });

  it('shows what the gates ask for first, and folds the others', () => {
    const metrics = ['a', 'b', 'c'].map((name) => curve(name, 1, 2));
    const section = curvesSection(metrics, ['c', 'b'], { lines: 3, charts: 2 });
    expect(
      section
        .split('\n')
        .slice(0, 3)
        .map((line) => line.slice(0, 3)),
    ).toEqual(['`c`', '`b`', '`a`']);
    const [open = '', folded = ''] = section.split('<details>');
    expect(open).toContain('title "c"');
    expect(folded).toContain('<summary>1 more curve</summary>\n\n```mermaid');
    expect(blocks(section)).toHaveLength(2);
    expect(curvesSection(metrics, [], { lines: 2, charts: 0 })).not.toContain('mermaid');
  });

  it.each([
    ['tiny values', [1.5e-9, 2.5e-9, 1e-10]],
    ['values below every decimal', [1e-30, 2e-30]],
    ['huge values', [9e14, -9e14, 3]],
    ['zeros', [0, 0, 1]],
    ['negative values', [-196, -43.1]],
    ['nan and inf between', [1, Number.NaN, 3, Number.NEGATIVE_INFINITY, 2]],
    ['a long curve', Array.from({ length: 5_000 }, (_, at) => Math.sin(at / 9))],
  ])('writes %s as Mermaid reads them', (_, values) => {
    const [block = ''] = blocks(curvesSection([curve('x', ...values)], [], MANY));
    expect(block).toMatch(BLOCK);
    const [, low, high] = /y-axis (\S+) --> (\S+)/.exec(block) ?? [];
    expect(Number(low)).toBeLessThan(Number(high));
    for (const value of numbers(block)) {
      expect(value).toBeGreaterThanOrEqual(Number(low));
      expect(value).toBeLessThanOrEqual(Number(high));
    }
  });

  it('draws no chart of what never changes', () => {
    const section = curvesSection([curve('flat', 0.5, 0.5), curve('x', 1, 2)], ['flat'], MANY);
    expect(section.split('\n')[0]).toBe('`flat` `▁▁` 0.5 → 0.5 in 2 values  ');
    expect(blocks(section)).toHaveLength(1);
    expect(section).toContain('title "x"');
  });

  it('keeps ends and extremes of a thinned curve, at even distances', () => {
    const points = [1, 2, 100, 101, 1_000].map((order) => ({
      order,
      value: order === 100 ? -5 : order === 101 ? 70 : 1,
    }));
    const [block] = blocks(curvesSection([makeMetric({ name: 'x', points: 1_000, curve: points })], [], MANY));
    expect(block).toContain('"measurement" 1 --> 1000');
    expect(numbers(block)).toHaveLength(50);
    expect(numbers(block)[0]).toBe(1);
    expect(numbers(block).at(-1)).toBe(1);
    expect(Math.max(...numbers(block))).toBe(70);
  });

  it('says how many values there were, and what is left out', () => {
    expect(curvesSection([curve('x', 1, Number.NaN, 2)], [], MANY)).toMatch(
      /^`x` `▁.*█` 1 → 2 in 3 values, nan and inf left out\n/,
    );
  });

  it.each(['a"b', '%%{init: {}}%%', '```\n# x', '#quot;', '@team; <img>', 'val/loss', 'n'.repeat(300), '\u{1f600}'])(
    'puts the name %j where it can do nothing',
    (name) => {
      const section = curvesSection([curve(name, 1, 2)], [], MANY);
      const [block = '', ...more] = blocks(section);
      expect(block).toMatch(BLOCK);
      expect(more).toEqual([]);
      expect(section.split('\n')).toHaveLength(10);
    },
  );
});
