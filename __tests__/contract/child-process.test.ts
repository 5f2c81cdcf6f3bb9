import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runChild } from '../../src/adapters/child-process.ts';
import { openDocker } from '../../src/adapters/docker.ts';

const sh = (script: string, over: Partial<Parameters<typeof runChild>[0]> = {}, signal?: AbortSignal) =>
  runChild({ command: 'sh', args: ['-c', script], env: process.env, ...over }, signal);
const lives = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a child process', () => {
  it.each([0, 1, 3, 127])('answers its exit code %i', async (code) => {
    await expect(sh(`exit ${code}`)).resolves.toMatchObject({ exitCode: code });
  });

  it('that was killed did not end well', async () => {
    const { exitCode } = await sh('kill -9 $$');
    expect(exitCode).not.toBe(0);
  });

  it('that does not exist rejects', async () => {
    await expect(runChild({ command: '/no/such/command', args: [] })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tells the lines of both its outputs as they come, and keeps stdout', async () => {
    const lines: string[] = [];
    const onLine = (line: string) => void lines.push(line);
    const result = await sh('echo one; echo two >&2; printf three', { onLine });
    expect([...lines].sort()).toEqual(['one', 'three', 'two']);
    expect(result).toMatchObject({ stdout: 'one\nthree', tail: lines });
  });

  it('keeps the last lines only', async () => {
    const { tail } = await sh('i=0; while [ $i -lt 500 ]; do echo "line $i"; i=$((i+1)); done');
    expect(tail).toHaveLength(60);
    expect(tail.at(-1)).toBe('line 499');
  });

  it('reads stdin to its end, and survives a child that does not', async () => {
    await expect(sh('cat', { stdin: 'pässword\n' })).resolves.toMatchObject({ stdout: 'pässword\n' });
    await expect(sh('exec <&-; exit 0', { stdin: 'x'.repeat(1_000_000) })).resolves.toMatchObject({ exitCode: 0 });
  });

  it('puts nothing of stdin where the process list shows it', async () => {
    const { stdout } = await sh('tr "\\0" " " < /proc/$$/cmdline; cat > /dev/null', { stdin: 'the-password' });
    expect(stdout).toContain('/proc/');
    expect(stdout).not.toContain('the-password');
  });

  it('takes bytes that are no UTF-8, and characters that come in halves', async () => {
    const { stdout, tail } = await sh("printf '\\303'; sleep 0.05; printf '\\244\\n\\377\\n'");
    expect(tail).toEqual(['ä', '\ufffd']);
    expect(stdout).toBe('ä\n\ufffd\n');
  });

  it('tells a line without end in pieces, all of it', async () => {
    const pieces: string[] = [];
    const { stdout } = await sh('head -c 3000000 /dev/zero | tr "\\0" x', { onLine: (line) => void pieces.push(line) });
    expect(pieces.join('')).toBe('x'.repeat(3_000_000));
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(200_000);
    expect(stdout.length).toBeLessThan(1_200_000);
  });

  it('gets the environment it is given, and no other', async () => {
    const env = { PATH: process.env.PATH, ONLY: 'this' };
    const { stdout } = await sh('echo "$ONLY$HOME"', { env });
    expect(stdout).toBe('this\n');
  });
});

describe('an abort', () => {
  it.each([
    ['waits politely', 'sleep 1000 & echo $!; wait'],
    ['ignores the request to end', 'trap "" TERM; sleep 1000 & echo $!; wait; sleep 1000'],
    ['has a grandchild that holds no output', '(trap "" TERM; exec sleep 1000) > /dev/null 2>&1 & echo $!; wait'],
  ])('ends a child that %s, and all that it began', async (_, script) => {
    const abort = new AbortController();
    let grandchild = 0;
    const onLine = (line: string) => {
      grandchild = Number(line);
      abort.abort();
    };
    const { exitCode } = await sh(script, { onLine }, abort.signal);
    expect(exitCode).not.toBe(0);
    expect(grandchild).toBeGreaterThan(0);
    while (lives(grandchild)) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('before the start lets nothing run on', async () => {
    await expect(sh('sleep 1000', {}, AbortSignal.abort())).resolves.not.toMatchObject({ exitCode: 0 });
  });

  it('after the end does nothing', async () => {
    const abort = new AbortController();
    await expect(sh('exit 0', {}, abort.signal)).resolves.toMatchObject({ exitCode: 0 });
    abort.abort();
  });
});

describe('the docker adapter', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'docker-adapter-'));
    const script = '#!/bin/sh\necho "args: $*"\necho "config: $DOCKER_CONFIG"\necho "stdin: $(cat)"\npwd\nexit 7\n';
    await writeFile(join(directory, 'docker'), script);
    await chmod(join(directory, 'docker'), 0o755);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('runs docker in the workspace, with the environment of the command over that of the step', async () => {
    const docker = openDocker({
      PATH: `${directory}:${process.env.PATH}`,
      GITHUB_WORKSPACE: directory,
      DOCKER_CONFIG: 'own',
    });
    const lines: string[] = [];
    const command = {
      args: ['login', '--x'],
      env: { DOCKER_CONFIG: 'ours' },
      stdin: 'secret',
      onLine: (line: string) => void lines.push(line),
    };
    await expect(docker.run(command, new AbortController().signal)).resolves.toMatchObject({ exitCode: 7 });
    expect(lines).toEqual(['args: login --x', 'config: ours', 'stdin: secret', directory]);
  });

  it('answers 127 where there is no docker', async () => {
    const docker = openDocker({ PATH: '/nowhere', GITHUB_WORKSPACE: directory });
    await expect(docker.run({ args: ['version'] }, new AbortController().signal)).resolves.toEqual({
      exitCode: 127,
      stdout: '',
      tail: ['docker: command not found'],
    });
  });
});
