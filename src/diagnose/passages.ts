/** What was said, where, and how much weight a statement has at its place. Rules match passages, not logs. */
import type { Evidence, ProofSource } from './evidence.ts';
import { type RaisedException, textOf } from './exception.ts';
import type { FailureReason } from './failure-reason.ts';
import { firstFailedRank } from './launcher.ts';
import { excerptOf, type LogExcerpt } from './log/excerpt.ts';
import { type Piece, piecesOf } from './log/line.ts';
import { readExceptions } from './traceback.ts';

export type PassageKind = 'exception' | 'line' | 'reason' | 'note';

export interface Passage {
  readonly kind: PassageKind;
  readonly source: ProofSource;
  readonly text: string;
  readonly line?: number;
  /** 0..1: a root exception counts in full, a warning hardly. */
  readonly weight: number;
  /** Said below the level of an error. */
  readonly warning: boolean;
  readonly exception?: RaisedException;
}

export interface Statements {
  readonly passages: readonly Passage[];
  readonly exceptions: readonly RaisedException[];
}

const LONGEST_TEXT = 3_000;
const LINE_WEIGHT = 0.92;
/** A client library repeats the service's error code: no program says that by chance. */
const SERVICE_SAID = /An error occurred \(\w+\) when calling the \w+ operation/;
const NOTE_WEIGHT = 0.85;
/** The console's and the toolkit's own words, and echoes of the request: they hold every word a rule may look for. */
const ECHO =
  /^\s*(?:SM_\w+=|PYTHONPATH=|"?Command ""?|"[\w-]+": |Invoking script|\/\S*python[\d.]* .*--|Training Env|Envvar|INFO:root:Namespace|Hyperparameters file|export \w+=|\[\d\d\/\d\d\/\d{4} [\d:]+ INFO .*(?:configuration|Final))/;
const WARNING = /^.{0,120}?(?:\b(?:WARNING|WARN|INFO|DEBUG|NOTICE)\b|[\d:.]+: [WI] |^[WI]\d{4} |\w*Warning:)/;
const FRAME = /^\s*(?:\|\s*)?File "[^"]+", line \d+/;

/** Log and FailureReason together; a message only the log has is no less a cause. */
export function readStatements(evidence: Evidence, reason: FailureReason | undefined): Statements {
  const log = readText(evidence.log, 'log');
  const reasonLog = readText(excerptOf(reason === undefined ? '' : scriptWords(reason)), 'failure-reason');
  const exceptions = [...log.exceptions, ...reasonLog.exceptions];
  const first = firstFailedRank([...log.lines, ...reasonLog.lines].map(({ text }) => text));
  const context = { all: exceptions, firstRank: exceptions.some(({ rank }) => rank === first) ? first : undefined };
  return {
    passages: [
      ...log.exceptions.map((one) => exceptionPassage(one, 'log', context)),
      ...reasonLog.exceptions.map((one) => exceptionPassage(one, 'failure-reason', context)),
      ...log.lines,
      ...reasonLog.lines,
      ...reasonPassages(reason, log),
      ...(evidence.request.notes ?? []).map((text) => notePassage(text)),
    ],
    exceptions,
  };
}

/** What the script said, as against the platform: the toolkit copies stderr into the reason. */
function scriptWords({ errorClass, errorMessage, detail }: FailureReason): string {
  if (errorMessage !== undefined) return errorMessage;
  return errorClass === 'AlgorithmError' || errorClass === undefined ? detail : '';
}

/** Uploading comes after the program: when that has raised, a failed upload is not what ended the job. */
const UPLOAD = /upload failed/;
const UPLOAD_AFTER_FAILURE = 0.7;

function reasonPassages(reason: FailureReason | undefined, log: ReturnType<typeof readText>): Passage[] {
  if (reason === undefined) return [];
  const raised = log.exceptions.some(({ standing, type }) => standing === 'raised' && type !== '');
  const ended = !log.lines.some(({ text }) => /Reporting training SUCCESS/.test(text));
  const weight = UPLOAD.test(reason.text) && raised && ended ? UPLOAD_AFTER_FAILURE : 1;
  const { errorClass, detail, extraInfo, toolkitType, text } = reason;
  const words = [
    errorClass === 'AlgorithmError' ? '' : text,
    errorClass === 'AlgorithmError' && errorClass !== undefined && toolkitType === undefined ? detail : '',
    toolkitType ?? '',
    extraInfo ?? '',
  ];
  return words
    .filter((word) => word !== '')
    .map((word) => ({ kind: 'reason', source: 'failure-reason', text: word, weight, warning: false }));
}

function notePassage(text: string): Passage {
  return { kind: 'note', source: 'request', text, weight: NOTE_WEIGHT, warning: false };
}

function readText(excerpt: LogExcerpt, source: ProofSource): { lines: Passage[]; exceptions: RaisedException[] } {
  const pieces = excerpt.lines.flatMap(piecesOf);
  const exceptions = readExceptions(pieces);
  const covered = coveredPositions(exceptions, pieces);
  const lines = pieces.flatMap((piece, position) => {
    const text = bounded(piece.text.trim());
    if (text === '' || covered.has(position) || ECHO.test(text) || FRAME.test(text)) return [];
    const warning = WARNING.test(text);
    const place = source === 'log' ? { line: piece.line.number } : {};
    const weight = SERVICE_SAID.test(text) ? 1 : LINE_WEIGHT;
    return [{ kind: 'line' as const, source, text, weight, warning, ...place }];
  });
  return { lines, exceptions };
}

/** Rules look for words near each other, which takes time with the square of a line's length. */
function bounded(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT / 2)} … ${text.slice(-LONGEST_TEXT / 2)}`;
}

function coveredPositions(exceptions: readonly RaisedException[], pieces: readonly Piece[]): Set<number> {
  const covered = new Set<number>();
  for (const { span, lane } of exceptions)
    for (let at = span[0]; at <= span[1]; at++) if (pieces[at]?.lane === lane) covered.add(at);
  return covered;
}

function exceptionPassage(exception: RaisedException, source: ProofSource, context: RankedExceptions): Passage {
  const place = source === 'log' ? { line: exception.line.number } : {};
  const { all, firstRank } = context;
  const other = firstRank !== undefined && exception.rank !== undefined && exception.rank !== firstRank;
  const weight = exceptionWeight(exception, all) * (other ? OTHER_RANK : 1);
  return {
    kind: 'exception',
    source,
    text: textOf(exception).replace(/\s+/g, ' '),
    weight,
    warning: false,
    exception,
    ...place,
  };
}

interface RankedExceptions {
  readonly all: readonly RaisedException[];
  /** The rank that failed first, if any exception is known to be its own. */
  readonly firstRank: string | undefined;
}

const OTHER_RANK = 0.8;

function exceptionWeight(one: RaisedException, all: readonly RaisedException[]): number {
  const others = all.filter((other) => other !== one && other.standing === 'raised' && other.type !== '');
  if (one.standing === 'noise') return 0.1;
  if (one.standing === 'wrapper') return 0.3;
  if (one.standing === 'consequence') return others.length > 0 ? 0.7 : 0.95;
  // A traceback that breaks off shows where, not what.
  if (one.type === '') return 0.8;
  if (one.survived) return 0.85;
  return one.led ? 0.97 : 1;
}
