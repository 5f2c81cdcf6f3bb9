/**
 * Runs a workflow of this project under `act`, a workflow engine that we did not write. README.md says what it does
 * and does not do as GitHub does.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface WorkflowEvent {
  readonly sender?: { readonly login: string };
  readonly repository?: { readonly full_name: string };
}

export interface WorkflowRun {
  /** A git repository; its committed HEAD is cloned, nothing uncommitted gets in. */
  readonly project: string;
  /** Path of the workflow file, absolute or inside the clone. */
  readonly workflow: string;
  /** The event's payload, for the commit that was cloned. */
  readonly event: (commit: string) => WorkflowEvent;
  /** Default: `pull_request`. */
  readonly eventName?: string;
  /** For every step, e.g. the local cloud's `env` and GITHUB_WORKFLOW_REF. */
  readonly env?: Readonly<Record<string, string>>;
  /** GITHUB_TOKEN becomes `github.token`. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The program; default: $ACT or `act` on the PATH. */
  readonly act?: string;
  /** More refs of the clone, such as `refs/pull/7/head`, that stand at its HEAD. */
  readonly refs?: readonly string[];
  /** After it the run is cancelled and fails; default: 300. */
  readonly timeoutSeconds?: number;
  /** Cancels the run: act kills the step, still runs the post steps, and ends. */
  readonly signal?: AbortSignal;
}

export interface WorkflowResult {
  readonly exitCode: number | null;
  /** Every line, as `[job id] text`. */
  readonly output: string;
  /** Result by job id (of a matrix, the last one's). */
  readonly jobs: Readonly<Record<string, string>>;
  readonly commit: string;
}

/**
 * Runs the workflow to its end. The steps see a small environment of their own (act passes its own on to them), and
 * the Node that runs this function.
 */
export async function runWorkflow(run: WorkflowRun): Promise<WorkflowResult> {
  const directory = mkdtempSync(join(tmpdir(), 'act-'));
  try {
    const clone = join(directory, 'clone');
    execFileSync('git', ['clone', '--quiet', run.project, clone]);
    const commit = execFileSync('git', ['-C', clone, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
    for (const ref of run.refs ?? []) execFileSync('git', ['-C', clone, 'update-ref', ref, commit]);
    const eventFile = join(directory, 'event.json');
    const event = run.event(commit);
    // act takes `github.repository` from the remote, before the event.
    const origin = `https://github.com/${event.repository?.full_name ?? 'nobody/nothing'}`;
    execFileSync('git', ['-C', clone, 'remote', 'set-url', 'origin', origin]);
    writeFileSync(eventFile, JSON.stringify(event));
    const workflowFile = run.workflow.startsWith('/') ? run.workflow : join(clone, run.workflow);
    const args = [
      run.eventName ?? 'pull_request',
      ...flags(run, { clone, eventFile, workflowFile, actor: event.sender?.login }),
    ];
    const { exitCode, lines } = await runAct(run, args, { clone, home: directory });
    return { exitCode, commit, ...read(lines) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Files {
  readonly clone: string;
  readonly eventFile: string;
  readonly workflowFile: string;
  readonly actor: string | undefined;
}

/** What stands in for actions that would have to be fetched. */
const STAND_INS: Readonly<Record<string, string>> = {
  'actions/checkout': 'checkout',
  'actions/upload-artifact': 'artifacts/upload',
  'actions/download-artifact': 'artifacts/download',
};

function flags(run: WorkflowRun, { clone, eventFile, workflowFile, actor }: Files): string[] {
  const used = readFileSync(workflowFile, 'utf8').matchAll(/\buses:\s*["']?((actions\/[\w-]+)@[\w./-]+)/g);
  const replaced = new Map([...used].map(([, whole = '', name = '']) => [whole, STAND_INS[name] ?? name]));
  const env = {
    CHECKOUT_SOURCE: clone,
    ARTIFACTS: join(dirname(eventFile), 'artifacts'),
    ...run.env,
  };
  return [
    ...['--workflows', workflowFile, '--eventpath', eventFile],
    ...['--platform', 'ubuntu-latest=-self-hosted'],
    ...['--json', '--no-cache-server'],
    ...(actor === undefined ? [] : ['--actor', actor]),
    ...[...replaced].flatMap(([uses, place]) => ['--local-repository', `${uses}=${join(import.meta.dirname, place)}`]),
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(run.secrets ?? {}).flatMap(([name, value]) => ['--secret', `${name}=${value}`]),
  ];
}

async function runAct(
  run: WorkflowRun,
  args: readonly string[],
  { clone, home }: { clone: string; home: string },
): Promise<{ exitCode: number | null; lines: string[] }> {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  // Steps get a terminal from act, as they do not on GitHub: TERM and GIT_PAGER keep colours and pagers out.
  const env = { PATH: path, HOME: home, LANG: 'C.UTF-8', TERM: 'dumb', GIT_PAGER: 'cat' };
  const child = spawn(run.act ?? process.env.ACT ?? 'act', args, {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const seconds = run.timeoutSeconds ?? 300;
  const late = AbortSignal.timeout(seconds * 1000);
  const cancelled = AbortSignal.any([late, ...(run.signal ? [run.signal] : [])]);
  const cancel = () => child.kill('SIGTERM');
  cancelled.addEventListener('abort', cancel);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => cancelled.removeEventListener('abort', cancel));
  const lines = Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  if (late.aborted) throw new Error(`the workflow ran longer than ${seconds} s:\n${read(lines).output}`);
  return { exitCode, lines };
}

function read(lines: readonly string[]): { output: string; jobs: Record<string, string> } {
  const jobs: Record<string, string> = {};
  const output = lines.map((line) => {
    const entry = entryOf(line);
    if (entry?.jobResult && entry.jobID) jobs[entry.jobID] = entry.jobResult;
    return entry ? `[${entry.jobID ?? 'act'}] ${entry.msg.trimEnd()}` : line;
  });
  return { output: output.join('\n'), jobs };
}

interface LogEntry {
  readonly msg: string;
  readonly jobID?: string;
  readonly jobResult?: string;
}

/** act's own log lines are JSON; what it says before and after the run is not. */
function entryOf(line: string): LogEntry | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry = JSON.parse(line);
    return typeof entry.msg === 'string' ? entry : null;
  } catch {
    return null;
  }
}
