/** Which variables a stage knows at each of its instructions. */
import { expand, type Lookup, UNKNOWN, type Value } from './expand.ts';
import type { Escape } from './source.ts';
import { splitWords } from './words.ts';

export interface BuildArguments {
  readonly platform: string;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/** `linux/arm64/v8` as the arguments that Docker defines for `FROM` lines and for stages that declare them. */
export function platformArguments(platform: string): Readonly<Record<string, Value>> {
  const [os = '', architecture = '', variant = ''] = platform.split('/');
  return {
    TARGETPLATFORM: platform,
    TARGETOS: os,
    TARGETARCH: architecture,
    TARGETVARIANT: variant,
    // Those of the machine that builds.
    BUILDPLATFORM: UNKNOWN,
    BUILDOS: UNKNOWN,
    BUILDARCH: UNKNOWN,
    BUILDVARIANT: UNKNOWN,
  };
}

/** ARG and ENV of one stage. ENV wins over ARG, whatever their order. */
export class Scope {
  /** The base is an image: its own ENV is not known, and wins over ARG as well. */
  readonly #open: boolean;
  readonly #escape: Escape;
  readonly #environment: Map<string, Value>;
  readonly #arguments = new Map<string, Value>();

  constructor(options: {
    readonly open: boolean;
    readonly escapeCharacter: Escape;
    readonly from?: Scope | undefined;
  }) {
    this.#open = options.from ? options.from.#open : options.open;
    this.#escape = options.escapeCharacter;
    this.#environment = new Map(options.from === undefined ? [] : options.from.#environment);
  }

  readonly lookup: Lookup = (name) => {
    if (this.#environment.has(name)) return this.#environment.get(name);
    return this.#open ? UNKNOWN : this.#arguments.get(name);
  };

  expand(word: string): string | undefined {
    return expand(word, this.lookup, this.#escape);
  }

  /** `ARG a b=c`: `given` knows what stands in for the default. Answers the names with their values. */
  declare(text: string, given: (name: string, byDefault: Value) => Value): readonly (readonly [string, Value])[] {
    return splitWords(text).map((word) => {
      const [, name = '', value] = /^([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
      const byDefault = value === undefined ? undefined : (this.expand(value) ?? UNKNOWN);
      const effective = given(name, byDefault);
      this.#arguments.set(name, effective);
      return [name, effective];
    });
  }

  /** `ENV a=b c=d`, or the old `ENV a b c`. All values see what was set before the instruction. */
  set(text: string): void {
    const words = splitWords(text);
    const pairs = words[0]?.includes('=')
      ? words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const)
      : [[words[0] ?? '', text.trim().replace(/^\S+\s*/, '')] as const];
    const values = pairs.map(([name, value]) => [name, this.expand(value) ?? UNKNOWN] as const);
    for (const [name, value] of values) this.#environment.set(name, value);
  }

  environment(name: string): Value {
    return this.#environment.get(name);
  }
}
