/**
 * Runs the bundle as the GitHub runner starts an action: environment, event file, command files, signals, then the
 * post step with the saved state. For the demo and the tests.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inputEnvironment, readActionMetadata } from './action-metadata.ts';
import { parseCommandFile } from './command-files.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export interface Step {
  /** `with:` */
  readonly inputs: Readonly<Record<string, string>>;
  readonly matrix?: Readonly<Record<string, unknown>>;
  /** The context `strategy`, as far as the action reads it; default: a job of its own. */
  readonly strategy?: Readonly<Record<string, unknown>>;
  readonly event: { readonly name: string; readonly payload: unknown };
  /** GITHUB_*, AWS_* and the rest of the step's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** RUNNER_TEMP of the job; default: a folder that goes with the step. */
  readonly temp?: string;
  /** So many seconds of the process pass in one of the machine's. */
  readonly clock?: { readonly scale: number; readonly originMs: number };
  readonly onOutput?: (text: string) => void;
  /** Called once main runs; for signals. */
  readonly onStart?: (pid: number) => void;
  /** Command that runs the bundle, e.g. another Node; default: this one. */
  readonly node?: string;
  /** Another copy of the bundle than the one action.yml names: path of its entry file. */
  readonly bundle?: string;
  /** Another event file than one made of `event`. */
  readonly eventPath?: string;
}

export interface StepResult {
  /** `null` when a signal killed it. */
  readonly exitCode: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
}

export interface ActionResult {
  readonly main: StepResult;
  readonly post: StepResult;
}

/** main, then post: the runner starts post whatever became of main. */
export async function runAction(step: Step): Promise<ActionResult> {
  const main = await runMain(step);
  return { main, post: await runPost(step, main.state) };
}

export function runMain(step: Step): Promise<StepResult> {
  return runBundle(step, {}, step.onStart);
}

export function runPost(step: Step, state: Readonly<Record<string, string>>): Promise<StepResult> {
  const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  return runBundle(step, Object.fromEntries(saved), undefined);
}

async function runBundle(
  step: Step,
  saved: Record<string, string>,
  onStart: ((pid: number) => void) | undefined,
): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  const file = (name: string, text = '') => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const paths = { output: file('output'), state: file('state'), summary: file('summary') };
  const temp = step.temp ?? join(folder, 'temp');
  mkdirSync(temp, { recursive: true });
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? folder,
    ...step.env,
    ...inputEnvironment(readActionMetadata(ROOT), step.inputs, {
      token: step.env.GITHUB_TOKEN ?? '',
      matrix: step.matrix ?? null,
      strategy: step.strategy ?? { 'fail-fast': true, 'job-index': 0, 'job-total': 1, 'max-parallel': 1 },
    }),
    ...saved,
    ...(step.clock && { FAST_CLOCK: String(step.clock.scale), FAST_CLOCK_ORIGIN: String(step.clock.originMs) }),
    GITHUB_EVENT_NAME: step.event.name,
    GITHUB_EVENT_PATH: step.eventPath ?? file('event.json', JSON.stringify(step.event.payload)),
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_OUTPUT: paths.output,
    GITHUB_STATE: paths.state,
    GITHUB_STEP_SUMMARY: paths.summary,
    RUNNER_TEMP: temp,
  };
  // The runner's own token is not in a step's environment: an action gets it by its input.
  const { GITHUB_TOKEN: _token, ...given } = env;
  const { exitCode, log } = await start(step, given, onStart);
  const read = (path: string) => readFileSync(path, 'utf8');
  const [outputs, state] = [paths.output, paths.state].map((path) => parseCommandFile(read(path)));
  const result = { exitCode, log, outputs: outputs ?? {}, state: state ?? {}, summary: read(paths.summary) };
  rmSync(folder, { recursive: true, force: true });
  return result;
}

function start(
  step: Step,
  env: Record<string, string>,
  onStart: ((pid: number) => void) | undefined,
): Promise<{ exitCode: number | null; log: string }> {
  const fast = step.clock ? ['--import', join(ROOT, 'scripts/fast-clock.mjs')] : [];
  const { main } = readActionMetadata(ROOT).runs;
  return new Promise((resolve, reject) => {
    const child = spawn(step.node ?? process.execPath, [...fast, step.bundle ?? join(ROOT, main)], {
      cwd: step.workspace,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        log += text;
        step.onOutput?.(text);
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, log }));
    if (child.pid !== undefined) onStart?.(child.pid);
  });
}
