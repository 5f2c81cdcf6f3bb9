import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { registryState } from '../registry/state.ts';
import type { Cloud } from '../state.ts';

const run = promisify(execFile);

/** Docker's client: the one on PATH, or Debian's by its path where another program stands before it. */
const CLIENTS = ['docker', '/usr/bin/docker'];

/** Milliseconds a client may take to say whether an engine answers. */
const PATIENCE = 10_000;

/** Docker with an engine that answers, logged in to this cloud's registry through a configuration of its own. */
export interface DockerCli {
  /** Rejects with an Error that holds what the client wrote to standard error. */
  run(...words: string[]): Promise<string>;
  spawn(...words: string[]): ChildProcess;
  /** Pulls an image, with a fresh login each time: on a fast clock a login of twelve hours is soon over. */
  pull(image: string): Promise<void>;
  /** Whether the engine has the usual bridge network; without it containers share the machine's. */
  readonly hasBridge: boolean;
}

/** Undefined when no client finds an engine. Use it as `cloud.shared(dockerCli)`: the question is asked once. */
export async function dockerCli(cloud: Cloud): Promise<DockerCli | undefined> {
  for (const client of CLIENTS) {
    const answer = await run(client, ['info', '--format', '{{.ServerVersion}}'], { timeout: PATIENCE }).catch(
      () => undefined,
    );
    if (!/^\d/.test(answer?.stdout ?? '')) continue;
    const directory = join(cloud.stateDir, 'docker');
    const env = { ...process.env, DOCKER_CONFIG: directory };
    const networks = await run(client, ['network', 'ls', '--format', '{{.Name}}'], { env });
    const cli: DockerCli = {
      hasBridge: networks.stdout.split('\n').includes('bridge'),
      async pull(image) {
        await writeLogin(cloud, directory);
        await cli.run('pull', '--quiet', image);
      },
      async run(...words) {
        const { stdout } = await run(client, words, { env, maxBuffer: 64 * 2 ** 20 }).catch(
          (error: { stderr?: string }) => {
            throw new Error((error.stderr || String(error)).trim());
          },
        );
        return stdout.trim();
      },
      spawn: (...words) => spawn(client, words, { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    };
    return cli;
  }
  return undefined;
}

/** A login for this cloud's registry that leaves the user's own configuration alone. */
async function writeLogin(cloud: Cloud, directory: string): Promise<void> {
  const auth = Buffer.from(`AWS:${cloud.shared(registryState).tokens.issue(cloud.region).password}`).toString('base64');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const config = JSON.stringify({ auths: { [cloud.urls.registry]: { auth } } });
  await writeFile(join(directory, 'config.json'), config, { mode: 0o600 });
}
