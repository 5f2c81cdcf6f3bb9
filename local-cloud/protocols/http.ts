import { randomUUID } from 'node:crypto';
import type { OperationModel, ServiceModel } from '../model/service-model.ts';
import type { Answer, CloudError, ServiceName } from '../types.ts';

/** One HTTP request, read whole. */
export interface HttpRequest {
  readonly method: string;
  /** As on the wire, still percent-encoded, without the query. */
  readonly path: string;
  /** As on the wire, without the question mark. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** How a protocol writes answers and refusals. */
export interface Writer {
  /** `json` and `xml` tell how a malformed answer looks. */
  readonly format: 'json' | 'xml';
  answer(route: Route, answer: Answer, requestId: string): HttpReply;
  refuse(route: Route, error: CloudError, requestId: string): HttpReply;
}

/** A request whose service and operation are known. */
export interface Route {
  readonly service: ServiceName;
  readonly operation: string;
  readonly writer: Writer;
  readonly request: HttpRequest;
  /** AWS's model of the service and operation, where there is one. */
  readonly model?: ServiceModel;
  readonly operationModel?: OperationModel;
  /** Reads the input; throws `CloudError` when it cannot be read. */
  decode(): { readonly input: Record<string, unknown>; readonly body: Buffer };
}

/** A request id as AWS writes them. */
export function newRequestId(): string {
  return randomUUID();
}

/** Decoded `name=value` pairs of a query or form, in order; `+` is a space. */
export function parsePairs(text: string): [string, string][] {
  return [...new URLSearchParams(text).entries()];
}
