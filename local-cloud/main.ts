import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startLocalCloud } from './start.ts';

const USAGE = `local-cloud [--port N] [--registry-port N | --registry-url URL] [--state DIR] [--script FILE] [--time-scale N]

Runs a cloud on the loopback address and prints one JSON line when it is ready. Port 0 picks a free one.`;

/** Starts the cloud as the command line says and ends it at SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4566' },
      'registry-port': { type: 'string', default: '5001' },
      'registry-url': { type: 'string' },
      state: { type: 'string' },
      script: { type: 'string' },
      'time-scale': { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const local = await startLocalCloud({
    port: integer('port', values.port),
    registryPort: integer('registry-port', values['registry-port']),
    timeScale: Number(values['time-scale']),
    ...(values['registry-url'] === undefined ? {} : { registryUrl: values['registry-url'] }),
    ...(values.state === undefined ? {} : { stateDir: values.state }),
    ...(values.script === undefined ? {} : { script: JSON.parse(readFileSync(values.script, 'utf8')) }),
  });
  const { url, registry, githubApi, env } = local;
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    local.close().then(
      () => process.exit(0),
      (error) => fail(error),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  console.log(JSON.stringify({ url, registry, githubApi, env }));
}

function integer(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new Error(`--${name} must be a port number, not ${text}`);
  return value;
}

function fail(error: unknown): never {
  console.error(`local-cloud: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

main().catch(fail);
