/** Places in the job file: where each part of the request was written. */
import type { LineCounter, Node } from 'yaml';
import type { FilePlace, Problem } from '../problem.ts';

export class Places {
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #byPath = new Map<string, FilePlace>();

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  /** Notes where a part stands. */
  note(path: string, node: unknown): FilePlace {
    const place = this.ofOffset((node as Node | null)?.range?.[0] ?? 0);
    this.#byPath.set(path, place);
    return place;
  }

  has(path: string): boolean {
    return this.#byPath.has(path);
  }

  ofOffset(offset: number): FilePlace {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line, column: col };
  }

  /** Where a part stands; of one that is not written itself, where what it belongs to stands. */
  of(path: string): FilePlace {
    const found = this.#byPath.get(path);
    if (found !== undefined) return found;
    const parent = path.replace(/(?:\.[^.[\]]*|\[\d+\])$/, '');
    return parent === path ? { file: this.#file, line: 1, column: 1 } : this.of(parent);
  }
}

/** A problem of the job file: its message starts with the path of the part. */
export function problemAt(
  place: FilePlace,
  path: string,
  mistake: { readonly message: string; readonly remedy: string },
): Problem {
  return { input: 'job-file', ...located(place), message: `${path} ${mistake.message}`.trim(), remedy: mistake.remedy };
}

export function located(place: FilePlace): { readonly at: string; readonly place: FilePlace } {
  return { at: `${place.file} line ${place.line}, column ${place.column}`, place };
}
