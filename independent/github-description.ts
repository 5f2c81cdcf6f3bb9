/** Holds calls of a ledger against GitHub's own description of its REST API (github-openapi.generated.json). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import type { LedgerEntry } from './cloud.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content | { readonly $ref: string }>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const JSON_BODY = 'application/json';
const KEY = 'https://api.github.com/description';
const description: Description = JSON.parse(
  readFileSync(join(import.meta.dirname, 'github-openapi.generated.json'), 'utf8'),
);

/**
 * Queries are text, where the description has numbers and booleans. Answers may be abridged, for nobody reads
 * `received_events_url`: nothing is required of them, but what they do say must be what GitHub says.
 */
const validators = {
  query: makeValidator(description.components, true),
  body: makeValidator(description.components, false),
  answer: makeValidator(abridged(description.components), false),
};

function makeValidator(components: unknown, coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes });
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  for (const format of ['int64', 'email', 'repo.nwo', 'timestamp']) ajv.addFormat(format, true);
  return ajv.addSchema({ $id: KEY, components });
}

/** Nothing is required, nothing unknown is taken. */
function abridged(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(abridged);
  if (schema === null || typeof schema !== 'object') return schema;
  const {
    required: _,
    oneOf,
    ...rest
  } = Object.fromEntries(Object.entries(schema).map(([key, item]) => [key, abridged(item)]));
  const isClosed = typeof rest.properties === 'object' && !('additionalProperties' in rest) && !('allOf' in rest);
  return { ...rest, ...(oneOf !== undefined && { anyOf: oneOf }), ...(isClosed && { additionalProperties: false }) };
}

/** What of this request GitHub would not know or not take. */
export function requestViolations(entry: LedgerEntry): string[] {
  const operation = operationOf(entry.operation);
  if (operation === undefined) return [`GitHub's description has no ${entry.operation} (see trim-openapi.mjs)`];
  const given: Record<string, unknown> = { ...entry.request };
  const found: string[] = [];
  for (const raw of operation.parameters ?? []) {
    const { name, in: place, required, schema } = resolve(raw) as Parameter;
    if (place !== 'path' && place !== 'query') continue;
    if (given[name] !== undefined) found.push(...violations('query', { [name]: schema }, { [name]: given[name] }));
    else if (required) found.push(`${place} parameter ${name} is missing`);
    delete given[name];
  }
  const body = operation.requestBody?.content?.[JSON_BODY]?.schema;
  if (body === undefined) return [...found, ...unknown(Object.keys(given), [])];
  const { properties = {} } = resolve(body) as { properties?: object };
  return [
    ...found,
    ...violations('body', { body }, { body: given }),
    ...unknown(Object.keys(given), Object.keys(properties)),
  ];
}

/** How this answer differs from what GitHub says it would be; injected faults are not for this. */
export function responseViolations(entry: LedgerEntry): string[] {
  const operation = operationOf(entry.operation);
  const described = operation?.responses[String(entry.status)];
  if (described === undefined) {
    // GitHub does not write down every refusal; what succeeds it does.
    return (entry.status ?? 0) < 300 && operation ? [`${entry.status} is no answer of ${entry.operation}`] : [];
  }
  const schema = (resolve(described) as Content).content?.[JSON_BODY]?.schema;
  return schema === undefined || entry.status === 304
    ? []
    : violations('answer', { answer: abridged(schema) }, { answer: entry.response });
}

/** Whether the ledger holds the answer at all: it does not of refusals, of faults, nor while it is being given. */
export function isAnswered({ status, error, fault }: LedgerEntry): boolean {
  return status !== null && status > 0 && error === null && fault === null;
}

function operationOf(name: string): Operation | undefined {
  const [verb = '', path = ''] = name.split(' ');
  return description.paths[path]?.[verb.toLowerCase()];
}

function resolve(value: object): unknown {
  if (!('$ref' in value)) return value;
  const [, , kind = '', name = ''] = String(value.$ref).split('/');
  return description.components[kind]?.[name];
}

function unknown(names: readonly string[], known: readonly string[]): string[] {
  return names.filter((name) => !known.includes(name)).map((name) => `${name} is not known to GitHub`);
}

function violations(kind: keyof typeof validators, properties: object, value: object): string[] {
  const absolute = JSON.parse(JSON.stringify(properties).replaceAll('"#/components/', `"${KEY}#/components/`));
  const validate = validators[kind].compile({ type: 'object', properties: absolute });
  return validate(structuredClone(value)) ? [] : (validate.errors ?? []).map(told);
}

function told({ instancePath, message, params }: ErrorObject): string {
  const place = instancePath.replace(/\/\d+(?=\/|$)/g, '/*');
  return `${place} ${message}${params.additionalProperty ? ` (${params.additionalProperty})` : ''}`;
}
