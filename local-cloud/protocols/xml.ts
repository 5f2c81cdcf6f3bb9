/** A piece of an XML document: an element with text or children. `undefined` children are left out. */
export interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly (Element | undefined)[];
}

/** An element; numbers and booleans become text. */
export function element(
  name: string,
  content: string | number | boolean | readonly (Element | undefined)[],
  attributes?: Readonly<Record<string, string>>,
): Element {
  const body = typeof content === 'object' ? content : String(content);
  return attributes ? { name, content: body, attributes } : { name, content: body };
}

/** A whole document with its declaration. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml(root)}`;
}

function xml({ name, attributes, content }: Element): string {
  const pairs = Object.entries(attributes ?? {}).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const body =
    typeof content === 'string' ? escapeXml(content) : content.map((child) => (child ? xml(child) : '')).join('');
  return `<${name}${pairs.join('')}>${body}</${name}>`;
}

/** Text for XML. Control characters that XML 1.0 forbids are written as references, as S3 does. */
export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\p{Cc}/gu, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}
