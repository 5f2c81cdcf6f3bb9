/**
 * Every comment that any test posted, under GitHub's own Markdown parser (cmark-gfm, packaged by Debian): what strangers
 * put into logs and names must have stayed text.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../cloud.ts';
import { LEDGERS, ROOT, type Suite } from '../suite.ts';

/** What the report writes: Markdown's own elements, and the few of HTML that it needs. */
const ELEMENTS = new Set(
  'h3 h4 p a code pre strong em ul ol li table thead tbody tr th td details summary sub br hr blockquote'.split(' '),
);
const LINKS =
  /^https:\/\/(github\.com|[a-z0-9-]+\.console\.(aws\.amazon|amazonaws)\.com|docs\.(aws\.amazon|github)\.com)\//;
const EXTENSIONS = ['table', 'strikethrough', 'autolink', 'tasklist'];

/** What there is to find in a comment: title of the check, and its finder. */
const FINDERS: Readonly<Record<string, (html: string) => string | undefined>> = {
  'no element but the report’s own': (html) =>
    [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name = '']) => name).find((name) => !ELEMENTS.has(name)),
  'every element is closed': (html) =>
    ['details', 'summary', 'pre', 'code', 'table', 'a', 'sub'].find((name) => {
      const count = (tag: string) => html.split(tag).length - 1;
      return count(`<${name}>`) + count(`<${name} `) !== count(`</${name}>`);
    }),
  'links lead to GitHub and AWS alone': (html) =>
    [...html.matchAll(/<a\b[^>]*?href="([^"]*)"/g)]
      .map(([, target = '']) => target)
      .find((target) => !LINKS.test(target)),
  'nobody is mentioned, no issue referred to': (html) => {
    // GitHub reads neither in code.
    const text = html.replace(/<(pre|code|a)\b.*?<\/\1>/gs, ' ').replace(/<!--.*?-->|<[^>]*>/gs, ' ');
    return /(?<![\w`/@])@[a-z\d].{0,40}|(?<![\w&])#\d+|\bGH-\d+/i.exec(text)?.[0];
  },
};

/** Titles of the checks that this comment fails, each with what was found. */
export function surprises(markdown: string): Record<string, string> {
  const html = render(markdown);
  const found = Object.entries(FINDERS).map(([title, find]) => [title, find(html)]);
  return Object.fromEntries(found.filter(([, surprise]) => surprise !== undefined));
}

/** The elements in their order, code left out: what is in it is text. */
export function elements(markdown: string): string {
  const outside = render(markdown).replace(/<code\b[^>]*>.*?<\/code>|<!--.*?-->/gs, '');
  return [...outside.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([tag]) => tag).join('');
}

export async function commentChecks(suite: Suite): Promise<void> {
  const comments = postedComments().map((body) => ({ body, found: surprises(body) }));
  for (const title of Object.keys(FINDERS)) {
    await suite.check(`comments (${comments.length}): ${title}`, () => {
      for (const { body, found } of comments)
        if (found[title] !== undefined) throw new Error(`${found[title]} in\n${body}`);
    });
  }
}

function postedComments(): string[] {
  const files = [join(ROOT, 'out/ledgers'), LEDGERS]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const bodies = files.flatMap((file) =>
    (JSON.parse(readFileSync(file, 'utf8')) as LedgerEntry[])
      .filter(({ service, operation }) => service === 'github' && /^(POST|PATCH) .*\/comments/.test(operation))
      .map(({ request }) => request?.body),
  );
  const texts = [...new Set(bodies.filter((body) => typeof body === 'string'))];
  if (texts.length === 0) throw new Error('no ledger holds a comment: run `npm test` first');
  return texts;
}

function render(markdown: string): string {
  const args = [...EXTENSIONS.flatMap((name) => ['--extension', name]), '--unsafe'];
  const { error, status, stdout, stderr } = spawnSync('cmark-gfm', args, { input: markdown, encoding: 'utf8' });
  if (error) throw new Error(`cmark-gfm cannot be run (${error.message}): apt-get install cmark-gfm`);
  assert.equal(status, 0, stderr);
  return stdout;
}
