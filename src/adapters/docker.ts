import type { Docker } from '../ports.ts';
import { runChild } from './child-process.ts';

/** The docker client on the PATH. `exitCode` 127 = there is none. */
export function openDocker(env: NodeJS.ProcessEnv): Docker {
  return {
    run: (command, signal) =>
      runChild(
        {
          command: 'docker',
          args: command.args,
          env: { ...env, ...command.env },
          cwd: env.GITHUB_WORKSPACE || process.cwd(),
          ...(command.stdin === undefined ? {} : { stdin: command.stdin }),
          ...(command.onLine === undefined ? {} : { onLine: command.onLine }),
        },
        signal,
      ).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return { exitCode: 127, stdout: '', tail: ['docker: command not found'] };
      }),
  };
}
