/** What the demo needs of this machine, and what it can use. */
import { execFileSync } from 'node:child_process';

function answers(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

/** Everything that is missing, each with its remedy; empty when the demo can run. */
export function missing(): string[] {
  return [
    ...(answers('python3', '--version')
      ? []
      : ['python3 is missing: install Python 3.9 or newer (the training is a Python program).']),
    ...(answers('git', '--version')
      ? []
      : ['git is missing: install it (the demo makes a small repository to train from).']),
  ];
}

/** Whether a Docker engine answers; then the image is really built, pushed, pulled and run. */
export function hasDocker(): boolean {
  return answers('docker', 'info');
}

/** How this machine's Docker is reached, for the step: a runner hands these on to its steps as well. */
export function engineEnvironment(): Record<string, string> {
  const names = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CERT_PATH', 'DOCKER_TLS_VERIFY'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
