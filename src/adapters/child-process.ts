import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { ProcessResult } from '../ports.ts';

const TAIL_LINES = 60;
const KEPT_OUTPUT = 1_000_000;

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
    const stop = () => endGroup(child.pid);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', (chunk: Buffer) => output.stdout(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.stderr(chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(command.stdin ?? '');
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      signal?.removeEventListener('abort', stop);
      resolve({ exitCode: code ?? (killedBy ? 128 : 1), ...output.end() });
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  const kill = (name: NodeJS.Signals) => {
    try {
      process.kill(-pid, name);
    } catch {
      // The group has ended by itself.
    }
  };
  kill('SIGTERM');
  setTimeout(() => kill('SIGKILL'), 2000).unref();
}

function collect(onLine: ((line: string) => void) | undefined) {
  let kept = '';
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
      if (kept.length < KEPT_OUTPUT) kept += chunk.toString('utf8');
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
    },
    end() {
      rest += decoder.end();
      if (rest !== '') take(rest);
      rest = '';
    },
  };
}
