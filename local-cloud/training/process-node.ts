import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { MlDirectory } from './ml-directory.ts';
import type { ContainerNode, Launch } from './node.ts';
import { JobFailure } from './run.ts';
import { toolkitFailure, toolkitLine } from './toolkit-failure.ts';
import { processTree } from './usage.ts';

export interface ProcessStart {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly output: Launch['output'];
  /** Set where the toolkit would report the end: in which `/opt/ml`, and the file its command is noted in. */
  readonly toolkit?: { readonly directory: MlDirectory; readonly note: string };
}

/** Bytes kept of standard error for the failure's text. */
const TAIL = 64 * 1024;

/** Starts a process in a session of its own, so that everything it starts can be found and ended with it. */
export async function startProcess(start: ProcessStart): Promise<ContainerNode> {
  const [command = '', ...words] = start.words;
  const child = spawn(command, words, {
    cwd: start.cwd,
    env: start.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let tail = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => start.output('stdout', chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-TAIL);
    start.output('stderr', chunk);
  });
  await once(child, 'spawn').catch((error: Error) => {
    throw new JobFailure(`InternalServerError: the local cloud cannot start ${command}: ${error.message}`);
  });
  const pid = child.pid as number;
  const killed = new Set<string>();
  return {
    exited: ended(
      child.stdout,
      child.stderr,
      once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
      pid,
    )
      .then((code) => (killed.size === 0 ? report(start, code, tail) : code))
      .then((code) => ({ code, outOfMemory: false })),
    kill(signal) {
      killed.add(signal);
      void killTree(pid, signal);
    },
    pid: async () => pid,
  };
}

/** The exit code, after what the process left behind is ended and its output read. */
async function ended(
  stdout: Readable,
  stderr: Readable,
  exit: Promise<[number | null, NodeJS.Signals | null]>,
  pid: number,
): Promise<number> {
  const [code, signal] = await exit;
  await killTree(pid, 'SIGKILL');
  await Promise.all([stdout, stderr].map((stream) => stream.closed || once(stream, 'close')));
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** Signals the process group, then what of the session has left it: a container's end would end those too. */
async function killTree(root: number, signal: NodeJS.Signals): Promise<void> {
  send(-root, signal);
  if (signal !== 'SIGKILL') return;
  for (const { pid } of await processTree(root)) send(pid, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The toolkit's last words: a log line, and on failure the failure file, unless the program wrote one itself. */
function report({ toolkit, output }: ProcessStart, code: number, tail: Buffer): number {
  if (toolkit === undefined) return code;
  if (code === 0) {
    output('stdout', Buffer.from(toolkitLine('INFO', 'Reporting training SUCCESS')));
    return 0;
  }
  const command = existsSync(toolkit.note) ? readFileSync(toolkit.note, 'utf8') : '';
  const failure = toolkitFailure(code, tail.toString('utf8'), command);
  output('stderr', Buffer.from(toolkitLine('ERROR', 'Reporting training FAILURE') + toolkitLine('ERROR', failure)));
  output('stderr', Buffer.from(toolkitLine('ERROR', 'Encountered exit_code 1')));
  const file = join(toolkit.directory.path, 'output', 'failure');
  if (!existsSync(file)) writeFileSync(file, failure);
  return 1;
}
