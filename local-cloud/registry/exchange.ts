import type { IncomingMessage } from 'node:http';
import type { Cloud } from '../state.ts';
import type { Repository } from './repositories.ts';
import type { RegistryState } from './state.ts';

/** One request to the distribution API, its repository already found. */
export interface RegistryRequest {
  readonly cloud: Cloud;
  readonly state: RegistryState;
  readonly repository: Repository;
  readonly method: string;
  /** Tag or digest, upload id, or empty: the last part of the path. */
  readonly reference: string;
  readonly query: URLSearchParams;
  readonly message: IncomingMessage;
}

export interface RegistryAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** A part of a file as the body; `end` is inclusive. */
  readonly file?: { readonly path: string; readonly start: number; readonly end: number };
}

/** A refusal in the distribution spec's form; `code` is one of its error codes. */
export class RegistryError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'RegistryError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The longest manifest taken, as in ECR: 4 MiB. */
export const LONGEST_MANIFEST = 4 * 1024 * 1024;

/** The whole body. Rejects with a RegistryError beyond `limit` bytes. */
export async function readBody(message: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new RegistryError(413, 'SIZE_INVALID', `The body is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
