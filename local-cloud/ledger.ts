import type { CloudClock, ServiceName } from './types.ts';

/** One request as `GET /_local/ledger` shows it. `response`, `status` stay null while it is being answered. */
export interface LedgerEntry {
  readonly n: number;
  /** Cloud time of receipt, ISO 8601. */
  readonly at: string;
  caller: string;
  service: ServiceName;
  operation: string;
  request: unknown;
  response: unknown;
  /** HTTP status; 0 when the connection was cut or is kept waiting by a fault. */
  status: number | null;
  /** The error name answered, or null. */
  error: string | null;
  /** Kind of the injected fault, or null. */
  fault: string | null;
}

export interface LedgerRequest {
  readonly caller: string;
  readonly service: ServiceName;
  readonly operation: string;
  readonly request: unknown;
}

/** Every request in the order of receipt. Secrets and large bodies are replaced when they are written down. */
export interface Ledger {
  /** Writes the request down; the entry is completed by `close`. */
  open(request: LedgerRequest): LedgerEntry;
  close(entry: LedgerEntry, outcome: { status: number; response?: unknown; error?: string; fault?: string }): void;
  entries(): readonly LedgerEntry[];
  clear(): void;
}

export function createLedger(clock: CloudClock): Ledger {
  let entries: LedgerEntry[] = [];
  let count = 0;
  return {
    open(request) {
      count += 1;
      const entry: LedgerEntry = {
        n: count,
        at: new Date(clock.now()).toISOString(),
        caller: request.caller,
        service: request.service,
        operation: request.operation,
        request: disclose(request.request),
        response: null,
        status: null,
        error: null,
        fault: null,
      };
      entries.push(entry);
      return entry;
    },
    close(entry, outcome) {
      entry.status = outcome.status;
      entry.response = disclose(outcome.response ?? null);
      entry.error = outcome.error ?? null;
      entry.fault = outcome.fault ?? null;
    },
    entries: () => entries,
    clear() {
      entries = [];
      count = 0;
    },
  };
}

const SECRET_FIELDS =
  /^(secretaccesskey|sessiontoken|webidentitytoken|authorizationtoken|authorization|password|token|x-amz-security-token)$/i;
const LONGEST_TEXT = 100_000;
const LONGEST_BLOB = 256;

/** What may be written down of a value: secrets become `***`, buffers and very long texts their length. */
export function disclose(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return { bytes: value.length };
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? { characters: value.length } : value;
  if (Array.isArray(value)) return value.map(disclose);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, discloseField(key, item)]));
}

function discloseField(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return disclose(value);
  if (SECRET_FIELDS.test(key)) return '***';
  if (key === 'layerPartBlob' && value.length > LONGEST_BLOB) return { characters: value.length };
  return disclose(value);
}
