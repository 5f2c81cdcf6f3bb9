/** Debian's docker-registry on loopback, without logins: a registry that was not written here. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemon } from './daemon.ts';
import { REGISTRY } from './programs.ts';

/** An answered request. */
export interface RegistryAnswer {
  readonly method: string;
  /** Path and query. */
  readonly uri: string;
  readonly status: number;
  /** Bytes of the answer's body. */
  readonly written: number;
  readonly userAgent: string;
}

export interface DockerRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** What it has answered so far, in order; settles first. */
  answers(): Promise<readonly RegistryAnswer[]>;
}

export async function startDockerRegistry(): Promise<DockerRegistry> {
  const directory = mkdtempSync(join(tmpdir(), 'registry-'));
  const config = join(directory, 'config.json');
  const logFile = join(directory, 'log');
  // YAML holds JSON.
  writeFileSync(
    config,
    JSON.stringify({
      version: 0.1,
      log: { level: 'info', formatter: 'json', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(directory, 'data') }, delete: { enabled: true } },
      http: { addr: '127.0.0.1:0' },
    }),
  );
  const log = () => readFileSync(logFile, 'utf8');
  const command = { command: REGISTRY, args: ['serve', config], logFile };
  const stop = await startDaemon({ ...command, isReady: (text) => LISTENING.test(text) });
  return {
    host: LISTENING.exec(log())?.[1] ?? '',
    async answers() {
      // A line is written just after its answer.
      for (let before = -1; before !== log().length; ) {
        before = log().length;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return answersIn(log());
    },
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const LISTENING = /listening on (127\.0\.0\.1:\d+)/;

function answersIn(log: string): RegistryAnswer[] {
  const lines = log.split('\n').filter((line) => line.includes('"msg":"response completed"'));
  return lines.map((line) => {
    const fields = JSON.parse(line) as Record<string, unknown>;
    const text = (name: string) => String(fields[name] ?? '');
    return {
      method: text('http.request.method'),
      uri: text('http.request.uri'),
      status: Number(fields['http.response.status']),
      written: Number(fields['http.response.written']),
      userAgent: text('http.request.useragent'),
    };
  });
}
