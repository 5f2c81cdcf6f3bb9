import { chmod, mkdir, mkdtemp, readdir, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
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

  it('lists members with what they are, follows no link, and hashes in pieces', async () => {
    await mkdir(join(root, 'tree/empty'), { recursive: true });
    await writeFile(join(root, 'tree/run.sh'), 'x');
    await chmod(join(root, 'tree/run.sh'), 0o750);
    await symlink('nowhere', join(root, 'tree/link'));
    const entries = (await files.list('tree')).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(entries).toMatchObject([
      { name: 'empty', kind: 'directory', target: '' },
      { name: 'link', kind: 'link', target: 'nowhere' },
      { name: 'run.sh', kind: 'file', mode: 0o750, sizeBytes: 1 },
    ]);
    await expect(files.sha256('tree/run.sh')).resolves.toBe(
      '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
    );
    await expect(files.list('none')).resolves.toEqual([]);
    await expect(files.list('tree/run.sh')).resolves.toEqual([]);
    await expect(files.sha256('none')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tells how much can still be written', async () => {
    expect(await files.freeBytes('.')).toBeGreaterThan(0);
    await expect(files.freeBytes('none')).resolves.toBeUndefined();
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
