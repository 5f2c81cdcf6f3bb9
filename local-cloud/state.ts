import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock, type ScaledClock } from './clock.ts';
import { createPrincipals, type Principals } from './credentials.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createObjectStore, type ObjectStore } from './s3/store.ts';
import type { Script } from './script.ts';
import { createScriptBook, type ScriptBook } from './script-book.ts';

/** Where the cloud can be reached; empty until its ports are open. */
export interface Urls {
  /** `http://127.0.0.1:4566`, no slash at the end. */
  url: string;
  /** `127.0.0.1:5001`, as it stands before an image's name. */
  registry: string;
}

/** One cloud: all its state, handed to every service factory. There is none besides it. */
export interface Cloud {
  readonly account: string;
  readonly region: string;
  readonly clock: ScaledClock;
  /** A directory of this cloud's own; each service uses a folder of its name. */
  readonly stateDir: string;
  readonly script: ScriptBook;
  readonly ledger: Ledger;
  readonly s3: ObjectStore;
  readonly principals: Principals;
  readonly urls: Urls;
  /** Base URL of a registry that is not this cloud's own (`--registry-url`). */
  readonly registryUrl: string | undefined;
  /** The one value `make` builds for this cloud: state that several services share. */
  shared<T>(make: (cloud: Cloud) => T): T;
  /** Called on `POST /_local/reset`, before the start script is applied again. */
  onReset(hook: () => void | Promise<void>): void;
  /** Called at the start, on `POST /_local/script` (with the posted sections) and after a reset. */
  onScript(hook: (script: Script) => void): void;
  /** Called when the cloud ends: kill what was started, close what was opened. */
  onClose(hook: () => void | Promise<void>): void;
  /** Applies the start script; called once, when every service is there. */
  begin(): void;
  /** Everything back to the start, the start script applied. */
  reset(): Promise<void>;
  /** Checks and applies a script; throws `ScriptError`. */
  applyScript(raw: unknown): void;
  close(): Promise<void>;
}

export interface CloudOptions {
  readonly account?: string;
  readonly region?: string;
  /** Seconds of the cloud that pass in one of ours. */
  readonly timeScale?: number;
  /** Kept after the end when given; else a temporary one that is removed. */
  readonly stateDir?: string;
  readonly script?: Script;
  /** Another registry behind ECR's API. */
  readonly registryUrl?: string;
}

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

interface Hooks {
  readonly reset: (() => void | Promise<void>)[];
  readonly script: ((script: Script) => void)[];
  readonly close: (() => void | Promise<void>)[];
}

export function createCloud(options: CloudOptions = {}): Cloud {
  const account = options.account ?? ACCOUNT;
  const region = options.region ?? REGION;
  const clock = createClock(options.timeScale ?? 1);
  const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), 'local-cloud-'));
  mkdirSync(stateDir, { recursive: true });
  const hooks: Hooks = { reset: [], script: [], close: [] };
  const shared = new Map<unknown, unknown>();
  const base = {
    account,
    region,
    clock,
    stateDir,
    script: createScriptBook(options.script ?? {}),
    ledger: createLedger(clock),
    s3: createObjectStore(join(stateDir, 's3'), region, clock),
    principals: createPrincipals(account),
    urls: { url: '', registry: '' },
    registryUrl: options.registryUrl,
  };
  const cloud: Cloud = {
    ...base,
    shared<T>(make: (cloud: Cloud) => T): T {
      if (!shared.has(make)) shared.set(make, make(cloud));
      return shared.get(make) as T;
    },
    onReset: (hook) => void hooks.reset.push(hook),
    onScript: (hook) => void hooks.script.push(hook),
    onClose: (hook) => void hooks.close.push(hook),
    begin: () => applyCurrent(cloud, hooks),
    reset: () => resetAll(cloud, hooks),
    applyScript(raw) {
      const script = cloud.script.load(raw);
      for (const hook of hooks.script) hook(script);
    },
    async close() {
      for (const hook of hooks.close.toReversed()) await hook();
      if (options.stateDir === undefined) rmSync(stateDir, { recursive: true, force: true });
    },
  };
  return cloud;
}

async function resetAll(cloud: Cloud, hooks: Hooks): Promise<void> {
  for (const hook of hooks.reset) await hook();
  cloud.s3.clear();
  cloud.ledger.clear();
  cloud.principals.clear();
  cloud.script.reset();
  applyCurrent(cloud, hooks);
}

function applyCurrent(cloud: Cloud, hooks: Hooks): void {
  for (const hook of hooks.script) hook(cloud.script.current);
}
