/** Builds the image with Docker and pushes it to ECR. */
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import { canonicalJson, sha256 } from '../plan/hash.ts';
import { repositoryName } from '../plan/names.ts';
import type { Plan } from '../plan/plan.ts';
import type { Docker, Files, ProcessResult, Registry, Runner, Secrets } from '../ports.ts';
import { type BuildPlan, buildArgs, buildxArgs } from './docker-args.ts';
import { type DockerConfig, withDockerConfig } from './docker-config.ts';
import { dockerFailure } from './docker-failure.ts';
import type { Image } from './ensure.ts';

export interface BuildDoors {
  readonly registry: Registry;
  readonly docker: Docker;
  readonly files: Files;
  readonly runner: Pick<Runner, 'env' | 'save' | 'group' | 'endGroup' | 'print'>;
  readonly secrets: Secrets;
}

const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

export async function buildAndPush(plan: Plan, doors: BuildDoors, signal: AbortSignal): Promise<Image> {
  const repository = plan.inputs.image.repository ?? repositoryName(plan.subject.repository, plan.name);
  const repositoryUri =
    (await doors.registry.repositoryUri(repository)) ??
    (await doors.registry.createRepository(repository, repositoryTags(plan)));
  const references = tagsOf(plan).map((tag) => `${repositoryUri}:${tag}`);
  const login = await doors.registry.login();
  const digest = await withDockerConfig(login.host, doors, async (config) => {
    const docker = new FoldedDocker(doors, config, signal);
    await docker.login(login);
    return docker.buildAndPush({
      image: plan.inputs.image,
      references,
      secretFiles: await secretFiles(plan, config, doors),
    });
  });
  return pinned({ plan, repository, repositoryUri, digest }, doors.registry);
}

/** The commit tag, and `latest` on the default branch, unless the user named others. */
function tagsOf({ inputs, subject }: Plan): readonly string[] {
  if (inputs.image.tags.length > 0) return inputs.image.tags;
  const isDefault = subject.pullRequest === undefined && subject.branch === subject.defaultBranch;
  return isDefault ? [subject.sha, 'latest'] : [subject.sha];
}

function repositoryTags(plan: Plan) {
  return [
    { Key: 'train-repository', Value: plan.subject.repository },
    { Key: 'train-name', Value: plan.name },
  ];
}

async function secretFiles(plan: Plan, config: DockerConfig, { files }: BuildDoors): Promise<Record<string, string>> {
  const paths: Record<string, string> = {};
  for (const [index, [id, value]] of Object.entries(plan.inputs.image.buildSecrets).entries()) {
    const path = join(config.directory, `secret-${index}`);
    await files.write(path, value);
    paths[id] = path;
  }
  return paths;
}

interface Pushed {
  readonly plan: Plan;
  readonly repository: string;
  readonly repositoryUri: string;
  readonly digest: string | undefined;
}

/** ECR's word on what was pushed: its digest, and the manifest type that decides whether it can be deployed. */
async function pinned({ plan, repository, repositoryUri, digest }: Pushed, registry: Registry): Promise<Image> {
  const found = await registry.image(repository, digest === undefined ? { tag: tagsOf(plan)[0] ?? '' } : { digest });
  if (!found) {
    throw new Failure(
      'IMAGE_PUSH_FAILED',
      `The push ended well, but Amazon ECR shows no such image in ${repository}.`,
      'Run the job again.',
    );
  }
  const notes =
    found.mediaType === undefined || found.mediaType === DOCKER_MANIFEST
      ? []
      : [
          `The image was pushed as ${found.mediaType}: training takes it, but SageMaker endpoints (CreateModel) accept only Docker's own manifest type. Use docker/setup-buildx-action before this step to get that.`,
        ];
  return { uri: `${repositoryUri}@${found.digest}`, fingerprint: buildFingerprint(plan), source: 'built', notes };
}

/** A rebuild of the same tree has another digest, so the build is identified by what decides it. */
function buildFingerprint({ inputs, trained }: Plan): string {
  const { context, dockerfile, target, buildArgs: args, platform } = inputs.image;
  return sha256(canonicalJson({ tree: trained.sha, context, dockerfile, target: target ?? null, args, platform }));
}

/** Docker whose output is folded into one group a command. */
class FoldedDocker {
  readonly #doors: BuildDoors;
  readonly #config: DockerConfig;
  readonly #signal: AbortSignal;

  constructor(doors: BuildDoors, config: DockerConfig, signal: AbortSignal) {
    this.#doors = doors;
    this.#config = config;
    this.#signal = signal;
  }

  /** The password goes in by stdin: an argument would be readable in the process list. */
  async login({ host, username, password }: { host: string; username: string; password: string }): Promise<void> {
    const args = ['login', '--username', username, '--password-stdin', host];
    const result = await this.#doors.docker.run({ args, stdin: password, env: this.#config.env }, this.#signal);
    this.#expect('login', result);
  }

  /** Answers the digest that the push reported, if it did. */
  async buildAndPush(build: BuildPlan): Promise<string | undefined> {
    if (await this.#hasBuildx()) {
      const metadata = join(this.#config.directory, 'metadata.json');
      this.#expect('build', await this.#fold('Build and push the image (buildx)', buildxArgs(build, metadata)));
      return digestIn((await this.#doors.files.read(metadata)) ?? '');
    }
    this.#expect('build', await this.#fold('Build the image', buildArgs(build)));
    let digest: string | undefined;
    for (const reference of build.references) {
      const result = await this.#fold(`Push ${reference}`, ['push', reference]);
      this.#expect('push', result);
      digest = digestIn(result.tail.join('\n')) ?? digest;
    }
    return digest;
  }

  async #hasBuildx(): Promise<boolean> {
    const result = await this.#doors.docker.run({ args: ['buildx', 'version'], env: this.#config.env }, this.#signal);
    return result.exitCode === 0;
  }

  async #fold(title: string, args: readonly string[]): Promise<ProcessResult> {
    const { runner, secrets, docker } = this.#doors;
    runner.group(clean(title, secrets));
    try {
      const onLine = (line: string) => runner.print(clean(`│ ${line}`, secrets));
      return await docker.run({ args, env: this.#config.env, onLine }, this.#signal);
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

/** The digest in buildx's metadata file, or in the last line of `docker push`. */
function digestIn(text: string): string | undefined {
  return (
    /"containerimage\.digest": ?"(sha256:[0-9a-f]{64})"/.exec(text)?.[1] ??
    /digest: (sha256:[0-9a-f]{64}) size: \d+/.exec(text)?.[1]
  );
}
