import { invalidParameter } from './groups.ts';

/**
 * The test a filter pattern stands for: all plain terms must occur, one of the `?terms`, none of the `-terms`; quoted
 * terms may hold spaces. JSON and space-delimited patterns are refused: nothing that reads training logs uses them.
 */
export function compilePattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (/^[{[]/.test(text)) throw invalidParameter('Invalid filter pattern: the local cloud knows term patterns only');
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(
    ([, sign = '', quoted, plain = '']) => ({
      sign,
      word: quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'),
    }),
  );
  const words = (sign: string) => terms.filter((term) => term.sign === sign).map((term) => term.word);
  const [all, some, none] = [words(''), words('?'), words('-')];
  return (message) =>
    all.every((word) => message.includes(word)) &&
    (some.length === 0 || some.some((word) => message.includes(word))) &&
    !none.some((word) => message.includes(word));
}
