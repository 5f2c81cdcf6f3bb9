export const id = 122;
export const ids = [122];
export const modules = {

/***/ 3122:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  explainJob: () => (/* binding */ explainJob),
  explainRefusal: () => (/* binding */ explainRefusal),
  gatherAdvice: () => (/* reexport */ gatherAdvice),
  makeLiveLog: () => (/* reexport */ makeLiveLog)
});

;// CONCATENATED MODULE: ./src/diagnose/failure-reason.ts
/**
 * Takes a FailureReason apart. Outside in: what an SDK put in front, the platform's class (several may be nested), the
 * training toolkit's type and body, and the container's exit code, which the platform appends.
 * The toolkit's layout is that of aws/sagemaker-training-toolkit, `errors.py`; consoles print its newlines as blanks.
 */
const LONGEST = 1024;
const SDK_PREFIX = /^(?:\w*(?:Exception|Error): )?(?:Error (?:for (?:Training|HyperParameterTuning) job|training) \S+?:? Failed\.? Reason: |(?:Training job failed\s+)?Failed Reason: )/;
const SDK_SUFFIX = /\. Check troubleshooting guide for common errors: \S+$/;
const CLASS = /^(AlgorithmError|ClientError|CapacityError|InternalServerError|Platform Error)(?::\s*|(?=\.|$))/;
const TOOLKIT_TYPE = /^((?:\w+\.)*(?:ExecuteUserScriptError|InstallRequirementsError|InstallModuleError|ImportModuleError|SMTrainingCompilerConfigurationError)|SMTrainingCompiler Error|[Ff]ramework [Ee]rror):\s*/;
const CONTAINER_EXIT = /,? ?exit code: (-?\d+)\s*$/i;
/** Understands any text: what does not follow the grammar is all `detail`. */
function parseFailureReason(text) {
    const stripped = text.trim().replace(SDK_PREFIX, '').replace(SDK_SUFFIX, '');
    const { errorClass, rest: afterClass } = takeClasses(stripped);
    const exit = CONTAINER_EXIT.exec(afterClass);
    const body = exit ? afterClass.slice(0, exit.index) : afterClass;
    const type = TOOLKIT_TYPE.exec(body);
    const fields = takeFields(type ? body.slice(type[0].length) : body);
    return {
        errorClass,
        toolkitType: type?.[1]?.split('.').at(-1),
        ...fields,
        containerExitCode: exit ? Number(exit[1]) : undefined,
        truncated: text.trim().length >= LONGEST - 24,
        text: stripped,
    };
}
function takeClasses(text) {
    let rest = text;
    let errorClass;
    for (let found = CLASS.exec(rest); found; found = CLASS.exec(rest)) {
        errorClass = found[1];
        rest = rest.slice(found[0].length);
        if (found[0].length === found[1]?.length)
            break;
    }
    return { errorClass, rest };
}
/** The message itself holds quotes and newlines: it ends at the last quote before the next field, or where the text ends. */
function takeFields(body) {
    const exit = /^ExitCode (-?\d+)\s*/.exec(body);
    let rest = exit ? body.slice(exit[0].length) : body;
    const message = takeQuoted(rest, 'ErrorMessage', /"\s*(?=ExtraInfo "|Command ")/);
    rest = message?.rest ?? rest;
    const extra = takeQuoted(rest, 'ExtraInfo', /"\s*(?=Command ")/);
    rest = extra?.rest ?? rest;
    const command = takeCommand(rest);
    return {
        scriptExitCode: exit ? Number(exit[1]) : undefined,
        errorMessage: message?.value,
        extraInfo: extra?.value,
        command: command?.value,
        detail: (command?.rest ?? rest).trim(),
    };
}
function takeQuoted(text, field, end) {
    const start = `${field} "`;
    if (!text.startsWith(start))
        return undefined;
    const after = text.slice(start.length);
    const close = end.exec(after);
    if (close)
        return { value: after.slice(0, close.index), rest: after.slice(close.index + close[0].length) };
    return { value: after.replace(/"\s*$/, ''), rest: '' };
}
/** Older toolkits wrote stderr behind the command, newer ones nothing; arguments hold quotes of their own. */
function takeCommand(text) {
    if (!text.startsWith('Command "'))
        return undefined;
    const after = text.slice('Command "'.length);
    const newline = after.indexOf('"\n');
    if (newline >= 0)
        return { value: after.slice(0, newline), rest: after.slice(newline + 2) };
    const close = /"(?=\s+(?:Traceback|WARNING|ERROR|\[|\d+%|\d{4}-))|"\s*$/.exec(after);
    if (!close)
        return { value: after, rest: '' };
    return { value: after.slice(0, close.index), rest: after.slice(close.index + 1) };
}

;// CONCATENATED MODULE: ./src/diagnose/exception.ts
/** Where a program's own frames are, as against the interpreter, its packages, and the toolkit. */
const NOT_USER = /site-packages|dist-packages|\/lib\/python\d|<frozen|<string>|\/opt\/amazon\/|\.pyx$|\.pxi$|sagemaker_(?:training|containers)|^python\d|importlib/;
function isUserFrame({ file }) {
    return !NOT_USER.test(file);
}
const WRAPPERS = /(?:^|\.)(?:ChildFailedError|CalledProcessError|ExecuteUserScriptError|ProcessRaisedException|ProcessExitedException|RemoteTraceback|_RemoteTraceback|RayTaskError(?:\(\w+\))?|TrainingFailedError|TrainableError|WorkerCrashedError|UnexpectedStatusException|ActorDiedError|SystemExit|MultiprocessingError)$/;
const CONSEQUENCES = /(?:^|\.)(?:KeyboardInterrupt|SignalException|BrokenPipeError|ConnectionResetError|ConnectionRefusedError|EOFError|CancelledError|DistBackendError|NCCLError|HorovodInternalError|DistNetworkError|ConnectionAbortedError)$/;
const LOST_PEER = /Connection (?:closed|reset) by peer|connection reset|Broken pipe|Socket Timeout|remote process exited|shut down by another rank|NCCL communicator was aborted|Application timeout caused pair closure|Connection closed by remote peer|unhandled system error/i;
/** An own script that reports its child's end with `raise RuntimeError("train.py failed with exit code 1")`. */
const CHILD_ENDED = /(?:returned non-zero exit status|exited with (?:non-zero )?(?:exit )?(?:code|status) [1-9]|failed with exit code \d+)/;
/** Nothing is said but where it was said. */
const SEE_LOG = /\b(?:check|see|look at|refer to)\b.{0,20}\blogs?\b(?: files?)?(?: for .{0,40})?\.?$/i;
function standingOf(type, message, noise) {
    if (noise)
        return 'noise';
    // What stands below it is not its own.
    const first = message.split('\n')[0] ?? '';
    if (WRAPPERS.test(type) || SEE_LOG.test(message) || (CHILD_ENDED.test(first) && !/DataLoader/.test(first)))
        return 'wrapper';
    if (CONSEQUENCES.test(type) ||
        (/(?:^|\.)(?:RuntimeError|DistBackendError|OSError)$/.test(type) && LOST_PEER.test(message)))
        return 'consequence';
    return 'raised';
}
/** `Type: message` on one line, as rules read it. */
function textOf({ type, message }) {
    if (type === '')
        return message;
    return message === '' ? type : `${type}: ${message}`;
}
const NAMED = String.raw `(?:[A-Za-z_]\w*\.)*(?:[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Expired|Warning|Timeout|NotFound|Denied|Exceeded|Failure|InUse|Empty|Iteration|Full|NoSuchKey|NoSuchBucket|Fault|Unavailable|Abort|Cancelled)|NoSuchKey|NoSuchBucket)(?:\(\w+\))?`;
/** A name only exceptions have, at the start of a line. */
const STRICT = new RegExp(String.raw `^[\s|+]*(${NAMED})(?::(?:\s+|$)([\s\S]*)|\s*$)`);
/** Below a traceback any name will do (`socket.timeout: timed out`, `cv2.error: …`). */
const LOOSE = /^([A-Za-z_][\w.]*)(?::(?:\s+|$)([\s\S]*)|\s*$)/;
/** A traceback printed on one line ends with its exception. */
const INLINE = new RegExp(String.raw `(?:^|\s)(${NAMED}): ([^\n]*)$`);
/** What loggers put before a colon. */
const LEVELS = /^(?:WARN(?:ING)?|ERROR|INFO|DEBUG|CRITICAL|FATAL|NOTE|NOTICE|TRACE|[A-Z]+)$/;
/** The exception a line states, or nothing. */
function namedIn(text, belowTraceback) {
    const strict = STRICT.exec(text);
    if (strict)
        return { type: strict[1] ?? '', message: (strict[2] ?? '').trim() };
    if (!belowTraceback)
        return undefined;
    const loose = LOOSE.exec(text);
    const type = loose?.[1] ?? '';
    const plausible = !LEVELS.test(type) &&
        (/[A-Z]/.test(type.split('.').at(-1) ?? '') || /\.(?:error|timeout|gaierror|herror)$/.test(type));
    return loose && plausible && loose[2] !== undefined ? { type, message: loose[2].trim() } : undefined;
}
/** The last exception named inside a line that holds a whole traceback. */
function inlineException(text) {
    const found = INLINE.exec(text);
    return found ? { type: found[1] ?? '', message: (found[2] ?? '').trim() } : undefined;
}

;// CONCATENATED MODULE: ./src/diagnose/launcher.ts
/** What launchers say at the end: which rank failed first. Their tracebacks come last and hold no cause. */
/** torchrun's summary stands over a few lines: `Root Cause (first observed failure):`, then `rank : 7 (local_rank: 7)`. */
const ROOT_CAUSE = /Root Cause(?: \(first observed failure\))?:?/;
const RANK = /\brank\s*:\s*(\d+) \(local_rank: \d+\)/;
const WITHIN = 8;
/** Open MPI. Of several aborts only one is told. */
const MPI_RANK = /noticed that process rank (\d+) with PID/;
/** The rank that failed first, as the launcher saw it. */
function firstFailedRank(lines) {
    const at = lines.findLastIndex((line) => ROOT_CAUSE.test(line));
    const summary = at < 0 ? undefined : RANK.exec(lines.slice(at, at + WITHIN).join('\n'))?.[1];
    return summary ?? lines.map((line) => MPI_RANK.exec(line)?.[1]).findLast((rank) => rank !== undefined);
}

;// CONCATENATED MODULE: ./src/diagnose/log/automaton.ts
/**
 * Finds many words at once in raw bytes, one table look-up a byte (Aho–Corasick), without regard to case. A regular
 * expression with as many alternatives reads every byte many times over; this reads a gigabyte in a few seconds.
 */
const NEWLINE = 10;
/** The words are ASCII and in lower case. */
function makeAutomaton(words) {
    const columns = columnsOf(words);
    const width = 1 << Math.ceil(Math.log2(Math.max(...columns) + 1));
    const root = makeTrie(words, columns);
    const nodes = linkFailures(root);
    const plain = nodes.filter(({ word }) => word < 0);
    const events = nodes.filter(({ word }) => word >= 0);
    for (const [index, node] of [...plain, ...events].entries())
        node.row = index;
    // The end of a line is an event of its own, and starts over.
    const lineEnd = nodes.length;
    const table = new Uint32Array((nodes.length + 1) * width);
    const wordOf = new Int16Array(nodes.length + 1).fill(-1);
    for (const node of nodes) {
        for (let column = 0; column < width; column++)
            table[node.row * width + column] = step(node, column, root).row * width;
        table[node.row * width + (columns[NEWLINE] ?? 0)] = lineEnd * width;
        wordOf[node.row] = node.word;
    }
    table.copyWithin(lineEnd * width, root.row * width, (root.row + 1) * width);
    return { columns, table, firstEvent: plain.length * width, wordOf, width };
}
/** Column 0 is for all bytes no word holds; both cases of a letter share one. */
function columnsOf(words) {
    const columns = new Uint8Array(256);
    columns[NEWLINE] = 1;
    let used = 1;
    for (const character of new Set(words.join(''))) {
        used++;
        columns[character.toLowerCase().charCodeAt(0)] = used;
        columns[character.toUpperCase().charCodeAt(0)] = used;
    }
    return columns;
}
function makeTrie(words, columns) {
    const root = { next: new Map(), fail: undefined, word: -1, row: 0 };
    for (const [index, word] of words.entries()) {
        let node = root;
        for (let at = 0; at < word.length; at++) {
            const column = columns[word.charCodeAt(at)] ?? 0;
            const next = node.next.get(column) ?? { next: new Map(), fail: root, word: -1, row: 0 };
            node.next.set(column, next);
            node = next;
        }
        node.word = index;
    }
    return root;
}
/** Breadth first: the longest proper suffix that is also a prefix; a word that ends inside another is heard as well. */
function linkFailures(root) {
    const nodes = [root];
    for (const node of nodes) {
        for (const [column, child] of node.next) {
            child.fail = node === root ? root : step(node.fail ?? root, column, root);
            if (child.word < 0)
                child.word = child.fail.word;
            nodes.push(child);
        }
    }
    return nodes;
}
function step(from, column, root) {
    for (let node = from; node; node = node.fail) {
        const next = node.next.get(column);
        if (next)
            return next;
    }
    return root;
}

;// CONCATENATED MODULE: ./src/diagnose/log/shelf.ts
/** Of a longer line both ends are kept: messages start at the front, and come last after a progress bar. */
const LINE_END = 4_000;
const GAP = Buffer.from(' … ');
/** What a kept line takes beside its bytes. */
const OVERHEAD = 64;
const SMALLEST = 16 * 1024;
/** Holds about so many bytes of lines; one that is told to gives up its oldest. */
class Shelf {
    #limit;
    #bytes = Buffer.alloc(0);
    #used = 0;
    #count = 0;
    /** Of each line: where it ends in the bytes, and its number. */
    #ends = new Uint32Array(0);
    #numbers = new Uint32Array(0);
    constructor(limit) {
        this.#limit = limit;
    }
    get full() {
        return this.#weight() > this.#limit;
    }
    /** The line from `start` to `end` of the bytes, which may be used again afterwards. */
    put(bytes, start, end, number) {
        if (end - start <= 2 * LINE_END)
            this.#append(bytes, start, end);
        else {
            this.#append(bytes, start, start + LINE_END);
            this.#append(GAP, 0, GAP.length);
            this.#append(bytes, end - LINE_END, end);
        }
        this.#ends = roomFor(this.#count + 1, this.#ends);
        this.#numbers = roomFor(this.#count + 1, this.#numbers);
        this.#ends[this.#count] = this.#used;
        this.#numbers[this.#count++] = number;
    }
    /** In large steps: removing at the front moves all that follows. */
    dropOldest() {
        if (this.#weight() < 2 * this.#limit)
            return;
        let from = 0;
        let cut = 0;
        for (; from < this.#count && this.#used - cut + (this.#count - from) * OVERHEAD > this.#limit; from++)
            cut = this.#ends[from] ?? 0;
        this.#bytes.copyWithin(0, cut, this.#used);
        this.#ends.copyWithin(0, from, this.#count);
        this.#numbers.copyWithin(0, from, this.#count);
        this.#used -= cut;
        this.#count -= from;
        for (let index = 0; index < this.#count; index++)
            this.#ends[index] = (this.#ends[index] ?? 0) - cut;
    }
    lines() {
        return Array.from({ length: this.#count }, (_, index) => ({
            text: this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]),
            number: this.#numbers[index] ?? 0,
        }));
    }
    #weight() {
        return this.#used + this.#count * OVERHEAD;
    }
    #append(from, start, end) {
        const needed = this.#used + end - start;
        if (needed > this.#bytes.length) {
            const larger = Buffer.alloc(Math.max(SMALLEST, 2 * needed));
            this.#bytes.copy(larger, 0, 0, this.#used);
            this.#bytes = larger;
        }
        // `copy` would make a view of the source for each line.
        const to = this.#bytes;
        const shift = this.#used - start;
        for (let at = start; at < end; at++)
            to[at + shift] = from[at];
        this.#used = end + shift;
    }
}
function roomFor(count, array) {
    if (count <= array.length)
        return array;
    const larger = new Uint32Array(2 * count + SMALLEST / Uint32Array.BYTES_PER_ELEMENT);
    larger.set(array);
    return larger;
}

;// CONCATENATED MODULE: ./src/diagnose/log/vocabulary.ts
/**
 * Words by which a line of a large log earns a closer look. Broad on purpose: what none of them touches is dropped
 * before any rule sees it, so the rules' samples are tested against this list, too.
 */
const VOCABULARY = [
    'traceback (most recent',
    'error:',
    'error(',
    'errors',
    ' error ',
    'err:',
    'exception',
    'fail',
    'fatal',
    'killed',
    'kill ',
    'sigkill',
    'sigterm',
    'sigbus',
    'bus error',
    'signal',
    'abort',
    'segmentation',
    'core dumped',
    'denied',
    'forbidden',
    'unauthorized',
    'not authorized',
    'permission',
    'credential',
    'expired',
    'not found',
    'no such',
    'no module',
    'no space',
    'no route',
    'no file',
    'no objects',
    'does not exist',
    'not exist',
    'missing',
    'cannot',
    "can't",
    'can not',
    'could not',
    "couldn't",
    'unable',
    'invalid',
    'illegal',
    'malformed',
    'corrupt',
    'truncated',
    'unexpected',
    'unrecognized',
    'unknown',
    'unsupported',
    'not supported',
    'not compatible',
    'incompatible',
    'insufficient',
    'conflict',
    'mismatch',
    'not match',
    "doesn't match",
    'expected',
    'required',
    'usage:',
    'must be',
    'out of memory',
    'outofmemory',
    'oom',
    'memory',
    'cuda',
    'nccl',
    'xid',
    'ecc ',
    'nvrm',
    'driver',
    'device-side',
    'assert',
    'same device',
    'nan',
    'infinity',
    'overflow',
    'diverg',
    'disk',
    'quota',
    'exceed',
    'limit',
    'capacity',
    'throttl',
    'rate exceeded',
    'timed out',
    'timeout',
    'time out',
    'refused',
    'unreachable',
    'resolve',
    'connection',
    'connect',
    'retries',
    'watchdog',
    'rendezvous',
    'store based barrier',
    'world_size',
    'world size',
    'rank',
    'gated',
    'checkpoint',
    'state_dict',
    'resum',
    'from scratch',
    'interrupt',
    'reclaim',
    'stopping',
    'stopped',
    'issuesfound',
    'exit code',
    'exitcode',
    'exit_code',
    'exit status',
    'return code',
    'returned non-zero',
    'exec ',
    'executable file',
    'command not found',
    'syntax',
    'mount',
    'kms',
    'region',
    's3://',
    'bucket',
    'accessdenied',
    'container',
    'entrypoint',
    'dataloader',
    'shared memory',
    'deadlock',
    'hook',
    'channel',
    'pip ',
    'wheel',
    'glibc',
    'undefined symbol',
    '.so',
    'reporting training',
    'caused by',
];

;// CONCATENATED MODULE: ./src/diagnose/log/keeper.ts


/** Lines kept around one that holds a word of the vocabulary. */
const BEFORE = 3;
const AFTER = 12;
/** A Python traceback runs on until its exception; through frameworks it is long. */
const AFTER_TRACEBACK = 150;
const TRACEBACK = 0;
/** Surroundings of one word that go to the first shelf; a word that floods the log must not use it up alone. */
const FIRST_OF_EACH = 25;
/** Of a longer line both ends are kept: messages start at the front, and come last after a progress bar. */
const keeper_LINE_END = 4_000;
const keeper_NEWLINE = 10;
class Keeper {
    limits;
    first;
    latest;
    seen = new Uint32Array(VOCABULARY.length);
    tail;
    tailLength = 0;
    total = 0;
    bytesRead = 0;
    keepThrough = 0;
    lastKept = 0;
    /** Through this line everything goes to the first shelf: surroundings stay in one piece. */
    firstThrough = 0;
    constructor(limits) {
        this.limits = limits;
        this.first = new Shelf(limits.head + limits.middle);
        this.latest = new Shelf(limits.middle);
        this.tail = Buffer.alloc(limits.tail);
    }
    /** One line, without its newline. `word`: index in the vocabulary, or -1. */
    line(bytes, start, end, word) {
        this.total++;
        this.bytesRead += end - start + 1;
        const inHead = this.bytesRead <= this.limits.head;
        if (!inHead && word >= 0)
            this.open(bytes, start, word);
        if (inHead || this.total <= this.keepThrough)
            this.keep(bytes, start, end, this.total);
    }
    /** Of two words of a line the one seen less often tells more; the traceback's header always does. */
    rarer(word, other) {
        if (word < 0 || other === TRACEBACK)
            return other;
        return word !== TRACEBACK && (this.seen[other] ?? 0) < (this.seen[word] ?? 0) ? other : word;
    }
    /** The bytes from `start` to `end` are done with. */
    passed(bytes, start, end) {
        const from = Math.max(start, end - this.limits.tail);
        const kept = Math.min(this.tailLength, this.limits.tail - (end - from));
        this.tail.copyWithin(0, this.tailLength - kept, this.tailLength);
        this.tailLength = kept + bytes.copy(this.tail, kept, from, end);
    }
    excerpt() {
        const lines = new Map();
        const tail = linesOf(this.tail.subarray(0, this.tailLength), this.total);
        for (const line of [...this.first.lines(), ...this.latest.lines(), ...tail])
            lines.set(line.number, line);
        const ordered = [...lines.values()].sort((a, b) => a.number - b.number);
        return { lines: ordered, totalLines: this.total, complete: ordered.length === this.total };
    }
    open(bytes, start, word) {
        const count = (this.seen[word] ?? 0) + 1;
        this.seen[word] = count;
        const through = this.total + (word === TRACEBACK ? AFTER_TRACEBACK : AFTER);
        this.keepThrough = Math.max(this.keepThrough, through);
        if (count <= FIRST_OF_EACH && !this.first.full)
            this.firstThrough = Math.max(this.firstThrough, through);
        if (this.lastKept < this.total - 1)
            this.keepBefore(bytes, start);
    }
    keep(bytes, start, end, number) {
        this.lastKept = number;
        if (number <= this.firstThrough || this.bytesRead <= this.limits.head)
            this.first.put(bytes, start, end, number);
        else {
            this.latest.put(bytes, start, end, number);
            this.latest.dropOldest();
        }
    }
    keepBefore(bytes, lineStart) {
        const starts = [];
        for (let start = lineStart; starts.length < BEFORE && start > 0; starts.unshift(start)) {
            start = start < 2 ? 0 : bytes.lastIndexOf(keeper_NEWLINE, start - 2) + 1;
        }
        for (const [index, start] of starts.entries()) {
            const number = this.total - starts.length + index;
            if (number > this.lastKept)
                this.keep(bytes, start, (starts[index + 1] ?? lineStart) - 1, number);
        }
    }
}
/** Whole lines at the end of the log, numbered back from the last one. */
function linesOf(tail, total) {
    const texts = tail.toString('utf8').replace(/\n$/, '').split('\n').slice(-total);
    // The first may lack its beginning, unless the tail is the whole log.
    const whole = texts.length === total ? texts : texts.slice(1);
    return whole.map((text, index) => ({ text: cut(text), number: total - whole.length + index + 1 }));
}
function cut(text) {
    return text.length <= 2 * keeper_LINE_END ? text : `${text.slice(0, keeper_LINE_END)} … ${text.slice(-keeper_LINE_END)}`;
}

;// CONCATENATED MODULE: ./src/diagnose/log/excerpt.ts



const excerpt_NO_LOG = { lines: [], totalLines: 0, complete: true };
const LIMITS = { head: 256 * 1024, tail: 256 * 1024, middle: 1 * 1024 * 1024 };
/** A "line" longer than this (a progress bar that never ends its line) is cut into several. */
const LONGEST_LINE = 256 * 1024;
const excerpt_NEWLINE = 10;
const MARGIN_LINES = 4;
const AUTOMATON = makeAutomaton(VOCABULARY);
function makeLogExcerpter(limits = LIMITS) {
    const keeper = new Keeper(limits);
    // One buffer for the whole log: what is allocated for each chunk lies around until the next collection.
    const work = Buffer.alloc(2 * LONGEST_LINE);
    let held = 0;
    let scanned = 0;
    const scanTo = (end) => {
        scan(work, scanned, end, keeper);
        keeper.passed(work, scanned, end);
        // A few lines stay: a word at the front of the next part has its surroundings here.
        const from = lineStartBefore(work, end, MARGIN_LINES);
        work.copyWithin(0, from, held);
        held -= from;
        scanned = end - from;
    };
    return {
        write(chunk) {
            for (let from = 0; from < chunk.length;) {
                const taken = chunk.copy(work, held, from);
                from += taken;
                held += taken;
                // Only a full buffer is read, so that what is kept does not depend on how the bytes are cut.
                if (held < work.length)
                    continue;
                const last = work.lastIndexOf(excerpt_NEWLINE, held - 1) + 1;
                scanTo(last > scanned ? last : held);
            }
        },
        end() {
            if (held > scanned)
                scanTo(held);
            return keeper.excerpt();
        },
    };
}
/** Where the line starts that is so many lines before `end`; never so far back that no room is left. */
function lineStartBefore(bytes, end, lines) {
    let start = end;
    for (let count = 0; count < lines && start > 0; count++) {
        const before = start < 2 ? 0 : bytes.lastIndexOf(excerpt_NEWLINE, start - 2) + 1;
        if (end - before > LONGEST_LINE)
            break;
        start = before;
    }
    return start;
}
/** The excerpt of a text that is in memory already. */
function excerptOf(text) {
    if (text === '')
        return excerpt_NO_LOG;
    const excerpter = makeLogExcerpter();
    excerpter.write(Buffer.from(text, 'utf8'));
    return excerpter.end();
}
/** The hot loop: one look-up a byte; everything else happens at a word or at the end of a line. */
function scan(bytes, start, end, keeper) {
    const { columns, table, firstEvent, wordOf, width } = AUTOMATON;
    let state = 0;
    let lineStart = start;
    let word = -1;
    for (let at = start; at < end; at++) {
        state = table[state + columns[bytes[at]]];
        if (state < firstEvent)
            continue;
        const found = wordOf[state / width];
        if (found >= 0) {
            word = keeper.rarer(word, found);
            continue;
        }
        keeper.line(bytes, lineStart, at, word);
        lineStart = at + 1;
        word = -1;
    }
    if (lineStart < end)
        keeper.line(bytes, lineStart, end, word);
}

