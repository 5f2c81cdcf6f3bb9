import type { Readable } from 'node:stream';

/** The content of one archive member; the reader goes on only when it is drained. */
export class Content implements AsyncIterable<Buffer> {
  readonly #bytes: ByteReader;
  #left: number;

  constructor(bytes: ByteReader, size: number) {
    this.#bytes = bytes;
    this.#left = size;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    while (this.#left > 0) {
      const chunk = await this.#bytes.upTo(this.#left);
      if (chunk === undefined) throw new Error('The archive ends within a file');
      this.#left -= chunk.length;
      yield chunk;
    }
  }

  async drain(): Promise<void> {
    await this.#bytes.skip(this.#left);
    this.#left = 0;
  }
}

/** A stream read by lengths. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: Readable) {
    this.#chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** So many bytes at most and one at least; undefined at the end. */
  async upTo(most: number): Promise<Buffer | undefined> {
    while (this.#held.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) return undefined;
      this.#held = next.value;
    }
    const chunk = this.#held.subarray(0, most);
    this.#held = this.#held.subarray(chunk.length);
    return chunk;
  }

  /** Exactly so many bytes; undefined when the stream ends before the first of them. */
  async exactly(size: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const chunk = await this.upTo(left);
      if (chunk === undefined && parts.length === 0) return undefined;
      if (chunk === undefined) throw new Error('The archive ends within a header');
      parts.push(chunk);
      left -= chunk.length;
    }
    return Buffer.concat(parts);
  }

  async skip(size: number): Promise<void> {
    for (let left = size; left > 0; ) {
      const chunk = await this.upTo(left);
      if (chunk === undefined) throw new Error('The archive ends within a file');
      left -= chunk.length;
    }
  }
}
