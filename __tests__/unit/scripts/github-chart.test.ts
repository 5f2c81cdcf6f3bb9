import { describe, expect, it } from '@jest/globals';
import { drawChart } from '../../../scripts/github-chart.ts';
import { renderMarkdown } from '../../../scripts/github-markdown.ts';
import { commentBody } from '../../../src/report/comment.ts';
import { asClean, makeMetric, makeReport } from '../../fixtures/reports.ts';

const SOURCE = `%%{init: {'themeVariables': {'xyChart': {'plotColorPalette': '#123abc'}}}}%%
xychart-beta
    title "val <b>"
    x-axis "measurement" 1 --> 3
    y-axis 0.0 --> 1.0
    line [1.0, 0.5, 0.0]
`;

describe('a line chart of Mermaid', () => {
  it('is drawn from its highest value at the left to its lowest at the right', () => {
    const svg = drawChart(SOURCE) ?? '';
    const points =
      /points="([^"]*)"/
        .exec(svg)?.[1]
        ?.split(' ')
        .map((point) => point.split(',').map(Number)) ?? [];
    expect(points.map(([x]) => x)).toEqual([...points.map(([x]) => x)].sort((a = 0, b = 0) => a - b));
    expect(points.map(([, y]) => y)).toEqual([50, 205, 360]);
    expect(svg).toContain('stroke="#123abc"');
  });

  it('puts no element of a title into the page', () => {
    expect(drawChart(SOURCE)).not.toContain('<b>');
  });

  it.each([
    ['another diagram', 'graph TD\n  a --> b'],
    ['a value that is no number', SOURCE.replace('0.5', 'NaN')],
    ['an axis without a span', SOURCE.replace('0.0 --> 1.0', '1.0 --> 1.0')],
  ])('is not made of %s', (_, source) => {
    expect(drawChart(source)).toBeUndefined();
  });

  it('stands in the page of a comment in place of its source', () => {
    const curve = [1, 2, 3].map((order) => ({ order, value: 1 / order }));
    const body = commentBody(makeReport({ metrics: [{ ...makeMetric({ name: 'loss' }), curve }] as never }), asClean);
    const html = renderMarkdown(body, { lineBreaks: true });
    expect(body).toContain('xychart-beta');
    expect(html).toContain('<polyline');
    expect(html).not.toContain('xychart-beta');
  });
});
