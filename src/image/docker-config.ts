/** A throw-away DOCKER_CONFIG: the registry password is written there, never into the user's own, and goes with it. */
import { join } from 'node:path';
import type { Files, Runner } from '../ports.ts';
import { ownConfigDirectory } from './own-logins.ts';

export interface DockerConfig {
  readonly directory: string;
  /** For every docker command of this run. */
  readonly env: Readonly<Record<string, string>>;
}

interface Doors {
  readonly files: Pick<Files, 'read' | 'exists' | 'temporaryDirectory' | 'write' | 'link' | 'remove'>;
  readonly runner: Pick<Runner, 'env' | 'save'>;
}

/** The post step removes the directory of this state name, should this process be killed. */
export const DOCKER_CONFIG_STATE = 'docker-config';

/** Runs `use` with a configuration for logins to `hosts` that ends with it, on every path. */
export async function withDockerConfig<T>(
  hosts: readonly string[],
  { files, runner }: Doors,
  use: (config: DockerConfig) => Promise<T>,
): Promise<T> {
  const directory = await files.temporaryDirectory('train-docker-');
  runner.save(DOCKER_CONFIG_STATE, directory);
  try {
    const own = ownConfigDirectory(runner.env);
    const config = derivedConfig(await files.read(join(own, 'config.json')), own, hosts);
    await files.write(join(directory, 'config.json'), config);
    const contexts = join(own, 'contexts');
    if (await files.exists(contexts)) await files.link(contexts, join(directory, 'contexts'));
    // Builders made by docker/setup-buildx-action live in the user's configuration.
    const buildx = runner.env.BUILDX_CONFIG || join(own, 'buildx');
    return await use({
      directory,
      env: { DOCKER_CONFIG: directory, BUILDX_CONFIG: buildx, BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
    });
  } finally {
    await files.remove(directory);
    runner.save(DOCKER_CONFIG_STATE, '');
  }
}

/**
 * The user's own logins and helpers stay usable (`FROM` a private registry). A credential store is left out, or our login
 * would be written into it for good; so are the helpers of the hosts we log in to, which would be asked in place of our login (that
 * of ECR cannot even store one). Plug-ins are found where they are.
 */
function derivedConfig(text: string | undefined, own: string, hosts: readonly string[]): string {
  const { credsStore: _store, credHelpers, cliPluginsExtraDirs, ...config } = parse(text);
  const helpers = Object.fromEntries(Object.entries(asRecord(credHelpers)).filter(([host]) => !hosts.includes(host)));
  const directories = Array.isArray(cliPluginsExtraDirs) ? cliPluginsExtraDirs : [];
  return JSON.stringify({
    ...config,
    ...(Object.keys(helpers).length > 0 && { credHelpers: helpers }),
    cliPluginsExtraDirs: [...directories, join(own, 'cli-plugins')],
  });
}

function parse(text: string | undefined): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(text ?? '{}'));
  } catch {
    // Docker itself refuses a broken configuration with a better message than ours.
    return {};
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? { ...value } : {};
}
