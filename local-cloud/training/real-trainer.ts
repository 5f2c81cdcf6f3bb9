import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { uploadModel, uploadOutput } from './artifacts.ts';
import { downloadChannels } from './channels.ts';
import { CheckpointSync } from './checkpoint-sync.ts';
import { type Context, lineWriter } from './context.ts';
import { dockerCli } from './docker-cli.ts';
import { DockerEngine } from './docker-engine.ts';
import { findImage, parseForeign, parseImage, type ResolvedImage } from './image.ts';
import type { InterruptionWatch } from './interruption.ts';
import { mountVolume, unmountVolume } from './machine.ts';
import { checkpointPath, fillConfig, hostPath, type MlDirectory } from './ml-directory.ts';
import type { ContainerEnd, ContainerEngine, ContainerNode } from './node.ts';
import { OutputLines } from './output-lines.ts';
import { privateMl } from './private-ml.ts';
import { ProcessEngine } from './process-engine.ts';
import { JobFailure, type RunEnd, type Trainer, type TrainingRun } from './run.ts';
import { sampleUsage } from './sampler.ts';

/** Really runs the job's image: with Docker where an engine answers, else as processes of this machine. */
export class RealTrainer implements Trainer {
  readonly #home: string;
  #engine: ContainerEngine | undefined;
  #directories: MlDirectory[] = [];
  /** Mounted for this job. */
  readonly #volumes: string[] = [];
  #starts = 0;

  constructor({ cloud, job }: Context) {
    this.#home = join(cloud.stateDir, 'jobs', job.name);
  }

  async prepare(context: Context): Promise<void> {
    const { job, hosts } = context;
    this.#starts += 1;
    const start = join(this.#home, String(this.#starts));
    this.#directories = hosts.map((host) => ({ host, path: join(start, host.name, 'ml') }));
    for (const { path } of this.#directories) await this.#makeVolume(path, context.plan.script.machine?.volumeMiB);
    const engine = await this.#chooseEngine(context);
    await engine.prepare(context, await demandImage(context), this.#directories);
    for (const [index, directory] of this.#directories.entries()) {
      await fillConfig(directory, job.request, engine.base(directory));
      await downloadChannels(context, index, join(directory.path, 'input', 'data'));
    }
  }

  async start(context: Context, watch: InterruptionWatch): Promise<TrainingRun> {
    const engine = await this.#chooseEngine(context);
    const over = new AbortController();
    const syncs: CheckpointSync[] = [];
    const nodes: ContainerNode[] = [];
    try {
      for (const directory of this.#directories) {
        const sync = await startSync(context, directory, watch);
        if (sync) syncs.push(sync);
        const node = await launch(context, engine, directory, watch);
        nodes.push(node);
        void sampleUsage(context, directory.host, node, over.signal);
      }
    } catch (error) {
      over.abort();
      for (const node of nodes) node.kill('SIGKILL');
      await Promise.all([...nodes.map((node) => node.exited), ...syncs.map((sync) => sync.stop(false))]);
      throw error;
    }
    return {
      ended: this.#untilAllEnd(nodes).finally(() => over.abort()),
      signal: (signal) => {
        for (const node of nodes) node.kill(signal);
      },
      async settle(flush) {
        for (const sync of syncs) await sync.stop(flush);
      },
    };
  }

  async upload({ cloud, job }: Context, succeeded: boolean): Promise<void> {
    const below = (name: string) => this.#directories.map(({ path }) => join(path, name));
    if (succeeded) await uploadModel(cloud, job.request, below('model'));
    await uploadOutput(cloud, job.request, below('output/data'));
  }

  async close(): Promise<void> {
    await this.#engine?.close();
    for (const path of this.#volumes) await unmountVolume(path);
    await rm(this.#home, { recursive: true, force: true });
  }

  async #makeVolume(path: string, mebibytes: number | undefined): Promise<void> {
    await mkdir(path, { recursive: true });
    if (mebibytes === undefined) return;
    await mountVolume(path, mebibytes);
    this.#volumes.push(path);
  }

  /** A host that fails takes the others with it, as there is no training with a part of the hosts. */
  async #untilAllEnd(nodes: readonly ContainerNode[]): Promise<RunEnd> {
    let failed: { readonly end: ContainerEnd; readonly directory: MlDirectory | undefined } | undefined;
    const exits = nodes.map(async (node, index) => {
      const end = await node.exited;
      if (end.code === 0 || failed !== undefined) return;
      failed = { end, directory: this.#directories[index] };
      for (const other of nodes) if (other !== node) other.kill('SIGKILL');
    });
    await Promise.all(exits);
    if (failed === undefined) return { exitCode: 0 };
    const file = failed.directory && join(failed.directory.path, 'output', 'failure');
    const failure = file && (await readFile(file, 'utf8').catch(() => undefined));
    const { code, outOfMemory } = failed.end;
    return { exitCode: code, outOfMemory, ...(failure === undefined ? {} : { failure }) };
  }

  async #chooseEngine({ cloud, job }: Context): Promise<ContainerEngine> {
    if (this.#engine) return this.#engine;
    const docker = await cloud.shared(dockerCli);
    this.#engine = docker ? new DockerEngine(docker) : new ProcessEngine(await cloud.shared(privateMl));
    job.localMode = this.#engine.mode;
    process.stderr.write(`local cloud: ${job.name} runs in ${EXPLANATIONS[this.#engine.mode]}\n`);
    return this.#engine;
  }
}

const EXPLANATIONS = {
  scripted: 'script mode',
  docker: 'Docker',
  process: 'process mode: no Docker engine answers; its /opt/ml is a private mount',
  'process-sm-paths':
    'process mode: no Docker engine answers, and this machine allows no private /opt/ml, so only the SM_* variables lead to its directories',
} as const;

async function demandImage({ cloud, job }: Context): Promise<ResolvedImage> {
  const uri = job.request.AlgorithmSpecification.TrainingImage ?? '';
  const reference = parseImage(cloud, uri) ?? parseForeign(cloud, uri);
  const image = reference && (await findImage(cloud, reference));
  if (image === undefined) {
    throw new JobFailure(
      'ClientError: Cannot pull algorithm container. Either the image does not exist or its permissions are incorrect.',
    );
  }
  return image;
}

async function startSync(
  { cloud, job }: Context,
  directory: MlDirectory,
  watch: InterruptionWatch,
): Promise<CheckpointSync | undefined> {
  const { CheckpointConfig } = job.request;
  if (CheckpointConfig === undefined) return undefined;
  const place = hostPath(directory, checkpointPath(job.request));
  const sync = new CheckpointSync(cloud, place, CheckpointConfig.S3Uri, (key) => watch.sawCheckpoint(key));
  await sync.restore();
  sync.start();
  return sync;
}

async function launch(
  context: Context,
  engine: ContainerEngine,
  directory: MlDirectory,
  watch: InterruptionWatch,
): Promise<ContainerNode> {
  const write = lineWriter(context, directory.host, watch);
  const lines = { stdout: new OutputLines(write), stderr: new OutputLines(write) };
  const node = await engine.launch(context, { directory, output: (stream, chunk) => lines[stream].push(chunk) });
  const exited = node.exited.finally(() => {
    lines.stdout.end();
    lines.stderr.end();
  });
  return { ...node, exited };
}
