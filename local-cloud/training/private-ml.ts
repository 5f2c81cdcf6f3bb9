import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Cloud } from '../state.ts';

const run = promisify(execFile);

/**
 * Runs inside a mount namespace of its own: shows `$1` as /opt/ml, then becomes the rest of its arguments. Where the
 * machine has no /opt/ml to mount on, /opt becomes a small file system that shows everything it held before.
 */
const ENTER = `
set -e
ml=$1; shift
if [ ! -d /opt/ml ]; then
  old="$ml.opt"
  mkdir -p "$old"
  mount --rbind /opt "$old"
  mount -t tmpfs tmpfs /opt
  for each in "$old"/*; do
    name=\${each##*/}
    if [ -L "$each" ] || [ -f "$each" ]; then cp -a "$each" "/opt/$name"
    elif [ -d "$each" ]; then mkdir "/opt/$name"; mount --rbind "$each" "/opt/$name"
    fi
  done
  mkdir /opt/ml
fi
mount --bind "$ml" /opt/ml
exec "$@"
`;

/** Words to put before a command so that it sees the directory `ml` as its /opt/ml; the process id stays the same. */
export type PrivateMl = (ml: string) => readonly string[];

/** As root a mount namespace is enough; others need a user namespace, which some kernels refuse. */
const WAYS: readonly (readonly string[])[] = [
  ['unshare', '-m'],
  ['unshare', '-Urm'],
];

/** The way this machine allows, tried out once; undefined when there is none. Use it as `cloud.shared(privateMl)`. */
export async function privateMl(cloud: Cloud): Promise<PrivateMl | undefined> {
  await mkdir(cloud.stateDir, { recursive: true });
  const trial = await mkdtemp(join(cloud.stateDir, 'opt-ml-'));
  try {
    for (const way of WAYS) {
      const enter: PrivateMl = (ml) => [...way, 'sh', '-c', ENTER, 'sh', ml];
      const [command = '', ...words] = [...enter(trial), 'sh', '-c', 'test -d /opt/ml && touch /opt/ml/seen'];
      const allowed = await run(command, words).then(
        () => true,
        () => false,
      );
      if (allowed) return enter;
    }
    return undefined;
  } finally {
    await rm(trial, { recursive: true, force: true });
    await rm(`${trial}.opt`, { recursive: true, force: true });
  }
}
