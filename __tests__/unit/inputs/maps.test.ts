import { describe, expect, it } from '@jest/globals';
import { accept, refuse } from './environment.ts';

describe('maps', () => {
  it('keep the order and the spelling of what is written', () => {
    const { buildArgs } = accept({
      'build-args': 'B: 1.10\nA: true\nC: 0x1F\nD: "1\\n2"\nE: \'\'\n# note\nF: no',
    }).image;
    expect(Object.entries(buildArgs)).toEqual([
      ['B', '1.10'],
      ['A', 'true'],
      ['C', '0x1F'],
      ['D', '1\n2'],
      ['E', ''],
      ['F', 'no'],
    ]);
  });

  it.each([
    ['', {}],
    ['# nothing', {}],
    ['{}', {}],
    ['{A: 1, B: x}', { A: '1', B: 'x' }],
    ['  A: 1\n  B: 2\n', { A: '1', B: '2' }],
    ['A: &a x\nB: *a', { A: 'x', B: 'x' }],
    ['A: |\n  two\n  lines', { A: 'two\nlines\n' }],
  ])('%j is read', (text, map) => {
    expect(accept({ 'build-args': text }).image.buildArgs).toEqual(map);
  });

  it.each([
    ['- A\n- B', undefined, 'is not a map'],
    ['text', undefined, 'is not a map'],
    ['A: 1\nA: 2', 'line 2', 'is not valid YAML: Map keys must be unique'],
    ['A: [1', 'line 1', 'is not valid YAML'],
    ['A: x: y', 'line 1', 'is not valid YAML'],
    ['A: 1\nB:\n  C: 2', 'line 2', 'B is a map or a list'],
    ['A: 1\nB: [x]', 'line 2', 'B is a map or a list'],
    ['\nA: 1\nB:', 'line 3', 'B has no value'],
    ['A: &a [*a]', undefined, 'is not usable YAML: an alias stands inside of what it refers to'],
    ['A: null', 'line 1', 'A has no value'],
    ['A: 1\n2B: 1', 'line 2', 'the name is "2B"'],
    ['? [x]\n: y', 'line 1', 'has a name that is no text'],
    ['A: !secret x', 'line 1', 'is not valid YAML: Unresolved tag'],
    ['A: *nobody', undefined, 'is not usable YAML: Unresolved alias'],
    ['A: 1\n---\nB: 2', 'line 2', 'is not valid YAML'],
    ['A: "\\d"', 'line 1', 'is not valid YAML: Invalid escape'],
  ])('%j is refused %s: %s', (text, at, message) => {
    const [problem, ...others] = refuse({ 'build-args': text });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      input: 'build-args',
      message: expect.stringContaining(message),
      remedy: expect.stringMatching(/\S/),
    });
    expect(problem?.at).toBe(at);
  });

  it('tell every wrong entry, each with its line', () => {
    expect(refuse({ environment: 'ok: 1\n1a: x\nb-c: y\nd: [z]' }).map(({ at, message }) => [at, message])).toEqual([
      ['line 2', expect.stringContaining('the name is "1a"')],
      ['line 3', expect.stringContaining('the name is "b-c"')],
      ['line 4', 'd is a map or a list'],
    ]);
  });

  it('refuse aliases that multiply', () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const bomb = levels.map(
      (name, at) =>
        `${name}: &${name} [${Array(9)
          .fill(at === 0 ? 'x' : `*${levels[at - 1]}`)
          .join(',')}]`,
    );
    expect(refuse({ hyperparameters: bomb.join('\n') })).toMatchObject([
      { input: 'hyperparameters', message: expect.stringContaining('alias') },
    ]);
  });

  it('take a name that objects have by nature', () => {
    const { environment } = accept({ environment: '__proto__: x\nconstructor: y' }).data;
    expect(Object.entries(environment)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('hyperparameters', () => {
  it.each([
    ['adam', 'adam'],
    ["'007'", '007'],
    ['"true"', 'true'],
    ['007', '7'],
    ['3', '3'],
    ['-3', '-3'],
    ['0.1', '0.1'],
    ['0.10', '0.1'],
    ['1e-3', '0.001'],
    ['1e3', '1000'],
    ['1.0', '1.0'],
    ['12345678901234567890', '12345678901234567890'],
    ['0x10', '16'],
    ['true', 'true'],
    ['null', 'null'],
    ['yes', 'yes'],
    ["''", ''],
    ['[1, 2.5, a, null]', '[1,2.5,"a",null]'],
    ['{units: [64, 32], act: "re\\"lu"}', '{"units":[64,32],"act":"re\\"lu"}'],
    ['2024-01-01', '2024-01-01'],
  ])('%s is sent as %s', (written, sent) => {
    expect(accept({ hyperparameters: `lr: ${written}` }).data.hyperparameters).toEqual({ lr: sent });
  });

  it.each(['[1, 2.5, "a\\u00e9", null, true]', '{"a": {"b": [1e-3, -0.5]}, "c": "x"}', '[[], {}]'])(
    '%s means the same as JSON',
    (written) => {
      const sent = accept({ hyperparameters: `x: ${written}` }).data.hyperparameters.x ?? '';
      expect(JSON.parse(sent)).toEqual(JSON.parse(written));
    },
  );

  it.each([
    ['lr:', 'has no value'],
    ['lr: .nan', 'JSON cannot say'],
    ['lr: -.inf', 'JSON cannot say'],
    ['lr: [.inf]', 'JSON cannot say'],
    ['lr: |\n  two\n  lines', 'line break'],
    [`lr: ${'x'.repeat(2501)}`, 'at most 2500'],
    [`${'x'.repeat(257)}: 1`, 'at most 256'],
    ["'': 1", 'the name is empty'],
    [Array.from({ length: 101 }, (_, at) => `p${at}: 1`).join('\n'), 'has 101 entries'],
  ])('%j is refused: %s', (text, message) => {
    expect(refuse({ hyperparameters: text })).toMatchObject([
      { input: 'hyperparameters', message: expect.stringContaining(message) },
    ]);
  });
});

describe('environment and tags', () => {
  it('an environment value may have several lines', () => {
    expect(accept({ environment: 'A: |-\n  x\n  y' }).data.environment).toEqual({ A: 'x\ny' });
  });

  it.each([
    ['environment', 'A-B: 1'],
    ['environment', `A: ${'x'.repeat(513)}`],
    ['tags', 'train-branch: x'],
    ['tags', 'Train-Branch: x'],
    ['tags', 'aws:createdBy: x'],
    ['tags', 'AWS:x: y'],
    ['tags', 'team: "a#b"'],
    ['tags', `team: ${'x'.repeat(257)}`],
    ['tags', `${'x'.repeat(129)}: y`],
    ['tags', Array.from({ length: 39 }, (_, at) => `t${at}: 1`).join('\n')],
  ])('%s refuses %j', (input, text) => {
    expect(refuse({ [input]: text })).toMatchObject([{ input }]);
  });

  it('tags take letters of all scripts, and leave room for those of the action', () => {
    expect(accept({ tags: 'Équipe: 天気 team\ncost-center: "42"\nempty: ""' }).data.tags).toEqual({
      Équipe: '天気 team',
      'cost-center': '42',
      empty: '',
    });
    expect(
      Object.keys(accept({ tags: Array.from({ length: 38 }, (_, at) => `t${at}: 1`).join('\n') }).data.tags),
    ).toHaveLength(38);
  });
});

describe('S3 URIs', () => {
  it.each(['s3://bucket', 's3://my.bucket-1/a b/ü+=%20.csv', 's3://123/x', `s3://${'b'.repeat(63)}/x`])(
    '%s is a URI',
    (uri) => {
      expect(accept({ 'checkpoint-uri': uri, 'output-uri': uri }).data).toMatchObject({
        checkpointUri: uri,
        outputUri: uri,
      });
    },
  );

  it.each([
    's3:/bucket/x',
    's3://',
    's3:///x',
    's3://ab/x',
    's3://Bucket/x',
    's3://my_bucket/x',
    's3://-bucket/x',
    's3://bucket-/x',
    's3://a..b/x',
    's3://192.168.1.1/x',
    's3://xn--bucket/x',
    's3://bucket//x',
    's3://bucket/a//b',
    's3://bucket/a/../b',
    's3://bucket/./b',
    's3://bucket/a\tb',
    'S3://bucket/x',
    'https://bucket.s3.amazonaws.com/x',
    'arn:aws:s3:::bucket/x',
    'bucket/x',
    `s3://${'b'.repeat(64)}/x`,
    `s3://bucket/${'x'.repeat(1024)}`,
  ])('%s is none', (uri) => {
    expect(refuse({ 's3-uri': uri })).toMatchObject([{ input: 's3-uri', remedy: 'Write s3://<bucket>/<prefix>.' }]);
  });

  it('drops slashes at the end of the root, so that places below it have one', () => {
    expect(accept({ 's3-uri': 's3://bucket/team/' }).data.s3Uri).toBe('s3://bucket/team');
  });
});

describe('image tags', () => {
  it.each([
    ['v1', ['v1']],
    ['v1, v2', ['v1', 'v2']],
    ['v1\nv2', ['v1', 'v2']],
    ['- v1\n- 1.10\n- v1', ['v1', '1.10']],
    ['[a, b]', ['a', 'b']],
    ['1.10', ['1.10']],
  ])('%j is %j', (text, tags) => {
    expect(accept({ 'image-tags': text }).image.tags).toEqual(tags);
  });

  it.each(['.v1', '-v1', 'v 1!', 'a/b', 'x'.repeat(129), 'a: b', '- [x]'])('%j is refused', (text) => {
    expect(refuse({ 'image-tags': text })[0]).toMatchObject({ input: 'image-tags' });
  });
});
