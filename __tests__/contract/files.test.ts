import { mkdtemp, readdir, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openFiles } from '../../src/adapters/files.ts';
import type { Files } from '../../src/ports.ts';

let root: string;
let files: Files;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'files-'));
  files = openFiles({ GITHUB_WORKSPACE: root, RUNNER_TEMP: root });
});
afterAll(() => rm(root, { recursive: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('the files adapter', () => {
  it('reads and writes below the workspace, for this user alone', async () => {
    await files.write('a.txt', 'é\n');
    await expect(files.read('a.txt')).resolves.toBe('é\n');
    await expect(files.read(join(root, 'a.txt'))).resolves.toBe('é\n');
    expect(await modeOf(join(root, 'a.txt'))).toBe(0o600);
  });

  it('knows what is not there from what cannot be read', async () => {
    await expect(files.read('none')).resolves.toBeUndefined();
    await expect(files.read('a.txt/below')).resolves.toBeUndefined();
    await expect(files.exists('none')).resolves.toBe(false);
    await expect(files.exists('.')).resolves.toBe(true);
    await expect(files.read('.')).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('makes a fresh directory of its own each time', async () => {
    const [one, two] = [await files.temporaryDirectory('x-'), await files.temporaryDirectory('x-')];
    expect(one).not.toBe(two);
    expect(one.startsWith(join(root, 'x-'))).toBe(true);
    expect(await modeOf(one)).toBe(0o700);
  });

  it('links, and removes a link without what it leads to', async () => {
    const directory = await files.temporaryDirectory('linked-');
    await writeFile(join(directory, 'kept'), 'x');
    await files.link(directory, 'link');
    expect(await readlink(join(root, 'link'))).toBe(directory);
    await files.remove('link');
    expect(await readdir(directory)).toEqual(['kept']);
  });

  it('removes a whole directory, and gladly what is not there', async () => {
    const directory = await files.temporaryDirectory('gone-');
    await files.write(join(directory, 'secret'), 'x');
    await symlink('/etc', join(directory, 'etc'));
    await files.remove(directory);
    await files.remove(directory);
    await expect(files.exists(directory)).resolves.toBe(false);
    await expect(stat('/etc')).resolves.toBeDefined();
  });
});
