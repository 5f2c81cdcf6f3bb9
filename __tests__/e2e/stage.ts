/**
 * One pull request of one repository on one local cloud, on which the built bundle is run as the runner runs it.
 * Every request and answer ends in out/ledgers/, where the independent suite holds them against AWS's own models.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '../../local-cloud/start.ts';
import {
  type ActionResult,
  ROOT,
  runAction,
  runMain,
  runPost,
  type Step,
  type StepResult,
} from '../../scripts/runner/step.ts';
import { type Checkout, makeCheckout } from './checkout.ts';

export const REPOSITORY = 'acme/forecast';
export const PULL_REQUEST = 7;
export const RUN_ID = '4711';

export interface Setting {
  /** Names the ledger file; unique over all tests. */
  readonly name: string;
  readonly script?: Readonly<Record<string, unknown>>;
  readonly github?: Readonly<Record<string, unknown>>;
  readonly checkout?: 'head' | 'merge' | 'base';
  readonly headRef?: string;
  readonly timeScale?: number;
}

export interface Run {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly matrix?: Readonly<Record<string, unknown>>;
  readonly event?: Step['event'];
  readonly env?: Readonly<Record<string, string>>;
  readonly onStart?: (pid: number) => void;
  readonly onOutput?: (text: string) => void;
}

export interface LedgerEntry {
  readonly n: number;
  readonly at: string;
  readonly caller: string;
  readonly service: string;
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: unknown;
  readonly status: number;
  readonly error: string | null;
  readonly fault: string | null;
}

export interface GitHubState {
  readonly comments: readonly {
    readonly id: number;
    readonly issue: number;
    readonly body: string;
    readonly user: unknown;
  }[];
  readonly statuses: readonly {
    readonly sha: string;
    readonly state: string;
    readonly context: string;
    readonly description: string;
  }[];
}

/** A job that trains for some minutes, logs a metric and completes. */
export const COMPLETES = {
  phases: [
    { status: 'Starting', seconds: 60 },
    { status: 'Downloading', seconds: 20 },
    { status: 'Training', seconds: 120 },
    { status: 'Uploading', seconds: 15 },
  ],
  logs: {
    lines: [
      { at: 1, text: 'epoch=1 val_mape=0.21' },
      { at: 60, text: 'epoch=2 val_mape=0.08' },
      { at: 110, text: 'epoch=3 val_mape=0.05' },
    ],
  },
};

export class Stage implements AsyncDisposable {
  readonly checkout: Checkout;
  readonly local: LocalCloud;
  readonly image: string;
  readonly #name: string;
  readonly #timeScale: number;

  private constructor(setting: Setting, checkout: Checkout, local: LocalCloud) {
    this.checkout = checkout;
    this.local = local;
    this.image = `${local.registry}/${REPOSITORY}:ready`;
    this.#name = setting.name;
    this.#timeScale = setting.timeScale ?? 200;
  }

  static async open(setting: Setting): Promise<Stage> {
    const checkout = makeCheckout(setting.checkout ?? 'head', setting.headRef);
    const { headSha, headRef, baseSha } = checkout;
    const local = await startLocalCloud({
      timeScale: setting.timeScale ?? 200,
      script: {
        jobs: [COMPLETES],
        ...setting.script,
        github: {
          repository: REPOSITORY,
          pulls: [{ number: PULL_REQUEST, head: { sha: headSha, ref: headRef }, base: { sha: baseSha, ref: 'main' } }],
          ...setting.github,
        },
        s3: { buckets: [{ name: 'acme-ml', objects: [{ key: 'data/train.csv', text: 'month,value\n' }] }] },
        ecr: { repositories: [{ name: REPOSITORY, images: [{ tag: 'ready' }] }] },
      },
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

  step(run: Run): Step {
    return {
      inputs: { ...this.inputs(), ...run.inputs },
      ...(run.matrix && { matrix: run.matrix }),
      event: run.event ?? this.pullRequestEvent(),
      env: { ...this.local.env, ...this.env(), ...run.env },
      workspace: this.checkout.directory,
      clock: { scale: this.#timeScale, originMs: Number(this.local.env.LOCAL_CLOUD_EPOCH_MS) },
      ...(run.onStart && { onStart: run.onStart }),
      ...(run.onOutput && { onOutput: run.onOutput }),
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

  env(): Record<string, string> {
    const { headSha } = this.checkout;
    return {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_JOB: 'train',
      GITHUB_ACTOR: 'ada',
      GITHUB_RUN_ID: RUN_ID,
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_WORKFLOW: 'train',
      GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/train.yml@refs/pull/${PULL_REQUEST}/merge`,
      GITHUB_SHA: headSha,
      GITHUB_REF: `refs/pull/${PULL_REQUEST}/merge`,
      GITHUB_REF_NAME: `${PULL_REQUEST}/merge`,
    };
  }

  pullRequestEvent(): Step['event'] {
    const { headSha, headRef, baseSha } = this.checkout;
    const repo = { full_name: REPOSITORY };
    const pull_request = {
      number: PULL_REQUEST,
      head: { sha: headSha, ref: headRef, repo },
      base: { sha: baseSha, ref: 'main', repo },
    };
    return {
      name: 'pull_request',
      payload: { action: 'synchronize', number: PULL_REQUEST, pull_request, repository: this.repository() },
    };
  }

  repository() {
    return { full_name: REPOSITORY, default_branch: 'main', private: false };
  }

  async ledger(): Promise<readonly LedgerEntry[]> {
    return (await fetch(`${this.local.url}/_local/ledger`)).json() as Promise<readonly LedgerEntry[]>;
  }

  /** `service.operation` of every request so far. */
  async calls(operation?: string): Promise<readonly LedgerEntry[]> {
    const entries = await this.ledger();
    return operation === undefined ? entries : entries.filter((entry) => entry.operation === operation);
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

  async [Symbol.asyncDispose](): Promise<void> {
    const folder = join(ROOT, 'out/ledgers');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${this.#name}.json`), JSON.stringify(await this.ledger()));
    await this.local.close();
    rmSync(this.checkout.directory, { recursive: true, force: true });
  }
}
