import { environmentOf } from './environment.ts';
import type { Services } from './operation.ts';
import { startRegistry } from './registry/server.ts';
import { attachRegistry } from './registry/state.ts';
import type { Script } from './script.ts';
import { checkScript } from './script-book.ts';
import { startServer } from './server.ts';
import { services } from './services.ts';
import { type Cloud, type CloudOptions, createCloud } from './state.ts';

export interface LocalCloudOptions extends Omit<CloudOptions, 'script'> {
  /** 0, the default, picks a free one. */
  readonly port?: number;
  readonly registryPort?: number;
  /** Another registry to stand behind ECR's API; then none is started here. */
  readonly registryUrl?: string;
  /** Checked against the schema. */
  readonly script?: unknown;
}

/** What the one line on stdout says, and the cloud itself for use in process. */
export interface LocalCloud {
  readonly url: string;
  readonly registry: string;
  readonly githubApi: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cloud: Cloud;
  close(): Promise<void>;
}

/** Starts a cloud on the loopback address. Throws `ScriptError` for a wrong script and the system's error for a taken port. */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const { port = 0, registryPort = 0, registryUrl, script: raw, ...rest } = options;
  const script: Script = raw === undefined ? {} : checkScript(raw);
  const cloud = createCloud({ ...rest, script, ...(registryUrl === undefined ? {} : { registryUrl }) });
  try {
    const handlers: Services = Object.fromEntries(
      Object.entries(services).map(([name, create]) => [name, create(cloud)]),
    );
    const server = await startServer(cloud, handlers, port);
    cloud.onClose(() => server.close());
    cloud.urls.url = `http://127.0.0.1:${server.port}`;
    await openRegistry(cloud, registryPort, registryUrl);
    cloud.begin();
  } catch (error) {
    await cloud.close();
    throw error;
  }
  const env = environmentOf(cloud);
  return {
    url: cloud.urls.url,
    registry: cloud.urls.registry,
    githubApi: env.GITHUB_API_URL ?? '',
    env,
    cloud,
    close: () => cloud.close(),
  };
}

async function openRegistry(cloud: Cloud, port: number, url: string | undefined): Promise<void> {
  if (url === undefined) await startRegistry(cloud, port);
  else attachRegistry(cloud, url);
}
