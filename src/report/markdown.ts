/**
 * GitHub-flavoured Markdown from text that nobody vouches for. One principle makes every place safe:
 * a word is either plainly harmless or it stands in code, where GitHub makes no mention, issue reference, link,
 * commit link, emoji, image or formula of it. Zero-width tricks are not used: cleaning would remove them.
 */

/**
 * Text as inline code on one line: safe in a paragraph, a heading, a list item and a table cell alike. A pipe would end
 * a table cell even inside code, and renderers disagree on `\|`, so it stands between two spans. (HTML's `<code>` would
 * not do: cmark-gfm makes links of addresses inside it.)
 */
export function code(text: string): string {
  const segments = oneLine(text).split('|');
  return segments.length === 1 ? span(segments[0] || ' ') : segments.map(span).join('&#124;');
}

/** CommonMark takes one space off both ends if both have one; a backtick must not touch the fence. */
function span(text: string): string {
  if (text === '') return '';
  const marks = '`'.repeat(longestRun(text) + 1);
  const stripped = text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '';
  const padding = stripped || text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return marks + padding + text + padding + marks;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

/** A sentence from outside on one line: plain words as they are, everything else (paths, names, URLs, `code`) in code. */
export function prose(text: string): string {
  const tokens = oneLine(text.trim()).match(/[("'“]*`[^`]+`[)"'”.,;:!?…]*|\S+/g) ?? [];
  return tokens.map((token, index) => word(token, index === 0)).join(' ');
}

/** Text of several lines: one paragraph with hard breaks (summaries ignore plain line ends), `- ` lines as a list. */
export function proseBlock(text: string): string {
  const lines = text.split(LINE_END).filter((line) => line.trim() !== '');
  const blocks = lines.map((line) => {
    const item = /^\s*[-*•]\s+(.*)$/.exec(line);
    return item === null ? { item: false, text: prose(line) } : { item: true, text: `- ${prose(item[1] ?? '')}` };
  });
  return blocks.reduce((done, { item, text: block }, index) => {
    if (index === 0) return block;
    const previous = blocks[index - 1]?.item === true;
    if (item && previous) return `${done}\n${block}`;
    return item || previous ? `${done}\n\n${block}` : `${done}  \n${block}`;
  }, '');
}

/** A fenced block whose fence is longer than any run of backticks inside. */
export function fence(text: string): string {
  const body = text.split(LINE_END).join('\n').replace(/\n+$/, '');
  const marks = '`'.repeat(Math.max(longestRun(body), 2) + 1);
  return `${marks}text\n${body}\n${marks}`;
}

/** A link with a label of ours. A target that is no web address leaves the label alone. */
export function link(label: string, url: string): string {
  if (!/^https?:\/\/[^\s/]/i.test(url)) return label;
  return `[${label}](${url.replace(/[^\w\-.~:/?#@+,;=%]/gu, encodeTarget)})`;
}

/** Text as code that links somewhere, unless it could end the label early or make a reference definition of it. */
export function codeLink(text: string, url: string): string {
  return /[`\]]/.test(text) ? code(text) : link(code(text), url);
}

/** Console addresses hold `$` and `&`, which must arrive unchanged; the rest can be percent-encoded. */
function encodeTarget(character: string): string {
  if (/[!$&'*]/.test(character)) return `&#${character.charCodeAt(0)};`;
  if (character === '(' || character === ')') return character === '(' ? '%28' : '%29';
  return encodeURIComponent(character.toWellFormed());
}

/** A table; cells are finished Markdown without line ends. `align`: one of `l`, `r` a column. */
export function table(head: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const rule = [...align].map((side) => (side === 'r' ? '---:' : ':---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A collapsed section. Blank lines around the content make GitHub read it as Markdown. */
export function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** Everything that ends a line for a Markdown renderer or an editor; a lone `\r` would break out of a fence. */
const LINE_END = /\r\n?|[\n\u0085\u2028\u2029]/;

function oneLine(text: string): string {
  return text.replace(/[\s\u0085]+/g, ' ');
}

/** Letters, with the hyphens, apostrophes, dots and slashes of prose between them. */
const PLAIN_WORD = /^\p{L}[\p{L}\p{N}]*(?:['’./-][\p{L}\p{N}]+)*$/u;
const PLAIN_NUMBER = /^\d{1,6}(?:[.,]\d+)*%?$/;
/** What GitHub links by itself: web addresses, `GH-26`, commit ids. */
const AUTOLINKED = /www\.|gh-\d|\b[0-9a-f]{7,40}\b/i;

function word(token: string, first: boolean): string {
  const [open, core, close] = peel(token);
  const quoted = /^`([^`]+)`$/.exec(core);
  if (quoted !== null) return `${open}${code(quoted[1] ?? '')}${close}`;
  if (core === '') return /^[–—…]*$/.test(token) || !first ? plainMark(token) : code(token);
  const number = PLAIN_NUMBER.test(core) && !(first && /^[.)]/.test(close));
  const plain = number || (PLAIN_WORD.test(core) && !AUTOLINKED.test(core)) || (!first && /^[–—%-]$/.test(core));
  return plain ? token : `${open}${code(core)}${close}`;
}

/** The punctuation around a word. A loop: a regular expression would try every start of a long run. */
function peel(token: string): readonly [string, string, string] {
  let start = 0;
  while (start < token.length && '("\'“'.includes(token.charAt(start))) start++;
  let end = token.length;
  while (end > start && ')"\'”.,;:!?…'.includes(token.charAt(end - 1))) end--;
  return [token.slice(0, start), token.slice(start, end), token.slice(end)];
}

/** Punctuation on its own. */
function plainMark(token: string): string {
  return /^[–—…("'“)”.,;:!?%]$/u.test(token) ? token : code(token);
}
