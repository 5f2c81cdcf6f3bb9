/** Python exceptions as logs show them, and what each is worth as a cause. */
import type { LogLine } from './log/excerpt.ts';

export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** The source line, where the log shows it. */
  readonly code: string;
}

/**
 * `raised`: may be the cause. `wrapper`: says only that something below it failed. `consequence`: what the other ranks
 * raise when one of them dies. `noise`: printed, and survived.
 */
export type Standing = 'raised' | 'wrapper' | 'consequence' | 'noise';

export interface RaisedException {
  /** As printed, dots included. Empty when the traceback breaks off before it. */
  readonly type: string;
  /** All its lines, as far as they belong to it. */
  readonly message: string;
  readonly frames: readonly Frame[];
  readonly line: LogLine;
  /** Position among the pieces of the log, to tell what came first. */
  readonly position: number;
  readonly lane: string;
  readonly rank: string | undefined;
  readonly standing: Standing;
  /** Another exception was raised while this one was handled, or because of it. */
  readonly led: boolean;
  /** It ended a thread other than the main one. */
  readonly inThread: boolean;
  /** The program went on after it. */
  readonly survived: boolean;
  /** First and last position, in its lane, of everything that belongs to it. */
  readonly span: readonly [number, number];
}

/** Where a program's own frames are, as against the interpreter, its packages, and the toolkit. */
const NOT_USER =
  /site-packages|dist-packages|\/lib\/python\d|<frozen|<string>|\/opt\/amazon\/|\.pyx$|\.pxi$|sagemaker_(?:training|containers)|^python\d|importlib/;

export function isUserFrame({ file }: Frame): boolean {
  return !NOT_USER.test(file);
}

const WRAPPERS =
  /(?:^|\.)(?:ChildFailedError|CalledProcessError|ExecuteUserScriptError|ProcessRaisedException|ProcessExitedException|RemoteTraceback|_RemoteTraceback|RayTaskError(?:\(\w+\))?|TrainingFailedError|TrainableError|WorkerCrashedError|UnexpectedStatusException|ActorDiedError|SystemExit|MultiprocessingError)$/;
const CONSEQUENCES =
  /(?:^|\.)(?:KeyboardInterrupt|SignalException|BrokenPipeError|ConnectionResetError|ConnectionRefusedError|EOFError|CancelledError|DistBackendError|NCCLError|HorovodInternalError|DistNetworkError|ConnectionAbortedError)$/;
const LOST_PEER =
  /Connection (?:closed|reset) by peer|connection reset|Broken pipe|Socket Timeout|remote process exited|shut down by another rank|NCCL communicator was aborted|Application timeout caused pair closure|Connection closed by remote peer|unhandled system error/i;
/** An own script that reports its child's end with `raise RuntimeError("train.py failed with exit code 1")`. */
const CHILD_ENDED =
  /(?:returned non-zero exit status|exited with (?:non-zero )?(?:exit )?(?:code|status) [1-9]|failed with exit code \d+)/;

/** Nothing is said but where it was said. */
const SEE_LOG = /\b(?:check|see|look at|refer to)\b.{0,20}\blogs?\b(?: files?)?(?: for .{0,40})?\.?$/i;

export function standingOf(type: string, message: string, noise: boolean): Standing {
  if (noise) return 'noise';
  // What stands below it is not its own.
  const first = message.split('\n')[0] ?? '';
  if (WRAPPERS.test(type) || SEE_LOG.test(message) || (CHILD_ENDED.test(first) && !/DataLoader/.test(first)))
    return 'wrapper';
  if (
    CONSEQUENCES.test(type) ||
    (/(?:^|\.)(?:RuntimeError|DistBackendError|OSError)$/.test(type) && LOST_PEER.test(message))
  )
    return 'consequence';
  return 'raised';
}

/** `Type: message` on one line, as rules read it. */
export function textOf({ type, message }: Pick<RaisedException, 'type' | 'message'>): string {
  if (type === '') return message;
  return message === '' ? type : `${type}: ${message}`;
}

const NAMED = String.raw`(?:[A-Za-z_]\w*\.)*(?:[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Expired|Warning|Timeout|NotFound|Denied|Exceeded|Failure|InUse|Empty|Iteration|Full|NoSuchKey|NoSuchBucket|Fault|Unavailable|Abort|Cancelled)|NoSuchKey|NoSuchBucket)(?:\(\w+\))?`;
/** A name only exceptions have, at the start of a line. */
const STRICT = new RegExp(String.raw`^[\s|+]*(${NAMED})(?::(?:\s+|$)([\s\S]*)|\s*$)`);
/** Below a traceback any name will do (`socket.timeout: timed out`, `cv2.error: …`). */
const LOOSE = /^([A-Za-z_][\w.]*)(?::(?:\s+|$)([\s\S]*)|\s*$)/;
/** A traceback printed on one line ends with its exception. */
const INLINE = new RegExp(String.raw`(?:^|\s)(${NAMED}): ([^\n]*)$`);

/** What loggers put before a colon. */
const LEVELS = /^(?:WARN(?:ING)?|ERROR|INFO|DEBUG|CRITICAL|FATAL|NOTE|NOTICE|TRACE|[A-Z]+)$/;

export interface Named {
  readonly type: string;
  readonly message: string;
}

/** The exception a line states, or nothing. */
export function namedIn(text: string, belowTraceback: boolean): Named | undefined {
  const strict = STRICT.exec(text);
  if (strict) return { type: strict[1] ?? '', message: (strict[2] ?? '').trim() };
  if (!belowTraceback) return undefined;
  const loose = LOOSE.exec(text);
  const type = loose?.[1] ?? '';
  const plausible =
    !LEVELS.test(type) &&
    (/[A-Z]/.test(type.split('.').at(-1) ?? '') || /\.(?:error|timeout|gaierror|herror)$/.test(type));
  return loose && plausible && loose[2] !== undefined ? { type, message: loose[2].trim() } : undefined;
}

/** The last exception named inside a line that holds a whole traceback. */
export function inlineException(text: string): Named | undefined {
  const found = INLINE.exec(text);
  return found ? { type: found[1] ?? '', message: (found[2] ?? '').trim() } : undefined;
}
