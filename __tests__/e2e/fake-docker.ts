/** A `docker` command line client of our own: what it was asked is known to the last word. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from './stage.ts';

export interface Manner {
  /** Whether the buildx plug-in is there. */
  readonly buildx?: boolean;
  /** Pushes OCI manifests, as Docker 29 does. */
  readonly oci?: boolean;
  /** A build that never ends. */
  readonly hangs?: boolean;
  /** Lines on stderr, by command (`login`, `buildx build`, `build`, `push`). */
  readonly says?: Readonly<Record<string, readonly string[]>>;
  readonly fails?: Readonly<Record<string, { readonly exitCode: number; readonly lines: readonly string[] }>>;
}

export interface DockerCall {
  readonly args: readonly string[];
  readonly stdin: string;
  /** DOCKER_CONFIG, its mode, and its files as they were before the call. */
  readonly config: string;
  readonly configMode: number | undefined;
  readonly files: Readonly<Record<string, string>>;
  /** Values of its environment. */
  readonly env: readonly string[];
}

const CLI = fileURLToPath(new URL('./fake-docker-cli.ts', import.meta.url));

export class FakeDocker implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'fake-docker-'));
  /** For the step: the PATH with this client first, and a home with the user's own Docker configuration. */
  readonly env: Readonly<Record<string, string>>;

  constructor(manner: Manner = {}, userConfig?: unknown) {
    const bin = join(this.#folder, 'bin');
    const own = join(this.#folder, 'home', '.docker');
    for (const folder of [bin, own]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(this.#folder, 'manner.json'), JSON.stringify(manner));
    if (userConfig !== undefined) writeFileSync(this.userConfigPath, JSON.stringify(userConfig));
    writeFileSync(join(bin, 'docker'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`);
    chmodSync(join(bin, 'docker'), 0o755);
    this.env = {
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      HOME: join(this.#folder, 'home'),
      FAKE_DOCKER: this.#folder,
    };
  }

  get userConfigPath(): string {
    return join(this.#folder, 'home', '.docker', 'config.json');
  }

  /** A PATH on which there is Git, but no docker. */
  pathWithout(): string {
    const bin = join(this.#folder, 'git');
    mkdirSync(bin);
    symlinkSync(execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim(), join(bin, 'git'));
    return bin;
  }

  calls(): readonly DockerCall[] {
    const path = join(this.#folder, 'calls.jsonl');
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** The processes of a build that hangs, once there are some. */
  async hanging(): Promise<readonly number[]> {
    const path = join(this.#folder, 'pids.json');
    for (;;) {
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
      if (text.endsWith(']')) return JSON.parse(text);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A run that builds its image with this client. */
export function build(docker: FakeDocker, rest: Run = {}): Run {
  return { ...rest, inputs: { image: '', ...rest.inputs }, env: { ...docker.env, ...rest.env } };
}

/** Whether a process is there and no zombie that only waits to be reaped. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/^\d+ \(.*\) Z/s.test(readFileSync(stat, 'utf8'));
}
