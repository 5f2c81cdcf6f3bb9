import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../../scripts/github-markdown.ts';
import { renderPage } from '../../../scripts/github-page.ts';

const comment = (markdown: string): string => renderMarkdown(markdown, { lineBreaks: true });

describe('Markdown as GitHub shows it', () => {
  it.each([
    ['a table with alignment', '|a|b|\n|:-|-:|\n|1|`x\\|y`|', ['<th align="left">a</th>', '<code>x|y</code>']],
    ['a task list', '- [x] a\n- [ ] b\n- c', ['disabled="" checked=""', '<li class="task-list-item">', '<li>c</li>']],
    ['struck-out text and bare links', '~~a~~ https://example.com', ['<del>a</del>', '<a href="https://example.com"']],
    [
      'a fence in details',
      '<details><summary>s</summary>\n\n```\na < b\n```\n\n</details>',
      ['<summary>s</summary>', 'a &lt; b\n'],
    ],
    ['fold-outs that are open', '<details open><summary>s</summary>x</details>', ['<details open="">']],
    ['a mermaid fence as its source', '```mermaid\npie\n```', ['<pre class="mermaid-source"><code>pie\n</code></pre>']],
    ['another fence without a class', '```ts\na\n```', ['<pre><code>a\n</code></pre>']],
  ])('renders %s', (_name, markdown, parts) => {
    for (const part of parts) expect(comment(markdown)).toContain(part);
  });

  it.each(['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION', 'note'])('renders an alert of kind %s', (kind) => {
    const html = comment(`> [!${kind}]\n> **Bold** text`);
    expect(html).toContain(`<div class="markdown-alert markdown-alert-${kind.toLowerCase()}">`);
    expect(html).toMatch(
      /<p class="markdown-alert-title"><svg [^>]*><path d="M[^"]+"\/><\/svg>(Note|Tip|Important|Warning|Caution)<\/p>/,
    );
    expect(html).toContain('<strong>Bold</strong> text');
    expect(html).not.toContain('[!');
  });

  it.each([
    ['inside details', '<details>\n\n> [!NOTE]\n> text\n\n</details>'],
    ['with nothing after its first line', '> [!NOTE]'],
    ['of an unknown kind', '> [!DANGER]\n> text'],
    ['with text behind the kind', '> [!NOTE] text\n> more'],
    ['inside a list', '- > [!NOTE]\n  > text'],
  ])('leaves an alert %s a quote', (_name, markdown) => {
    expect(comment(markdown)).toContain('<blockquote>');
    expect(comment(markdown)).toContain('[!');
    expect(comment(markdown)).not.toContain('markdown-alert');
  });

  it('knows alerts again after a closed fold-out', () => {
    expect(comment('<details>\n\nx\n\n</details>\n\n> [!TIP]\n> text')).toContain('markdown-alert-tip');
  });

  it('keeps line ends in comments and joins lines in summaries', () => {
    expect(comment('a\nb')).toContain('a<br>b');
    expect(renderMarkdown('a\nb', { lineBreaks: false })).toContain('a\nb');
  });
});

/** The name of every start tag that a browser would see. */
const tagsOf = (html: string): string[] => [...html.matchAll(/<([a-zA-Z][^\s/>]*)/g)].map((match) => match[1] ?? '');

