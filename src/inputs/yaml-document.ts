/** YAML 1.2 in an input: the document, with line numbers, or what is wrong with it. */
import { type Document, isAlias, isScalar, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import { type Mistake, type Parsed, valid } from './problem.ts';

/** A YAML text whose aliases multiply more than this is taken for an attack ("billion laughs"). */
const MAX_ALIASES = 100;
/** One open bracket can make every further line wrong. */
export const MAX_MISTAKES = 3;

export interface YamlDocument {
  readonly root: Node | null;
  /** 1-based. */
  lineOf(node: unknown): number;
  /** The node itself, or the node an alias stands for. */
  resolve(node: unknown): unknown;
}

/** Reads one document. Integers keep all their digits (as bigint). Excerpts are never quoted: the text may hold secrets. */
export function readYaml(text: string, remedy: string): Parsed<YamlDocument> {
  const { document, mistakes, lines } = openYaml(text);
  if (document !== undefined) return valid(document);
  const told = mistakes.map(({ offset, message, whole }) => ({
    ...(whole ? {} : { at: `line ${lines.linePos(offset).line}` }),
    message,
    remedy,
  }));
  return { ok: false, mistakes: distinct(told).slice(0, MAX_MISTAKES) };
}

export interface OpenedYaml {
  /** Absent when there are mistakes. */
  readonly document?: YamlDocument;
  /** `whole`: it belongs to no place of its own. */
  readonly mistakes: readonly { readonly offset: number; readonly message: string; readonly whole?: boolean }[];
  readonly lines: LineCounter;
}

/** The document with the places of its mistakes. */
export function openYaml(text: string): OpenedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
    intAsBigInt: true,
    logLevel: 'error',
  });
  const mistakes = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    offset: pos[0],
    message: `is not valid YAML: ${firstLine(message)}`,
  }));
  if (mistakes.length > 0) return { mistakes, lines };
  const bomb = aliasMistake(document);
  if (bomb !== undefined)
    return { mistakes: [{ offset: 0, message: `is not usable YAML: ${bomb}`, whole: true }], lines };
  const opened: YamlDocument = {
    root: document.contents,
    lineOf: (node) => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line,
    resolve: (node) => (isAlias(node) ? node.resolve(document) : node),
  };
  return { document: opened, mistakes: [], lines };
}

/** Expanding the whole document once proves that its aliases are few and do not hold themselves. */
function aliasMistake(document: Document): string | undefined {
  try {
    JSON.stringify(document.toJS({ maxAliasCount: MAX_ALIASES }), (_, value) =>
      typeof value === 'bigint' ? 0 : value,
    );
    return undefined;
  } catch (error) {
    // The library's own words where it found it; else JSON met a node that holds itself.
    return error instanceof ReferenceError ? firstLine(error.message) : 'an alias stands inside of what it refers to';
  }
}

/** A scalar as the user spelled it (`1.10`, `true`), strings without their quotes; undefined for null. */
export function spelling(scalar: Scalar): string | undefined {
  if (typeof scalar.value === 'string') return scalar.value;
  if (scalar.value === null || scalar.value === undefined) return undefined;
  return scalar.source ?? String(scalar.value);
}

/** The spelling of a node that is a scalar; undefined for null, maps and lists. */
export function spellingOf(node: unknown): string | undefined {
  return isScalar(node) ? spelling(node) : undefined;
}

function distinct(mistakes: readonly Mistake[]): readonly Mistake[] {
  return [...new Map(mistakes.map((mistake) => [`${mistake.at} ${mistake.message}`, mistake])).values()];
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
