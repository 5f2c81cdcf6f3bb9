import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readMetadata, withTables } from '../../scripts/docs-tables.ts';
import { specList } from '../../src/inputs/specs.ts';

const actionYml = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const action = readMetadata(actionYml);

const OUTPUTS = [
  'job-name',
  'job-arn',
  'conclusion',
  'gate-passed',
  'status',
  'secondary-status',
  'image-uri',
  'image-source',
  'checkpoint-uri',
  'model-artifacts',
  'metrics',
  'baseline',
  'gates',
  'diagnosis',
  'cause',
  'interruptions',
  'billable-seconds',
  'spot-savings-percent',
  'cost-usd',
  'comment-url',
  'console-url',
  'parallel-jobs',
];

describe('action.yml', () => {
  it('has the inputs of the table of specs, in its order', () => {
    expect(Object.keys(action.inputs)).toEqual(specList.map(([name]) => name));
  });

  it.each(specList)('says of %s what the parser does', (name, spec) => {
    expect(action.inputs[name]).toEqual({
      description: spec.description,
      required: spec.required,
      ...(spec.default === '' ? {} : { default: spec.default }),
    });
  });

  it('has the outputs of this version', () => {
    expect(Object.keys(action.outputs)).toEqual(OUTPUTS);
  });

  it('runs one bundle as main and post, after cancellation too', () => {
    expect(action.runs).toEqual({
      using: 'node24',
      main: 'dist/index.js',
      post: 'dist/index.js',
      'post-if': 'always()',
    });
  });
});

describe('README.md', () => {
  it('holds the tables that action.yml gives', () => {
    expect(withTables(readme, action)).toBe(readme);
  });

  it.each(specList)('names the input %s, unless it is hidden', (name, spec) => {
    expect(readme.includes(`| \`${name}\` |`)).toBe(!spec.hidden);
  });

  it('would differ if a default differed', () => {
    const changed = readMetadata(actionYml.replace("default: '1h'", "default: '2h'"));
    expect(withTables(readme, changed)).not.toBe(readme);
  });
});