describe('untrusted text', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script over lines', 'x\n\n<script\n>alert(1)\n</script\n>'],
    ['a script in upper case inside a paragraph', 'x <SCRIPT SRC=//evil.example></SCRIPT>'],
    ['a style sheet', '<style>body{display:none}</style>'],
    ['a frame', '<iframe src="https://evil.example"></iframe>'],
    ['an svg', '<svg onload=alert(1)><script>alert(1)</script></svg>'],
    [
      'math with a hidden style',
      '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    ],
    ['a form', '<form action=//evil.example><button formaction=x>go</button></form>'],
    ['a base address', '<base href="//evil.example">'],
    ['a redirect', '<meta http-equiv=refresh content="0;url=//evil.example">'],
    ['an unfinished tag', '<img src=x onerror=alert(1) '],
    ['a tag with slashes for spaces', '<img/src=x/onerror=alert(1)>'],
    ['an event handler in an allowed tag', '<b onclick="alert(1)" onmouseover=alert(1)>b</b>'],
    ['a handler behind a quoted bracket', '<b title=">" onclick=alert(1)>b</b>'],
    ['a comment that ends early', '<!--> <img src=x onerror=alert(1)> -->'],
    ['a style attribute and a class', '<p style="position:fixed" class="markdown-alert" id="x">p</p>'],
    ['a tag that the lexer takes for a link title', '[a](https://x.example "t\\" onmouseover=alert(1) x=\\"")'],
    ['language text of a fence', '```"><script>alert(1)</script>\na\n```'],
  ])('cannot bring in %s', (_name, markdown) => {
    const html = comment(markdown);
    const attributes = [...html.matchAll(/<[a-zA-Z][^\s/>]*((?:\s+[\w-]+="[^"]*")*)\s*\/?>/g)].map((match) => match[1]);
    expect(attributes).toHaveLength(tagsOf(html).length);
    const names = [...attributes.join(' ').matchAll(/\s([\w-]+)="[^"]*"/g)].map((match) => match[1] ?? '');
    expect(names.filter((name) => /^(?:on|style|class|id$|action|srcdoc)/i.test(name))).toEqual([]);
    expect(tagsOf(html).filter((tag) => !/^(?:p|b|a|img|pre|code|table|br)$/.test(tag))).toEqual([]);
  });

  it.each([
    '[a](javascript:alert(1))',
    '<a href="javascript:alert(1)">a</a>',
    '<a href=" &#106;avascript:alert(1)">a</a>',
    '<a href="java&Tab;script&colon;alert(1)">a</a>',
    '<a href="java\nscript:alert(1)">a</a>',
    '<a href="vbscript:x">a</a>',
    '<a href="data:text/html,x">a</a>',
    '<img src="data:image/png;base64,AAAA">',
    '![a](data:image/png;base64,AAAA)',
  ])('gets no address of another scheme: %j', (markdown) => {
    expect(comment(markdown)).not.toMatch(/<[^>]*\s(?:href|src)=/);
  });

  it.each([
    ['https://example.com/a?b=c&d=e#f', 'https://example.com/a?b=c&amp;d=e#f'],
    ['../blob/main/README.md', '../blob/main/README.md'],
    ['#heading', '#heading'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
  ])('keeps the address %s', (address, written) => {
    expect(comment(`[a](${address})`)).toContain(`<a href="${written}" rel="nofollow noopener">a</a>`);
  });

  it('stays inside its frame, whatever it closes or leaves open', () => {
    const section = { heading: 'h', kind: 'comment' as const };
    const render = (markdown: string) => renderPage({ title: 't', sections: [{ ...section, markdown }] });
    const hostile = render('</div></div></main></body></html>\n\n<div><details><table><tr><td>\n\n<b>x');
    const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
    for (const tag of ['div', 'details', 'table', 'tr', 'td', 'b', 'main', 'body', 'html']) {
      expect([tag, count(hostile, new RegExp(`<${tag}[\\s>]`, 'g'))]).toEqual([
        tag,
        count(hostile, new RegExp(`</${tag}>`, 'g')),
      ]);
    }
    expect(hostile.endsWith(render('x').slice(-40))).toBe(true);
  });

  it('drops table and list parts outside their parents, and hidden comments', () => {
    expect(comment('a <td>b</td> <li>c</li> <!-- marker -->')).toBe('<p>a b c </p>\n');
  });
});

describe('the page', () => {
  const page = renderPage({
    title: 'A <b> & "c"',
    sections: [
      { heading: 'Comment <i>', markdown: 'first\nsecond', kind: 'comment' },
      { heading: 'Summary', markdown: 'third', kind: 'summary' },
    ],
  });

  it('escapes its own texts and frames the comment as the bot that posts it', () => {
    expect(page).toContain('<title>A &lt;b&gt; &amp; &quot;c&quot;</title>');
    expect(page).toContain('Comment &lt;i&gt;');
    expect(page).toMatch(/<strong>github-actions<\/strong><span class="bot">bot<\/span><span>commented<\/span>/);
    expect(page).toContain('first<br>second');
  });

  it('holds all it needs: no script, no address to load from, and a policy that forbids both', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|@import|url\(\s*["']?https?:/i);
    expect(page).toContain('prefers-color-scheme: dark');
  });

  it('is the same for the same input', () => {
    const once = renderPage({ title: 't', sections: [{ heading: 'h', markdown: '> [!TIP]\n> x', kind: 'summary' }] });
    expect(renderPage({ title: 't', sections: [{ heading: 'h', markdown: '> [!TIP]\n> x', kind: 'summary' }] })).toBe(
      once,
    );
  });
});
