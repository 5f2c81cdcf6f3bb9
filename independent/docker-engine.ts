/** The Docker engine of this machine, reached by Debian's client, and the base image that the parts share. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, type Suite } from './suite.ts';

const DOCKER = '/usr/bin/docker';
/** Holds a `docker` that gives builds the machine's network; the engine here has no bridge. */
export const WRAPPER = join(ROOT, 'independent/docker');
export const BASE = 'train-on-sagemaker/python-base';
const REMEDY =
  'no Docker engine answers. As root on Debian: apt-get install docker.io docker-registry debootstrap openssl; dockerd --bridge=none --iptables=false & (.ci/run does this; DOCKER_HOST may name the engine)';

export const docker = (...words: string[]) =>
  execFileSync(DOCKER, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The base image is made once. Throws with the remedy when no engine answers. */
export async function demandBaseImage(suite: Suite): Promise<void> {
  try {
    docker('info');
  } catch {
    throw new Error(REMEDY);
  }
  if (docker('images', '--quiet', BASE) !== '') return;
  await suite.check('docker: a Python base image is made from Debian packages', () => {
    execFileSync(join(WRAPPER, 'base-image.sh'), [BASE], { stdio: ['ignore', 'ignore', 'inherit'] });
    if (!/^Python 3\./.test(docker('run', '--rm', '--network', 'host', BASE, 'python3', '--version')))
      throw new Error('the base image has no Python');
  });
}
