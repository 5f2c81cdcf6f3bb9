/**
 * One pull request of one repository on one local cloud, on which the built bundle is run as the runner runs it.
 * Every request and answer ends in out/ledgers/, where the independent suite holds them against AWS's own models.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitHubRecords } from '../../local-cloud/github/records.ts';
import { type LocalCloud, startLocalCloud } from '../../local-cloud/start.ts';
import { jobStore } from '../../local-cloud/training/jobs.ts';
import {
  type ActionResult,
  ROOT,
  runAction,
  runMain,
  runPost,
  type Step,
  type StepResult,
} from '../../scripts/runner/step.ts';
import { type At, type Checkout, makeCheckout } from './checkout.ts';
import { environment, pullRequest, REPOSITORY } from './events.ts';
import type { Job } from './jobs.ts';
import type { GitHubState, LedgerEntry, Seen } from './seen.ts';
import { scriptOf } from './stage-script.ts';

/** Seconds that pass in one: a job of a minute is over in half a second, and a busy machine still answers in time. */
const TIME_SCALE = 100;

export interface Setting {
  /** Names the ledger file; unique over all tests. Without it none is kept. */
  readonly name?: string;
  /** One for each job that is created; default: one that completes. */
  readonly jobs?: readonly Job[];
  readonly script?: Readonly<Record<string, unknown>>;
  readonly github?: Readonly<Record<string, unknown>>;
  /** A checkout that is given is the caller's to remove. */
  readonly checkout?: At | Checkout;
  readonly headRef?: string;
  readonly timeScale?: number;
}

export interface Run {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly matrix?: Readonly<Record<string, unknown>>;
  readonly strategy?: Readonly<Record<string, unknown>>;
  readonly event?: Step['event'];
  readonly env?: Readonly<Record<string, string>>;
  /** Variables that this run is not given. */
  readonly without?: readonly string[];
  readonly bundle?: string;
  /** Another event file than the one of `event`. */
  readonly eventPath?: string;
  readonly onStart?: (pid: number) => void;
  readonly onOutput?: (text: string) => void;
}

export class Stage implements AsyncDisposable {
  readonly checkout: Checkout;
  readonly local: LocalCloud;
  readonly image: string;
  readonly #setting: Setting;
  /** RUNNER_TEMP of the job: main and post share it. */
  readonly #temp = mkdtempSync(join(tmpdir(), 'runner-temp-'));
  #closed = false;
  readonly #timeScale: number;

  private constructor(setting: Setting, checkout: Checkout, local: LocalCloud) {
    this.checkout = checkout;
    this.local = local;
    this.image = `${local.registry}/${REPOSITORY}:ready`;
    this.#setting = setting;
    this.#timeScale = setting.timeScale ?? TIME_SCALE;
  }

  static async open(setting: Setting): Promise<Stage> {
    const { checkout: at = 'head' } = setting;
    const checkout = typeof at === 'object' ? at : makeCheckout(at, setting.headRef);
    const local = await startLocalCloud({
      timeScale: setting.timeScale ?? TIME_SCALE,
      script: scriptOf(setting, checkout),
    });
    return new Stage(setting, checkout, local);
  }

  run(run: Run = {}): Promise<ActionResult> {
    return runAction(this.step(run));
  }

  main(run: Run = {}): Promise<StepResult> {
    return runMain(this.step(run));
  }

  post(state: Readonly<Record<string, string>>, run: Run = {}): Promise<StepResult> {
    return runPost(this.step(run), state);
  }

  step({ inputs, event, env, without = [], matrix, strategy, ...rest }: Run): Step {
    const whole: Record<string, string> = { ...this.local.env, ...environment(this.checkout), ...env };
    for (const name of without) delete whole[name];
    return {
      inputs: { ...this.inputs(), ...inputs },
      event: event ?? pullRequest(this.checkout),
      env: whole,
      workspace: this.checkout.directory,
      temp: this.#temp,
      clock: { scale: this.#timeScale, originMs: Number(this.local.env.LOCAL_CLOUD_EPOCH_MS) },
      ...(matrix && { matrix }),
      ...(strategy && { strategy }),
      ...rest,
    };
  }

  inputs(): Record<string, string> {
    return {
      'aws-region': 'us-east-1',
      'execution-role': 'arn:aws:iam::111122223333:role/training',
      'instance-type': 'ml.m5.xlarge',
      's3-uri': 's3://acme-ml/train',
      channels: 'train: s3://acme-ml/data/',
      image: this.image,
      gates: 'val_mape <= 0.1',
    };
  }

  /** Puts sections of the script in force from now on. */
  change(script: Readonly<Record<string, unknown>>): void {
    this.local.cloud.applyScript(JSON.parse(JSON.stringify(script)));
  }

  /** Ends every live job as a person in AWS would, past this run. */
  stopInConsole(): void {
    for (const job of this.local.cloud.shared(jobStore).jobs.values()) if (!job.isTerminal) job.end('Stopped');
  }

  /** Resolves as soon as an operation has been asked for so often, or with the stage's end. */
  async when(operation: string, times = 1): Promise<void> {
    const { ledger } = this.local.cloud;
    while (!this.#closed && ledger.entries().filter((entry) => entry.operation === operation).length < times) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async ledger(): Promise<readonly LedgerEntry[]> {
    return (await fetch(`${this.local.url}/_local/ledger`)).json() as Promise<readonly LedgerEntry[]>;
  }

  /** The id of the first comment that is there. */
  firstCommentId(): number {
    return this.local.cloud.shared(createGitHubRecords).comments[0]?.id ?? 0;
  }

  /** Every request so far, or those of one operation. */
  async calls(operation?: string): Promise<readonly LedgerEntry[]> {
    const entries = await this.ledger();
    return operation === undefined ? entries : entries.filter((entry) => entry.operation === operation);
  }

  /** The create calls that SageMaker said yes to: a client that lost an answer asks twice for one job. */
  async created(): Promise<readonly LedgerEntry[]> {
    return (await this.calls('CreateTrainingJob')).filter(({ status }) => status === 200);
  }

  /** Names of the operations asked of AWS, in order. */
  async awsCalls(): Promise<readonly string[]> {
    return (await this.ledger())
      .filter(({ service }) => !['github', 'oidc', 'registry'].includes(service))
      .map(({ operation }) => operation);
  }

  async github(): Promise<GitHubState> {
    return (await fetch(`${this.local.url}/_local/github`)).json() as Promise<GitHubState>;
  }

  /** The comments that carry our marker. */
  async comments(): Promise<readonly string[]> {
    return (await this.github()).comments
      .map(({ body }) => body)
      .filter((body) => body.startsWith('<!-- train-on-sagemaker:'));
  }

  /** What a run came to, on every surface that decides. */
  async seen({ exitCode, outputs }: StepResult): Promise<Seen> {
    const { statuses } = await this.github();
    return { exit: exitCode, conclusion: outputs.conclusion ?? '', statuses: statuses.map(({ state }) => state) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { name, checkout } = this.#setting;
    if (name !== undefined) keepLedger(name, await this.ledger());
    this.#closed = true;
    await this.local.close();
    rmSync(this.#temp, { recursive: true, force: true });
    if (typeof checkout !== 'object') rmSync(this.checkout.directory, { recursive: true, force: true });
  }
}

function keepLedger(name: string, ledger: readonly LedgerEntry[]): void {
  const folder = join(ROOT, 'out/ledgers');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(ledger));
}
