/** Reads the tracebacks of a log, each process on its own, however their lines are interleaved. */
import { type Frame, inlineException, type Named, namedIn, type RaisedException, standingOf } from './exception.ts';
import type { Piece } from './log/line.ts';
import { markSurvived } from './survived.ts';

const HEADER = /Traceback \(most recent call last\)/;
const FRAME = /^\s*(?:\|\s*)?File "([^"]+)", line\s+(\d+)(?:, in (\S.*))?/;
/** Typer and rich draw boxes: `│ /opt/ml/code/run.py:144 in main   │`. */
const BOXED_FRAME = /^\s*│\s+(\S+):(\d+) in (\S+)/;
const HANDLING = /^\s*During handling of the above exception|^\s*The above exception was the direct cause/;
/** Lines of loggers and of the console: they are no part of a message and no end of a traceback. */
const FOREIGN =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d{3})? (?:sagemaker|\S*_container|Starting|Downloading|Training|Uploading|Failed|Stopp|Interrupted)|^\s*$/;
/** A new utterance: whatever the exception said has ended. */
const NEW_UTTERANCE =
  /^(?:\[?\d{4}[-/]\d\d[-/]\d\d|\[\d\d\/\d\d|(?:INFO|WARNING|ERROR|DEBUG|CRITICAL)\b|[EWI]\d{4} |Command "|\[\.\.\.\]|frame #\d+|Exception raised from|╭|╰|\s*\d+%\||={10}|-{10}|Call stack:|Traceback|Reporting training |\[algo-\d|Primary job|terminate called|srun:|algo-\d+-\w+ exited with code|Aborting on container exit|W\d{4}|E\d{4}|['"]\)?$|Epoch \d)/;
const CALL_STACK = /^\s*:?Call stack:/;
const MOST_IDLE = 15;
const LONGEST_MESSAGE = 1_500;
const MOST_LINES = 12;
/** `in user code:` and `Graph execution error:` only announce what is said below a blank line. */
const ANNOUNCES =
  /(?:in user code|Graph execution error|raised the following|following error\w*|Original error(?: was)?):?\s*$/;
const MOST_LINES_ANNOUNCED = 40;

interface Block {
  readonly start: Piece;
  readonly position: number;
  readonly frames: Frame[];
  readonly noise: boolean;
  readonly inThread: boolean;
  /** Lines since the last frame that were none. */
  idle: number;
}

interface Lane {
  block: Block | undefined;
  /** What stood right before a traceback can make it noise. */
  before: string;
  handling: boolean;
  readonly pieces: { readonly piece: Piece; readonly position: number }[];
}

/** In the order in which they were completed. */
export function readExceptions(pieces: readonly Piece[]): RaisedException[] {
  const lanes = Map.groupBy(
    pieces.map((piece, position) => ({ piece, position })),
    ({ piece }) => piece.lane,
  );
  const all = [...lanes.values()].flatMap((lane) => readLane(lane));
  return markSurvived(all.sort((a, b) => a.position - b.position));
}

function readLane(pieces: Lane['pieces']): RaisedException[] {
  const lane: Lane = { block: undefined, before: '', handling: false, pieces };
  const found: RaisedException[] = [];
  for (let at = 0; at < pieces.length; at++) at = readPiece(lane, at, found);
  if (lane.block) found.push(brokenOff(lane.block));
  return found;
}

/** Answers the index of the last piece it used. */
function readPiece(lane: Lane, at: number, found: RaisedException[]): number {
  const text = lane.pieces[at]?.piece.text ?? '';
  if (HANDLING.test(text)) lane.handling = true;
  if (HEADER.test(text)) return openBlock(lane, at, found);
  // A broken logging call shows where it was made, too.
  if (CALL_STACK.test(text)) lane.block = { ...newBlock(lane, at), noise: true };
  const frame = frameIn(text);
  if (frame) {
    lane.block ??= newBlock(lane, at);
    lane.block.frames.push(frame);
    lane.block.idle = 0;
    return at;
  }
  const named = namedIn(text, lane.block !== undefined);
  if (named) return closeBlock(lane, at, named, found);
  addCode(lane, text);
  giveUpIdle(lane, text, found);
  if (text.trim() !== '') lane.before = text;
  return at;
}

/** An exception follows its last frame closely, or its line was lost. Boxes show more of the source. */
function giveUpIdle(lane: Lane, text: string, found: RaisedException[]): void {
  if (!lane.block || /^\s*[│❱]/.test(text)) return;
  lane.block.idle++;
  if (lane.block.idle < MOST_IDLE) return;
  found.push(brokenOff(lane.block));
  lane.block = undefined;
}

