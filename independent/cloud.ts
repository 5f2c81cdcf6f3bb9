/** The local cloud as its users start it: a process of its own that prints one JSON line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LEDGERS, ROOT } from './suite.ts';

export interface LedgerEntry {
  readonly n: number;
  readonly service: string;
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>> | null;
  readonly response: unknown;
  readonly status: number | null;
  readonly error: string | null;
  readonly fault: string | null;
}

export interface GitHubState {
  readonly comments: readonly { readonly issue: number; readonly body: string }[];
  readonly statuses: readonly { readonly sha: string; readonly state: string; readonly context: string }[];
}

export interface LocalCloudProcess extends AsyncDisposable {
  readonly url: string;
  readonly registry: string;
  readonly env: Readonly<Record<string, string>>;
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Requests of one operation so far. */
  calls(operation: string): Promise<readonly LedgerEntry[]>;
  github(): Promise<GitHubState>;
}

/**
 * Starts a cloud on free ports. At its end its ledger is kept as `<name>.json` for the checks that read them.
 * @param env added to this process's own
 */
export async function startCloud(
  name: string,
  script: object,
  env: Record<string, string> = {},
): Promise<LocalCloudProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'cloud-'));
  writeFileSync(join(directory, 'script.json'), JSON.stringify(script));
  const child = spawn(
    process.execPath,
    ['local-cloud/main.ts', '--port', '0', '--registry-port', '0', '--script', join(directory, 'script.json')],
    { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    exited.then(([code]) =>
      Promise.reject(new Error(`the local cloud ended with exit code ${code} before it was ready`)),
    ),
  ]);
  const { url, registry, env: cloudEnv } = JSON.parse(line);
  const get = async (path: string) => (await fetch(`${url}${path}`)).json();
  const ledger = () => get('/_local/ledger') as Promise<LedgerEntry[]>;
  return {
    url,
    registry,
    env: cloudEnv,
    ledger,
    calls: async (operation) => (await ledger()).filter((entry) => entry.operation === operation),
    github: () => get('/_local/github') as Promise<GitHubState>,
    async [Symbol.asyncDispose]() {
      mkdirSync(LEDGERS, { recursive: true });
      if (child.exitCode === null) writeFileSync(join(LEDGERS, `${name}.json`), JSON.stringify(await ledger()));
      child.kill('SIGTERM');
      await exited;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