;// CONCATENATED MODULE: ./src/diagnose/log/line.ts
/** Escapes as bytes or as syslog writes them (`#033[31m`, `#011`, `#015`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const ESCAPES = /(?:\u001b|#033)\[[0-9;]*[A-Za-z]/g;
const MPI_TAG = /\[\d+,(?:mpirank:)?(\d+)(?:,[\w-]+)?\]<std(?:err|out|diag)>:?/;
const MPI_TAGS = new RegExp(MPI_TAG, 'g');
/** Each takes one prefix off; the first group, where there is one, is a rank. */
const PREFIXES = [
    // Log exports: timestamp, stream.
    /^"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)\s?/,
    /^\S+\/algo-\d+-\d{6,}\s/,
    // docker compose (local mode), torchrun's tee, torch ≥ 2.2, Ray, Lightning, DeepSpeed.
    /^algo-\d+-\w+\s+\|\s?/,
    /^\[rank(\d+)\]:\s?/,
    /^\[default(\d+)\]:/,
    /^\((?:[\w:]+ )?pid=(\d+)(?:, ip=[\d.]+)?\)\s?/,
    /^algo-\d+:\s(?=\s*(?:Traceback|File "|\w+Error))/,
    // What is left of a two-digit rank tag in ErrorMessage.
    /^:(?=\s*(?:Traceback|File "|[A-Z]\w*(?:Error|Exception)|\s))/,
];
/** Where two writers shared one line: a logger's time stamp, or an exception glued to the source text above it. */
const GLUED = /(?<=\S)(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (?:sagemaker|\w+_container))|(?<=[)\]])(?=[A-Z][A-Za-z]+Error: )|(?<=\S) (?=During handling of the above exception|The above exception was the direct|Traceback \(most recent call last\)|ERROR:torch\.distributed)/;
function piecesOf(line) {
    const plain = line.text.replace(ESCAPES, '').replaceAll('#011', '\t').replaceAll('#015', '\r');
    return plain
        .split(/\r+/)
        .flatMap(unfold)
        .flatMap((text) => toPieces(text, line));
}
/** A child's stderr as a bytes or string literal holds its newlines escaped. */
function unfold(text) {
    const literal = /\b(?:Err: b?|stderr=b?|output=b?)['"]|\\nTraceback|Traceback[^\\]*\\n/.test(text);
    return literal ? text.split(/\\n/) : [text];
}
function toPieces(raw, line) {
    let rank = MPI_TAG.exec(raw)?.[1];
    let text = raw.replace(MPI_TAGS, '');
    for (const prefix of PREFIXES) {
        const found = prefix.exec(text);
        if (!found)
            continue;
        rank ??= found[1];
        text = text.slice(found[0].length);
    }
    const lane = `${line.stream ?? ''}/${rank ?? ''}`;
    return text.split(GLUED).map((part) => ({ text: part, line, rank, lane }));
}

;// CONCATENATED MODULE: ./src/diagnose/survived.ts
/** Positions between two exceptions of a process from which the first one must have been survived. */
const SURVIVED_AFTER = 40;
/** So often the same one is raised only where somebody catches it. */
const REPEATED = 3;
/** In the same order. The last words of a process are never counted as survived. */
function markSurvived(all) {
    const lanes = Map.groupBy(all, ({ lane, line }) => `${line.stream ?? ''} ${lane}`);
    const survived = new Set([...lanes.values()].flatMap(survivedOf));
    return all.map((one) => (survived.has(one) ? { ...one, survived: true } : one));
}
function survivedOf(lane) {
    const raised = lane.filter(({ standing, type }) => standing === 'raised' && type !== '');
    const kinds = Map.groupBy(raised, kindOf);
    return raised.filter((one) => {
        const rest = raised.filter((other) => other !== one);
        const kind = kindOf(one);
        const isRepeated = (kinds.get(kind)?.length ?? 0) >= REPEATED;
        return rest.some((other) => other.span[0] - one.span[1] > SURVIVED_AFTER ||
            (one.inThread && other.position > one.position) ||
            (isRepeated && kindOf(other) !== kind && other.position > (kinds.get(kind)?.[0]?.position ?? 0)));
    });
}
/** What it says but for numbers and names. */
function kindOf({ type, message }) {
    const first = message.split('\n')[0] ?? '';
    return `${type} ${first.replace(/'[^']*'|"[^"]*"|\/\S+|\d+/g, '…')}`;
}

;// CONCATENATED MODULE: ./src/diagnose/traceback.ts
/** Reads the tracebacks of a log, each process on its own, however their lines are interleaved. */


const HEADER = /Traceback \(most recent call last\)/;
const FRAME = /^\s*(?:\|\s*)?File "([^"]+)", line\s+(\d+)(?:, in (\S.*))?/;
/** Typer and rich draw boxes: `│ /opt/ml/code/run.py:144 in main   │`. */
const BOXED_FRAME = /^\s*│\s+(\S+):(\d+) in (\S+)/;
const HANDLING = /^\s*During handling of the above exception|^\s*The above exception was the direct cause/;
/** Lines of loggers and of the console: they are no part of a message and no end of a traceback. */
const FOREIGN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d{3})? (?:sagemaker|\S*_container|Starting|Downloading|Training|Uploading|Failed|Stopp|Interrupted)|^\s*$/;
/** A new utterance: whatever the exception said has ended. */
const NEW_UTTERANCE = /^(?:\[?\d{4}[-/]\d\d[-/]\d\d|\[\d\d\/\d\d|(?:INFO|WARNING|ERROR|DEBUG|CRITICAL)\b|[EWI]\d{4} |Command "|\[\.\.\.\]|frame #\d+|Exception raised from|╭|╰|\s*\d+%\||={10}|-{10}|Call stack:|Traceback|Reporting training |\[algo-\d|Primary job|terminate called|srun:|algo-\d+-\w+ exited with code|Aborting on container exit|W\d{4}|E\d{4}|['"]\)?$|Epoch \d)/;
const CALL_STACK = /^\s*:?Call stack:/;
const MOST_IDLE = 15;
const LONGEST_MESSAGE = 1_500;
const MOST_LINES = 12;
/** `in user code:` and `Graph execution error:` only announce what is said below a blank line. */
const ANNOUNCES = /(?:in user code|Graph execution error|raised the following|following error\w*|Original error(?: was)?):?\s*$/;
const MOST_LINES_ANNOUNCED = 40;
/** In the order in which they were completed. */
function readExceptions(pieces) {
    const lanes = Map.groupBy(pieces.map((piece, position) => ({ piece, position })), ({ piece }) => piece.lane);
    const all = [...lanes.values()].flatMap((lane) => readLane(lane));
    return markSurvived(all.sort((a, b) => a.position - b.position));
}
function readLane(pieces) {
    const lane = { block: undefined, before: '', handling: false, pieces };
    const found = [];
    for (let at = 0; at < pieces.length; at++)
        at = readPiece(lane, at, found);
    if (lane.block)
        found.push(brokenOff(lane.block));
    return found;
}
/** Answers the index of the last piece it used. */
function readPiece(lane, at, found) {
    const text = lane.pieces[at]?.piece.text ?? '';
    if (HANDLING.test(text))
        lane.handling = true;
    if (HEADER.test(text))
        return openBlock(lane, at, found);
    // A broken logging call shows where it was made, too.
    if (CALL_STACK.test(text))
        lane.block = { ...newBlock(lane, at), noise: true };
    const frame = frameIn(text);
    if (frame) {
        lane.block ??= newBlock(lane, at);
        lane.block.frames.push(frame);
        lane.block.idle = 0;
        return at;
    }
    const named = namedIn(text, lane.block !== undefined);
    if (named)
        return closeBlock(lane, at, named, found);
    addCode(lane, text);
    giveUpIdle(lane, text, found);
    if (text.trim() !== '')
        lane.before = text;
    return at;
}
/** An exception follows its last frame closely, or its line was lost. Boxes show more of the source. */
function giveUpIdle(lane, text, found) {
    if (!lane.block || /^\s*[│❱]/.test(text))
        return;
    lane.block.idle++;
    if (lane.block.idle < MOST_IDLE)
        return;
    found.push(brokenOff(lane.block));
    lane.block = undefined;
}
function openBlock(lane, at, found) {
    const piece = lane.pieces[at]?.piece;
    // Two headers in a row: the first traceback broke off (older consoles print a log twice).
    if (lane.block && lane.block.frames.length > 0)
        found.push(brokenOff(lane.block));
    lane.block = newBlock(lane, at);
    const rest = piece?.text.slice(piece.text.search(HEADER) + 'Traceback (most recent call last)'.length) ?? '';
    if (!/File "/.test(rest))
        return at;
    for (const [, file = '', line, name = ''] of rest.matchAll(/File "([^"]+)", line (\d+), in (\S+)/g))
        lane.block.frames.push({ file, line: Number(line), function: name, code: '' });
    const named = inlineException(rest);
    return named ? closeBlock(lane, at, named, found) : at;
}
function newBlock(lane, at) {
    const { piece, position } = lane.pieces[at];
    const noise = /--- Logging error ---|^Exception ignored in|Error in atexit|Error processing line \d+ of|Exception in thread .*(?:tensorboard|Prefetch|QueueFeeder)/.test(`${lane.before}\n${piece.text}`);
    return { start: piece, position, frames: [], noise, inThread: /^\s*Exception in thread /.test(lane.before), idle: 0 };
}
function closeBlock(lane, at, named, found) {
    const { piece, position } = lane.pieces[at];
    const { message, last } = wholeMessage(lane.pieces, at, named.message);
    const block = lane.block;
    const callStack = CALL_STACK.test(lane.pieces[last + 1]?.piece.text ?? '');
    const levelled = block === undefined && /Warning$/.test(named.type);
    const noise = (block?.noise ?? false) || callStack || levelled;
    const previous = found.at(-1);
    const announcedBy = previous && ANNOUNCES.test(previous.message.split('\n')[0] ?? '') && position - previous.span[1] <= 2;
    if (previous && (lane.handling || announcedBy))
        found[found.length - 1] = { ...previous, led: true };
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
function brokenOff(block) {
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
function wholeMessage(pieces, at, start) {
    const lines = [start];
    let announced = ANNOUNCES.test(start);
    let last = at;
    const most = () => (announced ? MOST_LINES_ANNOUNCED : MOST_LINES);
    for (let next = at + 1; next < pieces.length && lines.length < most(); next++) {
        const text = pieces[next]?.piece.text ?? '';
        if (NEW_UTTERANCE.test(text) || HANDLING.test(text) || continuesNot(text, announced))
            break;
        announced ||= ANNOUNCES.test(text);
        lines.push(text.trim());
        last = next;
    }
    const message = lines.filter((line) => line !== '').join('\n');
    return { message: message.slice(0, LONGEST_MESSAGE), last };
}
function continuesNot(text, announced) {
    if (announced)
        return namedIn(text, false) !== undefined;
    return FOREIGN.test(text) || FRAME.test(text) || namedIn(text, false) !== undefined || HEADER.test(text);
}
function frameIn(text) {
    const found = FRAME.exec(text) ?? BOXED_FRAME.exec(text);
    return found ? { file: found[1] ?? '', line: Number(found[2]), function: found[3] ?? '', code: '' } : undefined;
}
function addCode(lane, text) {
    const frames = lane.block?.frames;
    const last = frames?.at(-1);
    const code = text.replace(/^[\s│❱\d]+│?/, '').trim();
    if (!frames || !last || FOREIGN.test(text) || code === '' || /^[\^~]+$/.test(code))
        return;
    // An entry that goes over several source lines is shown with all of them.
    if (last.code.length < 400)
        frames[frames.length - 1] = { ...last, code: `${last.code} ${code}`.trim() };
}

;// CONCATENATED MODULE: ./src/diagnose/passages.ts





const LONGEST_TEXT = 3_000;
const LINE_WEIGHT = 0.92;
/** A client library repeats the service's error code: no program says that by chance. */
const SERVICE_SAID = /An error occurred \(\w+\) when calling the \w+ operation/;
const NOTE_WEIGHT = 0.85;
/** The console's and the toolkit's own words, and echoes of the request: they hold every word a rule may look for. */
const ECHO = /^\s*(?:SM_\w+=|PYTHONPATH=|"?Command ""?|"[\w-]+": |Invoking script|\/\S*python[\d.]* .*--|Training Env|Envvar|INFO:root:Namespace|Hyperparameters file|export \w+=|\[\d\d\/\d\d\/\d{4} [\d:]+ INFO .*(?:configuration|Final))/;
const WARNING = /^.{0,120}?(?:\b(?:WARNING|WARN|INFO|DEBUG|NOTICE)\b|[\d:.]+: [WI] |^[WI]\d{4} |\w*Warning:)/;
const passages_FRAME = /^\s*(?:\|\s*)?File "[^"]+", line \d+/;
/** Log and FailureReason together; a message only the log has is no less a cause. */
function readStatements(evidence, reason) {
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
function scriptWords({ errorClass, errorMessage, detail }) {
    if (errorMessage !== undefined)
        return errorMessage;
    return errorClass === 'AlgorithmError' || errorClass === undefined ? detail : '';
}
/** Uploading comes after the program: when that has raised, a failed upload is not what ended the job. */
const UPLOAD = /upload failed/;
const UPLOAD_AFTER_FAILURE = 0.7;
function reasonPassages(reason, log) {
    if (reason === undefined)
        return [];
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
function notePassage(text) {
    return { kind: 'note', source: 'request', text, weight: NOTE_WEIGHT, warning: false };
}
function readText(excerpt, source) {
    const pieces = excerpt.lines.flatMap(piecesOf);
    const exceptions = readExceptions(pieces);
    const covered = coveredPositions(exceptions, pieces);
    const lines = pieces.flatMap((piece, position) => {
        const text = bounded(piece.text.trim());
        if (text === '' || covered.has(position) || ECHO.test(text) || passages_FRAME.test(text))
            return [];
        const warning = WARNING.test(text);
        const place = source === 'log' ? { line: piece.line.number } : {};
        const weight = SERVICE_SAID.test(text) ? 1 : LINE_WEIGHT;
        return [{ kind: 'line', source, text, weight, warning, ...place }];
    });
    return { lines, exceptions };
}
/** Rules look for words near each other, which takes time with the square of a line's length. */
function bounded(text) {
    return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT / 2)} … ${text.slice(-LONGEST_TEXT / 2)}`;
}
function coveredPositions(exceptions, pieces) {
    const covered = new Set();
    for (const { span, lane } of exceptions)
        for (let at = span[0]; at <= span[1]; at++)
            if (pieces[at]?.lane === lane)
                covered.add(at);
    return covered;
}
function exceptionPassage(exception, source, context) {
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
const OTHER_RANK = 0.8;
function exceptionWeight(one, all) {
    const others = all.filter((other) => other !== one && other.standing === 'raised' && other.type !== '');
    if (one.standing === 'noise')
        return 0.1;
    if (one.standing === 'wrapper')
        return 0.3;
    if (one.standing === 'consequence')
        return others.length > 0 ? 0.7 : 0.95;
    // A traceback that breaks off shows where, not what.
    if (one.type === '')
        return 0.8;
    if (one.survived)
        return 0.85;
    return one.led ? 0.97 : 1;
}

;// CONCATENATED MODULE: ./src/diagnose/circumstances.ts


const REASON_IN_LOG = /(?:Failed\.? Reason: |FailureReason["']?: ["']?)((?:Algorithm|Client|Capacity|InternalServer|Platform )Error.*)/;
const EXIT_IN_LOG = /(?:^ExitCode (-?\d+)$|Received (-?\d+) from exiting process|Return Code: (-?\d+), CMD|died with <Signals\.\w+: (\d+)>|exitcode\s*: (-\d+|1[23]\d)\b|exit(?:ed)?(?: with)?(?: code|status)?:? (13[4-9]|12[67]))/;
function circumstances_readCircumstances(evidence) {
    const reasonText = evidence.job.failureReason ?? reasonInLog(evidence);
    const reason = reasonText === undefined ? undefined : parseFailureReason(reasonText);
    const { passages, exceptions } = readStatements(evidence, reason);
    return { evidence, reason, passages, exceptions, exit: exitOf(evidence, reason), phases: phasesOf(evidence) };
}
/** An SDK prints the reason as the last line of its own log. */
function reasonInLog({ log }) {
    for (const { text } of log.lines.slice(-200)) {
        const found = REASON_IN_LOG.exec(text);
        if (found)
            return found[1];
    }
    return undefined;
}
function exitOf({ log }, reason) {
    const quote = reason?.text.slice(0, 400) ?? '';
    if (reason?.scriptExitCode !== undefined)
        return { code: reason.scriptExitCode, proof: { source: 'failure-reason', quote } };
    for (const { text, number } of log.lines.toReversed()) {
        const found = EXIT_IN_LOG.exec(text);
        const code = found?.slice(1).find((group) => group !== undefined);
        if (!found || code === undefined || Number(code) === 0)
            continue;
        const signal = found[4] === undefined ? Number(code) : -Number(code);
        return { code: signal, proof: { source: 'log', quote: text.trim().slice(0, 400), line: number } };
    }
    const inReason = /Return Code: (-?\d+)/.exec(reason?.detail ?? '')?.[1] ?? /^Exit Code: (\d+)/.exec(reason?.detail ?? '')?.[1];
    const code = inReason === undefined ? reason?.containerExitCode : Number(inReason);
    return code === undefined ? undefined : { code, proof: { source: 'failure-reason', quote } };
}
/** The SDK's console line: `2025-06-01 08:00:00 Downloading - Downloading input data`. */
const CONSOLE = /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (Starting|Pending|Downloading|Training|Interrupted|Restarting|Uploading|Stopping|Stopped|Failed|Completed|MaxRuntimeExceeded|MaxWaitTimeExceeded) - ([^\n]*)/;
function phasesOf({ job, log }) {
    if (job.transitions.length > 0)
        return job.transitions.map(({ status, message, startedAt }) => ({ phase: status, message, at: startedAt }));
    return log.lines.flatMap(({ text, number }) => {
        const found = CONSOLE.exec(text);
        if (!found)
            return [];
        const [, time = '', phase = '', message = ''] = found;
        return [{ phase, message, at: epochSeconds(time), line: number }];
    });
}
/** `YYYY-MM-DD hh:mm:ss`; only differences matter, so the zone does not. Days are counted without a calendar library. */
function epochSeconds(time) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = time.split(/[- :]/).map(Number);
    const monthsBefore = (year * 12 + month - 1) * 31;
    return (((monthsBefore + day) * 24 + hour) * 60 + minute) * 60 + second;
}

;// CONCATENATED MODULE: ./src/diagnose/verbatim.ts
/** How a finding quotes what a log or the service said. */
/** As it was written: in Markdown's code where that is possible. */
function verbatim(text) {
    return text.includes('`') ? text : `\`${text}\``;
}
/** Cut between two words where there are any. */
function shortened(text, limit = 140) {
    if (text.length <= limit)
        return text;
    const end = text.lastIndexOf(' ', limit - 2);
    return `${text.slice(0, end < limit / 2 ? limit - 2 : end).toWellFormed()} …`;
}
/** The container runtime's own words. They come behind `Artifact upload failed`, and are not about artifacts. */
const RUNTIME_SAID = /CannotStartContainer|ContainerStartup|OCI runtime|exec format|pull/i;

;// CONCATENATED MODULE: ./src/diagnose/check-data.ts

const MOST_NAMED = 6;
function dataFinding(circumstances) {
    const { data = [], role, unseen } = circumstances.evidence;
    const amiss = [...data.filter(isAmiss).map(amissWords), ...deniedWords(role)];
    const hidden = data.filter(({ answer }) => answer === 'denied' || answer === 'unknown');
    const sentences = [
        ...amiss.slice(0, MOST_NAMED),
        ...said(circumstances, amiss.length > 0),
        ...(amiss.length === 0 ? foundWords(data) : []),
        ...hidden.slice(0, MOST_NAMED).map(hiddenWords),
        ...roleWords(role, unseen?.role),
    ];
    return sentences.length > 0 ? sentences.join(' ') : inferred(circumstances);
}
/** An output or checkpoint prefix comes into being with its first object. */
function isAmiss({ use, answer }) {
    if (answer === 'empty')
        return use === 'input' || use === 'source';
    return answer === 'no-bucket' || answer === 'other-region';
}
function amissWords({ uri, use, answer, detail }) {
    if (answer === 'empty')
        return `Nothing is under ${uri} (${use}).`;
    const what = answer === 'no-bucket' ? 'does not exist' : "is not in the job's region";
    return `The bucket of ${uri} (${use}) ${what}: ${detail.replace(/\.?$/, '.')}`;
}
function deniedWords(role = []) {
    const denied = role.filter(({ action, allowed }) => action.startsWith('s3:') && !allowed);
    if (denied.length === 0)
        return [];
    const list = denied.slice(0, MOST_NAMED).map(({ action, resource }) => `${action} on ${resource}`);
    return [`By its own policies the execution role may not: ${list.join(', ')}.`];
}
/** What SageMaker itself said weighs more than what the places look like now. */
function said({ reason }, amiss) {
    if (!reason || RUNTIME_SAID.test(reason.text) || !/data download failed|upload failed|S3/i.test(reason.detail))
        return [];
    return amiss ? [] : [`${verbatim(shortened(reason.detail, 200))}.`];
}
function foundWords(data) {
    const seen = data.filter(({ answer }) => answer === 'found' || answer === 'empty');
    if (seen.length === 0)
        return [];
    const list = seen
        .slice(0, MOST_NAMED)
        .map(({ use, detail, answer }) => `${use} ${answer === 'empty' ? 'nothing yet' : detail}`);
    return [`${seen.length} of ${data.length} S3 locations of the request answered (${list.join(', ')}).`];
}
/** Another role asks than the one that the job ran as. */
function hiddenWords({ uri, answer, detail }) {
    return answer === 'denied'
        ? `${uri} could not be checked: this workflow's role may not list it.`
        : `${uri} could not be checked: ${detail.slice(0, 120).replace(/\.?$/, '.')}`;
}
function roleWords(role, unseen) {
    if (unseen)
        return [`What the execution role may do could not be checked: ${unseen}.`];
    const asked = role?.filter(({ action }) => action.startsWith('s3:')) ?? [];
    const fine = asked.length > 0 && asked.every(({ allowed }) => allowed);
    return fine ? ["The execution role's own policies allow what the request needs there."] : [];
}
function inferred({ evidence: { log }, phases }) {
    const trained = phases.some(({ phase, message }) => phase === 'Training' && !/Downloading the training image/.test(message));
    if (trained || log.totalLines > 0)
        return 'The input data was downloaded: the job came as far as running the container.';
    return 'Nothing points at the data; no S3 location was probed.';
}

;// CONCATENATED MODULE: ./src/diagnose/check-start.ts

function startFinding(circumstances) {
    const { image, unseen } = circumstances.evidence;
    const facts = image === undefined ? [] : imageWords(image);
    const hidden = unseen?.image ? [`The image could not be looked at: ${unseen.image}.`] : [];
    return [started(circumstances), ...facts, ...hidden].join(' ');
}
/** The architecture SageMaker's training instances have. */
function isForeign({ architecture }) {
    return architecture !== undefined && architecture !== 'amd64';
}
/** What the engine puts before the decisive words. */
const WRAPPING = /^.*: (?=exec:? ")/;
function started({ evidence: { log, role, job }, reason, exit, passages }) {
    if (job.status === 'not-created')
        return 'No container: the request was refused, so there is no job.';
    if (reason && RUNTIME_SAID.test(reason.text))
        return `${verbatim(shortened(reason.text.replace(WRAPPING, ''), 300))}.`;
    const unfit = passages.find(({ text }) => /^(?:standard_init\S+ )?exec .*exec format error$/.test(text));
    if (unfit)
        return `The machine could not run its program: ${verbatim(unfit.text)}.`;
    if (exit && (exit.code === 126 || exit.code === 127))
        return `The container ended with exit code ${exit.code}: its program could not be run.`;
    if (log.totalLines > 0)
        return 'The container started: it wrote to its log.';
    const denied = role?.find(({ action, allowed }) => action.startsWith('ecr:') && !allowed);
    if (denied)
        return `By its own policies the execution role may not pull the image (${denied.action} on ${denied.resource}).`;
    return 'No log line proves that the container started.';
}
function imageWords(image) {
    const { uri, exists, architecture, entrypoint = [], command = [] } = image;
    if (exists === false)
        return [`The image ${uri} does not exist.`];
    if (isForeign(image))
        return [`The image is built for ${architecture}, and the instances are amd64.`];
    const starts = [...entrypoint, ...command].join(' ').slice(0, 120);
    const kind = architecture === undefined ? '' : ` for ${architecture}`;
    // SageMaker appends `train` to the entry point and ignores CMD where there is one.
    return [`The image exists${kind}; ${starts === '' ? 'it names no ENTRYPOINT' : `it starts with \`${starts}\``}.`];
}

;// CONCATENATED MODULE: ./src/diagnose/rule.ts
/** A pattern anywhere in what was said, unless options say otherwise. */
function says(strength, pattern, options = {}) {
    return { pattern, strength, ...options };
}
function isTextSign(sign) {
    return 'pattern' in sign;
}

;// CONCATENATED MODULE: ./src/diagnose/match.ts


const WARNING_FACTOR = 0.5;
const CONSEQUENCE_FACTOR = 0.75;
const LONGEST_QUOTE = 400;
/** Every rule's matches, the strongest of each rule first; at most a few a rule. */
function matchRules(rules, circumstances) {
    return rules.flatMap((rule) => {
        const matches = rule.signs.flatMap((sign) => isTextSign(sign) ? textMatches(rule, sign, circumstances) : factMatches(rule, sign, circumstances));
        return matches.sort((a, b) => b.score - a.score).slice(0, 4);
    });
}
function factMatches(rule, sign, circumstances) {
    const proof = sign.holds(circumstances);
    if (proof === undefined)
        return [];
    return [{ rule, score: sign.strength, proof, text: proof.quote, groups: [proof.quote] }];
}
function textMatches(rule, sign, circumstances) {
    if (sign.when && !sign.when(circumstances))
        return [];
    const matches = [];
    for (const passage of circumstances.passages) {
        if (sign.in && !sign.in.includes(passage.kind))
            continue;
        const found = sign.pattern.exec(passage.text);
        if (!found || sign.unless?.test(passage.text) || !framesFit(sign, passage))
            continue;
        const factor = warningFactor(sign, passage) * consequenceFactor(rule, passage, circumstances);
        matches.push({
            rule,
            score: sign.strength * passage.weight * factor,
            proof: proofOf(passage, found.index, found[0].length),
            text: passage.text,
            groups: [...found],
        });
    }
    return strongest(matches);
}
/** A log can hold a statement ten thousand times; the first ones of the strongest are enough. */
function strongest(matches) {
    const best = Math.max(0, ...matches.slice(0, 1_000).map(({ score }) => score));
    return matches.filter(({ score }) => score >= best - 0.1).slice(0, 4);
}
function framesFit(sign, { exception }) {
    if (sign.frames === undefined && sign.raisedIn === undefined)
        return true;
    if (exception === undefined)
        return false;
    const { frames } = exception;
    if (sign.frames && !frames.some(({ file, function: name, code }) => sign.frames?.test(`${file} ${name} ${code}`)))
        return false;
    const last = frames.at(-1);
    if (sign.raisedIn === undefined)
        return true;
    if (last === undefined)
        return false;
    return sign.raisedIn instanceof RegExp
        ? sign.raisedIn.test(last.file)
        : isUserFrame(last) === (sign.raisedIn === 'user');
}
function warningFactor(sign, { warning }) {
    return warning && !sign.evenInWarnings ? WARNING_FACTOR : 1;
}
/** What the other ranks say when one of them has raised yields to what that one said. */
function consequenceFactor(rule, passage, { exceptions }) {
    if (!rule.consequence)
        return 1;
    const raised = exceptions.some((one) => one !== passage.exception && one.standing === 'raised' && one.type !== '' && !isOfRule(rule, one));
    return raised ? CONSEQUENCE_FACTOR : 1;
}
function isOfRule(rule, { type, message }) {
    return rule.signs.some((sign) => isTextSign(sign) && sign.pattern.test(`${type}: ${message}`));
}
/** The words that matched, with as much around them as a quote may hold. */
function proofOf(passage, index, length) {
    const place = passage.line === undefined ? {} : { line: passage.line };
    return { source: passage.source, quote: quoteAround(passage.text, index, length), ...place };
}
function quoteAround(text, index, length) {
    if (text.length <= LONGEST_QUOTE)
        return text;
    const lead = Math.max(0, Math.min(150, LONGEST_QUOTE - length));
    const start = index < LONGEST_QUOTE - Math.min(length, LONGEST_QUOTE) ? 0 : Math.max(0, index - lead);
    return text.slice(start, start + LONGEST_QUOTE).toWellFormed();
}

;// CONCATENATED MODULE: ./src/diagnose/proofs.ts


const MOST = 5;
function proofsFor(matches, circumstances) {
    const root = rootException(circumstances.exceptions);
    return distinct([
        ...matches.slice(0, 3).map(({ proof }) => proof),
        ...(root ? [proofOfException(root)] : []),
        ...matches.slice(3).map(({ proof }) => proof),
        ...reasonProof(circumstances),
        ...stopProof(circumstances),
    ]);
}
/** The exception a reader should see first: one of the program's own, of the node that failed first. */
function rootException(exceptions) {
    const named = exceptions.filter(({ type }) => type !== '');
    const all = named.filter(({ standing }) => standing === 'raised');
    const fatal = all.filter(({ survived }) => !survived);
    const raised = fatal.length > 0 ? fatal : all;
    const first = raised.find(({ led }) => !led) ?? raised[0];
    if (first && first.frames.length === 0)
        return raised.find((other) => tellsMore(other, first)) ?? first;
    return first ?? named.find(({ standing }) => standing === 'consequence');
}
/** A last catch prints the exception alone, and its traceback after that. */
function tellsMore(other, bare) {
    return other.frames.length > 0 && textOf(other) === textOf(bare);
}
function proofOfException(exception) {
    const text = textOf(exception);
    return { source: 'log', quote: quoteAround(text, 0, text.length), line: exception.line.number };
}
/** The deepest frame of the user's own code. */
function userFrame(exception) {
    return exception?.frames.findLast(isUserFrame);
}
/** A stopped job has no reason; the console's last words are the nearest there is. */
function stopProof({ passages }) {
    const said = passages.findLast(({ text }) => /Job ended with status 'Stopped'/.test(text));
    return said
        ? [{ source: said.source, quote: quoteAround(said.text, 0, 1), ...(said.line ? { line: said.line } : {}) }]
        : [];
}
function reasonProof({ reason }) {
    if (reason === undefined)
        return [];
    const whole = (quote) => ({ source: 'failure-reason', quote: quoteAround(quote, 0, 1) });
    // Built-in algorithms put their own words behind the platform's sentence.
    const inner = /Caused by: [^\n]+/.exec(reason.text)?.[0];
    return [...(inner ? [whole(inner)] : []), whole(reason.text)];
}
/** A quote inside another says nothing new. */
function distinct(proofs) {
    const kept = [];
    for (const proof of proofs) {
        const quote = squeeze(proof.quote);
        if (quote === '' || kept.some((other) => squeeze(other.quote).includes(quote)))
            continue;
        kept.push({ ...proof, quote: proof.quote.trim() });
        if (kept.length === MOST)
            break;
    }
    return kept;
}
function squeeze(text) {
    return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

// EXTERNAL MODULE: ./src/report/prices.generated.json
var prices_generated = __webpack_require__(1961);
;// CONCATENATED MODULE: ./src/diagnose/remedies/hardware.ts
/** What the training instance types are made of. */

const TYPES = Object.entries(prices_generated/* instanceTypes */.X).map(([name, { vcpu, memoryGib, accelerator }]) => ({
    name,
    vcpu: vcpu ?? 0,
    memoryGib: memoryGib ?? 0,
    gpus: accelerator?.count ?? 0,
    gpuMemoryGib: accelerator?.memoryGibEach ?? 0,
    gpuModel: accelerator?.model,
}));
const BY_NAME = new Map(TYPES.map((type) => [type.name, type]));
function hardwareOf(type) {
    return type === undefined ? undefined : BY_NAME.get(type);
}

;// CONCATENATED MODULE: ./src/diagnose/usage.ts

/** The metrics in the order they came, each of its busiest host. `instanceType` tells how many CPUs and GPUs there are. */
function usageOf(series, instanceType) {
    const all = series.flatMap((one) => usageOfHost(one, instanceType));
    const byMetric = Map.groupBy(all, ({ metric }) => metric);
    return [...byMetric.values()].flatMap((hosts) => hosts.toSorted((a, b) => b.highest - a.highest).slice(0, 1));
}
function usageOfHost({ name, points }, instanceType) {
    const last = points.at(-1)?.[1];
    if (last === undefined)
        return [];
    const slash = name.lastIndexOf('/');
    const metric = name.slice(slash + 1);
    const share = 1 / unitsOf(metric, instanceType);
    let highest = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (const [, value] of points) {
        highest = Math.max(highest, value);
        sum += value;
    }
    return [
        {
            metric,
            host: slash > 0 ? name.slice(0, slash) : undefined,
            highest: highest * share,
            last: last * share,
            mean: (sum / points.length) * share,
            samples: points.length,
        },
    ];
}
/** CPUUtilization runs to 100 × vCPUs, the two of GPUs to 100 × GPUs. */
function unitsOf(metric, instanceType) {
    const { vcpu = 0, gpus = 0 } = hardwareOf(instanceType) ?? {};
    if (metric === 'CPUUtilization')
        return Math.max(1, vcpu);
    return /^GPU(?:Memory)?Utilization$/.test(metric) ? Math.max(1, gpus) : 1;
}

;// CONCATENATED MODULE: ./src/diagnose/checks.ts
/** The four places an expert looks at, in that order, and what each showed. */







function checksOf(circumstances) {
    return [
        { name: 'logs', finding: logFinding(circumstances) },
        { name: 'metrics', finding: metricFinding(circumstances) },
        { name: 'data-access', finding: dataFinding(circumstances) },
        { name: 'container-start', finding: startFinding(circumstances) },
    ];
}
function logFinding({ evidence: { log, role }, exceptions, exit }) {
    if (log.totalLines === 0) {
        const mayNot = role?.find(({ action, allowed }) => action.startsWith('logs:') && !allowed);
        if (mayNot)
            return `No log lines, and by its own policies the execution role may not ${mayNot.action}.`;
        return 'No log lines: the program printed nothing, never started, or its log was not given.';
    }
    const size = `${log.totalLines.toLocaleString('en-US')} ${log.totalLines === 1 ? 'line' : 'lines'} read`;
    const root = rootException(exceptions);
    if (root) {
        const frame = userFrame(root);
        const where = frame ? ` at ${frame.file}:${frame.line}` : '';
        return `${size}; ${verbatim(shortened(textOf(root).split('\n')[0] ?? ''))}${where}.`;
    }
    const code = exit === undefined ? '' : `; exit code ${exit.code}`;
    const last = log.lines.findLast(({ text }) => text.trim() !== '')?.text.trim();
    const words = last === undefined ? '' : `; it ends with ${verbatim(shortened(last))}`;
    return `${size}; no exception of the program among them${code}${words}.`;
}
function metricFinding({ evidence: { metrics, request, unseen, job } }) {
    const used = usageOf(metrics, request.instanceType);
    if (used.length > 0) {
        const list = used.map((one) => describe(one, request.instanceType)).join('; ');
        return `${list}. Samples are a minute apart: a short peak can be missing.`;
    }
    if (unseen?.metrics)
        return `They could not be read: ${unseen.metrics}.`;
    if (job.status === 'not-created')
        return 'No instance metrics: the request was refused, so there is no job.';
    if (unseen)
        return 'CloudWatch has none of this job: it never held a machine, or ended before the first sample.';
    return 'No instance metrics; one-minute samples would miss short peaks anyway.';
}
function describe({ metric, host, highest, last, mean }, instanceType) {
    const where = host === undefined ? '' : ` on ${host}`;
    const { vcpu, gpus } = hardwareOf(instanceType) ?? {};
    if (metric === 'CPUUtilization' && vcpu)
        return `CPU ${round(mean)} % busy on average${where} (${vcpu} vCPUs)`;
    if (metric === 'GPUUtilization' && gpus)
        return `GPU ${round(mean)} % busy on average${where} (${gpus} in all)`;
    return `${NAMES[metric] ?? metric}: highest ${round(highest)} %, last ${round(last)} %${where}`;
}
const NAMES = {
    MemoryUtilization: 'Memory',
    GPUMemoryUtilization: 'GPU memory',
    DiskUtilization: 'Disk',
};
function round(value) {
    return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

;// CONCATENATED MODULE: ./src/diagnose/rules/accelerators.ts
/** Resources: GPUs, drivers, and the wires between them. */

const ACCELERATOR_RULES = [
    {
        label: 'cuda-mismatch',
        title: 'Driver, CUDA build and GPU do not fit each other',
        retryable: false,
        signs: [
            says(0.95, /no kernel image is available for execution|cudaErrorNoKernelImageForDevice|CUDA driver version is insufficient|cudaErrorInsufficientDriver|NVIDIA driver on your system is too old|unsupported toolchain|unsatisfied condition: cuda|forward compatibility was attempted on non supported HW|unsupported display driver/i),
            says(0.94, /Torch not compiled with CUDA enabled|Not compiled with (?:GPU|CUDA) support|not compiled with (?:GPU|CUDA)|(?:was|is) (?:not )?built with(?:out)? (?:GPU|CUDA) support|GPU (?:Tree Learner|support) was not enabled/i),
            says(0.92, /Found no NVIDIA driver on your system|detected CUDA version .* mismatches|Loaded runtime CuDNN library: .* but source was compiled with|invalid device function|CUDA Setup failed despite|cuDNN version (?:mismatch|incompatib)|ptxas (?:fatal|error)|PTXASError|is not defined for option 'gpu-(?:name|architecture)'|Unsupported gpu architecture|Could not load library libcu(?:dnn|blas)\S*|CUDNN_STATUS_(?:VERSION_MISMATCH|ARCH_MISMATCH)/i),
            says(0.9, /CUDA capability sm_\d+ is not compatible|with CUDA capability .* is not compatible/, {
                evenInWarnings: true,
            }),
            says(0.88, /No CUDA GPUs are available|no CUDA-capable device is detected|cudaErrorNoDevice|FlashAttention only supports Ampere|doesn't support bf16|bf16 is not supported|Bfloat16 is only supported on GPUs with compute capability/i),
            says(0.82, /Attempting to deserialize object on a CUDA device but torch\.cuda\.is_available\(\) is False/),
            says(0.7, /libcuda\.so(?:\.1)?: cannot open shared object file|CUDNN_STATUS_NOT_INITIALIZED|CUBLAS_STATUS_(?:NOT_INITIALIZED|ARCH_MISMATCH|NOT_SUPPORTED)/, { in: ['exception'] }),
        ],
        remedy: ({ request }) => [
            'Take a base image whose CUDA version suits the GPU and the driver of the instance (AWS Deep Learning Containers are tested per instance family).',
            `Dockerfile: install the build of the framework for that CUDA version, e.g. \`RUN pip install torch --index-url https://download.pytorch.org/whl/cu121\`${request.instanceType ? ` (instance-type is ${request.instanceType})` : ''}.`,
        ],
    },
    {
        label: 'gpu-hardware',
        title: 'A GPU of the instance is broken',
        retryable: true,
        signs: [
            says(0.97, /uncorrectable (?:NVLink |ECC )?error|uncorrectable ECC|cudaErrorECCUncorrectable|double.bit ECC/i),
            says(0.95, /NVRM: Xid|\bXid \(PCI|Xid (?:error )?\d{2,3}\b|fallen off the bus|GPU is lost|Unable to determine the device handle for GPU|row remapping (?:failure|pending)|cudaErrorHardwareStackError|GPU requires reset|NVML.*GPU is lost/i),
            says(0.86, /Error 802: system not yet initialized|nvidia-smi.*(?:failed|has failed because it couldn't communicate)|Failed to initialize NVML: (?:Driver\/library|Unknown)|hardware error.*GPU|GPU.*hardware error/i),
            says(0.6, /CUDA error: unspecified launch failure|cudaErrorLaunchFailure/),
        ],
        remedy: () => [
            'Start the job again: a retry gets another host. If it happens again in the same zone, tell AWS Support the job and the time.',
            'With checkpoints, the retry goes on where this job ended.',
        ],
    },
    {
        label: 'cuda-device-assert',
        title: 'An assertion failed inside a CUDA kernel: mostly an index (label, token id) out of range',
        retryable: false,
        signs: [
            says(0.96, /device-side assert|cudaErrorAssert|cuda runtime error \(59\)/),
            says(0.93, /(?:Indexing|Loss|NLLCriterion|ScatterGather|Embedding|ClassNLL\w*|TensorCompare|nll_loss\w*|IndexKernel)\w*\.cu:\d+.*Assertion|Assertion `[^`]*(?:srcIndex|t >= 0|n_classes|idx_dim|input_val|index >= )/),
            says(0.8, /illegal memory access was encountered|cudaErrorIllegalAddress|CUDA_ERROR_ILLEGAL_ADDRESS/),
        ],
        remedy: () => [
            'Check labels and token ids against the size of the output layer or embedding: `0 <= label < num_classes`, id below the vocabulary size (resize_token_embeddings after adding tokens).',
            'Run once on the CPU, or with the environment variable CUDA_LAUNCH_BLOCKING=1: then the traceback shows the line that did it.',
        ],
    },
    {
        label: 'device-mismatch',
        title: 'Tensors lie on different devices',
        retryable: false,
        signs: [
            says(0.96, /Expected all tensors to be on the same device|Expected object of device type|tensors? to be on the same device|indices should be either on cpu or on the same device|to have parameters and buffers on device|must have its parameters and buffers on device/),
            says(0.94, /Input type \((?:torch\.)?(?:cuda\.)?\w+\) and weight type \((?:torch\.)?(?:cuda\.)?\w+\) should be the same|Expected (?:a )?'?(?:cuda|cpu)'? .*but (?:got|found).*(?:cuda|cpu)|Input and (?:hidden|parameter) tensors are not at the same device|can't convert cuda:\d+ device type tensor to numpy/),
        ],
        remedy: () => [
            'Move model, inputs and everything made on the way to one device: x.to(next(model.parameters()).device); with several GPUs, each process uses only cuda:LOCAL_RANK.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/checkpoints.ts
/** Code errors: going on from a checkpoint. */

const LOADS = /torch\/serialization|load_state_dict|load_checkpoint|restore|resume|torch\.load|load_model|from_checkpoint|checkpoint|pickle\.load|joblib\.load|safetensors/i;
const CHECKPOINT_RULES = [
    {
        label: 'checkpoint-resume-error',
        title: 'The checkpoint to resume from is missing, corrupt, or of another model',
        retryable: false,
        signs: [
            says(0.96, /Cannot resume training|Error\(s\) in loading state_dict|PytorchStreamReader failed|invalid header or archive is corrupted|Can't find a valid checkpoint|No valid checkpoint found|(?:Unsuccessful TensorSliceReader|Failed to find any matching files for)|not found in checkpoint|Restoring from checkpoint failed|loaded state dict (?:has|contains)|Error while deserializing header|Layer count mismatch when loading weights|different number of parameter groups|parameter group that doesn't match|The file might be corrupted|objects could not be loaded|variables? during loading|loading a weight file containing \d+ layers|Missing key\(s\) in state_dict|Unexpected key\(s\) in state_dict/i),
            says(0.93, /(?:FileNotFoundError|No such file).{0,80}\/opt\/ml\/checkpoints\/\S*(?:checkpoint|\.(?:pt|pth|ckpt|bin|h5|safetensors|tar|pkl)|epoch|step|optimizer|model|latest|last)/i),
            says(0.88, /UnpicklingError|unpickling stack underflow|pickle data was truncated|invalid load key|Ran out of input|Weights only load failed|Unable to (?:synchronously )?open file \((?:truncated file|file signature not found|bad)|bad magic number|unexpected EOF, expected \d+ more bytes|CheckpointException|SafetensorError|file in archive is not in a subdirectory/i, { in: ['exception', 'reason'] }),
            says(0.86, /(?:checkpoint|state.?dict|resume\w*).{0,60}(?:corrupt|incompatible|mismatch|not (?:found|compatible|match)|does not (?:exist|match)|missing|invalid|failed|cannot be (?:loaded|read))|(?:failed|unable|could not|cannot|error) (?:to |while )?(?:load|resum|restor|read)\w* .{0,40}checkpoint/i, { in: ['exception', 'reason'], unless: /upload|sync|huggingface|hub/i }),
            says(0.84, /EOFError|KeyError: '(?:state_dict|model_state_dict|optimizer_state_dict|optimizer|epoch|model)'|size mismatch for/, { in: ['exception'], frames: LOADS }),
        ],
        remedy: ({ request }) => [
            `Start fresh (\`/train fresh\`, \`resume: never\`), or remove the broken files${request.checkpointUri ? ` below ${request.checkpointUri}` : ' below the checkpoint prefix'}.`,
            'Write checkpoints under a temporary name and rename them when complete; at the start take the newest one that loads.',
            'When the model changed, its old checkpoints do not fit: give each architecture a prefix of its own.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/client.ts
/** Client side: SDKs that refuse, waiters, tokens that expire. */

const CLIENT_RULES = [
    {
        label: 'expired-token',
        title: "The client's credentials expired while it waited; the job may still run",
        retryable: false,
        signs: [
            says(0.96, /ExpiredToken(?:Exception)?|security token included in the request is expired|provided token has expired|RequestExpired|Token has expired and refresh failed|SSO (?:session|token).{0,60}expired|credentials (?:have|has) expired|UnauthorizedSSOTokenError/i, { unless: /upload failed|download failed/ }),
        ],
        remedy: () => [
            'Look at the job itself: it does not depend on the client. Running the workflow again finds it and follows it.',
            'Use credentials that renew themselves (role-to-assume with OIDC), or a longer role-duration.',
        ],
    },
    {
        label: 'client-side-waiter',
        title: 'The waiter only reports a terminal state; the cause is in the job',
        retryable: false,
        signs: [
            says(0.78, /WaiterError|Waiter \w+ failed|Max attempts exceeded|waiter encountered a terminal failure state|Resource is not in the state \w+/i),
        ],
        remedy: () => [
            'Describe the training job: FailureReason, SecondaryStatusTransitions, and the log group /aws/sagemaker/TrainingJobs hold the cause.',
        ],
    },
    {
        label: 'sdk-client-error',
        title: 'The SDK refuses on the client: nothing was sent',
        retryable: false,
        signs: [
            says(0.93, /ParamValidationError|Parameter validation failed|NoRegionError|You must specify a region|UnknownServiceError|ProfileNotFound|No file named "[^"]+" was found in directory|Unsupported (?:hugging ?face|pytorch|tensorflow|transformers|sklearn|xgboost|mxnet|\w+) ?(?:framework )?version|(?:framework_version|py_version|image_uri|transformers_version|source_dir|entry_point|instance_type|estimator|sagemaker_session) .{0,60}(?:was None|must be (?:set|specified|provided)|is required|is not supported)|Provided instance_type \S+ is not supported by (?:smd\w+|modelparallel)/i, { unless: /Invalid bucket name/ }),
            says(0.88, /(?:Type|Value|Attribute|Import|Key|ModuleNotFound|Name|Index|Runtime|Assertion|NotImplemented)Error: /, {
                in: ['exception'],
                when: ({ evidence }) => evidence.job.status === 'not-created',
                unless: /An error occurred|No module named/,
            }),
            says(0.9, /unexpected keyword argument '(?:train_instance_\w+|instance_\w+|image_name|image_uri|py_version|framework_version|role|train_\w+|distributions?|hyperparameters|script_mode|use_spot_instances)'|cannot import name '\w+' from 'sagemaker(?:\.\w+)*'|module 'sagemaker(?:\.\w+)*' has no attribute|No module named 'sagemaker\.\w+/),
            says(0.86, /./, {
                in: ['exception'],
                frames: /site-packages\/sagemaker\/|site-packages\/botocore\/validate/,
                unless: /An error occurred|Error for Training job|UnexpectedStatus|Job ended/,
            }),
        ],
        remedy: () => [
            'Correct the call: the message names the argument; compare the version of the SDK with that of the example (v1, v2 and v3 differ in names).',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/collective.ts
/** Resources: processes that must talk to each other. */

const COLLECTIVE_RULES = [
    {
        label: 'nccl-error',
        title: 'Communication between GPUs or nodes failed',
        retryable: true,
        consequence: true,
        signs: [
            says(0.93, /NCCL error|ncclUnhandledCudaError|ncclSystemError|ncclInternalError|ncclRemoteError|ncclInvalidUsage|unhandled (?:system|cuda) error, NCCL version/, { unless: /Duplicate GPU/ }),
            says(0.93, /Watchdog caught collective operation timeout|watchdog thread terminated with exception|WorkNCCL\(.*ran for \d+ ?(?:ms|milliseconds)|NCCL communicator was aborted|NCCL watchdog|collective operation timeout/i),
            says(0.9, /Horovod has been shut down|HorovodInternalError|ORTE has lost communication|mpirun (?:has )?lost communication|NET\/OFI.*(?:fail|error|unable)|\bEFA\b.*(?:error|failed|unable|not found)|libfabric.*(?:error|failed)|smddp.*(?:timeout|error|abort)|UCX\s+ERROR/i),
            says(0.88, /\[[^\]]{0,60}gloo[^\]]{0,200}\].{0,200}(?:Connection closed|reset|timeout|Timed out)|Connection closed by peer \[|Application timeout caused pair closure|gloo.*(?:Connection reset|EnforceNotMet)/i),
            says(0.8, /\bNCCL WARN\b/, { evenInWarnings: true }),
        ],
        remedy: ({ request }) => [
            'Set the environment variables NCCL_DEBUG=INFO and TORCH_DISTRIBUTED_DEBUG=DETAIL: the rank that stands still, or died first, shows in its own log stream.',
            'A collective that times out on all ranks but one: that rank does more work (evaluation, download, saving); let all wait, or raise the timeout of init_process_group.',
            ...(request.inVpc ? ['Security group of the job: allow all traffic in both directions from itself.'] : []),
        ],
    },
    {
        label: 'distributed-init-timeout',
        title: 'The process group never formed: not all nodes or ranks joined in time',
        retryable: true,
        consequence: true,
        signs: [
            says(0.96, /Timed out initializing process group|Gloo connectFullMesh failed|gloo\/transport\/.*Connect timeout|store.based.barrier|waiting for clients\. \d+\/\d+ clients joined|Rendezvous(?:Timeout|Connection|Closed)?Error|rendezvous.*(?:timed? ?out|failed|could not)/i, { unless: /INFO|EADDRINUSE|address already in use/ }),
            says(0.93, /client socket has (?:timed out|failed to connect)|TCPStore.*(?:timed? ?out|failed to connect)|wait timeout after \d+ms, keys|DistStoreError/i),
            says(0.88, /(?:Timed? ?out|Timeout) (?:while )?waiting for (?:algo-\d+|all (?:hosts|workers|nodes|ranks)|workers|peers|master)|Could not (?:reach|connect to) algo-\d+|ssh: connect to host algo-\d+|Connection to (?:algo-\d+|scheduler) (?:refused|timed out)|not all (?:hosts|workers|nodes) (?:joined|are up|were reachable)|waiting for (?:all )?hosts? .*(?:timed? ?out)/i),
            says(0.78, /Horovod.*(?:timed out|timeout).*(?:start|init|launch)|Unable to (?:resolve|reach) (?:host )?algo-\d+/i),
        ],
        remedy: ({ request }) => [
            `Check that every node starts the same number of processes, and that nnodes is the instance count${request.instanceCount ? ` (${request.instanceCount})` : ''}; MASTER_ADDR is the first of SM_HOSTS.`,
            'In a VPC the security group must allow all traffic from itself between the nodes.',
            'Read the logs of every node: one that died before it joined makes the others wait.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/container.ts

const TOOLKIT_MODULES = /No module named '?(?:tf_container|mxnet_container|pytorch_container|chainer_container|container_support|sagemaker_(?:containers|training|\w+_container|algorithm_toolkit))\b/;
const PACKAGES_RUN_AS_MODULES = /No module named '?(?:mpi4py|torch|pip|accelerate|deepspeed|smdistributed|horovod|debugpy|venv|virtualenv|ray)\b/;
function endedWith(...codes) {
    return ({ exit, exceptions }) => exit !== undefined && codes.includes(exit.code) && exceptions.every(({ standing }) => standing !== 'raised')
        ? exit.proof
        : undefined;
}
/** The file that was to be run, where the runtime names another one than `train`. */
function missingProgram(text) {
    const file = /(?:exec:? "?|stat |open file ')(\/[\w./-]+)/.exec(text)?.[1];
    return file === undefined
        ? []
        : [
            `\`${file}\` is not in the image: compare ENTRYPOINT in the Dockerfile with the place its COPY puts the file at.`,
        ];
}
const CONTAINER_RULES = [
    {
        label: 'missing-training-toolkit',
        title: 'The image lacks the SageMaker training toolkit the request relies on',
        retryable: false,
        signs: [
            says(0.97, TOOLKIT_MODULES),
            says(0.9, /KeyError: 'SAGEMAKER_TRAINING_MODULE'|sagemaker-training(?:-toolkit)?: (?:command )?not found|(?:sagemaker.training|training toolkit).{0,60}(?:not installed|missing|is required)/i, { unless: / (?:INFO|ERROR) +(?:Reporting|Imported|Invoking)/ }),
        ],
        remedy: () => [
            'Dockerfile: `RUN pip install sagemaker-training`, and `ENV SAGEMAKER_PROGRAM=train.py`; or start FROM an AWS Deep Learning Container; or run the program without the toolkit: `ENTRYPOINT ["python", "/opt/ml/code/train.py"]`.',
        ],
    },
    {
        label: 'entrypoint-not-found',
        title: 'The entry point or train program is not in the image',
        retryable: false,
        signs: [
            says(0.97, /exec: "?[\w./-]+"?: (?:executable file not found|stat .*no such file|no such file)|executable file not found in \$PATH|unable to (?:find|start) (?:user|container process).*no such file|exec:? (?:failed: )?"?train"?.*(?:not found|No such file)|(?:^|: )train: (?:command )?not found/i),
            says(0.95, /can(?:'t|not) open file '[^']+'|Fatal error: cannot open file|stat \S+: no such file or directory: unknown|exec \S+: no such file or directory|cannot (?:execute|access) '?[\w./]*train'?: (?:No such|not found)|entry.?point .{0,80}(?:not found|does not exist|is not (?:there|in))/i, { unless: /\.(?:csv|json|parquet|txt|rec)/ }),
            says(0.95, /FileNotFoundError: .*\/opt\/ml\/code\/[\w./-]+\.py|No such file or directory: '(?:train|serve|[\w./-]*train\w*\.(?:py|sh))'/, { unless: /input\/data/ }),
            says(0.9, /python[\d.]*: No module named \S+/, { unless: PACKAGES_RUN_AS_MODULES }),
            says(0.88, /'NoneType' object has no attribute 'endswith'/, {
                frames: /entry_point|sagemaker_(?:training|containers)/,
            }),
            says(0.86, /^(?:\/\S+\/)?(?:ba|da)?sh: (?:line \d+: |\d+: )?[\w./-]+: No such file or directory|^(?:\/bin\/(?:ba)?sh|bash|sh|\S+\.sh): (?:line )?\d*:? ?(?:exec: )?[\w./-]+: (?:command )?not found|No such file or directory.*(?:exec|entrypoint)/i),
            { holds: endedWith(127), strength: 0.84 },
        ],
        remedy: ({ text }) => [
            ...missingProgram(text),
            'SageMaker runs `docker run IMAGE train`: Dockerfile: `ENTRYPOINT ["python", "/opt/ml/code/train.py"]`, or an executable `train` on PATH (`COPY --chmod=755 train /usr/local/bin/train`).',
            'With source-dir, entry-point is the path of the script inside it.',
        ],
    },
    {
        label: 'container-start-error',
        title: 'The container does not start',
        retryable: false,
        signs: [
            says(0.95, /CannotStartContainer(?:Error)?|ContainerStartupError|\$'\\r': command not found|bad interpreter|env: '?\w+\\r'?: No such file|python\\r/),
            says(0.87, /OCI runtime (?:create|exec|start) failed|failed to create (?:shim|containerd) task|nvidia-container-cli: (?:initialization|mount|device) error|Error response from daemon|standard_init_linux\.go|container (?:failed to start|did not start|start(?:up)? failed|exited before)/i, {
                unless: /executable file not found|no such file or directory|exec format|permission denied|unsatisfied condition/i,
            }),
        ],
        remedy: () => [
            'Try it at home: `docker run --rm IMAGE train` must start the program. ENTRYPOINT in exec form, the file executable (`RUN chmod +x`).',
            "Scripts written on Windows need Unix line ends: `RUN sed -i 's/\\r$//' train.sh`, and `*.sh text eol=lf` in .gitattributes.",
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/data.ts
/** Code errors: the content of the data, and the shapes made of it. */

const DATA_RULES = [
    {
        label: 'input-data-format',
        title: 'The content of the data does not suit the program',
        retryable: false,
        signs: [
            says(0.95, /is not '?(?:LIBSVM|CSV|PARQUET|RECORDIO)\S*'? format|does not follow LIBSVM|Blankspace and colon not found|Parquet (?:file size is 0 bytes|magic bytes not found)|Could not open parquet|does not start with a valid magic number|Unable to read data channel|Detected non.?integer labels|Error when parsing json|lst should at least has|Mask image is not|imread read blank|Label must be in \[0, ?num_class\)|label_error|(?:Customer|Client)Error: .{0,80}(?:label|column|feature|csv|row|record|line|file|data ?set|content.?type)/i, { unless: /out of memory/i }),
            says(0.93, /Error tokenizing data|No columns to parse from file|EmptyDataError|Input (?:X |y )?contains (?:NaN|infinity)|Found array with 0 (?:sample|feature)|cannot identify image file|image file is truncated|UnidentifiedImageError|num_samples should be a positive integer value|Unexpected result of `train_function` \(Empty logs\)|DataLossError|(?:truncated|corrupted) record at|Can't parse serialized Example|Unknown label type|contains? previously unseen labels|DataFrame\.dtypes for data must be int|The least populated class in y|contains? only one (?:class|label)|Check failed: .{0,80}(?:label|parser|InputSplit|csv|libsvm)|Only one class present in y_true|Invalid classes inferred|\b(?:labels?|targets?|classes) (?:should|must) be (?:an? )?(?:int|integer|number|float|numeric|non-?negative|positive|binary|in the range|contiguous|within|either|between|consecutive|\{?\[?\d)|needs samples of at least 2 classes|not a valid (?:csv|json|parquet|image)|ArrowInvalid|CastError|Couldn't cast|Parquet magic/i, { unless: /Traceback/ }),
            says(0.88, /could not convert string to float|Cannot convert .{1,60} to float|time data .* does not match format|pandas_dtypes|UnicodeDecodeError|BadZipFile|ReadError: (?:not a gzip|file could not be opened|unexpected end of data)|Not a gzipped file|BadGzipFile|[Cc]ontent.?[Tt]ype .{0,60}(?:not supported|is not (?:an )?(?:accepted|supported)|invalid|unsupported)|[Dd]ataset is empty|empty (?:dataset|data ?frame|training set|csv|file)|(?:dataset|data ?frame|csv|file) (?:is|was) empty|Expected to see \d+ columns|(?:number|count) of (?:columns|fields|features).{0,60}(?:differ|mismatch|not match|expected)/i),
            says(0.8, /JSONDecodeError|invalid literal for int\(\) with base 10|cannot convert float NaN to integer|Expecting value: line \d+ column|ran out of data; interrupting|NaN values? (?:in|found in|present)|contains? (?:missing|null|NaN) values|OutOfRangeError: (?:End of sequence|RandomShuffleQueue)|Feature: .* is required but could not be found/i),
            // What a library that takes the data says of it.
            says(0.82, /^(?:[\w.]*\.)?(?:LightGBMError|XGBoostError|CatBoostError|UserError|ParserError|DatasetGeneration\w*Error|DataGenerationError|ArrowTypeError|ValueError): .{0,160}?(?:\blabels?\b|\bfeatures?\b|\bcolumns?\b|\b[Dd]ata ?[Ff]rame\b|\bdataset\b|\bfile format\b)/, {
                in: ['exception', 'reason'],
                raisedIn: 'library',
                unless: /shape|dimension|batch|argument|version|GPU|memory|[Cc]heckpoint|hyper-?parameter/,
            }),
            says(0.82, /^(?:[\w.]*\.)?(?:LightGBMError|CatBoostError|XGBoostError): .{0,160}?(?:label|feature|column|row|value|field|#data|group|query)|infer the same data file format|DatasetGeneration\w*Error|DataFrame for (?:label|feature)/i, { in: ['exception', 'reason'], unless: /shape|memory|GPU|CUDA|hyper-?parameter|[Pp]arameter/ }),
            says(0.76, /^CustomerError: (?!Training did not complete)/, { in: ['exception'] }),
        ],
        remedy: ({ text }) => [
            `Look at the data itself${/(\/opt\/ml\/input\/[^\s'",]+)/.exec(text)?.[1] ? ` (${/(\/opt\/ml\/input\/[^\s'",]+)/.exec(text)?.[1]})` : ''}: content type, header, label column, empty or foreign files below the prefix.`,
            'Zero-byte "folder" objects and files of other kinds under the same prefix are downloaded, too: give the channel a prefix of its own.',
        ],
    },
    {
        label: 'shape-mismatch',
        title: 'Dimensions of tensors or arrays do not fit each other',
        retryable: false,
        signs: [
            says(0.93, /mat1 and mat2 shapes cannot be multiplied|The size of tensor a \(\d+\) must match|size mismatch, m1:|shape '\[[-\d, ]+\]' is invalid for input of size|Sizes of tensors must match except|each tensor to be equal size|could not broadcast input array|operands could not be broadcast|shapes .{1,60} not aligned|Shapes? .{1,60}(?:are|is) (?:incompatible|not compatible)|Incompatible shapes|contracting dimensions|Dimensions must be equal|match target batch_size|is incompatible with the layer|logits and labels must|has a mismatch in its core dimension|to have \d+ channels, but got|Feature shape mismatch|inconsistent numbers of samples|is expecting \d+ features as input|cannot reshape (?:array|tensor)|Cannot feed value of shape|Calculated padded input size|Target size .{1,40} must be the same as input size|to have shape \(.{1,60}but got array with shape|Shape inconsistent/i, { in: ['exception', 'reason', 'line'], unless: /loading state_dict|checkpoint/ }),
            says(0.9, /Failed to convert (?:object|a NumPy array|value).{0,120}Contents: .{0,60}(?:Dimension|None)|Invalid dimensions|inhomogeneous shape|array dimensions .{0,60}must match|Expected \dD .{0,60}input|expanded size of the tensor|Expected more than 1 value per channel|Length of values .{0,40}does not match length|input\.size\(-1\) must be equal|expected .{0,60}to have \d+ dimensions|(?:expected|wrong|invalid|unexpected) (?:input )?shape|shape mismatch|dimension mismatch|Dimension out of range|Number of (?:features|classes|columns).{0,40}(?:does not match|not match|mismatch)|(?:must|should) have (?:the )?same (?:shape|size|length|number of)|All arrays must be (?:of )?the same length|number of dimensions/i, { in: ['exception', 'reason'], unless: /loading state_dict|checkpoint/ }),
        ],
        remedy: () => [
            'Print the shapes right before the line that raised; the last batch of an epoch is smaller (drop_last=True), and the number of classes or features may differ from the data at home.',
        ],
    },
    {
        label: 'dataloader-worker-error',
        title: 'A data-loading worker raised, or could not start',
        retryable: false,
        signs: [
            says(0.9, /Caught \w+ in (?:DataLoader worker|pin memory thread)|received 0 items of ancdata|DataLoader timed out after|Cannot re-initialize CUDA in forked subprocess/i),
            says(0.88, /./, {
                in: ['exception'],
                frames: /dataloader\.py.*(?:_process_data|reraise|_try_get_data)|_utils\.py reraise|_utils\/worker\.py/,
                unless: /exited unexpectedly|killed by signal|out of memory/i,
            }),
            says(0.87, /./, {
                in: ['exception'],
                frames: /dataloader\.py.*(?:__init__.*w\.start|w\.start\(\))|MultiProcessingDataLoaderIter.*start/,
            }),
            says(0.85, /worker.{0,40}(?:failed to start|could not be started|raised an exception)|Error in (?:data)?loader worker|Too many open files.*(?:DataLoader|worker)|DataLoader.*Too many open files/i),
        ],
        remedy: () => [
            'Run once with num_workers=0: the same exception then has a plain traceback.',
            'Open files, database and S3 clients inside the worker (worker_init_fn or first __getitem__), not before the fork; multiprocessing_context="spawn" when CUDA is used before.',
            'Too many open files: `torch.multiprocessing.set_sharing_strategy("file_system")`.',
        ],
    },
    {
        label: 'dataloader-worker-killed',
        title: 'A data-loading worker was killed: shared memory or host memory ran out',
        retryable: false,
        signs: [
            says(0.96, /DataLoader worker \(pid.{1,80}?\) (?:is killed by signal|exited unexpectedly)|workers are out of shared memory|insufficient shared memory|unable to open shared memory object|(?:unable to write to file|No space left on device.{0,20}) ?<?\/?(?:torch_|dev\/shm)|\/dev\/shm.{0,80}No space|No space left on device: '\/dev\/shm/i),
        ],
        remedy: ({ request }) => [
            `Lower num_workers${request.hyperparameters?.num_workers ? ` (now ${request.hyperparameters.num_workers})` : ''} and prefetch_factor, and return smaller samples from the dataset.`,
            '`torch.multiprocessing.set_sharing_strategy("file_system")` does without /dev/shm; a larger instance has more of it.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/distributed.ts
/** Code errors: launching on several processes and nodes. */

const DISTRIBUTED_RULES = [
    {
        label: 'distributed-launch-misconfig',
        title: 'Launcher, rank or world size are set up wrong',
        retryable: false,
        signs: [
            says(0.95, /environment variable \S+ expected, but not set|Duplicate GPU detected|There are not enough slots available|only supported with GPUs, no GPUs found|KeyError: '(?:RANK|WORLD_SIZE|LOCAL_RANK|MASTER_ADDR|MASTER_PORT|LOCAL_WORLD_SIZE|OMPI_COMM_WORLD_\w+)'|unrecognized arguments:.{0,200}--local[_-]rank/),
            says(0.9, /invalid device ordinal|cudaErrorInvalidDevice|Default process group has not been initialized|process group has not been initialized|Address already in use|EADDRINUSE|Unsupported nproc_per_node|(?:[Ee]xpected )?rank .{0,40}(?:less than|smaller than|out of range|>= ?world)|invalid (?:global )?rank|world.?size.{0,60}(?:mismatch|does not match|must (?:be|equal)|should be|not (?:equal|divisible)|invalid|expected)|ORTE was unable to (?:reliably )?(?:start|launch)|mpirun was unable to (?:launch|find)|tensor_parallel.{0,60}(?:divid|must)|pipeline_parallel.{0,60}(?:divid|must)|num_processes.{0,60}(?:must|invalid|greater)|no available GPUs? .{0,40}rank/i, { unless: /OSError: .*\/metrics|MLflow/ }),
            says(0.93, /ZeroDivisionError/, {
                in: ['exception'],
                frames: /device_count|world_size|num_gpus|n_gpu|nproc|SM_NUM_GPUS|local_rank/,
            }),
            says(0.85, /trying to initialize the default process group twice|torch\.distributed is not (?:available|initialized)|Distributed package doesn't have NCCL|Horovod (?:has not been|is not) initialized|smdistributed.{0,80}(?:not (?:supported|initialized|available))|No rendezvous handler for|host(?:name)? .{0,40}not (?:found )?in SM_HOSTS/i),
        ],
        remedy: ({ request }) => [
            `One process for each GPU: nproc_per_node is SM_NUM_GPUS${request.instanceType ? ` of ${request.instanceType}` : ''} (0 on CPU instances: use the gloo backend), nnodes is the number of SM_HOSTS, node_rank the place of SM_CURRENT_HOST among them.`,
            'Start the script with torchrun (input `distribution`), which sets RANK, LOCAL_RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT; read the rank from the environment, not from --local_rank.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/remedies/policy.ts
function statement({ actions, resources }) {
    return JSON.stringify({ Effect: 'Allow', Action: actions, Resource: resources });
}
/** Read access to what an S3 URI names; listing is a right on the bucket, reading one on the objects. */
function policy_readStatements(uri) {
    const { bucket, key } = split(uri);
    return [
        statement({ actions: ['s3:ListBucket'], resources: [`arn:aws:s3:::${bucket}`] }),
        statement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${bucket}/${key}*`] }),
    ];
}
function writeStatement(uri) {
    const { bucket, key } = split(uri);
    return statement({ actions: ['s3:PutObject'], resources: [`arn:aws:s3:::${bucket}/${key}*`] });
}
/** What IAM's simulation denies, as one statement for each action; the object that stood for a prefix becomes the prefix. */
function deniedStatements(decisions) {
    const byAction = Map.groupBy(decisions, ({ action }) => action);
    return [...byAction].map(([action, denied]) => statement({ actions: [action], resources: denied.map(({ resource }) => resource.replace(/any-object$/, '*')) }));
}
/** The first S3 URI a text names. */
function s3UriIn(text) {
    return /s3:\/\/[a-z0-9][a-z0-9.-]+(?:\/[^\s"',)]*)?/.exec(text)?.[0];
}
/** The first ARN of a service (`iam`, `kms`, …) a text names. */
function arnIn(text, service) {
    return new RegExp(String.raw `arn:aws[a-z-]*:${service}:[^\s"',)]*`).exec(text)?.[0].replace(/\.$/, '');
}
/** The role a message names, else the one the request gives. */
function roleOf({ text, request }) {
    return arnIn(text, 'iam') ?? request.roleArn ?? 'the execution role';
}
function split(uri) {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
    return { bucket, key };
}

;// CONCATENATED MODULE: ./src/diagnose/rules/identity.ts
/** Request and client side: who may call what, SDKs that refuse, tokens that expire. */


const who = ({ text }) => arnIn(text, 'sts') ?? arnIn(text, 'iam') ?? "the caller's role";
function allow(found, action) {
    const resource = /on resource: (arn:[^\s"']+)/.exec(found.text)?.[1] ?? '*';
    return `Add to ${who(found)}: ${statement({ actions: [action], resources: [resource] })}`;
}
const IDENTITY_RULES = [
    {
        label: 'iam-create-training-job-denied',
        title: 'The caller may not create training jobs',
        retryable: false,
        signs: [
            says(0.98, /not authorized to perform: sagemaker:(?:CreateTrainingJob|CreateHyperParameterTuningJob|CreateProcessingJob|AddTags)|\(AccessDenied(?:Exception)?\) when calling the (?:CreateTrainingJob|CreateHyperParameterTuningJob) operation/, { unless: /iam:PassRole/ }),
        ],
        remedy: (found) => [
            allow(found, /AddTags/.test(found.text) ? 'sagemaker:AddTags' : 'sagemaker:CreateTrainingJob'),
            ...(/explicit deny/.test(found.text)
                ? [
                    'An explicit deny wins over any permission: a policy or service control policy demands something of the request (a VPC, a key, tags): give that.',
                ]
                : []),
        ],
    },
    {
        label: 'iam-passrole-denied',
        title: 'The caller may not pass the execution role',
        retryable: false,
        signs: [says(0.99, /iam:PassRole|\bPassRole\b.{0,60}(?:denied|not authorized|permission)/)],
        remedy: (found) => {
            const role = /on resource: (arn:[^\s"']+)/.exec(found.text)?.[1] ?? found.request.roleArn ?? 'EXECUTION_ROLE_ARN';
            return [
                `Add to ${who(found)}: {"Effect":"Allow","Action":["iam:PassRole"],"Resource":["${role}"],"Condition":{"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}}`,
            ];
        },
    },
    {
        label: 'iam-other-denied',
        title: 'An IAM permission is missing',
        retryable: false,
        signs: [
            says(0.9, /not authorized to perform:? ?"?[\w-]+:\w+|does not have permission to perform:? [\w-]+:\w+|Not authorized to perform sts:AssumeRoleWithWebIdentity/i, {
                unless: /(?:perform:? ?"?(?:s3|kms|ecr|iam:PassRole|sagemaker:Create|sagemaker:AddTags|sts:AssumeRole(?!With)))/i,
            }),
            says(0.86, /\((?:AccessDenied|AccessDeniedException|UnauthorizedOperation)\) when calling the (?!\w*Object|\w*Bucket|CreateTrainingJob|CreateHyperParameterTuningJob|AssumeRole operation)\w+ operation/),
        ],
        remedy: (found) => {
            const action = /(?:perform:? ?"?)([\w-]+:\w+)/i.exec(found.text)?.[1] ?? 'the action the message names';
            return [
                allow(found, action),
                'Jobs in a VPC need the ec2:*NetworkInterface*, ec2:DescribeVpcs, ec2:DescribeSubnets, ec2:DescribeSecurityGroups and ec2:DescribeDhcpOptions actions in the execution role.',
            ];
        },
    },
];

;// CONCATENATED MODULE: ./src/diagnose/surroundings/signs.ts
/** Signs that lie around a job. They count where the program never spoke: what it says itself is nearer to the cause. */

function isSilent({ evidence: { log, job } }) {
    return log.totalLines === 0 && (job.status === 'Failed' || job.status === 'not-created');
}
/** Some place of the request answered this; an empty one only where something must be read. */
function placeIs(wanted) {
    return (circumstances) => {
        if (!isSilent(circumstances))
            return undefined;
        const found = circumstances.evidence.data?.find(({ answer, use }) => answer === wanted && (answer !== 'empty' || use === 'input' || use === 'source'));
        return found && { source: 'data-access', quote: `${found.use} ${found.uri}: ${found.answer} (${found.detail})` };
    };
}
/** By its own policies the execution role may not do something of this service that the request needs. */
function roleMayNot(service) {
    return (circumstances) => {
        if (!isSilent(circumstances))
            return undefined;
        const denied = deniedOf(circumstances, service)[0];
        const proof = denied && `SimulatePrincipalPolicy: ${denied.action} on ${denied.resource}: ${denied.detail}`;
        return proof === undefined ? undefined : { source: service === 's3' ? 'data-access' : 'image', quote: proof };
    };
}
function deniedOf({ evidence: { role } }, service) {
    return (role ?? []).filter(({ action, allowed }) => action.startsWith(`${service}:`) && !allowed);
}
const imageIsForeign = (circumstances) => {
    const { image } = circumstances.evidence;
    if (!isSilent(circumstances) || !image || !isForeign(image))
        return undefined;
    return { source: 'image', quote: `${image.uri}: architecture ${image.architecture}` };
};
const imageIsMissing = (circumstances) => {
    const { image } = circumstances.evidence;
    if (!isSilent(circumstances) || image?.exists !== false)
        return undefined;
    return { source: 'image', quote: `${image.uri}: Amazon ECR shows no such image` };
};

;// CONCATENATED MODULE: ./src/diagnose/rules/image.ts



const PULL = statement({
    actions: [
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetAuthorizationToken',
    ],
    resources: ['*'],
});
const IMAGE_RULES = [
    {
        label: 'image-not-found',
        title: 'There is no such image or tag',
        retryable: false,
        signs: [
            { holds: imageIsMissing, strength: 0.85 },
            says(0.96, /Cannot find the requested image|manifest (?:unknown|for \S+ not found)|Requested image .* not found|ImageNotFound\w*|(?:The )?repository (?:with name )?.* does not exist in the registry|RepositoryNotFoundException: .*(?:registry|ecr)/i, { unless: /huggingface|No Docker|hf\.co/ }),
            says(0.85, /Either the image does not exist or its permissions are incorrect|image .{0,120}(?:does not exist|not found)|repository does not exist or may require/i),
        ],
        remedy: ({ text, request }) => [
            `Check the tag: \`aws ecr describe-images --repository-name NAME --image-ids imageTag=TAG\` (asked for: ${/\S+\.dkr\.ecr\S+/.exec(text)?.[0] ?? request.image ?? 'see the message'}).`,
            'Image and job must be in the same region; name the image by its digest.',
        ],
    },
    {
        label: 'image-uri-invalid',
        title: 'The address of the image is not acceptable',
        retryable: false,
        signs: [
            says(0.96, /Invalid DNS suffix|Invalid training image|TrainingImageConfig with TrainingRepositoryAccessMode|invalid reference format|trainingImage' failed to satisfy|(?:ECR|Ecr) Image .* is in region|Unsupported (?:image )?registry|not a valid (?:ECR|image|Docker image)|(?:image|registry) (?:URI|path|address) .*(?:invalid|malformed|not valid)|Invalid (?:image|ECR|registry) (?:URI|path|name)/i),
        ],
        remedy: ({ request }) => [
            `Use ACCOUNT.dkr.ecr.${request.region ?? 'REGION'}.amazonaws.com/REPOSITORY@sha256:… of the job's own region; images of other registries must be copied into Amazon ECR first.`,
        ],
    },
    {
        label: 'ecr-access-denied',
        title: 'Pulling the image is denied',
        retryable: false,
        signs: [
            { holds: roleMayNot('ecr'), strength: 0.82 },
            says(0.97, /Access denied for repository|not authorized to perform: ecr:|no basic auth credentials|CannotPullContainer\w*.*(?:denied|403|not authorized)|pull access denied(?! for \S+, repository does not exist)|does not have permission.{0,40}ecr:/i),
            says(0.88, /pull access denied|ecr:(?:BatchGetImage|GetAuthorizationToken|GetDownloadUrlForLayer)/, {
                unless: /Cannot find the requested image/,
            }),
        ],
        remedy: ({ text, request }) => [
            `Add to ${arnIn(text, 'iam') ?? request.roleArn ?? 'the execution role'}: ${PULL}`,
            'An image of another account also needs a repository policy there that lets this account pull; AWS images live in a different account per region.',
        ],
    },
    {
        label: 'exec-format-error',
        title: 'The image was built for another CPU architecture',
        retryable: false,
        signs: [
            // The container runtime's last words, not a program's.
            says(0.99, /^(?:standard_init_linux\.go:\d+: )?exec (?:user process caused|\S+): "?exec format error"?$/),
            { holds: imageIsForeign, strength: 0.9 },
            says(0.97, /exec format error/i),
            says(0.93, /platform \(linux\/(?:arm64|aarch64)\S*\) does not match|no matching manifest for linux\/amd64|(?:image|architecture) .{0,60}(?:arm64|aarch64).{0,80}(?:not supported|mismatch|does not match|amd64)|rosetta error: failed to open elf/i),
        ],
        remedy: () => [
            'Build for the instance: `docker build --platform linux/amd64` (input `platform`), and give the same platform to the base image: `FROM --platform=linux/amd64 …`',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/remedies/packages.ts
/** The package on PyPI that holds a module, where its name is another one. */
const PACKAGE_OF = {
    attr: 'attrs',
    bs4: 'beautifulsoup4',
    Crypto: 'pycryptodome',
    cv2: 'opencv-python-headless',
    dateutil: 'python-dateutil',
    distutils: 'setuptools',
    docx: 'python-docx',
    dotenv: 'python-dotenv',
    faiss: 'faiss-cpu',
    fitz: 'pymupdf',
    git: 'GitPython',
    hydra: 'hydra-core',
    imblearn: 'imbalanced-learn',
    jose: 'python-jose',
    magic: 'python-magic',
    MySQLdb: 'mysqlclient',
    nvidia_smi: 'nvidia-ml-py',
    OpenSSL: 'pyopenssl',
    osgeo: 'gdal',
    PIL: 'pillow',
    pkg_resources: '"setuptools<81"',
    psycopg2: 'psycopg2-binary',
    pynvml: 'nvidia-ml-py',
    serial: 'pyserial',
    skimage: 'scikit-image',
    sklearn: 'scikit-learn',
    tensorboard_logger: 'tensorboard-logger',
    umap: 'umap-learn',
    wx: 'wxPython',
    yaml: 'pyyaml',
    zmq: 'pyzmq',
};
/** What `pip install` takes for a module such as `sklearn.metrics`; most packages are called like their module. */
function packageOf(module) {
    const top = module.split('.')[0] ?? module;
    return PACKAGE_OF[top] ?? top.replaceAll('_', '-');
}

;// CONCATENATED MODULE: ./src/diagnose/rules/imports.ts


const LIBRARY = /site-packages|dist-packages/;
function moduleOf({ text }) {
    return /No module named '?([\w.]+)/.exec(text)?.[1] ?? 'MODULE';
}
const IMPORT_RULES = [
    {
        label: 'module-not-found',
        title: 'A Python module is missing in the container',
        retryable: false,
        signs: [
            says(0.93, /^(?:ModuleNotFoundError|ImportError): No module named/, { in: ['exception'] }),
            says(0.87, /No module named '?[\w.]+/, { unless: /can't open/ }),
        ],
        remedy: (found) => {
            const name = moduleOf(found);
            return [
                `Add the package to requirements.txt, or to the Dockerfile: \`RUN pip install ${packageOf(name)}\`.`,
                `If ${name} is your own: it must lie in source-dir beside the entry point, or be copied by the Dockerfile and be on PYTHONPATH.`,
            ];
        },
    },
    {
        label: 'import-error',
        title: 'A module is there but cannot be imported: a name or a shared library is missing',
        retryable: false,
        signs: [
            says(0.93, /ImportError: .*(?:cannot open shared object|undefined symbol|GLIBC(?:XX)?_[\d.]+|DLL load failed|symbol not found|failed to map segment)|OSError: .*(?:cannot open shared object|undefined symbol|GLIBC)|error while loading shared libraries/s),
            says(0.89, /ImportError: cannot import name/, { raisedIn: 'user' }),
            says(0.87, /ImportError: cannot import name/, { unless: /from 'sagemaker/ }),
            says(0.82, /partially initialized module|most likely due to a circular import|^ImportError\b|cannot open shared object file/, {
                unless: /No module named|dlerror|Could not load dynamic library|is required for|requires? (?:the )?[\w.]+ ?(?:>=|==|library|package)|is not supported/,
            }),
        ],
        remedy: ({ text }) => [
            /\.so/.test(text)
                ? `Dockerfile: install the system package that holds ${/(lib[\w.+-]+\.so[\w.]*)/.exec(text)?.[1] ?? 'the library'} (for libGL.so.1: \`RUN apt-get update && apt-get install -y libgl1\`; or opencv-python-headless), or the build of the module for this base image.`
                : 'Pin the version in which the name exists; a file of your own with the name of a package hides it.',
            '`docker run IMAGE python -c "import MODULE"` shows it without a job.',
        ],
    },
    {
        label: 'dependency-conflict',
        title: 'Versions of packages in the image do not fit each other',
        retryable: false,
        signs: [
            says(0.95, /numpy\.dtype size changed|compiled using NumPy 1|_ARRAY_API not found|numpy\.ufunc size changed|Descriptors cannot (?:not )?be created directly|is required for a normal functioning of this module, but found|ContextualVersionConflict|VersionConflict|DistributionNotFound|Transformers does not recognize this architecture|Keras 3, but this is not yet supported|binary incompatibility/i),
            says(0.91, /module 'numpy' has no attribute '(?:float|int|bool|object|str|complex|long)'|np\.(?:float|int|bool|object)_?`? was (?:a deprecated alias|removed)|requires? (?:the )?[\w.-]+ ?(?:version )?(?:>=|==|<=|~=|<|>) ?[\d.]+.{0,60}(?:found|installed|but|got|have)|(?:installed version|version of \w+ installed).{0,60}(?:incompatible|not compatible|too old|required)|is not compatible with (?:your|the installed|this) version|incompatible (?:with )?(?:version|library version)|mismatch(?:ed)? versions?/i, { in: ['exception', 'reason'] }),
            says(0.9, /cannot import name/, { in: ['exception'], raisedIn: 'library' }),
            says(0.92, /^SyntaxError/, { in: ['exception'], frames: LIBRARY }),
            says(0.96, /^SyntaxError/, { in: ['exception'], raisedIn: 'library', frames: LIBRARY }),
            says(0.88, /^KeyError: '[\w-]+'/, {
                in: ['exception'],
                frames: /configuration_auto|tokenization_auto|modeling_auto/,
            }),
            says(0.78, /got an unexpected keyword argument|has no attribute|missing \d+ required positional/, {
                in: ['exception'],
                raisedIn: 'library',
                frames: /<module>.*import|import /,
                unless: /NoneType|smdebug/,
            }),
        ],
        remedy: () => [
            'Pin the versions that were tested together in requirements.txt (`pip freeze` of a working environment), and let pip see them all in one install.',
            'numpy<2 for packages built before 2024; upgrade transformers together with tokenizers, huggingface_hub, accelerate and peft.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/installation.ts

/** The toolkit names the step that failed; what pip said stands above it. */
function installFailed({ reason, exceptions, passages }) {
    const said = passages.find(({ kind, text, weight }) => kind === 'line' && weight > 0.5 && /^(?:ERROR: (?!pip's dependency)|error: |E: )/.test(text));
    const quote = said && {
        source: said.source,
        quote: said.text.slice(0, 400),
        ...(said.line ? { line: said.line } : {}),
    };
    if (/^Install(?:Requirements|Module)Error$/.test(reason?.toolkitType ?? ''))
        return quote ?? { source: 'failure-reason', quote: reason?.text.slice(0, 400) ?? '' };
    const step = exceptions.find(({ type }) => /Install(?:Requirements|Module)Error$/.test(type));
    return (step && (quote ?? { source: 'log', quote: `${step.type}: ${step.message}`.slice(0, 400), line: step.line.number }));
}
const INSTALLATION_RULES = [
    {
        label: 'pip-install-failure',
        title: 'Installing the requirements or the module failed',
        retryable: false,
        signs: [
            { holds: installFailed, strength: 0.945 },
            says(0.92, /^(?:"?\s*)?ERROR: (?:Could not find a version|No matching distribution|Cannot install|Could not build wheels|Failed building wheel|No \.egg-info|Could not open requirements file|Invalid requirement|Package .* requires a different Python|THESE PACKAGES DO NOT MATCH|Failed to build|Command errored out|Could not install packages|Exception:|Double requirement)|Could not find a version that satisfies|No matching distribution found|ResolutionImpossible|Invalid requirement: |metadata-generation-failed|subprocess-exited-with-error|PackagesNotFoundError|No solution found when resolving dependencies|requirements are unsatisfiable|version solving failed|SolverProblemError|LibMambaUnsatisfiableError|UnsatisfiableError|ResolvePackageNotFound/i),
            says(0.86, /error: command '?\S*(?:gcc|g\+\+|nvcc|cmake|ninja|x86_64-linux-gnu-gcc)\S*'? failed|python setup\.py \w+ did not run successfully|Failed building wheel for|E: Unable to locate package|legacy-install-failure|Could not build wheels for/i),
        ],
        remedy: ({ text }) => [
            /from versions: none|No matching|Could not find/.test(text)
                ? 'Check the name and version against the Python of the image (`docker run IMAGE pip index versions NAME`); `from versions: none` also means that the package index was not reached.'
                : 'Read the first ERROR of pip: the package it names needs a wheel for this Python, or build tools (Dockerfile: RUN apt-get install -y build-essential).',
            'Install at build time in the Dockerfile: it fails earlier, costs nothing, and every start is faster.',
        ],
    },
    {
        label: 'model-download-failure',
        title: 'A pretrained model or tokenizer cannot be downloaded',
        retryable: false,
        signs: [
            says(0.94, /\b(?:401|403|404) Client Error: .{0,60}for url: https:\/\/(?:huggingface\.co|hf\.co|cdn-lfs)|Cannot access gated repo|GatedRepoError|RepositoryNotFoundError|RevisionNotFoundError|EntryNotFoundError|is not a valid model identifier listed on|Access to model .* is restricted|You are trying to access a gated repo|Repository Not Found for url: https:\/\/huggingface/),
            says(0.9, /does not appear to have a file named|Can't load (?:tokenizer|the (?:model|configuration|tokenizer)|config(?:uration)?|weights|image processor|feature extractor|processor)|was not found in (?:tokenizers )?model name list|Can't find model '\w+'|Invalid (?:user )?token.{0,40}(?:hugging|hub)|HfHubHTTPError|Couldn't reach .{0,20}(?:on the Hub|huggingface)|Couldn't find (?:a dataset script|cache|any data file|'[^']+' on the Hugging)|DatasetNotFoundError|Please use the NLTK Downloader|No such (?:model|repo)/i),
            says(0.84, /couldn't connect to 'https:\/\/huggingface|Cannot reach https?:\/\/huggingface|LocalEntryNotFoundError|HTTP Error (?:40[134]|429|50\d).{0,80}|OfflineModeIsEnabled|cannot find the requested files in the (?:disk|local|cached?) ?(?:cache|path)|trying to locate the files? on the Hub|Error(?:s)? (?:while )?downloading .{0,60}(?:model|weights|checkpoint)|(?:failed|unable) to download .{0,60}(?:model|weights|tokenizer|pretrained)|invalid hash value/i, { in: ['exception', 'reason', 'line'] }),
        ],
        remedy: ({ text }) => [
            ...(/40[13]|gated|restricted|private|token/i.test(text)
                ? [
                    'Accept the licence of the model on its page, and pass a token that may read it as the environment variable HF_TOKEN (from a secret).',
                ]
                : ['Check the name of the model; a local directory must hold config.json and the weights.']),
            'Put the model into Amazon S3 and give it as a channel: from_pretrained("/opt/ml/input/data/model").',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/limits.ts

function secondary(status) {
    return ({ evidence: { job }, phases }) => {
        if (job.secondaryStatus === status)
            return { source: 'transitions', quote: `${job.status ?? 'Stopped'}, secondary status ${status}` };
        const phase = phases.find((one) => one.phase === status);
        return phase && phaseProof(phase);
    };
}
function phaseProof({ phase, message, line }) {
    return line === undefined
        ? { source: 'transitions', quote: `${phase} - ${message}` }
        : { source: 'log', quote: `${phase} - ${message}`, line };
}
function interrupted(circumstances) {
    const { evidence: { job }, phases, } = circumstances;
    if (job.secondaryStatus === 'Interrupted')
        return { source: 'transitions', quote: `${job.status}, secondary status Interrupted` };
    const phase = phases.find((one) => one.phase === 'Interrupted');
    return phase && phaseProof(phase);
}
const LIMIT_RULES = [
    {
        label: 'max-runtime-exceeded',
        title: 'The job reached its longest run time (max-run)',
        retryable: false,
        signs: [
            { holds: secondary('MaxRuntimeExceeded'), strength: 0.98 },
            says(0.93, /MaxRuntimeExceeded|(?:exceeded|reached).{0,40}(?:MaxRuntimeInSeconds|max(?:imum)? ?run ?time|max_run\b)|MaxRuntimeInSeconds.{0,40}(?:exceeded|reached)|stopped because .{0,40}(?:max ?run|time limit)/i),
        ],
        remedy: ({ request }) => [
            `max-run: raise it${request.maxRunSeconds ? ` (now ${request.maxRunSeconds} s)` : ''}; the same prefix of checkpoints lets the next job go on where this one ended.`,
            'Ask whether it should be done by now: a program that stands still ends the same way.',
        ],
    },
    {
        label: 'max-wait-exceeded',
        title: 'The job reached max-wait, the longest time including the wait for spot capacity',
        retryable: true,
        signs: [
            { holds: secondary('MaxWaitTimeExceeded'), strength: 0.98 },
            says(0.93, /MaxWaitTimeExceeded|(?:exceeded|reached).{0,40}(?:MaxWaitTimeInSeconds|max(?:imum)? ?wait)|MaxWaitTimeInSeconds.{0,40}(?:exceeded|reached)/i),
        ],
        remedy: ({ request }) => [
            `max-wait: raise it${request.maxWaitSeconds ? ` (now ${request.maxWaitSeconds} s)` : ''}, take another instance-type, or set \`spot: false\`.`,
        ],
    },
    {
        label: 'checkpoint-lost',
        title: 'Work was lost: no usable checkpoint survived',
        retryable: false,
        signs: [
            // At a first start the same words are no news.
            says(0.97, /\b(?:no|without|lost|missing)\b.{0,40}checkpoints?\b|checkpoints? (?:dir\w* |folder )?(?:is )?(?:empty|not found)|(?:start|restart|train)\w* from (?:scratch|zero|the (?:start|beginning))/i, { when: (c) => interrupted(c) !== undefined, evenInWarnings: true, in: ['line', 'note'] }),
            says(0.88, /checkpoints?\b.{0,60}\b(?:lost|gone|never (?:written|uploaded|saved)|did not survive|not uploaded)\b|(?:lost|losing) (?:all |hours |the )?.{0,40}\b(?:progress|work|epochs|steps)\b.{0,60}checkpoint/i, { unless: /FileNotFound|No such file|Traceback|will be/ }),
        ],
        remedy: () => [
            'Write to /opt/ml/checkpoints (checkpoint-path), nowhere else: only that directory is copied to Amazon S3 while the job runs.',
            'Write often enough, under a temporary name that is renamed when complete; at the start, load the newest one that can be read.',
        ],
    },
    {
        label: 'spot-interruption',
        title: 'Spot capacity was reclaimed',
        retryable: true,
        signs: [
            { holds: interrupted, strength: 0.82 },
            says(0.9, /spot (?:instance|capacity|training job)? ?.{0,40}(?:interrupt|reclaim|terminated|preempt)|interrupted due to (?:spot|ec2)|instance-action.*terminate|Spot interruption|instance was reclaimed|capacity was reclaimed/i, { unless: /handler|INFO.*(?:register|watch)/i }),
        ],
        remedy: () => [
            'With checkpoints the job goes on by itself: write to /opt/ml/checkpoints and load the newest one at the start.',
            'If it happens often: other instance types, or `spot: false` for short jobs.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/remedies/hyperparameters.ts
const BATCH = /batch.?size|train.?batch|^bs$|samples_per_gpu|images_per_gpu/i;
const LENGTH = /max.?(?:seq|context|source|input|new_token|len)|block.?size|seq.?len|image.?size|resolution|num_microbatch/i;
/** `lower per_device_train_batch_size (now 12)`, or general words when the request names none. */
function lowerMemory({ hyperparameters }) {
    const entries = Object.entries(hyperparameters ?? {});
    const named = [...entries.filter(([key]) => BATCH.test(key)), ...entries.filter(([key]) => LENGTH.test(key))].slice(0, 3);
    if (named.length === 0)
        return 'Lower the batch size (and raise gradient accumulation by as much), or the length or size of one sample.';
    const list = named.map(([key, value]) => `${key} (now ${value})`).join(', ');
    return `Lower the hyperparameter ${list}; gradient accumulation keeps the effective batch size.`;
}

// EXTERNAL MODULE: ./src/report/prices.ts
var prices = __webpack_require__(4882);
;// CONCATENATED MODULE: ./src/diagnose/remedies/right-size.ts
/** Instance types that would hold what the one asked for did not, and what they cost. */


/** The cheapest types with more host memory, of the same kind (with as many GPUs or none). */
function withMoreMemory(type) {
    const now = hardwareOf(type);
    if (!now)
        return [];
    const larger = TYPES.filter((other) => other.memoryGib >= now.memoryGib * 1.5 && other.gpus >= now.gpus && sameKind(now, other));
    return right_size_describe(larger, (other) => `${other.memoryGib} GiB of memory instead of ${now.memoryGib}`);
}
/** The cheapest types whose single GPU holds more; a second GPU of the same size does not help one model. */
function withMoreGpuMemory(type) {
    const now = hardwareOf(type);
    if (!now || now.gpuMemoryGib === 0)
        return [];
    const larger = TYPES.filter((other) => other.gpuMemoryGib >= now.gpuMemoryGib * 1.3 && other.gpus >= now.gpus);
    return right_size_describe(larger, (other) => `${other.gpuMemoryGib} GiB a GPU instead of ${now.gpuMemoryGib}`);
}
function sameKind(now, other) {
    return now.gpus > 0 === other.gpus > 0;
}
function right_size_describe(types, gain) {
    return types
        .flatMap((type) => {
        const price = (0,prices/* hourlyPrice */.z)(type.name);
        return price ? [{ type, price }] : [];
    })
        .sort((a, b) => a.price.usdPerHour - b.price.usdPerHour)
        .slice(0, 2)
        .map(({ type, price }) => {
        const kind = price.kind === 'estimated' ? ', estimate' : '';
        return `instance-type: ${type.name} has ${gain(type)} (${price.usdPerHour.toFixed(2)} USD an hour on demand${kind}).`;
    });
}

;// CONCATENATED MODULE: ./src/diagnose/rules/memory.ts



const KILLED = new Set([137, -9, 9]);
/** SIGKILL without an exception of the program: the kernel's doing; metrics can confirm it, never rule it out. */
function killedSilently({ exit, exceptions, evidence }, memoryFull) {
    if (!exit || !KILLED.has(exit.code))
        return undefined;
    if (exceptions.some(({ standing, type }) => standing === 'raised' && type !== ''))
        return undefined;
    return memoryFull === isMemoryFull(evidence.metrics) ? exit.proof : undefined;
}
function isMemoryFull(metrics) {
    return metrics.some(({ name, points }) => /(?<!GPU)Memory(?:Utilization)?/i.test(name) && points.slice(-5).some(([, value]) => value >= 90));
}
/** Without an error: a program that waits for a full disk stands still. */
function diskStaysFull({ evidence: { metrics }, exceptions }) {
    if (exceptions.some(({ standing }) => standing === 'raised'))
        return undefined;
    const full = metrics.find(({ name, points }) => /Disk(?:Utilization)?/i.test(name) && (points.at(-1)?.[1] ?? 0) >= 98);
    return full && { source: 'metrics', quote: `${full.name}: last ${full.points.at(-1)?.[1]}` };
}
const MEMORY_RULES = [
    {
        label: 'gpu-oom',
        title: 'The memory of the GPU ran out',
        retryable: false,
        signs: [
            says(0.97, /CUDA out of memory|torch(?:\.cuda)?\.OutOfMemoryError|HIP out of memory|CUDA error: out of memory/),
            says(0.95, /CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation|cuda runtime error \(2\)|cudaMalloc (?:retry )?failed: out of memory/),
            says(0.96, /OP_REQUIRES failed .*OOM when allocating tensor/, {
                evenInWarnings: true,
                unless: /device:CPU|allocator cpu/,
            }),
            says(0.95, /OOM when allocating tensor|ResourceExhaustedError|RESOURCE_EXHAUSTED: Out of memory/, {
                unless: /disk|quota|grpc|device:CPU|allocator cpu|No space left/i,
            }),
            says(0.94, /(?:cuda|cupy|gpu|jax|xla|hip|rmm)[\w.]*\.(?:OutOfMemoryError|memory_error)|^torch\.\S*OutOfMemoryError|OutOfMemoryError: (?:Allocation on device|(?:CUDA|GPU|XPU|MPS|HIP)\b)|MPS backend out of memory|XPU out of memory/i, { in: ['exception'] }),
            says(0.9, /No available memory for the cache blocks|enough GPU (?:RAM|memory)|(?:not enough|insufficient|exceeds? (?:the )?(?:available )?) ?(?:free )?GPU memory|less than (?:the )?desired GPU memory|out of (?:GPU|device|HBM) memory|(?:GPU|device|HBM) (?:is )?out of memory|failed to allocate .{0,60}(?:on|from) (?:the )?(?:device|GPU)/i, { unless: /will be|offload|this is not/i }),
            says(0.93, /rmm::out_of_memory|bad_alloc: cuda|bad_alloc: out_of_memory: CUDA|MemoryError: std::bad_alloc: .*CUDA/i),
            says(0.86, /CUBLAS_STATUS_ALLOC_FAILED|CUDNN_STATUS_ALLOC_FAILED|cuDNN error: CUDNN_STATUS_INTERNAL_ERROR.*memory/),
            says(0.93, /Out of Memory\. Please use a larger instance and\/or reduce the values of other parameters/, {
                unless: /upload failed/,
            }),
            says(0.8, /ran out of memory trying to allocate/, { unless: /not a failure/ }),
        ],
        remedy: ({ request }) => [
            lowerMemory(request),
            'Train in mixed precision (bf16 or fp16), turn on gradient checkpointing, or load the model in 8 or 4 bit.',
            ...withMoreGpuMemory(request.instanceType),
        ],
    },
    {
        label: 'host-oom',
        title: 'The memory of the host ran out',
        retryable: false,
        signs: [
            says(0.96, /OutOfMemory: Process killed by SIGKILL/),
            says(0.96, /Please use an instance type with more memory|upload failed:\s*ClientError: Out of Memory/),
            says(0.94, /^(?:numpy\S*\.)?_?(?:Array)?MemoryError\b|Unable to allocate [\d.]+ [KMGT]iB for an array|DefaultCPUAllocator: (?:can't allocate|not enough) memory/, { unless: /CUDA/i }),
            says(0.92, /Cannot allocate memory|java\.lang\.OutOfMemoryError|Out of memory: Kill(?:ed)? process|oom-kill|OOMKilled|oom_reaper|ran out of memory.*(?:host|node)|OOM killer/i, { unless: /GPU|CUDA/ }),
            says(0.94, /exceeded \d+% memory budget|KilledWorker/, { evenInWarnings: true }),
            says(0.92, /OutOfMemoryError: Task was killed due to the node running low on memory|memory monitor.*killed/i, {
                unless: /CUDA/,
            }),
            says(0.9, /std::bad_alloc|memory allocation of \d+ bytes failed|malloc of size \d+ failed|realloc of size \d+ failed/, {
                unless: /cuda/i,
            }),
            says(0.88, /(?:ArrowMemoryError|OutOfMemoryException|OutOfMemoryError|MemoryError)\b|Out of Memory Error: /, {
                in: ['exception'],
                unless: /CUDA|GPU|HIP|MPS|XPU|torch|cupy|rmm|device/i,
            }),
            says(0.9, /died with <Signals\.SIGKILL|Signal 9 \(SIGKILL\)|exited on signal 9|exitcode\s*:\s*-9\b|Return Code: -9\b|signal: ?killed|(?:exit code|exit status|return code)[:= ]+(?:137|-9)\b/i, { unless: /DataLoader/ }),
            says(0.86, /^(?:\S+: line \d+:\s+\d+ )?Killed\b(?!.*spot)/, { in: ['line'] }),
            says(0.82, /terminated abruptly while the future was running|TerminatedWorkerError|A worker process managed by the executor was unexpectedly terminated/),
            says(0.88, /OOM when allocating tensor.*(?:device:CPU|allocator cpu)/s),
            { holds: (circumstances) => killedSilently(circumstances, true), strength: 0.95 },
            { holds: (circumstances) => killedSilently(circumstances, false), strength: 0.87 },
        ],
        remedy: ({ request }) => [
            ...withMoreMemory(request.instanceType),
            'Load the data in pieces (memory mapping, streaming, FastFile mode) and use fewer or leaner data-loading workers.',
            lowerMemory(request),
        ],
    },
    {
        label: 'disk-full',
        title: 'No space is left on the volume',
        retryable: false,
        signs: [
            { holds: diskStaysFull, strength: 0.82 },
            says(0.97, /insufficient disk space/i),
            says(0.95, /No space left on device|errno ?= ?28\b|\[Errno 28\]|ENOSPC|Disk quota exceeded|Not enough (?:free )?disk space|not enough space on (?:the )?(?:disk|device)/i, { unless: /\/dev\/shm|shared memory|<\/torch_/ }),
            says(0.8, /PytorchStreamWriter failed writing file|inline_container\.cc:\d+\] \. unexpected pos|basic_ios::clear: iostream error/),
        ],
        remedy: ({ request }) => [
            `volume-size: raise it${request.volumeSizeGb ? ` (now ${request.volumeSizeGb} GB)` : ' (the default is 30 GB)'}; types with NVMe storage (such as g5 and p4d) have a fixed size instead: take a larger one.`,
            'Keep fewer checkpoints (save_total_limit), and put caches (HF_HOME, TMPDIR) below /opt/ml, which is on the volume.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/network.ts


const isIsolated = ({ evidence }) => evidence.request.networkIsolation === true;
const isOpen = ({ evidence }) => evidence.request.networkIsolation !== true;
const inVpc = (circumstances) => isOpen(circumstances) && circumstances.evidence.request.inVpc === true;
const NO_CONNECTION = /Max retries exceeded|NewConnectionError|Failed to establish a new connection|ConnectTimeout|Connection (?:timed out|refused)|Network is unreachable|No route to host|Temporary failure in name resolution|Name or service not known|Could not (?:resolve|connect)|could not (?:resolve host|connect to server)|Can't connect to MySQL|getaddrinfo failed|urlopen error|Unable to (?:access|connect)|Connect timeout on endpoint|EndpointConnectionError/i;
const PUBLIC = /pypi|pythonhosted|\/simple\/|huggingface\.co|hf\.co|github(?:usercontent)?\.com|pytorch\.org|conda|storage\.googleapis|nltk|tfhub|kaggle|wandb\.ai|docker\.io|cran\.|index url|nvidia\.com|pip\._vendor|dl\.fbaipublicfiles|openaipublic/i;
const S3_ENDPOINT = /s3[.-][\w.-]*amazonaws\.com|endpoint URL: "https:\/\/[^"]*s3/i;
const both = (first, second) => new RegExp(`^(?=[\\s\\S]*?(?:${first.source}))[\\s\\S]*?(?:${second.source})`, 'i');
/** A traceback that breaks off inside a client library, in a container that may call nobody. */
function isolatedCall(circumstances) {
    if (!isIsolated(circumstances))
        return undefined;
    const call = circumstances.exceptions.findLast((one) => one.frames.some(({ file }) => /botocore|boto3|urllib3|requests\/|huggingface_hub|http\/client|s3fs|socket\.py/.test(file)) || NO_CONNECTION.test(textOf(one)));
    if (!call)
        return undefined;
    const codes = call.frames.filter(({ file }) => !/botocore|boto3|urllib3/.test(file)).map(({ code }) => code);
    const quote = call.type === '' ? codes.slice(-3).join('\n') : textOf(call);
    return { source: call.type === '' ? 'failure-reason' : 'log', quote: quote.slice(-400) };
}
const NETWORK_RULES = [
    {
        label: 'network-isolation',
        title: 'Network isolation is on, and the container tried to call out',
        retryable: false,
        signs: [
            { holds: isolatedCall, strength: 0.95 },
            says(0.94, NO_CONNECTION, { when: isIsolated }),
            says(0.93, /network.?isolation.{0,80}(?:cannot|can't|not (?:allowed|able|possible|supported)|block|prevent|no (?:network|internet|outbound))|(?:cannot|unable|not allowed|blocked).{0,80}network.?isolation/i),
        ],
        remedy: () => [
            'network-isolation: false, or give everything the program needs as a channel or in the image: an isolated container cannot call anything, Amazon S3 included.',
        ],
    },
    {
        label: 'vpc-no-s3-route',
        title: 'The subnets of the job have no route to Amazon S3',
        retryable: false,
        signs: [
            says(0.97, /route to an S3 VPC endpoint|S3 VPC endpoint or a NAT/),
            says(0.93, both(S3_ENDPOINT, NO_CONNECTION), { when: inVpc }),
            says(0.86, both(S3_ENDPOINT, NO_CONNECTION), { when: isOpen }),
        ],
        remedy: ({ request }) => [
            `Create a gateway endpoint for com.amazonaws.${request.region ?? 'REGION'}.s3 and associate it with the route tables of the job's subnets (it costs nothing); or give the subnets a NAT gateway.`,
            'The security group and the network ACL must allow outbound HTTPS to the prefix list of Amazon S3.',
        ],
    },
    {
        label: 'vpc-no-internet',
        title: 'The container has no route to the internet (package index, model hub, GitHub)',
        retryable: false,
        signs: [
            says(0.95, both(PUBLIC, NO_CONNECTION), { when: inVpc, evenInWarnings: true }),
            says(0.94, /Retrying \(Retry\(total=\d.*connection broken by '(?:NewConnectionError|ConnectTimeoutError)/, {
                when: isOpen,
                evenInWarnings: true,
            }),
            says(0.87, both(/pypi|pythonhosted|\/simple\/|conda/, NO_CONNECTION), { when: isOpen }),
            says(0.93, /couldn't connect to 'https:\/\/huggingface|Cannot reach https?:\/\/huggingface|LocalEntryNotFoundError|offline mode is enabled/i, { when: inVpc }),
            says(0.8, both(/huggingface\.co|github(?:usercontent)?\.com|pytorch\.org|storage\.googleapis/, NO_CONNECTION), {
                when: isOpen,
                unless: /40[134]|gated/,
            }),
        ],
        remedy: () => [
            'Give the private subnets a NAT gateway, or install at build time: put the packages and models into the image, or pass them as a channel.',
            'In a VPC only: endpoints for Amazon S3 (gateway) and a mirror such as AWS CodeArtifact do without the internet.',
        ],
    },
    {
        label: 'network-unreachable',
        title: 'An address the program needs cannot be reached',
        retryable: true,
        signs: [
            says(0.86, /Name or service not known|Temporary failure in name resolution|Network is unreachable|No route to host|Max retries exceeded|could not connect to server|Can't connect to MySQL|Could not connect to the endpoint URL|could not translate host name|ConnectTimeoutError|ServerSelectionTimeoutError|wandb\.(?:sdk\.lib\.retry|errors\S*)\.(?:CommError|TransientError)|Run initialization has timed out|AWS Error NETWORK_CONNECTION during|Error \d+ connecting to|nodename nor servname/i, { when: isOpen, unless: /algo-\d/ }),
            says(0.8, /\[Errno 11[013]\]|Connection (?:refused|timed out)|ReadTimeoutError|urlopen error|ConnectionRefusedError|ECONNREFUSED|ETIMEDOUT/i, { when: isOpen, in: ['exception', 'reason'], unless: /algo-\d|mount|file system/i }),
        ],
        remedy: ({ text }) => [
            `Check from the subnets of the job that ${/(?:host=|https?:\/\/)['"]?([\w.-]+)/.exec(text)?.[1] ?? 'the address'} resolves and answers: route table, security groups of both sides, name resolution of the VPC.`,
            'A service in your network (database, MLflow) is reachable only from a job in its VPC: set subnets and security-groups.',
        ],
    },
    {
        label: 'no-credentials',
        title: 'No AWS credentials were found',
        retryable: false,
        signs: [
            says(0.95, /Unable to locate credentials|NoCredentialsError|PartialCredentials|CredentialRetrievalError|Could not load credentials from any providers|Unable to load AWS credentials|NoAuthHandlerFound|Error when retrieving credentials|No AWS Credentials|no credential providers|CredentialsProviderError|Missing credentials in config|NoCredentialProviders/i),
            says(0.86, /The security token included in the request is invalid|UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId/),
        ],
        remedy: () => [
            'In the container, use the default credentials of the SDK: the execution role comes through AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, which must not be overwritten or lost by sudo, su or `env -i`.',
            'On the client: set role-to-assume with `permissions: id-token: write`, or give credentials in the environment.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/parameters.ts
/** Code errors: hyperparameters, their form and values, and the environment the toolkit makes of a request. */

const PARAMETER_RULES = [
    {
        label: 'argparse-error',
        title: 'The script refuses a hyperparameter or its value',
        retryable: false,
        signs: [
            says(0.96, /error: (?:argument |unrecognized arguments|the following arguments are required|ambiguous option|invalid choice|too few arguments|expected (?:one|at least one) argument|one of the arguments|no such option|option \S+ (?:requires|not recognized)|not all arguments)/, { unless: /--local[_-]rank/ }),
            says(0.95, /^Error: (?:No such option|Invalid value for|Missing option|Missing argument|Got unexpected extra argument|no such option|Option)|Some specified arguments are not used by the HfArgumentParser|Unknown command line flag|FATAL Flags parsing error|Could not consume arg|GetoptError: option|UnparsedFlagAccessError|Could not override|Error parsing override|argparse\.Argument(?:Type)?Error|^ERROR: (?:The function received no value for|Could not consume)|Key '[^']+' is not in struct/),
            {
                holds: ({ exit, passages }) => {
                    const usage = exit?.code === 2 ? passages.find(({ text }) => /^usage: /i.test(text)) : undefined;
                    return (usage && {
                        source: usage.source,
                        quote: usage.text.slice(0, 400),
                        ...(usage.line ? { line: usage.line } : {}),
                    });
                },
                strength: 0.84,
            },
        ],
        remedy: ({ text }) => [
            `${/--[\w-]+/.exec(text)?.[0] ?? 'The argument'}: the toolkit passes every hyperparameter as \`--name value\`; add it to the parser, or take it out of hyperparameters. parse_known_args lets unknown ones pass.`,
            'bool arguments arrive as the words True and False: `type=lambda v: v.lower() == "true"`.',
        ],
    },
    {
        label: 'invalid-hyperparameter',
        title: 'The value or the form of a hyperparameter is wrong',
        retryable: false,
        signs: [
            // A number with quotes of its own: it was serialised twice.
            says(0.9, /(?:invalid literal for \w+\(\).*|could not convert string to float): '\\?["'][-+\d.eE]+\\?["']'/, {
                in: ['exception'],
            }),
            says(0.96, /Additional hyper-?parameters are not allowed|Hyperparameter \S+: |(?:Missing required|Extraneous|Unknown|Unrecognized) hyper-?parameters?|Failed to validate (?:model |algorithm )?(?:hyper-?parameters?|(?:algorithm )?configuration|parameters)|hyper-?parameters? .{0,60}(?:invalid|not valid|out of range|must be|is required|should be|is not (?:supported|allowed|recognized))|(?:invalid|illegal|unsupported) (?:value .{0,60})?hyper-?parameter/i, {
                unless: /Failed to parse hyper|Checkpoint hyperparameters|cannot have more than|Parameter validation failed/i,
            }),
            says(0.94, /Invalid Parameter format for|for Parameter \S+ (?:exceed|should)|should be (?:greater|smaller|less) (?:than|or equal).{0,40}Parameter|InvalidParameterError|Unknown objective function|Unknown (?:metric|parameter|booster|eval metric)|Invalid (?:learning rate|momentum|beta|epsilon|weight_decay|dampening|alpha|lr_decay)\b|Could not interpret (?:optimizer|activation|loss|metric|initializer)/i, { unless: /Parameter validation failed/ }),
            says(0.92, /is not a valid (?:SchedulerType|IntervalStrategy|OptimizerNames|HubStrategy|EvaluationStrategy|SaveStrategy|LoggingStrategy)|--load_best_model_at_end requires|num_class(?:es)? (?:must|should|is required|parameter)|(?:mini_?batch_?size|batch.?size).{0,60}(?:must|should|has to|cannot|exceeds?|larger than|greater than|divisible|positive)|must be divisible by|(?:unknown|unsupported|unrecognized|invalid) (?:optimizer|scheduler|activation|loss(?: function)?|objective|solver|model_?type|model_?name|architecture)\b/i, { in: ['exception', 'reason', 'line'] }),
            says(0.8, /(?:learning_rate|lr|epochs?|num_\w+|max_\w+|n_\w+|dropout|hidden\w*|warmup\w*|seed|alpha|beta|gamma|lambda|eta|subsample|min_\w+).{0,30}(?:must be|should be|has to be|cannot be|out of range|not in range|expected|is not a valid)/i, { in: ['exception', 'reason'], unless: /dimension|tensor|shape|columns?/ }),
            says(0.78, /string indices must be integers|the JSON object must be str|'str' object (?:has no attribute|cannot be interpreted as an integer)|not supported between instances of '(?:str|int|float)' and '(?:str|int|float)'/, { in: ['exception'], frames: /args\.|hyper|config|params|_seq|hps\b|settings/ }),
        ],
        remedy: ({ text }) => [
            `Correct ${/(?:Hyperparameter|hyperparameter:?|Parameter|parameter '?) ?([\w.-]+)/.exec(text)?.[1] ?? 'the value the message names'} in hyperparameters.`,
            'Hyperparameters arrive as strings: JSON values have to be parsed in the script, and a string that was quoted twice ("\\"auc\\"") is another value.',
        ],
    },
    {
        label: 'channel-env-missing',
        title: 'The script reads SM_CHANNEL_<NAME> of a channel the request does not have',
        retryable: false,
        signs: [
            says(0.98, /KeyError: ['"]SM_CHANNELS?\w*['"]|SM_CHANNEL\w* (?:is )?(?:not (?:set|defined|found)|missing|undefined|None)|(?:missing|undefined|no) (?:environment variable )?['"]?SM_CHANNEL/i),
            says(0.86, /expected str, bytes or os\.PathLike object, not NoneType|join\(\) argument must be str.*not '?NoneType|argument should be a str.*not '?NoneType|Invalid file path or buffer object type: <class 'NoneType'>/i, { in: ['exception'], frames: /args\.(?:train|test|val|data|training|eval)|SM_CHANNEL|channel/i }),
            says(0.74, /expected str, bytes or os\.PathLike object, not NoneType/, { in: ['exception'] }),
        ],
        remedy: ({ text, request }) => {
            const name = /SM_CHANNEL_(\w+)/.exec(text)?.[1]?.toLowerCase();
            const given = request.channels?.map((channel) => channel.name).join(', ');
            return [
                `channels: add \`${name ?? 'NAME'}: s3://…\`, or read the channel that is given${given ? ` (${given})` : ' (a single one is often called training)'}: each channel <name> sets SM_CHANNEL_<NAME>.`,
                'In the script: os.environ.get("SM_CHANNEL_VALIDATION") and a branch for None, when the channel is optional.',
            ];
        },
    },
    {
        label: 'input-channel-misconfig',
        title: 'Names, set or distribution of the channels do not suit the algorithm',
        retryable: false,
        signs: [
            says(0.97, /Failed to validate input data configuration|'(?:ShardedByS3Key|FullyReplicated)' is not one of|S3DistributionType.{0,80}(?:not|must|invalid)/),
            says(0.93, /\b(?:train|training|validation|test|model|auxiliary|label_map|train_lst|train_annotation|\w+) channel (?:is )?(?:not (?:specified|provided|found|given)|missing|required|must)|[Cc]hannel ['"]?\w+['"]? (?:is )?(?:not (?:specified|provided|found|supported|recognized|given)|missing|required|unknown)|(?:[Rr]equired|[Mm]issing|[Uu]nknown|[Uu]nexpected|[Uu]nsupported|[Ii]nvalid) (?:\w+ ){0,2}channels?\b|No (?:training |input )?(?:data )?channels?\b|No data in (?:the )?channel|channel \(\w+\) was incorrectly specified|does not support (?:the )?'?\w+'? channel/i, { unless: /input.{0,6}channels?.{0,40}(?:conv|weight)|KeyError|got \d+ channels/i }),
            says(0.9, /Additional properties are not allowed|is a required property/, {
                in: ['reason', 'line', 'exception'],
                unless: /[Hh]yper-?parameters/,
            }),
        ],
        remedy: ({ text, request }) => [
            `Rename or add channels to the ones the algorithm knows${/\('?u?'?(\w+)'? was unexpected/.exec(text)?.[1] ? ` (${/\(u?'(\w+)' was unexpected/.exec(text)?.[1]} is not one of them)` : ''}${request.channels?.length ? `; given: ${request.channels.map(({ name }) => name).join(', ')}` : ''}.`,
            'Test channels of most built-in algorithms must be FullyReplicated, not ShardedByS3Key.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/program.ts


/** Any exception that may be a cause is a better answer than none. */
function anyRaised({ exceptions }) {
    const root = rootException(exceptions);
    return root?.standing === 'raised' ? proofOfException(root) : undefined;
}
function place({ circumstances }) {
    const frame = userFrame(rootException(circumstances.exceptions));
    const source = frame?.code.slice(0, 100).replaceAll('`', "'");
    return frame
        ? `Look at ${frame.file}:${frame.line}${source ? ` (\`${source}\`)` : ''}.`
        : 'The last frame of your own code in the traceback is where to look.';
}
const PROGRAM_RULES = [
    {
        label: 'python-exception',
        title: 'The program raised an exception',
        retryable: false,
        signs: [{ holds: anyRaised, strength: 0.7 }, says(0.6, /[Ee]xception during training: (?!Return Code)\S/)],
        remedy: (found) => [
            place(found),
            'Run the script at home on a few rows, in the same image: `docker run IMAGE train`.',
        ],
    },
    {
        label: 'syntax-error',
        title: 'The source does not parse',
        retryable: false,
        signs: [
            says(0.94, /^(?:SyntaxError|IndentationError|TabError)\b/, { in: ['exception'], unless: /\.js\b/ }),
            says(0.9, /syntax error near unexpected token|syntax error: unexpected|unexpected EOF while looking for matching|Syntax error: (?:"|end of file|Unterminated|Bad)/),
            says(0.85, /^(?:\S+ )?(?:SyntaxError|IndentationError): /),
        ],
        remedy: (found) => [
            place(found),
            'If the source is right, the Python of the image is older than its syntax (f-strings 3.6, := 3.8, match 3.10): take a newer base image.',
        ],
    },
    {
        label: 'file-not-found',
        title: 'A file the program opens is not there',
        retryable: false,
        signs: [
            says(0.86, /FileNotFoundError|\[Errno 2\]|No such file or directory|File b?'[^']+' does not exist|(?:IO|OS)Error: .*(?:does not exist|No such file)|NotFoundError: .*(?:No such file|not found|does not exist)|Unable to open file \(unable to open file|can't open\/read file|errno = 2,/i, { in: ['exception', 'reason'], unless: /cannot open shared object|error while loading shared/ }),
            says(0.76, /No such file or directory|File b?'[^']+' does not exist|(?:file|path|directory) (?:'|")?\/opt\/ml\/\S+ (?:does not exist|not found)/i, { in: ['line', 'note'], unless: /cannot open shared object|dlerror|ld\.so|^rm:|mkdir|^ls:/ }),
            says(0.78, /NotADirectoryError|IsADirectoryError/, { in: ['exception'] }),
            says(0.76, /list index out of range|No objects to concatenate|need at least one array to (?:concatenate|stack)|max\(\) arg is an empty sequence/, { in: ['exception'], frames: /glob|listdir|iterdir|rglob|scandir|os\.walk/ }),
        ],
        remedy: ({ text, request }) => [
            `Check the path${/'(\/opt\/ml\/[^']+)'/.exec(text)?.[1] ? ` ${/'(\/opt\/ml\/[^']+)'/.exec(text)?.[1]}` : ''}: each channel is a directory /opt/ml/input/data/<channel>${request.channels?.length ? ` (channels: ${request.channels.map(({ name }) => name).join(', ')})` : ''}, and keys keep their path below the channel's prefix.`,
            'Print os.listdir of the directory at the start of the program.',
        ],
    },
    {
        label: 'missing-key',
        title: 'A key, column or environment variable is missing',
        retryable: false,
        signs: [
            says(0.85, /^KeyError\b/, {
                in: ['exception'],
                unless: /SM_CHANNEL|'(?:RANK|WORLD_SIZE|LOCAL_RANK|MASTER_ADDR|MASTER_PORT)'/,
            }),
            says(0.87, /not found in axis|None of \[.*\] are in the \[|Usecols do not match columns|\] not in index|is not in list.*column|Column\(?s?\)? .{0,60}(?:not (?:found|exist|in)|do(?:es)? not exist)|(?:column|field|feature) ['"][^'"]+['"] (?:not found|does not exist|is missing)|ColumnNotFoundError|UNRESOLVED_COLUMN/i, { in: ['exception', 'reason'] }),
            says(0.82, /'(?:DataFrame|Series)' object has no attribute '(?!append|ix|as_matrix|iteritems|get_value|set_value)\w+'/, { in: ['exception'] }),
        ],
        remedy: (found) => [
            `${/['"]([^'"]+)['"]/.exec(found.text)?.[0] ?? 'The key'} is not there: print the keys or columns right before. ${place(found)}`,
            'CSV files without a header make the first row the column names; other data than at home is the usual reason.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/request.ts

const REQUEST_RULES = [
    {
        label: 'validation-max-wait',
        title: 'max-wait and max-run break the rules of spot training',
        retryable: false,
        signs: [
            says(0.98, /Invalid MaxWaitTimeInSeconds|MaxWaitTimeInSeconds (?:above|must|should|is only|cannot|is required|greater|less|smaller)|max_wait.{0,60}max_run|EnableManagedSpotTraining.{0,80}MaxWait|MaxWaitTimeInSeconds.{0,60}(?:required|missing)/i, { unless: /unexpected keyword|exceeded MaxWait/ }),
        ],
        remedy: ({ request }) => [
            `max-wait: at least max-run (${request.maxRunSeconds ?? 'seconds'}), with slack for the wait, e.g. twice as long; only with \`spot: true\`.`,
            'Built-in algorithms without checkpoints take at most 3,600 s of max-wait.',
        ],
    },
    {
        label: 'invalid-instance-type',
        title: 'The instance type is unknown, not offered here, or not supported by the algorithm',
        retryable: false,
        signs: [
            says(0.97, /at '[\w.]*instanceType' failed to satisfy|requested resource training-job\/\S+ is not available in this region|only GPU instances are supported|Instance type \S+ is not supported/i),
            says(0.93, /instance.?type.{0,80}(?:not (?:available|supported|offered|valid|allowed)|invalid|unknown|unsupported|does not support)|(?:unsupported|invalid|unknown|unrecognized) instance.?type|is not a (?:valid|supported) (?:ML |training )?instance type|(?:does not|doesn't) support instance type/i, { unless: /smdistributed|smdataparallel|modelparallel/ }),
        ],
        remedy: ({ request }) => [
            `Choose a training type offered in ${request.region ?? 'the region'}${request.instanceType ? ` instead of ${request.instanceType}` : ''}; types for notebooks and endpoints (ml.t2, ml.t3) are no training types.`,
            'Some built-in algorithms need a GPU, some allow none: see the page of the algorithm.',
        ],
    },
    {
        label: 'duplicate-job-name',
        title: 'The job name is in use',
        retryable: false,
        signs: [
            says(0.98, /Training job names must be unique|\(ResourceInUse\)|ResourceInUse(?:Exception)?: |Cannot create already existing (?:training )?job|training job with this name already exists|job name .{0,60}already (?:exists|in use)/i),
        ],
        remedy: () => [
            'Names are unique for ever in an account and region: add a time or run number to the name.',
            'If a retried call met its own first attempt, describe the job of that name: it may be the one you wanted.',
        ],
    },
    {
        label: 'validation-error',
        title: 'The request is not valid',
        retryable: false,
        signs: [
            says(0.85, /\d+ validation errors? detected|failed to satisfy constraint|\bInvalidParameterCombination|InvalidParameterValue/, { unless: /instanceType'|s3(?:Uri|OutputPath)|trainingImage'/i }),
            says(0.8, /\(ValidationException\)|ValidationException:|not supported in the region|hyperparameter tuning job, .* valid for/),
        ],
        remedy: ({ text }) => [`Correct ${/at '([^']+)' failed/.exec(text)?.[1] ?? 'the field the message names'}.`],
    },
    {
        label: 'wrong-region',
        title: 'Something the request names lives in another region',
        retryable: false,
        signs: [
            says(0.97, /(?:image|repository|KMS key|key|role|subnet|file system|algorithm|security group|model package|resource)\b.{0,120}\b(?:is|are|lives?|located|exists?|belongs) (?:only )?in (?:a different|another|the wrong) region|not in the same region|must be in (?:the )?(?:same|current) region|(?:different|wrong|another) region than|Invalid region in (?:arn|ARN)|(?:ARN|arn) .{0,80}region .{0,40}(?:mismatch|does not match|expected)|[Rr]egion .{0,40}does not match|cross.region .{0,40}not (?:supported|allowed)|arn:aws:kms:.*(?:not valid|is invalid).*region/, { unless: /bucket|s3:\/\//i }),
        ],
        remedy: ({ request }) => [
            `Everything a job names must be in its own region (${request.region ?? 'aws-region'}): copy it there, or run the job where it is.`,
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/service.ts


/** The service's class alone; its sentence never says more. */
function internalError({ reason }) {
    if (reason?.errorClass !== 'InternalServerError' || !/internal error/i.test(reason.detail))
        return undefined;
    return { source: 'failure-reason', quote: reason.text.slice(0, 400) };
}
/** Spot and on-demand instances have quotas of their own: the other one may have room. */
function otherKind(exceeded, instances, quotas = []) {
    const [type] = exceeded?.split(' for ') ?? [];
    const other = quotas.find(({ name, limit }) => name !== exceeded && name.startsWith(`${type} for `) && limit >= instances);
    if (exceeded === undefined || other === undefined)
        return [];
    const spot = !exceeded.includes(' spot ');
    return [
        `Set spot: ${spot}: the quota "${other.name}" is ${other.limit}${spot ? '' : ', at the full on-demand price'}.`,
    ];
}
const SERVICE_RULES = [
    {
        label: 'quota-exceeded',
        title: 'An account quota does not allow the request',
        retryable: false,
        signs: [
            says(0.98, /service limit '[^']+' is|ResourceLimitExceeded|Resource limits for this account have been exceeded/),
            says(0.9, /ServiceQuotaExceeded|LimitExceededException|account.level (?:service )?limit|exceed(?:s|ed)? (?:the|your) (?:account |service )*(?:quota|limit)/i, { unless: /GitHub|rate limit|memory|token limit/i }),
        ],
        remedy: ({ text, request, circumstances }) => {
            const quota = /service limit '([^']+)'/.exec(text)?.[1];
            return [
                ...otherKind(quota, request.instanceCount ?? 1, circumstances.evidence.quotas),
                quota
                    ? `Service Quotas > Amazon SageMaker > "${quota}": request an increase (spot and on-demand are separate quotas; approval takes from minutes to days).`
                    : 'Service Quotas > Amazon SageMaker: the quota "<type> for training job usage" or "<type> for spot training job usage" of the instance type asked for.',
                'Until then: another instance-type, fewer instances, or wait until a running job ends.',
            ];
        },
    },
    {
        label: 'capacity-error',
        title: 'Amazon EC2 has no such instances free',
        retryable: true,
        signs: [
            says(0.97, /Unable to provision requested ML compute capacity|^CapacityError/, { in: ['reason'] }),
            says(0.9, /Insufficient capacity error from EC2|for insufficient capacity|Unable to provision requested ML compute capacity|InsufficientInstanceCapacity|InsufficientCapacity|CapacityError|insufficient (?:EC2 )?(?:instance )?capacity/i),
        ],
        remedy: ({ request }) => [
            `instance-type: take another one like ${request.instanceType ?? 'ml.g5.xlarge'}; capacity differs by type.`,
            request.spot
                ? 'spot: false takes on-demand capacity, which has a quota and a price of its own.'
                : 'Try again later, in another region, or with subnets in more availability zones.',
        ],
    },
    {
        label: 'role-not-assumable',
        title: 'Amazon SageMaker cannot assume the execution role',
        retryable: false,
        signs: [
            says(0.97, /Could not assume role|unable to assume (?:the )?role|unable to perform:? sts:AssumeRole|not authorized to perform: sts:AssumeRole(?!With)|cannot assume (?:the )?role|allows principal 'sagemaker\.amazonaws\.com'|failed to assume role|Role .{0,120}(?:cannot be assumed|is not assumable)/i),
        ],
        remedy: ({ text, request }) => [
            `Trust policy of ${arnIn(text, 'iam') ?? request.roleArn ?? 'the execution role'}: {"Effect":"Allow","Principal":{"Service":"sagemaker.amazonaws.com"},"Action":"sts:AssumeRole"}`,
            'Check the name of the role; one made a moment ago takes up to a minute to be known.',
        ],
    },
    {
        label: 'throttling',
        title: 'Too many calls in a short time',
        retryable: true,
        signs: [
            says(0.95, /ThrottlingException|Rate exceeded|TooManyRequestsException|RequestLimitExceeded|\(Throttling\)|ThrottledException|ProvisionedThroughputExceeded/),
            says(0.88, /SlowDown|reduce your request rate|429 (?:Client Error: )?Too Many Requests/i, {
                unless: /huggingface|checkpoint/i,
            }),
        ],
        remedy: () => [
            'Retry with growing waits: AWS_RETRY_MODE=adaptive, AWS_MAX_ATTEMPTS=10; start fewer jobs at a time.',
        ],
    },
    {
        label: 'internal-server-error',
        title: 'The service reports an internal error',
        retryable: true,
        signs: [
            { holds: internalError, strength: 0.95 },
            // One that says more is told by what it says.
            says(0.7, /^InternalServerError: /, { in: ['reason'] }),
            says(0.9, /We encountered an internal error\. Please try again|\(InternalFailure\)|\(InternalServerError\)|InternalServerException|ServiceUnavailable(?:Exception)?\b/),
        ],
        remedy: ({ request, circumstances }) => [
            'Start the job again once: most of these pass.',
            ...(request.hasCheckpoints || request.checkpointUri
                ? [
                    'If it fails again: empty the checkpoint prefix but for the newest checkpoint. Restoring hundreds of gigabytes (no log stream at all), or uploading them (no Uploading phase), is a known cause.',
                ]
                : []),
            ...(circumstances.evidence.log.totalLines === 0
                ? [
                    'No log stream means the container never started: look at data, checkpoint prefix and VPC, not at the program.',
                ]
                : []),
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/stops.ts

const isStopped = ({ evidence: { job }, phases }) => job.status === 'Stopped' || (job.status === undefined && phases.some(({ phase }) => phase === 'Stopped'));
function lastWords(circumstances) {
    const said = circumstances.passages.findLast(({ text }) => /Job ended with status 'Stopped'|^\S+ \S+ Stopped - /.test(text));
    if (said)
        return { source: 'log', quote: said.text.slice(0, 400), ...(said.line ? { line: said.line } : {}) };
    return {
        source: 'transitions',
        quote: `Status ${circumstances.evidence.job.status}, secondary status ${circumstances.evidence.job.secondaryStatus ?? 'unknown'}, no failure reason`,
    };
}
/** Nobody is that quick: the stop came within seconds of the phase before it, before any training. */
function stoppedAtOnce(circumstances) {
    const { phases } = circumstances;
    const at = phases.findIndex(({ phase }) => phase === 'Stopping');
    const stop = phases[at];
    const before = phases[at - 1];
    if (!isStopped(circumstances) || !stop || !before || stop.at - before.at > 5)
        return undefined;
    return phases.some(({ phase }) => phase === 'Training') ? undefined : lastWords(circumstances);
}
function hangs({ evidence: { job, log }, exceptions }) {
    if (job.status !== 'InProgress' || exceptions.some(({ standing }) => standing === 'raised'))
        return undefined;
    const last = log.lines.findLast(({ text }) => text.trim() !== '');
    return last
        ? { source: 'log', quote: last.text.trim().slice(0, 400), line: last.number }
        : { source: 'transitions', quote: 'InProgress, no log lines' };
}
const NOTHING = /no (?:log|output|progress|new lines?|update)|stands? still|\bhang(?:s|ing)?\b|\bhung\b|\bstuck\b|frozen|never (?:ends|finish)/i;
const STOP_RULES = [
    {
        label: 'stopped-by-debugger-rule',
        title: 'The action of a Debugger rule stopped the job',
        retryable: false,
        signs: [
            says(0.9, /^(?:\S+ )?[A-Z]\w+: IssuesFound|\b[A-Z]\w+: IssuesFound/, {
                when: isStopped,
                unless: /^(?:ProfilerReport|CPUBottleneck|IOBottleneck|LowGPU|BatchSize|GPUMemoryIncrease|StepOutlier|LoadBalancing|MaxInitialization|Dataloader|OverallSystemUsage)/,
            }),
            says(0.93, /(?:stopped|stopping|StopTraining).{0,60}(?:debugger )?rule\b|rule .{0,60}(?:triggered|fired).{0,60}stop/i),
        ],
        remedy: () => [
            'The rule that found issues says why (VanishingGradient, Overfit, …): look at its evaluation, then at learning rate and initialisation; or take the StopTraining action off the rule.',
        ],
    },
    {
        label: 'stopped-external',
        title: 'Something other than a person stopped the job: automation of the account',
        retryable: false,
        signs: [
            { holds: stoppedAtOnce, strength: 0.72 },
            says(0.85, /stopped by (?:a |an |the )?(?:lambda|automation|policy|budget|scheduler|step functions?|eventbridge|guardrail|pipeline)|invokedBy.{0,40}(?:lambda|config|events)\.amazonaws\.com|cost (?:control|guard|limit).{0,40}stop/i),
        ],
        remedy: () => [
            'AWS CloudTrail, event StopTrainingJob: userIdentity and sourceIPAddress name the Lambda function, budget action or pipeline that stopped it, and the rule it enforces (a VPC, tags, a cost limit).',
        ],
    },
    {
        label: 'stopped-by-user',
        title: 'The job was stopped by StopTrainingJob, without a limit being reached',
        retryable: false,
        signs: [
            { holds: (c) => (isStopped(c) ? lastWords(c) : undefined), strength: 0.62 },
            says(0.9, /(?:stopped|cancel+ed|aborted|terminated|killed) (?:manually|by (?:the |a )?(?:user|operator|owner|me\b|us\b))|(?:user|I|we|operator) (?:manually )?(?:stopped|cancel+ed|aborted|called StopTrainingJob)|manually (?:stopped|cancel+ed)|StopTrainingJob .{0,40}(?:called )?by (?:user|IAMUser)/i, { in: ['line', 'note', 'reason'] }),
        ],
        remedy: () => [
            'AWS CloudTrail, event StopTrainingJob: userIdentity says who.',
            'The artifacts written so far were uploaded; with checkpoints a new job goes on from there.',
        ],
    },
    {
        label: 'tuning-parent-failure',
        title: 'The tuning job only says that its training jobs failed',
        retryable: false,
        signs: [
            says(0.96, /No training job succeeded after \d+ attempts|All training jobs failed|(?:hyperparameter )?tuning job.{0,80}(?:failed|ended).{0,60}training jobs? (?:failed|succeeded)|Please take a look at the training job failures/i),
        ],
        remedy: () => [
            'Explain one of the training jobs it started: ListTrainingJobsForHyperParameterTuningJob with status Failed; the cause is in its FailureReason and log.',
        ],
    },
    {
        label: 'hang-deadlock',
        title: 'No error: the job stands still',
        retryable: false,
        signs: [
            { holds: hangs, strength: 0.74 },
            says(0.95, NOTHING, {
                in: ['note'],
                when: ({ evidence: { job } }) => job.status === 'InProgress' || job.status === 'Stopped' || job.status === undefined,
            }),
            says(0.88, /possible deadlock|deadlock detected|Stalled (?:tensors|ranks|ops)|submitted (?:to be reduced|by subset of ranks).{0,120}waiting|waiting for remainder of ranks|missing ranks:/i, { evenInWarnings: true, unless: /Deadlock found when trying to get lock/ }),
        ],
        remedy: () => [
            'See where it stands: py-spy dump in the container, or faulthandler.dump_traceback_later(600) in the program.',
            'Usual causes: CUDA used before a fork (num_workers > 0: use spawn), a full disk, one rank that skips a collective, a pipe nobody reads.',
            'Set max-run so that a job that stands still ends.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/storage.ts
/** Data access: Amazon S3, keys, file systems, artifacts. */



function uriOf({ text, request }) {
    const named = s3UriIn(text) ?? (/upload|Put/i.test(text) ? request.outputUri : request.channels?.find(({ uri }) => uri)?.uri);
    return named ?? 's3://BUCKET/PREFIX';
}
const STORAGE_RULES = [
    {
        label: 's3-access-denied',
        title: 'Amazon S3 denies access',
        retryable: false,
        signs: [
            { holds: roleMayNot('s3'), strength: 0.82 },
            says(0.96, /(?:download|upload) failed:.*(?:403|Forbidden|AccessDenied|Access Denied)/i, { unless: /kms/i }),
            says(0.95, /\((?:AccessDenied|403)\) when calling the (?:\w*Object\w*|\w*Bucket\w*|\w*Upload\w*|SelectObjectContent) operation|not authorized to perform: s3:|Unauthorized to List objects under S3 URL|Access denied to OutputDataConfig S3 bucket|AWS Error ACCESS_DENIED during|does not have permission to (?:perform|call)?:? ?s3:/i, { unless: /kms:/i }),
            says(0.9, /PermissionError: (?:Access Denied|Forbidden|The AWS Access Key Id|\[Errno 13\] (?:Access Denied|Forbidden))|S3UploadFailedError.*AccessDenied|S3.*(?:Access ?Denied|403 Forbidden)|fatal error: An error occurred \(403\)/i, { unless: /kms/i }),
            says(0.82, /AccessDenied \(403\)|AccessDenied: Access Denied|ClientError: .*Access Denied/, {
                unless: /kms|ecr|sts|iam:/i,
            }),
        ],
        remedy: (found) => {
            const uri = uriOf(found);
            const writes = /upload|PutObject/i.test(found.text);
            const decisions = deniedOf(found.circumstances, 's3');
            const forbidden = decisions.filter(({ detail }) => detail === 'explicitDeny');
            const denied = deniedStatements(decisions.filter(({ detail }) => detail !== 'explicitDeny'));
            const policy = denied.length > 0 ? denied : writes ? [writeStatement(uri)] : policy_readStatements(uri);
            return [
                ...forbidden.map(({ action, resource }) => `Take the Deny of ${action} on ${resource.replace(/any-object$/, '*')} off ${roleOf(found)}: no Allow helps against it.`),
                ...(forbidden.length > 0 && denied.length === 0 ? [] : [`Add to ${roleOf(found)}: ${policy.join(', ')}`]),
                'Also look at the bucket policy, the VPC endpoint policy, and the key policy when the bucket is encrypted with AWS KMS: a denial there looks the same.',
            ];
        },
    },
    {
        label: 's3-not-found',
        title: 'There is nothing under the S3 key or prefix',
        retryable: false,
        signs: [
            { holds: placeIs('no-bucket'), strength: 0.82 },
            { holds: placeIs('empty'), strength: 0.78 },
            says(0.95, /NoSuchKey|NoSuchBucket|No S3 objects found under S3 URL|The specified (?:key|bucket) does not exist|AWS Error (?:NO_SUCH_KEY|NO_SUCH_BUCKET|RESOURCE_NOT_FOUND) during|\(404\) when calling the (?:HeadObject|HeadBucket|GetObject) operation/),
            says(0.85, /(?:S3\b|s3:\/\/\S{1,200}).{0,60}(?:does not exist|not found|no (?:such )?(?:objects?|files?|keys?))|no (?:objects?|files?) (?:found )?(?:under|in|at) s3:\/\//i, { unless: /manifest (?:unknown|for)|image/i }),
            says(0.84, /FileNotFoundError: (?:s3:\/\/)?[a-z0-9][a-z0-9.-]+\/\S+$|FileNotFoundError: The specified (?:key|bucket)/, { frames: /s3fs|fsspec|pyarrow/ }),
        ],
        remedy: (found) => [
            `Compare the prefix with what is there: \`aws s3 ls ${uriOf(found)}\``,
            `If the objects exist, ${roleOf(found)} lacks s3:ListBucket: ${policy_readStatements(uriOf(found))[0]}`,
            'A channel of S3DataType ManifestFile must name the manifest object itself, not a prefix.',
        ],
    },
    {
        label: 's3-wrong-region',
        title: 'The bucket lives in another region than the job',
        retryable: false,
        signs: [
            { holds: placeIs('other-region'), strength: 0.85 },
            says(0.98, /bucket is in this region|BucketRegionError|incorrect region, the bucket is not in|IllegalLocationConstraint|bucket .{0,80}(?:is|lives|located) in (?:a different|another) region|bucket\b.{0,80}must be in the same region/i),
            says(0.94, /PermanentRedirect|301 Moved Permanently|\(301\) when calling|must be addressed using the specified endpoint|AuthorizationHeaderMalformed.*region .*(?:wrong|expecting)/i),
        ],
        remedy: ({ text, request }) => [
            `Run the job in the region of the bucket${/this region: ([a-z0-9-]+)/.exec(text)?.[1] ? ` (${/this region: ([a-z0-9-]+)/.exec(text)?.[1]})` : ''}, or copy the data into a bucket of ${request.region ?? "the job's region"}.`,
        ],
    },
    {
        label: 's3-uri-invalid',
        title: 'The S3 URI is malformed',
        retryable: false,
        signs: [
            says(0.97, /illegal char sub-sequence|at '[\w.]*s3(?:Uri|OutputPath)\w*' failed to satisfy|Member must satisfy regular expression pattern: \^\(https\|s3\)/i),
            says(0.94, /Invalid S3 (?:URI|URL|path|location)|Expecting 's3' scheme|S3 ?(?:URI|URL|path) must (?:start|begin)|Invalid bucket name|not a valid S3 (?:URI|URL|path)|must be an? (?:valid )?S3 (?:URI|URL)|malformed S3|s3 (?:uri|url) .*(?:malformed|invalid)/i),
        ],
        remedy: ({ text }) => [
            `Write it as s3://bucket/prefix/, with one slash between the parts${s3UriIn(text) ? `; now it is ${s3UriIn(text)}` : ''}.`,
            'Join parts of a URI with code that strips slashes; an empty variable makes `//`.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/training.ts

const LOSS_IS_NAN = /(?:^|[\s,{'"])(?:train_|val_|eval_|validation_)?(?:loss|objective|mse|rmse)['"]?\s*[=:]\s*['"]?-?nan\b/i;
const TRAINING_RULES = [
    {
        label: 'permission-denied',
        title: 'The container may not read, write or run a file',
        retryable: false,
        signs: [
            says(0.9, /PermissionError: \[Errno (?:13|1)\]|\[Errno 13\] Permission denied|Permission denied: ['"]|exec \S+ failed: Permission denied|: Permission denied$|OSError: \[Errno 30\] Read-only file system|exec: "?[\w./-]+"?: permission denied/i, { unless: /Access Denied|Forbidden|publickey/ }),
            {
                holds: ({ exit, exceptions }) => (exit?.code === 126 && exceptions.length === 0 ? exit.proof : undefined),
                strength: 0.8,
            },
        ],
        remedy: ({ text }) => [
            /train|\.sh|exec/.test(text)
                ? 'Dockerfile: RUN chmod +x on the script that is the entry point.'
                : 'Write below /opt/ml/model, /opt/ml/output, /opt/ml/checkpoints or /tmp; /opt/ml/input is read-only.',
            'Dockerfile: no USER instruction, or USER root: SageMaker creates /opt/ml/model and /opt/ml/output for root.',
        ],
    },
    {
        label: 'debugger-hook-error',
        title: 'The hook of SageMaker Debugger broke the script',
        retryable: false,
        signs: [
            says(0.9, /./, {
                in: ['exception'],
                raisedIn: /smdebug|smprofiler/,
                unless: /No module named 'smdebug|out of memory/i,
            }),
            says(0.88, /smdebug\.exceptions|smdebug\.\S*(?:Error|Exception)|(?:SageMaker )?Debugger hook.{0,60}(?:fail|error|raised)|(?:fail|error).{0,60}(?:debugger|smdebug) hook/i, { unless: /has no attribute '\w+Hook'/ }),
        ],
        remedy: () => [
            'Turn the hook off for this job: DebugHookConfig with no collections (estimators: debugger_hook_config=False), and the environment variable USE_SMDEBUG=0.',
        ],
    },
    {
        label: 'nan-loss',
        title: 'The loss or a metric became NaN or infinite',
        retryable: false,
        signs: [
            { holds: nanReachedInput, strength: 0.95 },
            says(0.94, /loss.{0,30}\b(?:is|became|was|contains?)\b.{0,12}\b(?:nan|inf\w*|non-finite)\b|NaN ?loss|NanLossDuringTraining|diverged with loss = nan|non-?finite (?:loss|gradient|values? in loss)|Invalid loss, terminating|nan(?:s| values)? in (?:the )?(?:loss|gradients?|summary|its \d+th output)|Nan in summary histogram|returned nan values in its|(?:loss|objective|metric|training).{0,40}(?:diverged|has diverged)|(?:Inf|NaN) or (?:Inf|NaN) (?:global norm|in)|loss went to nan/i, { unless: /loss_scale.*skip/i }),
            says(0.92, /contains either `?inf`?, `?nan`? or element < 0|Tensor had (?:NaN|Inf)|loss scale already at minimum|Minimum loss scale reached|found in (?:loss|gradients): nan|detected (?:nan|inf)\b.{0,40}(?:loss|grad|output)|Found param .{0,60}nan/i),
            says(0.86, /(?:expected|satisfy).{0,80}\b(?:Real|GreaterThan)\b.{0,200}(?:nan|invalid values)/is, {
                in: ['exception'],
            }),
            says(0.72, LOSS_IS_NAN),
            says(0.72, /(?:objective|metric|score).{0,40}\b(?:is|was|=|:)\s*-?nan\b/i, { unless: /Input|-nan$/ }),
        ],
        remedy: ({ request }) => [
            `Lower the learning rate${lrOf(request.hyperparameters)}, add warm-up and gradient clipping (max_grad_norm 1.0).`,
            'bf16 instead of fp16; check the inputs for NaN and for rows without any label; log of zero, division by zero.',
            'torch.autograd.set_detect_anomaly(True) names the operation, at the price of speed.',
        ],
    },
];
/** A NaN in the loss reaches the evaluation, which then complains about its input. */
function nanReachedInput({ passages, exceptions }) {
    if (!exceptions.some(({ standing, message }) => standing === 'raised' && /\bNaN\b/i.test(message)))
        return undefined;
    const said = passages.find(({ kind, text }) => kind === 'line' && LOSS_IS_NAN.test(text));
    return said && { source: said.source, quote: said.text.slice(0, 400), ...(said.line ? { line: said.line } : {}) };
}
function lrOf(hyperparameters) {
    const found = Object.entries(hyperparameters ?? {}).find(([key]) => /^(?:lr|learning.?rate|eta|base_lr)$/i.test(key));
    return found ? ` (${found[0]} is ${found[1]})` : '';
}

;// CONCATENATED MODULE: ./src/diagnose/rules/volumes.ts
/** Data access: keys, file systems, pipes, and what is copied for the job. */


const VOLUME_RULES = [
    {
        label: 'kms-denied',
        title: 'AWS KMS denies the use of a key',
        retryable: false,
        signs: [
            says(0.98, /not authorized to perform: kms:|kms:(?:Decrypt|GenerateDataKey\w*|CreateGrant|Encrypt|DescribeKey|ReEncrypt\w*)|KMS\.?AccessDenied|KMSAccessDenied|when calling the (?:GenerateDataKey|Decrypt|CreateGrant) operation/i),
            says(0.95, /KMS\.?(?:Disabled|InvalidState|NotFound|InvalidKeyUsage)\w*|ciphertext refers to a customer master key that does not exist|KMS key.{0,80}(?:denied|not authorized|disabled|pending deletion|does not (?:exist|have)|cannot be (?:used|accessed)|invalid|not accessible|permission)|(?:denied|permission|unable to access).{0,60}KMS key/i, { unless: /region/i }),
        ],
        remedy: (found) => {
            const key = arnIn(found.text, 'kms') ?? found.request.kmsKeyId ?? 'KEY_ARN';
            return [
                `Add to ${roleOf(found)}: ${statement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:CreateGrant'], resources: [key] })}`,
                'The key policy must allow the role, too; a key of another account needs both.',
            ];
        },
    },
    {
        label: 'fs-mount-failure',
        title: 'The file system (EFS or FSx) could not be mounted',
        retryable: false,
        signs: [
            says(0.97, /Unable to mount file system|File system connection timed out|mount\.(?:lustre|nfs\d?)\b|mount target.*(?:not found|timed? ?out)/i, { unless: /not supported in the region/ }),
            says(0.92, /\bfs-[0-9a-f]{8,17}\b.{0,120}(?:mount|not (?:found|exist)|timed? ?out|unreachable|directory path)|(?:EFS|FSx)\b.{0,80}(?:mount|timed? ?out|not reachable)|(?:failed|unable) to mount\b/i, { unless: /not supported in the region|validation error/ }),
        ],
        remedy: () => [
            'The subnets of the job must reach the mount target: security group with port 2049 (EFS) or 988 and 1018-1023 (FSx for Lustre), both ways.',
            'The directory path must exist in the file system; for FSx for Lustre it begins with the mount name.',
        ],
    },
    {
        label: 'pipe-mode-timeout',
        title: 'Pipe input timed out',
        retryable: false,
        signs: [
            says(0.97, /pipe channel timed out|pipe ?mode.{0,60}tim(?:ed? ?out|eout)|tim(?:ed ?out|eout).{0,60}\bpipe\b/i),
            says(0.86, /\/opt\/ml\/input\/data\/\w+_\d+.{0,60}(?:timed? ?out|timeout)/i),
        ],
        remedy: () => [
            'The program must open every pipe /opt/ml/input/data/<channel>_<epoch>, one after the other, and read each to its end.',
            'FastFile mode needs neither: set TrainingInputMode to FastFile in job-file.',
        ],
    },
    {
        label: 'artifact-upload-failure',
        title: 'The upload of the artifacts at the end failed',
        retryable: true,
        signs: [
            says(0.9, /upload failed:.*credentials received have been expired/i),
            says(0.84, /(?:Artifact|End of job|Model|Output) upload failed|(?:failed|unable) to upload (?:the )?(?:model|artifact|output)|error (?:while )?uploading (?:the )?(?:model|artifact|output)|Artifact upload/i, { unless: /Training image|subnet's route/ }),
        ],
        remedy: (found) => [
            'Training itself ended; keep the result by writing it to the checkpoint path as well.',
            `Check that ${roleOf(found)} may write: ${writeStatement(found.request.outputUri ?? 's3://BUCKET/PREFIX')}`,
            'Very large or very many files below /opt/ml/model take long to pack and upload: remove what is not needed.',
        ],
    },
    {
        label: 'checkpoint-sync-failure',
        title: 'Checkpoints could not be copied to or from Amazon S3',
        retryable: true,
        signs: [
            says(0.92, /checkpoint.{0,40}(?:upload|sync\w*|download|restor\w*).{0,30}(?:fail|error|timed? ?out)|(?:fail\w*|error|unable) (?:to |while |in )?(?:upload|sync|download|restore|copy)\w* (?:the )?checkpoints?/i, { unless: /state_dict|FileNotFound|huggingface|Restoring from checkpoint failed/ }),
        ],
        remedy: () => [
            'Keep few, small checkpoints below the checkpoint path: everything under the prefix is downloaded to every node before training.',
            'Write a checkpoint under another name and rename it: the service copies files while they are written.',
        ],
    },
];

;// CONCATENATED MODULE: ./src/diagnose/rules/index.ts






















const RULES = [
    ...PROGRAM_RULES,
    ...IMPORT_RULES,
    ...PARAMETER_RULES,
    ...DATA_RULES,
    ...CHECKPOINT_RULES,
    ...DISTRIBUTED_RULES,
    ...MEMORY_RULES,
    ...ACCELERATOR_RULES,
    ...STORAGE_RULES,
    ...NETWORK_RULES,
    ...CONTAINER_RULES,
    ...REQUEST_RULES,
    ...IDENTITY_RULES,
    ...IMAGE_RULES,
    ...LIMIT_RULES,
    ...VOLUME_RULES,
    ...SERVICE_RULES,
    ...TRAINING_RULES,
    ...INSTALLATION_RULES,
    ...COLLECTIVE_RULES,
    ...CLIENT_RULES,
    ...STOP_RULES,
];

;// CONCATENATED MODULE: ./src/diagnose/unknown.ts



function unknownDiagnosis(circumstances) {
    return {
        label: 'unknown',
        title: 'What can be seen does not hold the cause',
        confidence: 0.3,
        evidence: distinct([...excerptProofs(circumstances), ...reasonProof(circumstances), ...lastLines(circumstances)]),
        remedy: whereToLook(circumstances),
        retryable: false,
        alternatives: [],
    };
}
/** Where a traceback breaks off its last source lines are the best there is. */
function excerptProofs({ exceptions, reason }) {
    const source = reason === undefined ? 'log' : 'failure-reason';
    return exceptions.flatMap((exception) => {
        const text = textOf(exception);
        const code = exception.frames
            .slice(-6)
            .map((frame) => frame.code)
            .join('\n');
        const whole = { source: 'log', quote: quoteAround(text, 0, 1), line: exception.line.number };
        return exception.type === '' ? [{ source, quote: code.slice(-400) }] : [whole];
    });
}
function lastLines({ passages }) {
    const lines = passages.filter(({ kind }) => kind === 'line').slice(-3);
    return lines.map(({ source, text, line }) => ({ source, quote: quoteAround(text, 0, 1), ...(line ? { line } : {}) }));
}
function whereToLook({ reason, evidence }) {
    const { log, job } = evidence;
    const places = [];
    if (log.totalLines === 0)
        places.push('Read the log streams of the job in the group /aws/sagemaker/TrainingJobs, of every node: the reason given holds no cause.');
    if (reason?.truncated)
        places.push('The failure reason stops at 1,024 characters, maybe before the cause; the log has the rest.');
    if (log.totalLines > 0)
        places.push('The log shows no error the rules know; look at the lines before the job ended, on every node.');
    if (job.status === 'Stopped')
        places.push('Look up StopTrainingJob in AWS CloudTrail: its userIdentity says who stopped the job.');
    places.push('Let the program write its error to /opt/ml/output/failure: its first 1,024 characters become the failure reason.');
    return places;
}

;// CONCATENATED MODULE: ./src/diagnose/diagnose.ts
/** From evidence to a diagnosis: every rule is asked, the causes are ranked, and doubt shows in the confidence. */






/** Below this a cause is a guess, and `unknown` is the honest answer. */
const LEAST = 0.42;
/** A runner-up this close makes two plausible causes. */
const CLOSE = 0.06;
const MOST_SURE = 0.97;
/** Of two close causes neither is said with confidence. */
const DOUBT = 0.75;
const SECOND_SOURCE = 0.02;
/** Only a decisive statement is passed on with confidence; a likely one stays below it. */
const DECISIVE = 0.9;
const LIKELY = 0.79;
function diagnose(evidence) {
    return diagnoseCircumstances(readCircumstances(evidence));
}
/** The same of evidence that was read already. */
function diagnoseCircumstances(circumstances) {
    const [first, ...others] = rank(matchRules(RULES, circumstances));
    const checks = checksOf(circumstances);
    if (first === undefined || first.confidence < LEAST)
        return { ...unknownDiagnosis(circumstances), checks };
    const best = first.matches[0];
    const alternatives = others.filter((other) => isPlausible(other, first));
    return {
        label: first.label,
        title: best.rule.title,
        confidence: confidenceOf(first, others[0]),
        evidence: proofsFor(first.matches, circumstances),
        remedy: remedyOf(best, circumstances),
        retryable: best.rule.retryable,
        checks,
        alternatives: alternatives
            .slice(0, 2)
            .map(({ label, title, confidence }) => ({ label, title, confidence: rounded(confidence) })),
    };
}
/** Another cause needs words of its own: the same words, read less exactly, are no second cause. */
function isPlausible({ confidence, matches }, first) {
    if (confidence < LEAST || confidence <= first.confidence - 0.3)
        return false;
    const isClose = first.confidence - confidence < CLOSE;
    return isClose || !matches.every(({ text }) => first.matches.some((match) => match.text === text));
}
function rank(matches) {
    const byLabel = Map.groupBy(matches, ({ rule }) => rule.label);
    return [...byLabel]
        .map(([label, ofLabel]) => toCandidate(label, ofLabel))
        .sort((a, b) => b.confidence - a.confidence);
}
function toCandidate(label, unsorted) {
    const matches = unsorted.toSorted((a, b) => b.score - a.score || (a.proof.line ?? 0) - (b.proof.line ?? 0));
    const best = matches[0];
    const sources = new Set(matches.map(({ proof }) => proof.source)).size;
    const confidence = Math.min(MOST_SURE, best.score + SECOND_SOURCE * (sources - 1));
    return { label, title: best.rule.title, confidence, matches };
}
function confidenceOf(first, second) {
    const close = second !== undefined && first.confidence - second.confidence < CLOSE;
    const honest = first.confidence >= DECISIVE ? first.confidence : Math.min(LIKELY, first.confidence);
    return rounded(close ? Math.min(DOUBT, honest) : honest);
}
function remedyOf({ rule, text, groups }, circumstances) {
    return [...rule.remedy({ text, match: groups, request: circumstances.evidence.request, circumstances })];
}
function rounded(value) {
    return Math.round(value * 100) / 100;
}

// EXTERNAL MODULE: ./src/job/status.ts
var job_status = __webpack_require__(2881);
;// CONCATENATED MODULE: ./src/diagnose/log/streams.ts

/** Bytes kept of all streams together, whatever their number. */
const KEPT = 8 * 1024 * 1024;
const MOST_PER_STREAM = 512 * 1024;
/** Lines are handed on in pieces of about this many UTF-16 units. */
const PIECE = 64 * 1024;
/** What each of so many streams may keep. */
function streams_shareOf(streams) {
    const share = Math.min(MOST_PER_STREAM, Math.floor(KEPT / streams / 4));
    return { head: Math.floor(share / 2), tail: Math.floor(share / 2), middle: share };
}
function streams_makeStreamExcerpter(stream, limits) {
    const excerpter = makeLogExcerpter(limits);
    let piece = '';
    const flush = () => {
        if (piece !== '')
            excerpter.write(Buffer.from(piece, 'utf8'));
        piece = '';
    };
    return {
        write(at, lines) {
            for (const line of lines) {
                // The time travels in front of each line, so that the excerpt keeps it.
                piece += `${at}\t${line}\n`;
                if (piece.length > PIECE)
                    flush();
            }
        },
        end() {
            flush();
            const { lines, ...rest } = excerpter.end();
            return { ...rest, lines: lines.map((line) => ({ ...timed(line), stream })) };
        },
    };
}
/** One excerpt of all. */
function streams_inOrderOfTime(excerpts) {
    return {
        lines: excerpts.flatMap(({ lines }) => lines).sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
        totalLines: excerpts.reduce((sum, { totalLines }) => sum + totalLines, 0),
        complete: excerpts.every(({ complete }) => complete),
    };
}
function timed(line) {
    const tab = line.text.indexOf('\t');
    return { ...line, text: line.text.slice(tab + 1), at: Number(line.text.slice(0, tab)) };
}

;// CONCATENATED MODULE: ./src/diagnose/request-facts.ts
/** Drops the keys whose value is undefined, as `exactOptionalPropertyTypes` wants it. */
function known(facts) {
    return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
/** Reads `request_facts`; a field of another type than expected counts as not given. */
function readRequestFacts(loose) {
    const facts = asObject(loose);
    const vpc = facts.vpc ?? facts.subnets ?? facts.vpc_config;
    return known({
        instanceType: instanceTypeIn(facts.instance_type),
        instanceCount: asNumber(facts.instance_count),
        spot: asBoolean(facts.spot),
        region: asText(facts.region),
        roleArn: asText(facts.role) ?? asText(facts.role_arn) ?? asText(facts.execution_role),
        image: asText(facts.image) ?? asText(facts.image_uri),
        channels: readChannels(facts.channels),
        hyperparameters: asTexts(facts.hyperparameters),
        volumeSizeGb: asNumber(facts.volume_size) ?? asNumber(facts.volume_size_gb),
        maxRunSeconds: asNumber(facts.max_run),
        maxWaitSeconds: asNumber(facts.max_wait),
        networkIsolation: asBoolean(facts.network_isolation),
        inVpc: vpc === undefined ? undefined : !/^(none|no\b|false|$)/i.test(String(vpc)),
        checkpointUri: asText(facts.checkpoint_uri) ?? asText(facts.checkpoint_s3_uri),
        hasCheckpoints: asBoolean(facts.checkpoint_config),
        outputUri: asText(facts.output_uri) ?? asText(facts.output_path),
        kmsKeyId: asText(facts.kms_key),
        notes: [facts.author_notes, facts.note, facts.notes].map(asText).filter((note) => note !== undefined),
    });
}
/** The request as it was sent, or as Amazon SageMaker repeats it; only then its ARN tells the region. */
function requestFactsOf(job) {
    const checkpoints = job.CheckpointConfig?.S3Uri;
    return known({
        instanceType: job.ResourceConfig?.InstanceType,
        instanceCount: job.ResourceConfig?.InstanceCount,
        volumeSizeGb: job.ResourceConfig?.VolumeSizeInGB,
        spot: job.EnableManagedSpotTraining,
        region: 'TrainingJobArn' in job ? job.TrainingJobArn?.split(':')[3] : undefined,
        roleArn: job.RoleArn,
        image: job.AlgorithmSpecification?.TrainingImage,
        channels: (job.InputDataConfig ?? []).map(({ ChannelName, DataSource }) => known({ name: ChannelName ?? '', uri: DataSource?.S3DataSource?.S3Uri })),
        hyperparameters: job.HyperParameters,
        maxRunSeconds: job.StoppingCondition?.MaxRuntimeInSeconds,
        maxWaitSeconds: job.StoppingCondition?.MaxWaitTimeInSeconds,
        networkIsolation: job.EnableNetworkIsolation,
        inVpc: job.VpcConfig !== undefined,
        checkpointUri: checkpoints,
        hasCheckpoints: checkpoints !== undefined,
        outputUri: job.OutputDataConfig?.S3OutputPath,
        kmsKeyId: job.OutputDataConfig?.KmsKeyId || job.ResourceConfig?.VolumeKmsKeyId || undefined,
    });
}
function readChannels(value) {
    if (Array.isArray(value))
        return value.map((name) => ({ name: String(name) }));
    if (typeof value === 'string')
        return value.split(/[\s,]+/).map((name) => ({ name }));
    const entries = Object.entries(asObject(value));
    return entries.length === 0 ? undefined : entries.map(([name, uri]) => ({ name, uri: String(uri) }));
}
/** People write `p2.xlarge`, `2 x ml.p3dn.24xlarge`, or prose; the first type named is meant. */
function instanceTypeIn(value) {
    const found = /\b(?:ml\.)?([a-z]\d[a-z0-9-]*\.(?:\d*x?large|medium|small|metal)|trn\d\w*\.\w+)\b/.exec(String(value));
    return found ? `ml.${found[1]}` : undefined;
}
function asObject(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function asText(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}
function asTexts(value) {
    const entries = Object.entries(asObject(value));
    return entries.length === 0 ? undefined : Object.fromEntries(entries.map(([key, one]) => [key, String(one)]));
}
function asNumber(value) {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
function asBoolean(value) {
    return typeof value === 'boolean' ? value : undefined;
}

// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/job/service-errors.ts
var service_errors = __webpack_require__(3662);
// EXTERNAL MODULE: ./src/image/image-uri.ts
var image_uri = __webpack_require__(1899);
;// CONCATENATED MODULE: ./src/diagnose/surroundings/image.ts

/** Whether the image exists, and what it was built for and starts with. Throws what Amazon ECR answers. */
async function inspectImage(uri, { imageConfig }) {
    const parsed = uri === undefined ? undefined : (0,image_uri/* parseImageUri */.f)(uri);
    if (uri === undefined || parsed === undefined)
        return undefined;
    const { repository, digest, registryId, tag = 'latest' } = parsed;
    const config = await imageConfig(repository, digest === undefined ? { tag } : { digest }, registryId);
    if (config === undefined)
        return { uri, exists: false };
    const { architecture, entrypoint, command } = config;
    return { uri, exists: true, entrypoint, command, ...(architecture === undefined ? {} : { architecture }) };
}

;// CONCATENATED MODULE: ./src/diagnose/surroundings/metrics.ts

/** Of one series: a day at one point a minute; a longer job gets longer periods. */
const MOST_POINTS = 1440;
/** Of a job with more hosts the first ones stand for all. */
const MOST_HOSTS = 20;
/** One-minute data. Seconds. */
const PERIOD = 60;
/** The last values arrive some minutes late, and CloudWatch cuts seconds off. Seconds. */
const SLACK = 300;
/** A peak of memory or disk kills; of a processor the average over a period tells the load. */
const HOST = [
    { name: 'MemoryUtilization', statistic: 'Maximum' },
    { name: 'CPUUtilization', statistic: 'Average' },
    { name: 'DiskUtilization', statistic: 'Maximum' },
];
const GPU = [
    { name: 'GPUMemoryUtilization', statistic: 'Maximum' },
    { name: 'GPUUtilization', statistic: 'Average' },
];
/** Series that have points, by `algo-1/MemoryUtilization`. A job that never held a machine has none, and is not asked about. */
async function gatherMetrics(job, now, { series }) {
    const startedAt = seconds(job.TrainingStartTime);
    if (startedAt === undefined || job.TrainingJobName === undefined)
        return [];
    const from = Math.floor(startedAt / PERIOD) * PERIOD;
    const to = (seconds(job.TrainingEndTime) ?? now) + SLACK;
    const period = Math.max(1, Math.ceil((to - from) / PERIOD / MOST_POINTS)) * PERIOD;
    const found = await series({ jobName: job.TrainingJobName, metrics: metricsOf(job), from, to, period });
    return found
        .filter(({ points }) => points.length > 0)
        .map(({ host, name, points }) => ({ name: `${host}/${name}`, points }));
}
function metricsOf({ ResourceConfig: resources }) {
    const groups = resources?.InstanceGroups ?? [];
    const count = resources?.InstanceCount ?? groups.reduce((sum, { InstanceCount = 0 }) => sum + InstanceCount, 0);
    const types = [resources?.InstanceType, ...groups.map(({ InstanceType }) => InstanceType)];
    // Of a type that is not known here it is not known either that it has no GPU.
    const gpus = types.some((type) => type !== undefined && (hardwareOf(type)?.gpus ?? 1) > 0);
    const hosts = Array.from({ length: Math.min(Math.max(1, count), MOST_HOSTS) }, (_, index) => `algo-${index + 1}`);
    return hosts.flatMap((host) => [...HOST, ...(gpus ? GPU : [])].map((metric) => ({ host, ...metric })));
}
function seconds(time) {
    return time && time.getTime() / 1000;
}

;// CONCATENATED MODULE: ./src/diagnose/surroundings/places.ts
/** The places in S3 that a request names, and what one look at each of them answers. */


/** Where the training toolkit finds the program of script mode. */
const SOURCE = 'sagemaker_submit_directory';
/** A request has at most 20 channels. */
const MOST_PLACES = 24;
/** Each place once for each use. */
function placesOf({ channels, hyperparameters, checkpointUri, outputUri }) {
    const source = /s3:\/\/[^\s"']+/.exec(hyperparameters?.[SOURCE] ?? '')?.[0];
    const uris = [
        ...(channels ?? []).map(({ uri }) => ['input', uri]),
        ['source', source],
        ['checkpoint', checkpointUri],
        ['output', outputUri],
    ];
    const places = uris.flatMap(([use, uri]) => (uri?.startsWith('s3://') ? [{ use, uri }] : []));
    return [...new Map(places.map((place) => [`${place.use} ${place.uri}`, place])).values()].slice(0, MOST_PLACES);
}
/** One listing page each; never throws. */
function probe(places, { list }) {
    return Promise.all(places.map(async ({ uri, use }) => {
        try {
            const { objects, next } = await list(uri);
            const count = `${objects.length}${next === undefined ? '' : ' and more'} objects`;
            return { uri, use, answer: objects.length > 0 ? 'found' : 'empty', detail: count };
        }
        catch (error) {
            const answer = ANSWERS[(0,service_errors/* readServiceError */.Y)('other', error)] ?? 'unknown';
            return { uri, use, answer, detail: (0,failure/* messageOf */.b)(error) };
        }
    }));
}
const ANSWERS = {
    denied: 'denied',
    'no-bucket': 'no-bucket',
    'other-region': 'other-region',
};

// EXTERNAL MODULE: ./src/job/quota-codes.generated.json
var quota_codes_generated = __webpack_require__(5943);
;// CONCATENATED MODULE: ./src/diagnose/surroundings/quotas.ts

const CODES = new Map(Object.entries(quota_codes_generated));
/** The quotas of the instance type, on demand and on spot: they are independent. Throws what Service Quotas answers. */
async function gatherQuotas({ instanceType = '' }, quotas) {
    const known = CODES.get(instanceType);
    if (known === undefined)
        return [];
    const [onDemand, spot] = await Promise.all([quotas.value(known.onDemand), quotas.value(known.spot)]);
    return [
        ...(onDemand === undefined ? [] : [{ name: `${instanceType} for training job usage`, limit: onDemand }]),
        ...(spot === undefined ? [] : [{ name: `${instanceType} for spot training job usage`, limit: spot }]),
    ];
}

;// CONCATENATED MODULE: ./src/diagnose/surroundings/role.ts
/** What the execution role must be allowed for this request, and what IAM's simulation says to it. */


/** Few calls: IAM's rate is one for the whole account. */
function questionsOf(request, jobName) {
    const { roleArn } = request;
    if (roleArn === undefined)
        return [];
    const partition = roleArn.split(':')[1] || 'aws';
    const places = placesOf(request);
    const using = (...uses) => places.filter(({ use }) => uses.includes(use));
    const asked = [
        { actions: ['s3:ListBucket'], resources: using('input', 'checkpoint').map((place) => bucketArn(place, partition)) },
        {
            actions: ['s3:GetObject'],
            resources: using('input', 'source', 'checkpoint').map((place) => objectArn(place, partition)),
        },
        { actions: ['s3:PutObject'], resources: using('output', 'checkpoint').map((place) => objectArn(place, partition)) },
        { actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resources: imageArns(request, partition) },
        { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: logArns(request, partition, jobName) },
    ];
    return asked.flatMap(({ actions, resources }) => resources.length === 0 ? [] : [{ roleArn, actions, resources: [...new Set(resources)] }]);
}
/** Throws what IAM answers. A refusal that depends on what the question does not say is no refusal. */
async function simulateRole(request, jobName, { simulate }) {
    const answers = await Promise.all(questionsOf(request, jobName).map((question) => simulate(question)));
    return answers.flat().flatMap(({ action, resource, decision, missingContext }) => {
        if (decision === 'implicitDeny' && missingContext.length > 0)
            return [];
        return [{ action, resource, allowed: decision === 'allowed', detail: decision }];
    });
}
function bucketArn({ uri }, partition) {
    return `arn:${partition}:s3:::${bucketAndKey(uri).bucket}`;
}
/** Any object below a prefix stands for all; a last segment with an extension is an object itself. */
function objectArn({ uri }, partition) {
    const { bucket, key } = bucketAndKey(uri);
    const isObject = /[^/]\.\w{1,8}$/.test(key);
    const path = key === '' || key.endsWith('/') || isObject ? key : `${key}/`;
    return `arn:${partition}:s3:::${bucket}/${path}${isObject ? '' : 'any-object'}`;
}
function bucketAndKey(uri) {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
    return { bucket, key };
}
function imageArns({ image }, partition) {
    const parsed = image === undefined ? undefined : (0,image_uri/* parseImageUri */.f)(image);
    if (parsed?.registryId === undefined)
        return [];
    return [`arn:${partition}:ecr:${parsed.region}:${parsed.registryId}:repository/${parsed.repository}`];
}
function logArns({ region, roleArn }, partition, jobName) {
    const account = roleArn?.split(':')[4];
    if (!region || !account || jobName === undefined)
        return [];
    const group = `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/TrainingJobs`;
    return [`${group}:log-stream:${jobName}/algo-1`];
}

;// CONCATENATED MODULE: ./src/diagnose/surroundings/look-around.ts
/**
 * Looks once at what lies around a job: metrics of its hosts, the places in S3, the rights of its role, its image, quotas.
 * Best effort within a bound: what cannot be seen is named, and everything else still counts.
 */







/** A person waits for the answer. Seconds. */
const PATIENCE = 90;
/** The right that each part takes, as docs/aws-setup.md grants it. */
const RIGHTS = {
    metrics: 'cloudwatch:GetMetricData',
    role: 'iam:SimulatePrincipalPolicy',
    image: 'ecr:BatchGetImage and ecr:GetDownloadUrlForLayer',
    quotas: 'servicequotas:GetServiceQuota',
};
/** `job`: as SageMaker describes it; absent when the request was refused, which is when quotas matter. Never throws. */
async function look_around_lookAround(request, job, doors) {
    const over = new AbortController();
    const late = doors.clock.sleep(PATIENCE, AbortSignal.any([over.signal, doors.signal])).then(() => {
        throw new Error('AWS did not answer in time');
    });
    const looks = Object.entries(looksAt(request, job, doors));
    const inspection = doors.inspection();
    const found = await Promise.all(looks.map(([part, look]) => Promise.race([inspection.then(look), late]).catch((error) => {
        return part === 'data' ? {} : { unseen: { [part]: reasonOf(part, error) } };
    })));
    late.catch(() => { });
    over.abort();
    const unseen = Object.assign({}, ...found.map((one) => one.unseen));
    return Object.assign({ metrics: [] }, ...found, { unseen });
}
function looksAt(request, job, { clock, quotas }) {
    const always = {
        data: async ({ store }) => ({ data: await probe(placesOf(request), store) }),
        role: async ({ policies }) => ({ role: await simulateRole(request, job?.TrainingJobName, policies) }),
        image: async (inspection) => {
            const image = await inspectImage(request.image, inspection);
            return image === undefined ? {} : { image };
        },
    };
    if (job === undefined)
        return { ...always, quotas: async () => ({ quotas: await gatherQuotas(request, quotas) }) };
    return { ...always, metrics: async ({ metrics }) => ({ metrics: await gatherMetrics(job, clock.now(), metrics) }) };
}
function reasonOf(part, error) {
    const denied = (0,service_errors/* readServiceError */.Y)('other', error) === 'denied';
    return denied ? `this workflow's role lacks ${RIGHTS[part]}` : (0,failure/* messageOf */.b)(error);
}

;// CONCATENATED MODULE: ./src/diagnose/gather.ts
/** Gathers the evidence of a job that ran: what SageMaker says of it, and the logs of all its nodes in bounded memory. */





/** Streams read at a time: a job of many nodes must not use up the account's rate of GetLogEvents. */
const AT_ONCE = 4;
/** `job` is DescribeTrainingJob's answer; errors of the log service are the caller's. */
async function gatherEvidence(job, doors) {
    const evidence = evidenceOfJob(job, await gatherLog(job.TrainingJobName ?? '', doors.logs));
    return { ...evidence, ...(await lookAround(evidence.request, job, doors)) };
}
/** `job` is DescribeTrainingJob's answer; `log` was gathered while the job ran, or afterwards. */
function evidenceOfJob(job, log) {
    return {
        job: {
            status: job.TrainingJobStatus,
            secondaryStatus: job.SecondaryStatus,
            failureReason: job.FailureReason,
            transitions: (0,job_status/* toJobStatus */.r)(job).transitions,
        },
        log,
        request: requestFactsOf(job),
        metrics: [],
    };
}
/** The excerpts of all streams, in the order of time: what failed first comes first, whichever node it was. */
async function gatherLog(jobName, logs) {
    // With the slash: `job-1` must not take the streams of `job-10`.
    const streams = await logs.streams(`${jobName}/`);
    if (streams.length === 0)
        return NO_LOG;
    const limits = shareOf(streams.length);
    const excerpts = [];
    for (let start = 0; start < streams.length; start += AT_ONCE) {
        const some = streams.slice(start, start + AT_ONCE);
        excerpts.push(...(await Promise.all(some.map(({ name }) => readStream(name, logs, limits)))));
    }
    return inOrderOfTime(excerpts);
}
async function readStream(stream, logs, limits) {
    const excerpter = makeStreamExcerpter(stream, limits);
    let token;
    for (;;) {
        const page = await logs.events(stream, token);
        for (const { timestamp, message } of page.events)
            excerpter.write(timestamp, message.replace(/\r?\n$/, '').split('\n'));
        if (page.nextToken === token)
            break;
        token = page.nextToken;
    }
    return excerpter.end();
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/image/dockerfile/copies.ts
var copies = __webpack_require__(8735);
// EXTERNAL MODULE: ./src/image/dockerfile/dockerfile.ts + 1 modules
var dockerfile_dockerfile = __webpack_require__(72);
// EXTERNAL MODULE: ./src/image/dockerfile/resolve.ts + 3 modules
var resolve = __webpack_require__(104);
;// CONCATENATED MODULE: ./src/diagnose/locate.ts
/** From a frame of a traceback to the line of the repository that it means. In doubt there is no answer. */




/** Where SageMaker's toolkit and most images keep the program. */
const CODE = '/opt/ml/code/';
/** A deep recursion has thousands of frames, each of which says the same. */
const MOST_FRAMES = 8;
/** Of a longer line the beginning is compared. UTF-16 units. */
const LONGEST_CODE = 400;
/** The first of the frames whose line is found; `frames` deepest first. */
async function locate(frames, image, doors) {
    const dockerfile = image.uri === undefined ? await locate_readText(image.dockerfile, doors) : undefined;
    const { target, platform, buildArgs } = image;
    const stages = dockerfile === undefined ? [] : (0,resolve/* resolveStages */.i)((0,dockerfile_dockerfile/* parseDockerfile */.Ai)(dockerfile), target, { platform, buildArgs });
    for (const frame of frames.slice(0, MOST_FRAMES)) {
        const path = external_node_path_.posix.normalize(frame.file);
        const copied = (0,copies/* originsOf */.T)(path, stages ?? []).map((origin) => external_node_path_.posix.join(image.context, origin));
        const place = await firstThatHolds(copied, frame, doors);
        if (place !== 'none') {
            if (place !== undefined)
                return place;
            continue;
        }
        const named = await firstThatHolds(await theOnlyOne(path, doors), frame, doors);
        if (named !== 'none' && named !== undefined)
            return named;
    }
    return undefined;
}
/** The tracked file of that relative path, if there is one and no other. */
async function theOnlyOne(path, { checkout }) {
    const relative = path.startsWith(CODE) ? path.slice(CODE.length) : path;
    if (relative.startsWith('/') || relative.startsWith('..'))
        return [];
    const tracked = await checkout.tracked(relative);
    return tracked?.length === 1 ? tracked : [];
}
/** `none`: no such file. `undefined`: the file is there, but its line is another one than the traceback shows. */
async function firstThatHolds(candidates, frame, doors) {
    for (const candidate of candidates) {
        const file = external_node_path_.posix.normalize(candidate);
        if (file.startsWith('..') || file.startsWith('/'))
            continue;
        const text = await locate_readText(file, doors);
        if (text !== undefined)
            return holds(text, frame) ? { file, line: frame.line } : undefined;
    }
    return 'none';
}
/** Of a statement of several lines the traceback shows them joined. */
function holds(text, { line, code }) {
    const written = text.split(/\r?\n/)[line - 1]?.trim();
    return written !== undefined && written !== '' && squeezed(code).startsWith(squeezed(written).slice(0, LONGEST_CODE));
}
function squeezed(text) {
    return text.replace(/\s+/g, ' ');
}
/** A directory, or what this user may not read, is no source file. */
async function locate_readText(path, { files }) {
    return files.read(path).catch(() => undefined);
}

// EXTERNAL MODULE: ./src/report/figures.ts
var figures = __webpack_require__(3831);
;// CONCATENATED MODULE: ./src/diagnose/remedies/smaller-type.ts
/** The cheapest type of the same family that would still have held what was used. */


/** Room above the highest minute that was seen. */
const MARGIN = 1.25;
/** As many accelerators of the same kind: a program that spreads over four does not fit two by itself. */
function smallerType(instanceType, used) {
    const now = hardwareOf(instanceType);
    const share = (metric) => (used.find((one) => one.metric === metric)?.highest ?? 100) / 100;
    if (now === undefined)
        return undefined;
    const vcpu = share('CPUUtilization') * now.vcpu * MARGIN;
    const memoryGib = share('MemoryUtilization') * now.memoryGib * MARGIN;
    const fits = (other) => familyOf(other) === familyOf(now) &&
        other.vcpu < now.vcpu &&
        other.vcpu >= vcpu &&
        other.memoryGib >= memoryGib &&
        other.gpus === now.gpus &&
        other.gpuModel === now.gpuModel;
    return TYPES.filter(fits)
        .flatMap(({ name }) => {
        const price = (0,prices/* hourlyPrice */.z)(name);
        return price === undefined ? [] : [{ name, usd: price.usdPerHour }];
    })
        .sort((a, b) => a.usd - b.usd)[0]?.name;
}
function familyOf({ name }) {
    return name.split('.')[1] ?? '';
}

;// CONCATENATED MODULE: ./src/diagnose/advice.ts
/** What could be better about a training that succeeded: at most three things, each with what shows it. Pure. */




const advice_MOST = 3;
function adviceOn(job) {
    return [fromZero(job), nearMaxWait(job), silentSync(job), oversized(job)]
        .filter((advice) => advice !== undefined)
        .slice(0, advice_MOST);
}
/** Only what the log shows is certain: a program may keep its state elsewhere. The report says the rest as a doubt. */
function fromZero({ interruptions, checkpoints, restart, resumed, checkpointUri }) {
    if (interruptions === 0 || resumed || !checkpoints || !restart)
        return undefined;
    const { unit, reached, again } = restart;
    const seen = `Interrupted ${(0,figures/* times */.Hn)(interruptions)}: the log came to ${unit} ${reached}, and after that to ${unit} ${again} again`;
    if (checkpoints.count === 0) {
        return {
            kind: 'from-zero',
            text: 'Write checkpoints to `checkpoint-path` as the training goes on, and load the newest when it starts: after an interruption it began from zero.',
            evidence: `${seen}; nothing was ever written to ${checkpointUri}`,
        };
    }
    return {
        kind: 'from-zero',
        text: 'Load the newest checkpoint when the program starts: after an interruption it began from zero, although checkpoints were there.',
        evidence: `${seen}; ${checkpointUri} holds ${checkpoints.count} objects`,
    };
}
/** From this share on a little more waiting would have ended the job. */
const NEARLY = 0.8;
/** Whole half hours. Seconds. */
const STEP = 1_800;
/** The longest that the API takes. Seconds. */
const LONGEST_WAIT = 30 * 86_400;
function nearMaxWait({ createdAt, endedAt, maxWaitSeconds }) {
    if (createdAt === undefined || endedAt === undefined || maxWaitSeconds === undefined)
        return undefined;
    const took = endedAt - createdAt;
    if (took < NEARLY * maxWaitSeconds || maxWaitSeconds >= LONGEST_WAIT)
        return undefined;
    const roomy = Math.min(LONGEST_WAIT, Math.ceil((took * 1.5) / STEP) * STEP);
    return {
        kind: 'max-wait',
        text: `Raise \`max-wait\` (\`${Math.floor(roomy / 3_600)}h${roomy % 3_600 === 0 ? '' : '30m'}\`, say): a longer wait for spot capacity would have ended this training.`,
        evidence: `It took ${(0,figures/* duration */.p0)(took)} of the ${(0,figures/* duration */.p0)(maxWaitSeconds)} that \`max-wait\` allows, waiting included`,
    };
}
/** A shorter training has little to lose. Seconds. */
const LONG_TRAINING = 3_600;
const LONG_SILENCE = 1_800;
/** The uploader was seen to stop silently in long jobs; a program that saves seldom looks the same from outside. */
function silentSync({ startedAt, endedAt, checkpoints, checkpointUri }) {
    if (startedAt === undefined || endedAt === undefined || !checkpoints || checkpoints.count === 0)
        return undefined;
    const trained = endedAt - startedAt;
    const silence = endedAt - checkpoints.newestAt;
    if (trained < LONG_TRAINING || silence < Math.max(LONG_SILENCE, trained / 4))
        return undefined;
    return {
        kind: 'sync-silent',
        text: 'Save checkpoints more often, and if the program did, look at the sync: an interruption near the end would have cost all that time.',
        evidence: `The newest object under ${checkpointUri} was written ${(0,figures/* duration */.p0)(silence)} before the training ended, which took ${(0,figures/* duration */.p0)(trained)}`,
    };
}
/** One-minute samples miss short peaks: fewer of them say too little. */
const LEAST_SAMPLES = 10;
function oversized({ instanceType, metrics, startedAt, endedAt }) {
    const used = usageOf(metrics, instanceType);
    if (used.length === 0 || used.some(({ samples }) => samples < LEAST_SAMPLES))
        return undefined;
    const smaller = smallerType(instanceType, used);
    const [now, then] = [(0,prices/* hourlyPrice */.z)(instanceType ?? ''), (0,prices/* hourlyPrice */.z)(smaller ?? '')];
    if (smaller === undefined || !now || !then || then.usdPerHour >= now.usdPerHour)
        return undefined;
    const saved = Math.round((1 - then.usdPerHour / now.usdPerHour) * 100);
    const list = used.map(({ metric, highest }) => `${metric} ${Math.round(highest)} %`).join(', ');
    const span = startedAt !== undefined && endedAt !== undefined ? ` in ${(0,figures/* duration */.p0)(endedAt - startedAt)}` : '';
    return {
        kind: 'smaller-type',
        text: `Try \`instance-type: ${smaller}\`: it would have held this training at about ${saved} % less an hour (${then.usdPerHour.toFixed(2)} instead of ${now.usdPerHour.toFixed(2)} USD on demand, estimate).`,
        evidence: `The most that ${instanceType} used${span}: ${list}; samples are a minute apart`,
    };
}

;// CONCATENATED MODULE: ./src/diagnose/advise.ts
/** Gathers what advice on a completed job draws on. Best effort within a bound: no answer, no advice. */



/** A person waits for the report. Seconds. */
const advise_PATIENCE = 30;
/** Of a checkpoint prefix. */
const MOST_PAGES = 10;
/** What the uploader puts beside the checkpoints, or leaves out. */
const MARKER = /\.sagemaker-(uploading|uploaded|ignore)$/;
/** Never throws. */
async function gatherAdvice(job, { resumed, restart }, doors) {
    const over = new AbortController();
    const late = doors.clock.sleep(advise_PATIENCE, AbortSignal.any([over.signal, doors.signal])).then(() => undefined);
    const inspection = doors.inspection();
    const within = (look) => Promise.race([inspection.then(look), late]).catch(() => undefined);
    const checkpointUri = job.CheckpointConfig?.S3Uri;
    const [metrics, checkpoints] = await Promise.all([
        within((open) => gatherMetrics(job, doors.clock.now(), open.metrics)),
        within(async ({ store }) => (checkpointUri === undefined ? undefined : newest(checkpointUri, store))),
    ]);
    over.abort();
    return adviceOn({
        instanceType: job.ResourceConfig?.InstanceType,
        createdAt: advise_seconds(job.CreationTime),
        startedAt: advise_seconds(job.TrainingStartTime),
        endedAt: advise_seconds(job.TrainingEndTime),
        maxWaitSeconds: job.StoppingCondition?.MaxWaitTimeInSeconds,
        interruptions: (0,job_status/* toJobStatus */.r)(job).interruptions,
        checkpointUri,
        checkpoints,
        metrics: metrics ?? [],
        resumed,
        restart,
    });
}
/** `undefined` where a prefix holds more than is read: then the newest is not known. */
async function newest(uri, { list }) {
    const objects = [];
    let next;
    for (let page = 0; page < MOST_PAGES; page++) {
        const listing = await list(uri, next);
        objects.push(...listing.objects.filter(({ key }) => !MARKER.test(key)));
        next = listing.next;
        if (next === undefined) {
            return { count: objects.length, newestAt: objects.reduce((latest, one) => Math.max(latest, one.modifiedAt), 0) };
        }
    }
    return undefined;
}
function advise_seconds(time) {
    return time && time.getTime() / 1000;
}

;// CONCATENATED MODULE: ./src/diagnose/progress.ts
/** What programs count by: `epoch=3`, `Epoch 3/40`, `step: 1200`, `iteration 17`. */
const COUNT = /\b(epoch|step|iter(?:ation)?)s?\b["']?\s*[=:#[(]?\s*(\d{1,9})\b/i;
/** A line that is longer is data. UTF-16 units. */
const progress_LONGEST_LINE = 2_000;
/** Programs count steps anew in every epoch: of so many pieces the later ones are one. */
const MOST_PIECES = 5_000;
/**
 * Numbers of one word are compared only with each other; of several the first that the program used. Lines and phases
 * reach this run in any order: which side of an interruption a line is on is told by its time.
 */
function makeProgress() {
    let unit;
    let now = 0;
    const interruptions = [];
    const pieces = [];
    const take = (line, time) => {
        const [, word = '', digits] = line.length > progress_LONGEST_LINE ? [] : (COUNT.exec(line) ?? []);
        if (digits === undefined)
            return;
        unit ??= word.toLowerCase();
        if (word.toLowerCase() !== unit)
            return;
        const value = Number(digits);
        const last = pieces.at(-1);
        if (last === undefined || (value < last.highest && pieces.length < MOST_PIECES))
            pieces.push({ from: time, lowest: value, highest: value });
        else {
            last.lowest = Math.min(last.lowest, value);
            last.highest = Math.max(last.highest, value);
        }
    };
    return {
        listen(event) {
            if (event.kind === 'transition') {
                now = Math.max(now, event.at * 1000);
                if (event.status === 'Interrupted')
                    interruptions.push(event.at * 1000);
            }
            if (event.kind === 'lines')
                for (const [index, line] of event.lines.entries())
                    take(line, event.times?.[index] ?? now);
        },
        restart() {
            const [first, ...later] = stretches(pieces, interruptions);
            const again = later.find(({ lowest }) => first && lowest <= first.lowest && first.highest > first.lowest);
            return first && again && unit !== undefined ? { unit, reached: first.highest, again: again.lowest } : undefined;
        },
    };
}
/** What was counted between one interruption and the next. */
function stretches(pieces, interruptions) {
    const bounds = [Number.NEGATIVE_INFINITY, ...interruptions.toSorted((one, other) => one - other)];
    return bounds
        .map((start, index) => {
        const end = bounds[index + 1] ?? Number.POSITIVE_INFINITY;
        return pieces.filter(({ from }) => from >= start && from < end);
    })
        .filter((within) => within.length > 0)
        .map((within) => ({
        lowest: Math.min(...within.map(({ lowest }) => lowest)),
        highest: Math.max(...within.map(({ highest }) => highest)),
    }));
}

;// CONCATENATED MODULE: ./src/diagnose/live-log.ts



/** Each node has a buffer of its own; nodes beyond so many share one. */
const MOST_NODES = 24;
const OTHERS = 'other nodes';
function makeLiveLog(nodes) {
    const limits = streams_shareOf(Math.min(Math.max(1, nodes), MOST_NODES) + 1);
    const progress = makeProgress();
    const excerpters = new Map();
    const ofNode = (node) => {
        const name = excerpters.has(node) || excerpters.size < MOST_NODES ? node : OTHERS;
        const excerpter = excerpters.get(name) ?? streams_makeStreamExcerpter(name, limits);
        excerpters.set(name, excerpter);
        return excerpter;
    };
    return {
        restart: progress.restart,
        listen(event) {
            progress.listen(event);
            if (event.kind !== 'lines')
                return;
            const excerpter = ofNode(event.node);
            for (const [index, line] of event.lines.entries())
                excerpter.write(event.times?.[index] ?? 0, [line]);
        },
        excerpt: () => excerpters.size === 0 ? excerpt_NO_LOG : streams_inOrderOfTime([...excerpters.values()].map((excerpter) => excerpter.end())),
    };
}

;// CONCATENATED MODULE: ./src/diagnose/explain-job.ts











/** A job that Failed or Stopped. `image`: how it was built; absent for a job of which only AWS is known. */
async function explainJob(job, log, image, doors) {
    const evidence = evidenceOfJob(job, log);
    const surroundings = await look_around_lookAround(evidence.request, job, doors);
    const { diagnosis, raised } = explain({ ...evidence, ...surroundings });
    // A job that somebody stopped may have printed exceptions that it got over.
    const named = job.TrainingJobStatus === 'Failed' && image !== undefined ? raised : undefined;
    const place = named && image && (await locate(named.frames, image, doors));
    return { diagnosis, raised, place };
}
/** A job that the API refused to create, for the reason it gave. */
async function explainRefusal(reason, request, region, doors) {
    const job = { status: 'not-created', secondaryStatus: undefined, failureReason: reason, transitions: [] };
    const facts = { ...requestFactsOf(request), region };
    const surroundings = await look_around_lookAround(facts, undefined, doors);
    return { ...explain({ job, log: excerpt_NO_LOG, request: facts, ...surroundings }), place: undefined };
}
function explain(evidence) {
    const circumstances = circumstances_readCircumstances(evidence);
    const root = rootException(circumstances.exceptions);
    return {
        diagnosis: diagnoseCircumstances(circumstances),
        raised: root?.standing === 'raised'
            ? { text: textOf(root), frames: root.frames.filter(isUserFrame).toReversed() }
            : undefined,
    };
}


/***/ })

};
