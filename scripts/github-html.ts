/**
 * HTML reduced to what GitHub lets through in a comment (the allow-list of its html-pipeline). The input is taken
 * apart and put together anew from known pieces, so that whatever is not an allowed tag comes out as text, and
 * every element is closed inside the piece of page that it was opened in.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const ELEMENTS = words(
  'a abbr b bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr ' +
    'i img input ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub summary sup table tbody td ' +
    'tfoot th thead time tr tt ul var wbr',
);
const VOID = words('br hr img input wbr');
const ATTRIBUTES = words(
  'align alt border cellpadding cellspacing clear colspan color compact datetime dir height hspace label lang nowrap ' +
    'open rowspan rules scope size span start summary tabindex title valign value vspace width',
);
/** GitHub's "tagfilter": these would swallow the text after them, so their `<` is shown instead. */
const SHOWN_AS_TEXT = words('title textarea style xmp iframe noembed noframes script plaintext');
/** Only inside these do these elements mean something; elsewhere GitHub drops the tag and keeps what is in it. */
const NEEDS: Readonly<Record<string, ReadonlySet<string>>> = {
  li: words('ul ol'),
  ...Object.fromEntries(['thead', 'tbody', 'tfoot', 'tr', 'td', 'th'].map((name) => [name, words('table')])),
};

const PIECE =
  /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>|<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>"']*(?:"[^"]*"|'[^']*'))*[^<>"']*)>/g;
const ATTRIBUTE = /([a-zA-Z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** One tag as written: name in lower case, attributes undecoded. */
export interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly attributes: string;
}

/** `html` as text and tags in order; comments, doctypes and processing instructions are left out. */
export function* pieces(html: string): Generator<string | Tag> {
  let end = 0;
  for (const match of html.matchAll(PIECE)) {
    if (match.index > end) yield html.slice(end, match.index);
    end = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === undefined) continue;
    if (SHOWN_AS_TEXT.has(name)) yield match[0];
    else yield { name, closing: match[1] === '/', attributes: match[3] ?? '' };
  }
  if (end < html.length) yield html.slice(end);
}

/** By how many levels `html` leaves elements open (negative: it closes some of what came before). */
export function openElements(html: string): number {
  let depth = 0;
  for (const piece of pieces(html)) {
    if (typeof piece !== 'string' && !VOID.has(piece.name)) depth += piece.closing ? -1 : 1;
  }
  return depth;
}

/** Text as HTML: what is already an entity stays one. */
function escapeText(text: string): string {
  return text
    .replace(/&(?!(?:[a-zA-Z][a-zA-Z0-9]*|#\d+|#[xX][\da-fA-F]+);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** http, https, mailto, fragments and relative addresses; nothing whose scheme could hide behind an entity. */
function isAllowedAddress(address: string): boolean {
  if (/^(?:https?:\/\/|mailto:|#)/i.test(address)) return true;
  const beforePath = address.split(/[/?#]/, 1)[0] ?? '';
  return !/[:&\\]|\p{Cc}/u.test(beforePath);
}

/** The value with which an attribute is kept, or null. */
function kept(tag: string, name: string, value: string, ownClass: string): string | null {
  if (name === 'class') return value.startsWith(ownClass) ? value.slice(ownClass.length).trim() : null;
  const isAddress = (tag === 'a' && name === 'href') || (tag === 'img' && name === 'src');
  return (isAddress ? isAllowedAddress(value) : ATTRIBUTES.has(name)) ? value : null;
}

function attributesOf(tag: Tag, ownClass: string): string {
  const attributes = new Map<string, string>();
  // The only input that GitHub makes is the box of a task list.
  if (tag.name === 'input') attributes.set('type', 'checkbox').set('disabled', '');
  if (tag.name === 'input' && /\schecked\b/.test(tag.attributes)) attributes.set('checked', '');
  for (const [, name = '', double, single, bare] of tag.attributes.matchAll(ATTRIBUTE)) {
    const value = kept(tag.name, name.toLowerCase(), double ?? single ?? bare ?? '', ownClass);
    if (value !== null) attributes.set(name.toLowerCase(), value);
  }
  if (attributes.has('href')) attributes.set('rel', 'nofollow noopener');
  return [...attributes].map(([name, value]) => ` ${name}="${escapeText(value)}"`).join('');
}

/** Closes `name` and all that was opened in it; nothing if it is not open. */
function close(open: string[], name: string): string {
  const at = open.lastIndexOf(name);
  if (at < 0) return '';
  return open
    .splice(at)
    .reverse()
    .map((each) => `</${each}>`)
    .join('');
}

/**
 * `html` with GitHub's allow-list applied. Classes are dropped, except that a class attribute which starts with
 * `ownClass` keeps what follows it: the caller marks its own elements so, with a word that no author can know.
 */
export function sanitize(html: string, ownClass: string): string {
  const open: string[] = [];
  let result = '';
  for (const piece of pieces(html)) {
    if (typeof piece === 'string') result += escapeText(piece);
    else if (piece.closing) result += close(open, piece.name);
    else if (
      ELEMENTS.has(piece.name) &&
      (NEEDS[piece.name] === undefined || open.some((each) => NEEDS[piece.name]?.has(each)))
    ) {
      result += `<${piece.name}${attributesOf(piece, ownClass)}>`;
      if (!VOID.has(piece.name)) open.push(piece.name);
    }
  }
  return result + close(open, open[0] ?? '');
}
