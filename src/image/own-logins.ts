/** The logins that the user's own Docker configuration holds in plain form. */
import { join } from 'node:path';
import type { Files, RegistryLogin, Runner } from '../ports.ts';

export type OwnLogins = ReadonlyMap<string, RegistryLogin>;

type Env = Runner['env'];

/** Where docker looks for its configuration. */
export function ownConfigDirectory(env: Env): string {
  return env.DOCKER_CONFIG || join(env.HOME || '/root', '.docker');
}

/** Host → login. What a credential helper or store keeps is not among them. */
export async function ownLogins(env: Env, files: Pick<Files, 'read'>): Promise<OwnLogins> {
  const text = await files.read(join(ownConfigDirectory(env), 'config.json'));
  return new Map(Object.entries(auths(text)).flatMap(([key, value]) => entry(key, Object(value).auth)));
}

function auths(text: string | undefined): Record<string, unknown> {
  try {
    return Object(Object(JSON.parse(text ?? '{}')).auths);
  } catch {
    return {};
  }
}

/** Docker Hub's login stands under the address of its first API. */
function entry(key: string, auth: unknown): [string, RegistryLogin][] {
  if (typeof auth !== 'string') return [];
  const host = key.includes('index.docker.io') ? 'docker.io' : key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const [, username, password] = /^([^:]+):(.+)$/s.exec(Buffer.from(auth, 'base64').toString('utf8')) ?? [];
  return username === undefined || password === undefined ? [] : [[host, { host, username, password }]];
}
