/** A daemon for as long as it is needed: started, waited for, stopped, its log kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface DaemonCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Where its stdout and stderr go. */
  readonly logFile: string;
  /** Whether it is ready; asked every tenth of a second. */
  readonly isReady: (log: string) => boolean;
}

/** The longest start. Milliseconds. */
const PATIENCE = 60_000;
/** Between asking it to end and ending it. Milliseconds. */
const GRACE = 20_000;
const SHOWN_LINES = 20;

/** Resolves with a function that stops it. Rejects with its last words when it ends or is not ready in a minute. */
export async function startDaemon({ command, args, logFile, isReady }: DaemonCommand): Promise<() => Promise<void>> {
  const output = openSync(logFile, 'a');
  const child = spawn(command, [...args], { stdio: ['ignore', output, output] });
  closeSync(output);
  const log = () => readFileSync(logFile, 'utf8');
  const broken = once(child, 'error').then(([error]) => String(error));
  const ended = once(child, 'exit').then(([code, signal]) => `it ended with ${code ?? signal}`);
  for (const deadline = Date.now() + PATIENCE; !isReady(log()); ) {
    const trouble = await Promise.race([broken, ended, pause(100)]);
    const problem = trouble ?? (Date.now() > deadline ? 'it was not ready in time' : undefined);
    if (problem === undefined) continue;
    await stop(child);
    throw new Error(`${command}: ${problem}\n${log().trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')}`);
  }
  return () => stop(child);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), GRACE);
  await ended;
  clearTimeout(deadline);
}

function pause(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined));
}
