/** A Docker engine of its own, as fresh as a new runner's: socket, images and containers are in a scratch directory. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemon } from './daemon.ts';
import { DOCKER, DOCKERD } from './programs.ts';

export interface Engine extends AsyncDisposable {
  /** DOCKER_HOST of it. */
  readonly host: string;
  /** What the daemon has said. */
  readonly logFile: string;
  /** Runs Debian's client against it; throws with its stderr. */
  docker(...words: string[]): string;
}

/** Registry hosts that are to be found on this machine, for this engine alone. */
export interface LocalHosts {
  /** Host → loopback address. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Their certificates, PEM: the only ones this engine trusts. */
  readonly certificates: string;
}

/** Needs root. No bridge, no packet filter: containers and builds use the machine's network. */
export async function startEngine(hosts?: LocalHosts): Promise<Engine> {
  const directory = mkdtempSync(join(tmpdir(), 'engine-'));
  const host = `unix://${directory}/docker.sock`;
  const docker = (...words: string[]) =>
    execFileSync(DOCKER, ['--host', host, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const logFile = join(directory, 'log');
  const stop = await startDaemon({
    ...commandOf(directory, host, hosts),
    logFile,
    isReady: () => answers(docker),
  }).catch((error) => {
    remove(directory);
    throw error;
  });
  return {
    host,
    logFile,
    docker,
    async [Symbol.asyncDispose]() {
      await stop();
      remove(directory);
    },
  };
}

function commandOf(directory: string, host: string, hosts: LocalHosts | undefined) {
  const args = [
    ...['--host', host, '--data-root', join(directory, 'data'), '--exec-root', join(directory, 'exec')],
    ...['--pidfile', join(directory, 'pid'), '--bridge=none', '--iptables=false'],
  ];
  if (hosts === undefined) return { command: DOCKERD, args };
  // In a mount namespace of its own: nobody else on this machine sees these names.
  const names = join(directory, 'hosts');
  const lines = Object.entries(hosts.addresses).map(([name, address]) => `${address} ${name}\n`);
  writeFileSync(names, `${readFileSync('/etc/hosts', 'utf8').trimEnd()}\n${lines.join('')}`);
  const certificates = join(directory, 'certificates.pem');
  writeFileSync(certificates, hosts.certificates);
  const script = 'mount --bind "$0" /etc/hosts && exec "$@"';
  const daemon = ['env', `SSL_CERT_FILE=${certificates}`, DOCKERD, ...args];
  return { command: 'unshare', args: ['--mount', 'sh', '-c', script, names, ...daemon] };
}

function answers(docker: (...words: string[]) => string): boolean {
  try {
    docker('info');
    return true;
  } catch {
    return false;
  }
}

/** An engine that was killed leaves its mounts. */
function remove(directory: string): void {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[1] ?? [])
    .filter((path) => path.startsWith(`${directory}/`));
  for (const path of mounts.sort().reverse()) execFileSync('umount', [path], { stdio: 'ignore' });
  rmSync(directory, { recursive: true, force: true });
}
