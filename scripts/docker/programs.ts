/** Debian's Docker programs, by their paths: another `docker` may stand on the PATH. */
import { existsSync } from 'node:fs';

export const DOCKER = '/usr/bin/docker';
export const DOCKERD = '/usr/sbin/dockerd';
export const REGISTRY = '/usr/bin/docker-registry';

/** What is missing for an engine and a registry of our own, with the remedy; `undefined` when nothing is. */
export function missingDocker(): string | undefined {
  const missing = [DOCKER, DOCKERD, REGISTRY].filter((path) => !existsSync(path));
  if (missing.length > 0) {
    return `${missing.join(', ')} missing: as root on Debian, apt-get install docker.io docker-registry`;
  }
  return process.getuid?.() === 0 ? undefined : 'a Docker engine of its own needs root';
}
