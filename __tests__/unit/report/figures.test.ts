import { describe, expect, it } from '@jest/globals';
import { count, duration, figure, figures, times, usd } from '../../../src/report/figures.ts';

describe('figures', () => {
  it.each([
    [0.0841270014643669, '0.084127'],
    [1234.56789, '1234.57'],
    [12_345_678, '12345678'],
    [0.000019, '0.000019'],
    [1.9e-9, '1.9e-9'],
    [3.4e38, '3.4e+38'],
    [1234.5, '1234.5'],
    [-0.5, '-0.5'],
    [0, '0'],
    [100, '100'],
    [999_999.95, '1000000'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [undefined, '–'],
  ])('%p reads %s', (value, expected) => {
    expect(figure(value)).toBe(expected);
  });

  it.each([
    [0.1200004, 0.12, ['0.1200004', '0.12']],
    [0.12, 0.12, ['0.12', '0.12']],
    [0.1 + 0.2, 0.3, ['0.30000000000000004', '0.3']],
    [undefined, 0.12, ['–', '0.12']],
  ])('%p against %p can be told apart', (left, right, expected) => {
    expect(figures(left, right)).toEqual(expected);
  });

  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [220, '3 min 40 s'],
    [724, '12 min 04 s'],
    [3600, '1 h'],
    [7500, '2 h 05 min'],
    [90_000, '25 h'],
  ])('%d seconds read %s', (seconds, expected) => {
    expect(duration(seconds)).toBe(expected);
  });

  it.each([
    [0, '0 USD'],
    [0.0140555, '0.0141 USD'],
    [0.5, '0.5 USD'],
    [0.999, '1.00 USD'],
    [12.4, '12.40 USD'],
    [1234.567, '1234.57 USD'],
  ])('%d dollars read %s', (amount, expected) => {
    expect(usd(amount)).toBe(expected);
  });

  it('counts in words', () => {
    expect([count(1, 'gate'), count(3, 'gate'), times(1), times(2), times(7)]).toEqual([
      '1 gate',
      '3 gates',
      'once',
      'twice',
      '7 times',
    ]);
  });
});
