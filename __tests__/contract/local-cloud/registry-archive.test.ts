import { spawnSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { imageOfDirectory } from '../../../local-cloud/registry/images.ts';
import { readTar, type TarMember } from '../../../local-cloud/registry/tar-reader.ts';
import { type TarEntry, tarBlocks, treeEntries } from '../../../local-cloud/registry/tar-writer.ts';
import { unpackLayer } from '../../../local-cloud/training/unpack.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'archive-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const file = (path: string, text = path): TarEntry => ({ path, type: 'file', mode: 0o644, content: Buffer.from(text) });
const archive = (entries: Iterable<TarEntry>) => Buffer.concat([...tarBlocks(entries)]);

async function members(bytes: Buffer, chunk = 7): Promise<(TarMember & { text: string })[]> {
  const found: (TarMember & { text: string })[] = [];
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
    bytes.subarray(i * chunk, (i + 1) * chunk),
  );
  await readTar(Readable.from(chunks), async (member, content) => {
    const parts: Buffer[] = [];
    for await (const part of content) parts.push(part);
    found.push({ ...member, text: Buffer.concat(parts).toString() });
  });
  return found;
}

/** Lays layers over each other and gives the paths of the files that are left, with their text. */
async function lay(...layers: readonly TarEntry[][]): Promise<Record<string, string>> {
  const root = join(directory, 'root');
  await mkdir(root, { recursive: true });
  for (const entries of layers) {
    await writeFile(join(directory, 'layer'), gzipSync(archive(entries)));
    await unpackLayer(join(directory, 'layer'), root);
  }
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files.sort().map(async (path) => [path.slice(root.length + 1), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

describe('an archive', () => {
  it('is read as it was written, long names, links and empty files included', async () => {
    const long = `${'deep/'.repeat(40)}näme`;
    const entries: TarEntry[] = [
      { path: 'dir', type: 'directory', mode: 0o755 },
      file('dir/full', 'text'.repeat(300)),
      file('empty', ''),
      file(long, 'far'),
      { path: 'link', type: 'symlink', mode: 0o777, target: 'x'.repeat(150) },
    ];
    const read = await members(archive(entries));
    expect(read.map(({ path, type, text, target }) => [path, type, text, target])).toEqual([
      ['dir/', 'directory', '', ''],
      ['dir/full', 'file', 'text'.repeat(300), ''],
      ['empty', 'file', '', ''],
      [long, 'file', 'far', ''],
      ['link', 'symlink', '', 'x'.repeat(150)],
    ]);
  });

  it.each(['ustar', 'pax', 'gnu'])('of the system in %s form is read too', async (format) => {
    const tree = join(directory, 'tree');
    const deep = join(tree, 'd'.repeat(90), 'e'.repeat(60));
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'file'), 'content');
    await symlink('target', join(tree, 'link'));
    const { stdout, status } = spawnSync('tar', ['-C', tree, `--format=${format}`, '-cf', '-', '.']);
    expect(status).toBe(0);
    const read = await members(stdout, 1000);
    expect(read.find(({ type }) => type === 'file')).toMatchObject({
      path: `./${'d'.repeat(90)}/${'e'.repeat(60)}/file`,
      text: 'content',
    });
    expect(read.find(({ type }) => type === 'symlink')).toMatchObject({ target: 'target' });
  });

  it('can be read by the system', async () => {
    await writeFile(join(directory, 'a.tar'), archive([file('x/y', 'z')]));
    expect(spawnSync('tar', ['-xOf', join(directory, 'a.tar'), 'x/y']).stdout.toString()).toBe('z');
  });

  it('that is damaged or cut off is refused', async () => {
    const whole = archive([file('a', 'x'.repeat(2000))]);
    const damaged = Buffer.from(whole);
    damaged.write('b', 0);
    await expect(members(damaged)).rejects.toThrow('checksum');
    await expect(members(whole.subarray(0, 1000))).rejects.toThrow('ends within');
  });

  it('of equal trees has equal bytes', async () => {
    await writeFile(join(directory, 'b'), '1');
    await writeFile(join(directory, 'a'), '2');
    const first = await imageOfDirectory(directory, '/opt/ml/code', {});
    expect((await treeEntries(directory)).map(({ path }) => path)).toEqual(['a', 'b']);
    expect((await imageOfDirectory(directory, '/opt/ml/code', {})).digest).toBe(first.digest);
  });
});

describe('layers', () => {
  it('replace, white out and hide what is below them', async () => {
    await expect(
      lay(
        [file('kept'), file('gone'), file('dir/old'), file('dir/sub/old'), file('whole/a')],
        [
          file('.wh.gone', ''),
          file('dir/new'),
          file('dir/.wh..wh..opq', ''),
          file('.wh.whole', ''),
          file('kept', 'changed'),
        ],
      ),
    ).resolves.toEqual({ 'dir/new': 'dir/new', kept: 'changed' });
  });

  it('write through links of lower layers, but never out of the tree', async () => {
    const link = (path: string, target: string): TarEntry => ({ path, type: 'symlink', mode: 0o777, target });
    await expect(
      lay(
        [
          { path: 'usr/bin', type: 'directory', mode: 0o755 },
          link('bin', 'usr/bin'),
          link('out', '../../../../../..'),
          link('abs', '/usr'),
        ],
        [file('bin/tool'), file('out/escaped'), file('abs/share'), file('../above'), file('/rooted')],
      ),
    ).resolves.toEqual({
      above: '../above',
      escaped: 'out/escaped',
      rooted: '/rooted',
      'usr/bin/tool': 'bin/tool',
      'usr/share': 'abs/share',
    });
    expect(await readdir(directory)).toEqual(['layer', 'root']);
  });

  it('turn in circles nowhere', async () => {
    const loop: TarEntry[] = [{ path: 'a', type: 'symlink', mode: 0o777, target: 'a' }];
    await expect(lay(loop, [file('a/b')])).rejects.toThrow('Too many links');
  });

  it('keep links as links, hard ones as one file, and the right to execute', async () => {
    const tree = join(directory, 'tree');
    await mkdir(tree);
    await writeFile(join(tree, 'tool'), '#!', { mode: 0o755 });
    const { stdout } = spawnSync('sh', ['-c', `cd ${tree} && ln tool twin && ln -s tool soft && tar -cf - .`]);
    await writeFile(join(directory, 'layer'), stdout);
    const root = join(directory, 'root');
    await mkdir(root);
    await unpackLayer(join(directory, 'layer'), root);
    expect((await stat(join(root, 'tool'))).ino).toBe((await stat(join(root, 'twin'))).ino);
    expect((await lstat(join(root, 'soft'))).isSymbolicLink()).toBe(true);
    expect((await stat(join(root, 'tool'))).mode & 0o111).not.toBe(0);
  });
});
