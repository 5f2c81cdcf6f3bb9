/** Opens the real doors, runs main or the post step, and ends with the exit code. The only last catch. */
import * as core from '@actions/core';
import { openCheckout } from './adapters/checkout.ts';
import { clock } from './adapters/clock.ts';
import { distribution } from './adapters/distribution.ts';
import { openDocker } from './adapters/docker.ts';
import { openFiles } from './adapters/files.ts';
import { withinTime } from './adapters/limit.ts';
import { openRunner } from './adapters/runner.ts';
import { cleanUp } from './cleanup.ts';
import { Failure, messageOf } from './failure.ts';
import { clean } from './hostile/clean.ts';
import { makeSecrets } from './hostile/secrets.ts';
import { main } from './main.ts';
import type { GitHub, Ports } from './ports.ts';

/** Secrets that stand in the environment from the start. */
const SECRET_VARIABLES = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_TOKEN',
  'INPUT_GITHUB-TOKEN',
];

const env = process.env;
const runner = openRunner(env);
const secrets = makeSecrets((value) => core.setSecret(value), withinTime);
for (const name of SECRET_VARIABLES) if (env[name]) secrets.add(env[name]);

let github: Promise<GitHub> | undefined;
const ports: Ports = {
  runner,
  clock,
  secrets,
  files: openFiles(env),
  checkout: openCheckout(env),
  docker: openDocker(env),
  distribution,
  withinTime,
  aws: async (config) => (await import('./adapters/aws.ts')).openAws(config, { secrets, clock }),
  github: (token) => {
    const apiUrl = env.GITHUB_API_URL || 'https://api.github.com';
    github ??= import('./adapters/github.ts').then((door) =>
      door.openGitHub({ token, apiUrl }, env.GITHUB_REPOSITORY ?? ''),
    );
    return github;
  },
};

const cancellation = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => cancellation.abort());
for (const name of ['uncaughtException', 'unhandledRejection'] as const) process.on(name, lastCatch);

// The post step is the same bundle: main leaves its mark in the state that only post can read.
const isPost = runner.saved('main') !== '';
if (!isPost) runner.save('main', 'started');
(isPost ? cleanUp(ports) : main(ports, cancellation.signal)).then((code) => process.exit(code), lastCatch);

function lastCatch(error: unknown): never {
  const remedy =
    error instanceof Failure
      ? error.remedy
      : 'This is a defect of the action: please report it with the log of this step.';
  runner.output('conclusion', 'failure');
  runner.error(clean(`${messageOf(error)}\n${remedy}`, secrets));
  for (let cause = Object(error).cause; cause; cause = Object(cause).cause) {
    runner.print(clean(`Caused by: ${Object(cause).name ?? ''}: ${messageOf(cause)}`, secrets));
  }
  if (!(error instanceof Failure) && error instanceof Error) runner.print(clean(error.stack ?? '', secrets));
  process.exit(1);
}
