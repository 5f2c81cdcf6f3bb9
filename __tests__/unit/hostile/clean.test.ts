import { describe, expect, it } from '@jest/globals';
import { clean, lastRedraw, neutralLine, shorten } from '../../../src/hostile/clean.ts';
import { secretsOf } from '../../fixtures/doors.ts';
import { hostileTexts } from '../../fixtures/hostile-text.ts';
import { asClean } from '../../fixtures/reports.ts';

const plain = (text: string) => clean(text, secretsOf());

describe('clean', () => {
  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['eight-bit sequences', '\u009b31mred', 'red'],
    ['hyperlinks', '\u001b]8;;https://evil.example\u0007text\u001b]8;;\u001b\\', 'text'],
    ['window titles', '\u001b]0;title\u0007text', 'text'],
    ['character sets and resets', '\u001b(Btext\u001bc', 'text'],
    ['a sequence that never ends', 'a\u001b]8;;https://evil.example', 'a8;;https://evil.example'],
    ['a title that would swallow the next line', 'a\u001b]0;x\nb\u0007c', 'a0;x\nbc'],
    ['bidi overrides and isolates', 'a\u202eb\u2066c\u2069d\u061ce', 'abcde'],
    ['zero-width characters and soft hyphens', 'sec\u200bre\u00adt\ufeff\u2060', 'secret'],
    ['tag characters', 'a\u{e0041}\u{e007f}b', 'ab'],
    ['control characters but tab and newline', 'a\u0000\u0007\b\tb\nc\u007f\u0085', 'a\tb\nc'],
    ['line separators', 'a\u2028b\u2029c', 'abc'],
    ['lone surrogates', 'a\ud83db\udc00', 'a\ufffdb\ufffd'],
    ['Windows line ends', 'a\r\nb\r\r\nc\r', 'a\nb\nc'],
    ['a redrawn line', ' 10%|#\r 50%|###\r100%|#####\nnext', '100%|#####\nnext'],
    ['what is plain already', 'epoch 3: val_mape=0.0843 日本 🙂', 'epoch 3: val_mape=0.0843 日本 🙂'],
  ])('handles %s', (_, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('leaves nothing invisible and changes nothing at a second pass', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
    const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]/;
    for (const text of hostileTexts(1500)) {
      const once = plain(text);
      expect(once).not.toMatch(invisible);
      expect(once.isWellFormed()).toBe(true);
      expect(plain(once)).toBe(once);
    }
  });

  it('redacts what only looks like the secret once the invisible parts are gone', () => {
    const secrets = secretsOf('hunter2hunter2');
    expect(clean('token=hunter2\u200bhun\u00adter2', secrets)).toBe('token=***');
    expect(clean('token=hunter2\u001b[0mhunter2', secrets)).toBe('token=***');
  });

  // Each of these takes minutes with an expression that backtracks; the test then does not end in time.
  it.each([
    ['an escape sequence that never ends', `\u001b${';?'.repeat(500_000)}`],
    ['a hyperlink that never ends', `\u001b]8;;${'a'.repeat(1_000_000)}`],
    ['many that never end', '\u001b[1;'.repeat(250_000)],
    ['carriage returns', `${'\r'.repeat(1_000_000)}x`],
    ['one long word', 'x'.repeat(1_000_000)],
  ])('takes a line of a megabyte with %s', (_, line) => {
    expect(neutralLine(plain(line)).length).toBeLessThanOrEqual(line.length);
  });
});

describe('lastRedraw', () => {
  it.each([
    ['a', 'a'],
    ['a\rb', 'b'],
    ['a\r   \r', 'a'],
    ['\r\r', ''],
    ['', ''],
  ])('of %j is %j', (line, expected) => {
    expect(lastRedraw(line)).toBe(expected);
  });
});

describe('shorten', () => {
  it('says how long the text was and never halves a character', () => {
    expect(shorten(asClean('abc'), 3)).toBe('abc');
    expect(shorten(asClean(`ab🙂${'c'.repeat(2000)}`), 3)).toBe('ab … (2,004 characters)');
    expect(shorten(asClean(`a\ufffd${'c'.repeat(9)}`), 2)).toBe('a\ufffd … (11 characters)');
  });
});

describe('neutralLine', () => {
  it.each(['::set-output name=x::y', '  ::error::x', '\t::stop-commands::t', '\u00a0::warning::x', '\u3000::debug::x'])(
    'keeps %j from being a command',
    (line) => {
      expect(neutralLine(asClean(line))).toBe(`│ ${line}`);
    },
  );

  it('breaks ##[ wherever it stands', () => {
    expect(neutralLine(asClean('a ##[error]b ##[group]'))).not.toContain('##[');
  });

  it('lets other lines be', () => {
    expect(neutralLine(asClean('std::vector ## [x]'))).toBe('std::vector ## [x]');
  });
});
