import { describe, expect, test } from '@jest/globals';
import { checkpointFinding, mentionsPlace } from '../../../../src/image/foresight/checkpoint-finding.ts';
import { makeInputs } from '../../../fixtures/plans.ts';
import { world } from '../image-world.ts';

const PLACE = '/opt/ml/checkpoints';

describe('a text mentions the place', () => {
  test.each([
    ['as it is', 'dirpath="/opt/ml/checkpoints"'],
    ['with more behind it', 'save_folder: /opt/ml/checkpoints/run-1'],
    ['put together', 'os.path.join("/opt/ml", "checkpoints")'],
    ['put together by a path', "Path('/opt/ml/') / 'checkpoints'"],
    ['with its root in a variable', 'root = "/opt/ml"\nplace = f"{root}/checkpoints"'],
    ["by SageMaker's own description", 'json.load(open(f"{config}/checkpointconfig.json"))["LocalPath"]'],
    ['by a variable', 'os.environ.get("SM_CHECKPOINT_DIR", "ckpt")'],
    ['by a hyperparameter of the toolkit', 'os.environ["SM_HP_CKPT_PATH"]'],
  ])('%s', (_, text) => {
    expect(mentionsPlace(text, `${PLACE}/`)).toBe(true);
  });

  test.each([
    [
      'nor does a directory of that name elsewhere',
      'os.environ.get("SM_MODEL_DIR", "/opt/ml/model")\nsave("./checkpoints")',
    ],
    ['nor do the root and a directory of that name, far from each other', '"/opt/ml/output"; "checkpoints"'],
    ['nor does another path', 'dirpath="/opt/ml/model"'],
    ['nor does a word', '# TODO: checkpoints'],
  ])('%s', (_, text) => {
    expect(mentionsPlace(text, PLACE)).toBe(false);
  });
});

describe('what the job itself says', () => {
  const found = (over: Parameters<typeof makeInputs>[0] = {}) => checkpointFinding(makeInputs(over), ['print(1)']);

  test('nothing: the warning names the path that is set', () => {
    expect(found()).toContain(`mentions ${PLACE}: what is not saved there is lost`);
    expect(found({ data: { checkpointPath: '/data/ck' } })).toContain('mentions /data/ck:');
  });

  test.each<[string, Parameters<typeof makeInputs>[0]]>([
    ['a hyperparameter', { data: { hyperparameters: { output_dir: PLACE } } }],
    ['one of script mode', { data: { hyperparameters: { output_dir: `"${PLACE}"` } } }],
    ['a variable', { data: { environment: { SAVE_FOLDER: `${PLACE}/` } } }],
    ['an argument', { jobFile: { AlgorithmSpecification: { ContainerArguments: ['--save', PLACE] } } }],
    ['that nothing can interrupt it', { compute: { spot: false } }],
  ])('%s', (_, over) => {
    expect(found(over)).toBeUndefined();
  });
});

describe('an image', () => {
  const notes = async (dockerfile: string, files: Readonly<Record<string, string>>, plan = {}) => {
    const { ensure, runner } = world({ tree: { Dockerfile: dockerfile, ...files }, plan });
    const found = (await ensure()).notes.filter((note) => note.includes('what is not saved there'));
    expect(runner.done.filter((line) => /^warning .*what is not saved there/.test(line))).toHaveLength(found.length);
    return found.length;
  };
  const BASE = 'FROM scratch\nCOPY . /opt/ml/code\n';
  const TRAIN = { 'train.py': 'fit()' };

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['by its entry point', `${BASE}ENTRYPOINT ["python3", "/opt/ml/code/train.py"]`, TRAIN],
    ['by words', `${BASE}CMD python3 /opt/ml/code/train.py`, TRAIN],
    ['through another program', `${BASE}ENTRYPOINT ["accelerate", "launch", "train.py"]`, TRAIN],
    ['as a module', `${BASE}ENTRYPOINT ["python3", "-m", "acme.train"]`, { 'src/acme/train.py': 'fit()' }],
    ['as a package', `${BASE}ENTRYPOINT ["python3", "-m", "acme"]`, { 'acme/__main__.py': 'fit()' }],
    ['by the toolkit', `${BASE}ENV SAGEMAKER_PROGRAM=train.py`, TRAIN],
    ['as `train`', BASE, { train: '#!/usr/bin/env python3\nfit()' }],
    ['in a stage it begins with', `FROM scratch AS a\nCOPY . /c\nENTRYPOINT ["/c/train.py"]\nFROM a`, TRAIN],
  ])('whose program is started %s is warned about', async (_, dockerfile, files) => {
    expect(await notes(dockerfile, files)).toBe(1);
  });

  const STARTED = `${BASE}ENTRYPOINT ["python3", "/opt/ml/code/train.py"]\n`;
  test.each<[string, string, Readonly<Record<string, string>>, object]>([
    ['whose program knows the place', STARTED, { 'train.py': `save("${PLACE}")` }, {}],
    ['that has it in another file', STARTED, { ...TRAIN, 'src/deep/loop.py': `save("${PLACE}")` }, {}],
    ['that has it in its settings', STARTED, { ...TRAIN, 'conf/train.yaml': `save_folder: ${PLACE}` }, {}],
    ['whose Dockerfile has it', `${BASE}ENV SAVE=${PLACE}\nENTRYPOINT ["python3", "train.py"]`, TRAIN, {}],
    ['whose Dockerfile makes it', `${BASE}RUN ln -s ${PLACE} /ck\nENTRYPOINT ["python3", "train.py"]`, TRAIN, {}],
    [
      'whose program is in its base',
      'FROM scratch\nCOPY conf.yaml /\nENTRYPOINT ["axolotl", "train"]',
      { 'conf.yaml': '' },
      {},
    ],
    ['whose program is that of a package', `${BASE}ENTRYPOINT ["python3", "-m", "nemo.train"]`, TRAIN, {}],
    ['whose base starts what nobody sees', BASE, TRAIN, {}],
    ['that gets code from elsewhere', `${STARTED}RUN git clone https://example.org/x`, TRAIN, {}],
    ['that gets a package from elsewhere', `${STARTED}RUN pip install git+https://example.org/x`, TRAIN, {}],
    ['with a file too long to be read', STARTED, { ...TRAIN, 'more.py': 'x'.repeat(300_000) }, {}],
    ['that runs on demand', STARTED, TRAIN, { inputs: { compute: { spot: false } } }],
    ['that gets it by a hyperparameter', STARTED, TRAIN, { inputs: { data: { hyperparameters: { out: PLACE } } } }],
    [
      'started by the job in another way',
      STARTED,
      TRAIN,
      { inputs: { jobFile: { AlgorithmSpecification: { ContainerEntrypoint: ['torchtitan'] } } } },
    ],
  ])('%s is not', async (_, dockerfile, files, plan) => {
    expect(await notes(dockerfile, files, plan)).toBe(0);
  });
});
