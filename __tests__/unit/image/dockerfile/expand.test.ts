import { expect, test } from '@jest/globals';
import { expand, UNKNOWN, type Value } from '../../../../src/image/dockerfile/expand.ts';

const VALUES: Readonly<Record<string, Value>> = { a: 'one', empty: '', base: UNKNOWN };
const lookup = (name: string) => VALUES[name];

test.each([
  ['plain', 'plain'],
  ['$a', 'one'],
  ['x${a}y', 'xoney'],
  ['$a_', ''],
  ['$none', ''],
  ["'$a'", '$a'],
  ['"$a"', 'one'],
  ['"\\$a"', '$a'],
  ['\\$a', '$a'],
  ['a\\ b', 'a b'],
  ['$', '$'],
  ['${none:-two}', 'two'],
  ['${empty:-two}', 'two'],
  ['${empty-two}', ''],
  ['${a:-two}', 'one'],
  ['${none:-x${a}y}', 'xoney'],
  ['${a:+two}', 'two'],
  ['${empty:+two}', ''],
  ['${empty+two}', 'two'],
  ['${none+two}', ''],
  ['${a:?must}', 'one'],
  ['${a:-$base}', 'one'],
  ['${none:-$base}', undefined],
  ['$base', undefined],
  ['${base:-two}', undefined],
  ['${a#o}', undefined],
])('%s becomes %s', (word, expected) => {
  expect(expand(word, lookup, '\\')).toBe(expected);
});

test('a backtick escapes where the Dockerfile says so', () => {
  expect(expand('c:\\`$a', lookup, '`')).toBe('c:\\$a');
});
