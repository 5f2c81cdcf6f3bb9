import { describe, expect, it } from '@jest/globals';
import type { ScriptMode } from '../../../src/inputs/inputs.ts';
import { collectSource } from '../../../src/source/collect.ts';
import { ensureSource } from '../../../src/source/ensure-source.ts';
import { fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { IMAGE, makePlan } from '../../fixtures/plans.ts';
import { memoryFiles, type Tree } from '../image/memory-files.ts';

const TREE: Tree = {
  'src/train.py': 'print(1)',
  'src/lib/model.py': 'x',
  'src/run.sh': '#!/bin/sh',
  'src/requirements.txt': 'numpy',
  'src/.git/config': 'token',
  'src/.env': 'SECRET=1',
  'src/__pycache__/train.cpython-312.pyc': '',
  'src/lib/old.pyc': '',
  'src/shared': '-> ../common',
  'src/data.py': '-> ../common/data.py',
  'common/data.py': 'd',
  'ci/requirements.txt': 'pandas',
};
const MODE: ScriptMode = { sourceDir: 'src', entryPoint: 'train.py', requirements: undefined };

async function collected(script: Partial<ScriptMode> = {}, tree: Tree = TREE): Promise<Record<string, string>> {
  const files = await collectSource({ ...MODE, ...script }, memoryFiles(tree, { 'src/run.sh': 0o755 }));
  return Object.fromEntries(
    files.map(({ path, executable, bytes }) => [path, `${executable ? '* ' : ''}${Buffer.from(bytes).toString()}`]),
  );
}

describe('the source', () => {
  it('is the directory without what is no program, links followed', async () => {
    expect(await collected()).toEqual({
      'train.py': 'print(1)',
      'lib/model.py': 'x',
      'run.sh': '* #!/bin/sh',
      'requirements.txt': 'numpy',
      'shared/data.py': 'd',
      'data.py': 'd',
    });
  });

  it('is the script alone without a directory', async () => {
    expect(await collected({ sourceDir: undefined, entryPoint: 'src/train.py' })).toEqual({ 'train.py': 'print(1)' });
  });

  it('holds the requirements that were named, in place of its own', async () => {
    expect(await collected({ requirements: 'ci/requirements.txt' })).toMatchObject({ 'requirements.txt': 'pandas' });
  });

  it.each<[string, Tree, string]>([
    ['a link that leads nowhere', { 'src/x.py': '-> gone.py' }, 'src/x.py of `source-dir` cannot be read'],
    ['links in a circle', { 'src/a/b': '-> ../a', 'src/a/x': '' }, 'its links lead in a circle'],
  ])('is refused with %s', async (_, tree, message) => {
    await expect(collected({}, tree)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(message),
    });
  });
});

describe('ensureSource', () => {
  interface Over {
    readonly fails?: boolean;
    /** Not built here: a Deep Learning Container. */
    readonly isGiven?: boolean;
  }
  const run = async (tree: Tree, held: Set<string>, over: Over = {}) => {
    const calls: string[] = [];
    const runner = fakeRunner();
    const store = {
      exists: async (uri: string) => {
        calls.push('exists');
        if (over.fails) throw new Error('no such bucket');
        return held.has(uri);
      },
      put: async (uri: string, body: string | Uint8Array) => {
        calls.push('put');
        expect(body).toBeInstanceOf(Uint8Array);
        held.add(uri);
      },
    };
    const doors = { files: memoryFiles(tree), store, runner, secrets: secretsOf() };
    const inputs = { script: MODE, ...(over.isGiven && { image: { uri: IMAGE.uri } }) };
    const source = await ensureSource(makePlan({ inputs }), doors);
    return { source, calls, printed: runner.done };
  };

  it('sends the program once: unchanged, one look at S3 is enough', async () => {
    const held = new Set<string>();
    const first = await run(TREE, held);
    const second = await run({ ...TREE, 'elsewhere.py': 'changed', 'src/.git/config': 'another token' }, held);
    expect([first.calls, second.calls]).toEqual([['exists', 'put'], ['exists']]);
    expect(second.source).toEqual(first.source);
    expect(first.source?.uri).toMatch(
      /^s3:\/\/sagemaker-us-east-1-111122223333\/train-on-sagemaker\/source\/[0-9a-f]{64}\.tar\.gz$/,
    );
    expect(second.printed).toEqual([`print Source unchanged, already at ${first.source?.uri}`]);
    const third = await run({ ...TREE, 'src/train.py': 'print(2)' }, held);
    expect([third.calls, third.source?.hash === first.source?.hash]).toEqual([['exists', 'put'], false]);
  });

  it('does nothing without script mode', async () => {
    const doors = { files: memoryFiles({}), store: {}, runner: fakeRunner(), secrets: secretsOf() };
    expect(await ensureSource(makePlan(), doors as never)).toBeUndefined();
  });

  it('warns of a program that does not know where its checkpoints belong', async () => {
    const warned = async (tree: Tree, isGiven: boolean) => {
      const { source, printed } = await run({ ...TREE, ...tree }, new Set(), { isGiven });
      expect(printed.filter((line) => line.startsWith('warning '))).toHaveLength(source?.notes.length ?? -1);
      return source?.notes;
    };
    expect(await warned({}, true)).toEqual([expect.stringContaining('mentions /opt/ml/checkpoints')]);
    expect(await warned({ 'src/deep/settings.yaml': 'save: /opt/ml/checkpoints' }, true)).toEqual([]);
    expect(await warned({ 'src/long.py': 'x'.repeat(300_000) }, true)).toEqual([]);
    // In an image of one's own the Dockerfile may say it.
    expect(await warned({}, false)).toEqual([]);
  });

  it('names the place that it could not write', async () => {
    await expect(run(TREE, new Set(), { fails: true })).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      message: expect.stringMatching(/s3:\/\/.*\/source\/.*no such bucket/),
    });
  });
});
