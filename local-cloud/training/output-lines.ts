/**
 * Longest event, in bytes. CloudWatch took 256 KiB for years and 1 MiB since 2025: the newer limit holds here, so
 * that readers meet the largest events there are.
 */
export const LONGEST_EVENT = 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * Cuts a container's output into log events: one a line, without its line feed. Carriage returns stay as they came, so
 * a progress bar is one event. Longer lines are split; bytes that are no UTF-8 become U+FFFD, as in the real service.
 */
export class OutputLines {
  readonly #write: (line: string) => void;
  #rest: Buffer[] = [];
  #size = 0;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      this.#emit();
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** The container has ended: what is left is a line too. */
  end(): void {
    if (this.#size > 0) this.#emit();
  }

  #keep(bytes: Buffer): void {
    let rest = bytes;
    while (this.#size + rest.length > LONGEST_EVENT) {
      const cut = wholeCharacters(rest, LONGEST_EVENT - this.#size);
      this.#rest.push(rest.subarray(0, cut));
      this.#emit();
      rest = rest.subarray(cut);
    }
    if (rest.length > 0) this.#rest.push(rest);
    this.#size += rest.length;
  }

  #emit(): void {
    const line = Buffer.concat(this.#rest).toString('utf8');
    this.#rest = [];
    this.#size = 0;
    this.#write(line.endsWith('\r') && line.indexOf('\r') === line.length - 1 ? line.slice(0, -1) : line);
  }
}

/** The largest cut at or below `limit` that does not split a UTF-8 character (its later bytes are 10xxxxxx). */
function wholeCharacters(bytes: Buffer, limit: number): number {
  let cut = limit;
  while (cut > limit - 4 && cut > 0 && ((bytes[cut] ?? 0) & 0xc0) === 0x80) cut -= 1;
  return cut > 0 && cut > limit - 4 ? cut : limit;
}
