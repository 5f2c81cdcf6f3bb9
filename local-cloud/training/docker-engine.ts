import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Context } from './context.ts';
import type { DockerCli } from './docker-cli.ts';
import type { ResolvedImage } from './image.ts';
import type { LocalMode } from './job.ts';
import { memoryOf } from './machine.ts';
import { checkpointPath, hostPath, type MlDirectory, OPT_ML } from './ml-directory.ts';
import { type ContainerEnd, type ContainerEngine, type ContainerNode, jobEnvironment, type Launch } from './node.ts';
import { JobFailure } from './run.ts';

/** Runs each host's container with Docker, as SageMaker's hosts do. */
export class DockerEngine implements ContainerEngine {
  readonly mode: LocalMode = 'docker';
  readonly #docker: DockerCli;
  readonly #containers: string[] = [];
  #network: string | undefined;
  #image = '';

  constructor(docker: DockerCli) {
    this.#docker = docker;
  }

  base(): string {
    return OPT_ML;
  }

  async prepare({ cloud, hosts }: Context, image: ResolvedImage): Promise<void> {
    this.#image = `${cloud.urls.registry}/${image.repository}@${image.digest}`;
    await this.#docker.pull(this.#image).catch((error: Error) => {
      throw new JobFailure(`ClientError: API error (404): ${error.message}`);
    });
    if (this.#docker.hasBridge && hosts.length > 1 && this.#network === undefined) {
      this.#network = await this.#docker.run('network', 'create', `training-${randomUUID()}`);
    }
  }

  async launch(context: Context, launch: Launch): Promise<ContainerNode> {
    const docker = this.#docker;
    const id = await docker.run('create', ...this.#words(context, launch.directory));
    this.#containers.push(id);
    await docker.run('start', id).catch((error: Error) => {
      const text = error.message.replace(/^Error response from daemon: /, '').split('\n')[0];
      throw new JobFailure(`ClientError: Artifact upload failed:API error (400): ${text}`);
    });
    return {
      exited: this.#follow(id, launch),
      kill: (signal) => void docker.run('kill', '--signal', signal, id).catch(() => undefined),
      pid: async () =>
        Number(await docker.run('inspect', '--format', '{{.State.Pid}}', id).catch(() => 0)) || undefined,
    };
  }

  async close(): Promise<void> {
    for (const id of this.#containers.splice(0))
      await this.#docker.run('rm', '--force', '--volumes', id).catch(() => undefined);
    if (this.#network !== undefined) await this.#docker.run('network', 'rm', this.#network).catch(() => undefined);
    this.#network = undefined;
  }

  /** Reads the log to its end, which comes with the container's, then asks how it ended. */
  async #follow(id: string, { output }: Launch): Promise<ContainerEnd> {
    const logs = this.#docker.spawn('logs', '--follow', id);
    for (const stream of ['stdout', 'stderr'] as const) {
      (logs[stream] as Readable).on('data', (chunk: Buffer) => output(stream, chunk));
    }
    const read = once(logs, 'close');
    const code = Number(await this.#docker.run('wait', id).catch(() => 137));
    await read;
    const oom = await this.#docker.run('inspect', '--format', '{{.State.OOMKilled}}', id).catch(() => '');
    return { code, outOfMemory: oom === 'true' };
  }

  #words(context: Context, directory: MlDirectory): string[] {
    const { ContainerEntrypoint, ContainerArguments } = context.job.request.AlgorithmSpecification;
    const [entrypoint, ...rest] = ContainerEntrypoint ?? [];
    const plain = ContainerEntrypoint === undefined ? ['train'] : [];
    return [
      ...this.#networkWords(context, directory),
      ...memoryWords(memoryOf(context.plan, directory.host)),
      ...mounts(context, directory).flatMap(([from, to]) => ['--volume', `${from}:${to}`]),
      ...Object.entries(jobEnvironment(context)).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ...(entrypoint === undefined ? [] : ['--entrypoint', entrypoint]),
      this.#image,
      ...rest,
      ...(ContainerArguments ?? plain),
    ];
  }

  /** Hosts find each other by name: on a network of the job's own, or, sharing the machine's, by a loopback address each. */
  #networkWords({ hosts, job }: Context, { host }: MlDirectory): string[] {
    const name = ['--hostname', host.name];
    if (job.request.EnableNetworkIsolation && hosts.length === 1) return [...name, '--network', 'none'];
    if (this.#network !== undefined) return [...name, '--network', this.#network, '--network-alias', host.name];
    if (this.#docker.hasBridge) return name;
    const peers = hosts.flatMap((peer, index) => ['--add-host', `${peer.name}:127.0.1.${index + 1}`]);
    return ['--network', 'host', ...name, ...peers];
  }
}

/** Without swap, which training instances have none of. */
function memoryWords(bytes: number): string[] {
  return ['--memory', String(bytes), '--memory-swap', String(bytes)];
}

/** The image's own `/opt/ml/code` stays visible between the mounts. */
function mounts({ job }: Context, directory: MlDirectory): [string, string][] {
  const inside = ['input', 'model', 'output'].map((name) => `${OPT_ML}/${name}`);
  const checkpoints = job.request.CheckpointConfig ? [checkpointPath(job.request)] : [];
  return [...inside, ...checkpoints].map((path) => [hostPath(directory, path), path]);
}