function openBlock(lane: Lane, at: number, found: RaisedException[]): number {
  const piece = lane.pieces[at]?.piece;
  // Two headers in a row: the first traceback broke off (older consoles print a log twice).
  if (lane.block && lane.block.frames.length > 0) found.push(brokenOff(lane.block));
  lane.block = newBlock(lane, at);
  const rest = piece?.text.slice(piece.text.search(HEADER) + 'Traceback (most recent call last)'.length) ?? '';
  if (!/File "/.test(rest)) return at;
  for (const [, file = '', line, name = ''] of rest.matchAll(/File "([^"]+)", line (\d+), in (\S+)/g))
    lane.block.frames.push({ file, line: Number(line), function: name, code: '' });
  const named = inlineException(rest);
  return named ? closeBlock(lane, at, named, found) : at;
}

function newBlock(lane: Lane, at: number): Block {
  const { piece, position } = lane.pieces[at] as Lane['pieces'][number];
  const noise =
    /--- Logging error ---|^Exception ignored in|Error in atexit|Error processing line \d+ of|Exception in thread .*(?:tensorboard|Prefetch|QueueFeeder)/.test(
      `${lane.before}\n${piece.text}`,
    );
  return { start: piece, position, frames: [], noise, inThread: /^\s*Exception in thread /.test(lane.before), idle: 0 };
}

function closeBlock(lane: Lane, at: number, named: Named, found: RaisedException[]): number {
  const { piece, position } = lane.pieces[at] as Lane['pieces'][number];
  const { message, last } = wholeMessage(lane.pieces, at, named.message);
  const block = lane.block;
  const callStack = CALL_STACK.test(lane.pieces[last + 1]?.piece.text ?? '');
  const levelled = block === undefined && /Warning$/.test(named.type);
  const noise = (block?.noise ?? false) || callStack || levelled;
  const previous = found.at(-1);
  const announcedBy =
    previous && ANNOUNCES.test(previous.message.split('\n')[0] ?? '') && position - previous.span[1] <= 2;
  if (previous && (lane.handling || announcedBy)) found[found.length - 1] = { ...previous, led: true };
  found.push({
    type: named.type,
    message,
    frames: block?.frames ?? [],
    line: piece.line,
    position,
    lane: piece.lane,
    rank: piece.rank,
    standing: standingOf(named.type, message, noise),
    led: false,
    inThread: block?.inThread ?? false,
    survived: false,
    span: [block?.position ?? position, lane.pieces[last]?.position ?? position],
  });
  lane.block = undefined;
  lane.handling = false;
  lane.before = piece.text;
  return last;
}

function brokenOff(block: Block): RaisedException {
  const code = block.frames.at(-1)?.code ?? '';
  return {
    type: '',
    message: code,
    frames: block.frames,
    line: block.start.line,
    position: block.position,
    lane: block.start.lane,
    rank: block.start.rank,
    standing: block.noise ? 'noise' : 'raised',
    led: false,
    inThread: block.inThread,
    survived: false,
    span: [block.position, block.position],
  };
}

function wholeMessage(pieces: Lane['pieces'], at: number, start: string) {
  const lines = [start];
  let announced = ANNOUNCES.test(start);
  let last = at;
  const most = () => (announced ? MOST_LINES_ANNOUNCED : MOST_LINES);
  for (let next = at + 1; next < pieces.length && lines.length < most(); next++) {
    const text = pieces[next]?.piece.text ?? '';
    if (NEW_UTTERANCE.test(text) || HANDLING.test(text) || continuesNot(text, announced)) break;
    announced ||= ANNOUNCES.test(text);
    lines.push(text.trim());
    last = next;
  }
  const message = lines.filter((line) => line !== '').join('\n');
  return { message: message.slice(0, LONGEST_MESSAGE), last };
}

function continuesNot(text: string, announced: boolean): boolean {
  if (announced) return namedIn(text, false) !== undefined;
  return FOREIGN.test(text) || FRAME.test(text) || namedIn(text, false) !== undefined || HEADER.test(text);
}

function frameIn(text: string): Frame | undefined {
  const found = FRAME.exec(text) ?? BOXED_FRAME.exec(text);
  return found ? { file: found[1] ?? '', line: Number(found[2]), function: found[3] ?? '', code: '' } : undefined;
}

function addCode(lane: Lane, text: string): void {
  const frames = lane.block?.frames;
  const last = frames?.at(-1);
  const code = text.replace(/^[\s│❱\d]+│?/, '').trim();
  if (!frames || !last || FOREIGN.test(text) || code === '' || /^[\^~]+$/.test(code)) return;
  // An entry that goes over several source lines is shown with all of them.
  if (last.code.length < 400) frames[frames.length - 1] = { ...last, code: `${last.code} ${code}`.trim() };
}
