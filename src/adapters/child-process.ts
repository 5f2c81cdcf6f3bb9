import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { ProcessResult } from '../ports.ts';

const TAIL_LINES = 60;
const KEPT_OUTPUT = 1_000_000;
/** A longer line is told in pieces, so that output without any newline does not pile up here. UTF-16 units. */
const LONGEST_LINE = 65_536;
/** Between asking the group to end and ending it. Milliseconds. */
const GRACE = 2000;

export interface ChildCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly stdin?: string;
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a child to its end. It leads a process group of its own: the runner signals only the node process, so when the
 * signal aborts the whole group is ended here, at first politely. Rejects when the command cannot be started.
 */
export function runChild(command: ChildCommand, signal?: AbortSignal): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command.command, [...command.args], {
      env: command.env as NodeJS.ProcessEnv,
      cwd: command.cwd,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output = collect(command.onLine);
    let deadline: NodeJS.Timeout | undefined;
    const stop = () => {
      signalGroup(child.pid, 'SIGTERM');
      deadline = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE);
    };
    const settle = () => {
      signal?.removeEventListener('abort', stop);
      if (deadline === undefined) return;
      // Whoever closed its output but lives on is ended now: this process may be gone before the deadline.
      clearTimeout(deadline);
      signalGroup(child.pid, 'SIGKILL');
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', (chunk: Buffer) => output.stdout(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.stderr(chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(command.stdin ?? '');
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code, killedBy) => {
      settle();
      resolve({ exitCode: code ?? (killedBy ? 128 : 1), ...output.end() });
    });
  });
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group has ended by itself.
  }
}

function collect(onLine: ((line: string) => void) | undefined) {
  let kept = '';
  const decoder = new StringDecoder('utf8');
  const tail: string[] = [];
  const take = (line: string) => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    onLine?.(line);
  };
  const out = lineSplitter(take);
  const err = lineSplitter(take);
  return {
    stdout(chunk: Buffer) {
      if (kept.length < KEPT_OUTPUT) kept += decoder.write(chunk);
      out.push(chunk);
    },
    stderr: (chunk: Buffer) => err.push(chunk),
    end() {
      out.end();
      err.end();
      return { stdout: kept, tail };
    },
  };
}

function lineSplitter(take: (line: string) => void) {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    push(chunk: Buffer) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      if (rest.length > LONGEST_LINE) {
        take(rest);
        rest = '';
      }
    },
    end() {
      rest += decoder.end();
      if (rest !== '') take(rest);
      rest = '';
    },
  };
}
