/** Docker, whose output is folded into one group a command, and tried again where a registry stumbled. */
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import { makeKeyFilter } from '../hostile/private-keys.ts';
import type { Clock, Docker, Files, ProcessResult, RegistryLogin, Runner, Secrets } from '../ports.ts';
import { type BuildPlan, buildArgs, buildxArgs } from './docker-args.ts';
import { type Builder, probeBuilder } from './docker-builder.ts';
import type { DockerConfig } from './docker-config.ts';
import { dockerFailure } from './docker-failure.ts';
import { RETRY_PAUSES, retryOf } from './docker-retry.ts';

export interface DockerDoors {
  readonly docker: Docker;
  readonly files: Pick<Files, 'read'>;
  readonly clock: Clock;
  readonly runner: Pick<Runner, 'env' | 'group' | 'endGroup' | 'print'>;
  readonly secrets: Secrets;
}

/** Builds that take a name from each other are over sooner. */
const MOST_PUSHES = 3;

export class FoldedDocker {
  readonly #doors: DockerDoors;
  readonly #config: DockerConfig;
  readonly #signal: AbortSignal;
  #env: Readonly<Record<string, string>>;

  constructor(doors: DockerDoors, config: DockerConfig, signal: AbortSignal) {
    this.#doors = doors;
    this.#config = config;
    this.#signal = signal;
    this.#env = config.env;
  }

  /** The password goes in by stdin: an argument would be readable in the process list. */
  async login({ host, username, password }: RegistryLogin): Promise<void> {
    const args = ['login', '--username', username, '--password-stdin', host];
    this.#expect('login', await this.#doors.docker.run({ args, stdin: password, env: this.#env }, this.#signal));
  }

  /** What builds here; everything after it uses that. */
  async builder(wantsCache: boolean): Promise<Builder> {
    const builder = await probeBuilder((args) => this.#ask(args), wantsCache);
    if (builder.kind === 'engine' && !this.#doors.runner.env.DOCKER_BUILDKIT) {
      this.#env = { ...this.#env, DOCKER_BUILDKIT: '1' };
    }
    return builder;
  }

  /** Answers the digest that the push reported, if it did. */
  async buildAndPush(build: BuildPlan, builder: Builder, relogin: () => Promise<void>): Promise<string | undefined> {
    if (builder.kind === 'buildx') {
      const metadata = join(this.#config.directory, 'metadata.json');
      const args = buildxArgs(build, metadata);
      this.#expect('build', await this.#persist('Build and push the image (buildx)', args, relogin));
      return digestIn((await this.#doors.files.read(metadata)) ?? '');
    }
    const idFile = join(this.#config.directory, 'image-id');
    this.#expect('build', await this.#persist('Build the image', buildArgs(build, idFile), relogin));
    const id = (await this.#doors.files.read(idFile))?.trim();
    for (let attempt = 0; attempt < MOST_PUSHES; attempt++) {
      // Another build on this machine may have taken the name since: the image is given it once more.
      if (attempt > 0) await this.#ask(['tag', id ?? '', build.reference]);
      const pushed = await this.#persist(`Push ${build.reference}`, ['push', build.reference], relogin);
      this.#expect('push', pushed);
      const digest = digestIn(pushed.tail.join('\n'));
      if (!id || digest === undefined || (await this.#isDigestOf(id, digest))) return digest;
    }
    throw nameTaken(build.reference);
  }

  /** The engine notes at an image under which digests it was pushed. */
  async #isDigestOf(id: string, digest: string): Promise<boolean> {
    const { stdout } = await this.#ask(['image', 'inspect', '--format', '{{json .RepoDigests}}', id]);
    return stdout.includes(`@${digest}"`);
  }

  #ask(args: readonly string[]): Promise<ProcessResult> {
    return this.#doors.docker.run({ args, env: this.#env }, this.#signal);
  }

  /** A push that was cut goes on where it was: layers that have arrived stay, and no tag exists before the last of them. */
  async #persist(title: string, args: readonly string[], relogin: () => Promise<void>): Promise<ProcessResult> {
    const { clock, runner, secrets } = this.#doors;
    let result = await this.#fold(title, args);
    for (const pause of RETRY_PAUSES) {
      const retry = this.#signal.aborted ? undefined : retryOf(result);
      if (retry === undefined) return result;
      runner.print(clean(`${title}: ${retry.why}; once more in ${pause} s.`, secrets));
      await clock.sleep(pause, this.#signal);
      if (retry.login) await relogin();
      result = await this.#fold(title, args);
    }
    return result;
  }

  async #fold(title: string, args: readonly string[]): Promise<ProcessResult> {
    const { runner, secrets, docker } = this.#doors;
    runner.group(clean(title, secrets));
    try {
      const withoutKeys = makeKeyFilter();
      const onLine = (line: string) =>
        withoutKeys('docker', [line]).forEach((shown) => {
          runner.print(clean(`│ ${shown}`, secrets));
        });
      return await docker.run({ args, env: this.#env, onLine }, this.#signal);
    } finally {
      runner.endGroup();
    }
  }

  #expect(what: 'build' | 'push' | 'login', result: ProcessResult): void {
    if (this.#signal.aborted)
      throw new Failure('CANCELLED', 'The run was cancelled while the image was made.', 'Run the job again.');
    if (result.exitCode !== 0) throw dockerFailure(what, result);
  }
}

function nameTaken(reference: string): Failure {
  return new Failure(
    'IMAGE_PUSH_FAILED',
    `Another build on this machine gave its image the name ${reference} each time before it was pushed.`,
    'Give trainings that share an engine and a `repository` different `image-tags`, or a `repository` each.',
  );
}

/** The digest in buildx's metadata file, or in the last line of `docker push`. */
function digestIn(text: string): string | undefined {
  return (
    /"containerimage\.digest": ?"(sha256:[0-9a-f]{64})"/.exec(text)?.[1] ??
    /digest: (sha256:[0-9a-f]{64}) size: \d+/.exec(text)?.[1]
  );
}
