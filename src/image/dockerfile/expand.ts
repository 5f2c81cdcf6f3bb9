/** Variables in a Dockerfile's words, as BuildKit's shell lexer expands them. Pure. */
import type { Escape } from './source.ts';

/** A text; '' = set to nothing; `undefined` = not set; `unknown` = it depends on what is not in the Dockerfile. */
export type Value = string | undefined | typeof UNKNOWN;
export const UNKNOWN = Symbol('unknown');

export type Lookup = (name: string) => Value;

/** The word without its quotes and with its variables replaced; `undefined` when that cannot be known here. */
export function expand(word: string, lookup: Lookup, escapeCharacter: Escape): string | undefined {
  const reader = new WordReader(word, lookup, escapeCharacter);
  const text = reader.read('');
  return reader.known ? text : undefined;
}

class WordReader {
  known = true;
  readonly #text: string;
  readonly #lookup: Lookup;
  readonly #escape: Escape;
  #at = 0;

  constructor(text: string, lookup: Lookup, escapeCharacter: Escape) {
    this.#text = text;
    this.#lookup = lookup;
    this.#escape = escapeCharacter;
  }

  /** Up to one of the characters `until` (not taken), or the end. */
  read(until: string): string {
    let result = '';
    while (this.#at < this.#text.length && !until.includes(this.#peek())) {
      const character = this.#take();
      if (character === "'") result += this.#upTo("'");
      else if (character === '"') result += this.#quoted();
      else if (character === '$') result += this.#variable();
      else if (character === this.#escape) result += this.#take();
      else result += character;
    }
    return result;
  }

  #quoted(): string {
    let result = '';
    while (this.#at < this.#text.length && this.#peek() !== '"') {
      const character = this.#take();
      if (character === '$') result += this.#variable();
      else if (character === this.#escape && ['"', '$', this.#escape].includes(this.#peek())) result += this.#take();
      else result += character;
    }
    this.#take();
    return result;
  }

  #variable(): string {
    if (this.#peek() === '{') {
      this.#take();
      return this.#braced();
    }
    const [name = ''] = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += name.length;
    return name === '' ? '$' : this.#plain(this.#lookup(name));
  }

  #braced(): string {
    const [name = ''] = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += name.length;
    const [operator = ''] = /^(?::?[-+?])?/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += operator.length;
    if (operator === '') return this.#afterPlainName(name);
    const knownBefore = this.known;
    const word = this.read('}');
    const wordKnown = this.known;
    this.known = knownBefore;
    this.#take();
    const value = this.#lookup(name);
    if (value === UNKNOWN) return this.#lost();
    const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
    const takesWord = operator.endsWith('+') ? isSet : operator.endsWith('-') && !isSet;
    if (!takesWord) return operator.endsWith('+') ? '' : this.#plain(value);
    this.known = knownBefore && wordKnown;
    return word;
  }

  /** `${name}`; `${name#…}`, `${name/…}` and the like are not followed. */
  #afterPlainName(name: string): string {
    if (this.#peek() === '}') {
      this.#take();
      return this.#plain(this.#lookup(name));
    }
    this.read('}');
    this.#take();
    return this.#lost();
  }

  #plain(value: Value): string {
    return value === UNKNOWN ? this.#lost() : (value ?? '');
  }

  #lost(): string {
    this.known = false;
    return '';
  }

  #upTo(end: string): string {
    const close = this.#text.indexOf(end, this.#at);
    const stop = close < 0 ? this.#text.length : close;
    const text = this.#text.slice(this.#at, stop);
    this.#at = stop + 1;
    return text;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #take(): string {
    return this.#text.charAt(this.#at++);
  }
}
