/**
 * The whole way of an image with parts that were not written here: Docker's engines and Debian's docker-registry, the
 * latter behind ECR's API and logins. One engine builds, as fresh as a hosted runner's; another one trains.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registryState } from '../../local-cloud/registry/state.ts';
import type { LocalCloud } from '../../local-cloud/start.ts';
import { githubEnv, inputsFor, openCloud, pullRequestEvent } from '../../scripts/demo/stage.ts';
import { makeWorkspace, type Workspace } from '../../scripts/demo/workspace.ts';
import { type Engine, type LocalHosts, startEngine } from '../../scripts/docker/engine.ts';
import { type DockerRegistry, startDockerRegistry } from '../../scripts/docker/registry.ts';
import { type ActionResult, runAction, type Step } from '../../scripts/runner/step.ts';
import { ROOT } from '../suite.ts';
import { type FrontDoor, openFrontDoor } from './front-door.ts';
import { SecretWatch } from './secret-watch.ts';

export interface RingSetting {
  /** Sections of the local cloud's script. */
  readonly script: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** Registry hosts that the builder is to find elsewhere. */
  readonly hosts?: LocalHosts;
  /** Where buildx is, for the user's own Docker; without it there is none. */
  readonly buildx?: string | undefined;
}

export interface Ring extends AsyncDisposable {
  readonly local: LocalCloud;
  readonly registry: DockerRegistry;
  /** Before the own account's registry. */
  readonly door: FrontDoor;
  readonly builder: Engine;
  readonly workspace: Workspace;
  readonly watch: SecretWatch;
  /** HOME and RUNNER_TEMP of the runs, and what else may keep something of them. */
  readonly traces: readonly string[];
  run(over?: Partial<Pick<Step, 'inputs' | 'env' | 'onStart' | 'onOutput'>>): Promise<ActionResult>;
}

/** So many seconds of the action pass in one of the machine's. */
const TIME_SCALE = 20;

export async function openRing({ script, inputs, hosts, buildx }: RingSetting): Promise<Ring> {
  const scratch = mkdtempSync(join(tmpdir(), 'ring-'));
  const stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(scratch, { recursive: true, force: true }));
  try {
    const registry = stack.use(await startDockerRegistry());
    const workspace = makeWorkspace(join(scratch, 'checkout'), join(ROOT, 'examples/forecast'));
    const local = await openCloud({ script }, workspace, `http://${registry.host}`);
    stack.defer(() => local.close());
    const { tokens } = local.cloud.shared(registryState);
    const watch = stack.use(new SecretWatch(tokens));
    const door = stack.use(await openFrontDoor({ registry: registry.host, tokens, region: 'us-east-1' }));
    local.cloud.urls.registry = door.host;
    const builder = stack.use(await startEngine(hosts));
    const [home, temp] = [join(scratch, 'home'), join(scratch, 'temp')];
    const plugins = join(home, '.docker/cli-plugins');
    for (const folder of [plugins, temp]) mkdirSync(folder, { recursive: true });
    if (buildx !== undefined) symlinkSync(buildx, join(plugins, 'docker-buildx'));
    const step: Step = {
      inputs: { ...inputsFor({ inputs }, undefined, undefined) },
      event: { name: 'pull_request', payload: pullRequestEvent(workspace) },
      env: { ...local.env, ...githubEnv(workspace), ...builderEnv(builder, home) },
      workspace: workspace.directory,
      temp,
      clock: { scale: TIME_SCALE, originMs: Number(local.env.LOCAL_CLOUD_EPOCH_MS) },
    };
    const disposal = stack.move();
    return {
      ...{ local, registry, door, builder, workspace, watch },
      traces: [home, temp, workspace.directory, builder.logFile],
      run: ({ inputs, env, ...rest } = {}) =>
        runAction({ ...step, ...rest, inputs: { ...step.inputs, ...inputs }, env: { ...step.env, ...env } }),
      [Symbol.asyncDispose]: () => disposal.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** The wrapper gives builds the machine's network: the engine has no bridge. */
function builderEnv({ host }: Engine, home: string): Record<string, string> {
  return { DOCKER_HOST: host, HOME: home, PATH: `${join(ROOT, 'independent/docker')}:/usr/bin:/bin:/usr/sbin:/sbin` };
}

/** Sends an image of this machine's engine to a registry that asks for no login. */
export function send(image: string, reference: string): void {
  const docker = (...words: string[]) =>
    execFileSync('/usr/bin/docker', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  docker('tag', image, reference);
  docker('push', '--quiet', reference);
  docker('rmi', reference);
}
