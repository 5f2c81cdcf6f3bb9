// Runs a workflow of this project under `act`, a workflow engine that we did not write. README.md says what it does
// and does not do as GitHub does.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} WorkflowRun
 * @property {string} project        a git repository; its committed HEAD is cloned, nothing uncommitted gets in
 * @property {string} workflow       path of the workflow file, absolute or inside the clone
 * @property {(commit: string) => object} event  the event's payload, for the commit that was cloned
 * @property {string} [eventName]    `pull_request` by default
 * @property {Record<string, string>} [env]      for every step, e.g. the local cloud's `env` and GITHUB_WORKFLOW_REF
 * @property {Record<string, string>} [secrets]  GITHUB_TOKEN becomes `github.token`
 * @property {string} [act]          the program; by default $ACT or `act` on the PATH
 * @property {number} [timeoutSeconds] after it the run is cancelled and fails; 300 by default
 */

/**
 * Runs the workflow to its end. The steps see a small environment of their own (act passes its own on to them), and
 * the Node that runs this function.
 * @param {WorkflowRun} run
 * @returns {Promise<{ exitCode: number, output: string, jobs: Record<string, string>, commit: string }>}
 *   `output`: every line, as `[job id] text`; `jobs`: result by job id (of a matrix, the last one's)
 */
export async function runWorkflow(run) {
  const directory = mkdtempSync(join(tmpdir(), 'act-'));
  try {
    const clone = join(directory, 'clone');
    execFileSync('git', ['clone', '--quiet', run.project, clone]);
    const commit = execFileSync('git', ['-C', clone, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
    const eventFile = join(directory, 'event.json');
    const event = run.event(commit);
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

function flags(run, { clone, eventFile, workflowFile, actor }) {
  const checkouts = readFileSync(workflowFile, 'utf8').matchAll(/\buses:\s*["']?(actions\/checkout@[\w./-]+)/g);
  const replaced = new Set([...checkouts].map((match) => match[1]));
  const env = { CHECKOUT_SOURCE: clone, ...run.env };
  return [
    ...['--workflows', workflowFile, '--eventpath', eventFile],
    ...['--platform', 'ubuntu-latest=-self-hosted'],
    ...['--json', '--no-cache-server'],
    ...(actor === undefined ? [] : ['--actor', actor]),
    ...[...replaced].flatMap((uses) => ['--local-repository', `${uses}=${join(import.meta.dirname, 'checkout')}`]),
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(run.secrets ?? {}).flatMap(([name, value]) => ['--secret', `${name}=${value}`]),
  ];
}

async function runAct(run, args, { clone, home }) {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  // Steps get a terminal from act, as they do not on GitHub: TERM and GIT_PAGER keep colours and pagers out.
  const env = { PATH: path, HOME: home, LANG: 'C.UTF-8', TERM: 'dumb', GIT_PAGER: 'cat' };
  const child = spawn(run.act ?? process.env.ACT ?? 'act', args, {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const seconds = run.timeoutSeconds ?? 300;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGTERM'); // act kills the step, still runs the post steps, then ends
  }, seconds * 1000);
  const exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearTimeout(timer));
  const lines = Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  if (late) throw new Error(`the workflow ran longer than ${seconds} s:\n${read(lines).output}`);
  return { exitCode, lines };
}

function read(lines) {
  const jobs = {};
  const output = lines.map((line) => {
    const entry = entryOf(line);
    if (entry?.jobResult) jobs[entry.jobID] = entry.jobResult;
    return entry ? `[${entry.jobID ?? 'act'}] ${entry.msg.trimEnd()}` : line;
  });
  return { output: output.join('\n'), jobs };
}

/** act's own log lines are JSON; what it says before and after the run is not. */
function entryOf(line) {
  if (!line.startsWith('{')) return null;
  try {
    const entry = JSON.parse(line);
    return typeof entry.msg === 'string' ? entry : null;
  } catch {
    return null;
  }
}
