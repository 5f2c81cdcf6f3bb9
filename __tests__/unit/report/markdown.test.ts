import { describe, expect, it } from '@jest/globals';
import { Marked } from 'marked';
import { clean } from '../../../src/hostile/clean.ts';
import { makeSecrets } from '../../../src/hostile/secrets.ts';
import { code, details, fence, link, prose, proseBlock, table } from '../../../src/report/markdown.ts';
import { decode, hostileTexts, tagsOf, takeCode } from '../../fixtures/hostile-text.ts';

const secrets = makeSecrets(() => undefined);
/** As the writers meet it: cleaned, then escaped. */
const TEXTS = hostileTexts(3000).map((text) => clean(text, secrets));
const render = (markdown: string) => new Marked({ gfm: true, breaks: true }).parse(markdown) as string;
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

/** Reports the first text that breaks the property, so that a failure shows one case and not three thousand. */
function always(property: (text: string) => string | undefined): void {
  for (const text of TEXTS) {
    const broken = property(text);
    if (broken !== undefined) throw new Error(`${JSON.stringify(text)}: ${broken}`);
  }
}

describe('text from outside', () => {
  it('comes back from inline code exactly, and nothing else comes with it', () => {
    always((text) => {
      const html = render(`before ${code(text)} after`);
      const { rest } = takeCode(html);
      const shown = decode(html.replace(/<\/?(?:p|code)>/g, ''));
      const expected = oneLine(text) === '' ? ' ' : oneLine(text);
      // Only pipes stand outside the code.
      return rest.replaceAll('|', '') === '<p>before  after</p>\n' && shown === `before ${expected} after\n`
        ? undefined
        : html;
    });
  });

  it('stays within its table cell', () => {
    always((text) => {
      const html = render(
        table(['Name', 'Value'], 'lr', [
          [code(text), 'next'],
          ['second', 'row'],
        ]),
      );
      const { rest } = takeCode(html);
      const cells = [...rest.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell]) => cell);
      return cells.join().replaceAll('|', '') === ',next,second,row' ? undefined : html;
    });
  });

  it('becomes a sentence of plain words and code', () => {
    always((text) => {
      const { rest } = takeCode(render(`Label: ${prose(text)}`));
      const foreign = tagsOf(rest).filter((tag) => tag !== 'p');
      const linked = /[@#$]|https?:|www\.|GH-\d|\b[0-9a-f]{7,40}\b|:\w+:/i.exec(decode(rest));
      return foreign.length === 0 && linked === null ? undefined : rest;
    });
  });

  it('becomes paragraphs and list items at most', () => {
    always((text) => {
      const { rest } = takeCode(render(proseBlock(text)));
      const foreign = tagsOf(rest).filter((tag) => !['p', 'br', 'ul', 'li'].includes(tag));
      return foreign.length === 0 ? undefined : rest;
    });
  });

  it('stays within its fence inside a collapsed section', () => {
    always((text) => {
      const html = render(`${details('Log', fence(text))}\n\nafter`);
      const { rest, codes } = takeCode(html);
      const expected = text.replace(/\n+$/, '');
      const whole = codes.length === 1 && codes[0]?.replace(/\n+$/, '') === expected;
      return whole && /<\/details>\s*<p>after<\/p>\s*$/.test(rest) ? undefined : html;
    });
  });

  it('leads a link nowhere else', () => {
    always((text) => {
      const html = render(link('label', `https://example.com/${text}`));
      return /^<p><a href="https:\/\/example\.com\/[^"]*">label<\/a><\/p>\n$/.test(html) ? undefined : html;
    });
  });
});

describe('readable for a person', () => {
  it.each([
    ['val_mape <= 0.12', '`val_mape <= 0.12`'],
    ['feature/a`b', '``feature/a`b``'],
    ['`x`', '`` `x` ``'],
    [' x ', '`  x  `'],
    ['', '` `'],
    ['a|b', '`a`&#124;`b`'],
    ['$HOME', '`$HOME`'],
  ])('code %s reads %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it.each([
    ['The job was stopped; 3 of 4 steps (75%) are done.', 'The job was stopped; 3 of 4 steps (75%) are done.'],
    ['set `max-run: 2h` (or less)', 'set `max-run: 2h` (or less)'],
    ['look at s3://bucket/key, please', 'look at `s3://bucket/key`, please'],
    ['val_mape was not seen', '`val_mape` was not seen'],
    ['thanks @octocat', 'thanks `@octocat`'],
    ['see #26', 'see `#26`'],
    ['1. first', '`1`. first'],
    ['# heading', '`#` heading'],
  ])('prose %s reads %s', (text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it('keeps the list of a message a list', () => {
    expect(proseBlock('Two mistakes:\n- max-run: wrong\n- spot: wrong')).toBe(
      'Two mistakes:\n\n- max-run: wrong\n- spot: wrong',
    );
  });

  it('carries console addresses through unchanged, `$` and `&` included', () => {
    const url = 'https://console.aws.amazon.com/home?region=x&y=1#logsV2:log-group/$252Faws$252Fsagemaker';
    const [, href = ''] = /href="([^"]*)"/.exec(render(link('log', url))) ?? [];
    expect(decode(decode(href))).toBe(url);
    expect(link('log', url)).not.toContain('$');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '', 's3://bucket/key'])('makes no link to %s', (url) => {
    expect(link('label', url)).toBe('label');
  });
});
