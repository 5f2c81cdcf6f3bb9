import { describe, expect, it } from '@jest/globals';
import { branchSlug, defaultName, jobName, joinUri, repositoryName, slug, tagValue } from '../../../src/plan/names.ts';
import { hostileTexts } from '../../fixtures/hostile-text.ts';

const HOSTILE = [
  ...hostileTexts(1200),
  '',
  '-',
  '---',
  '.',
  '..',
  '../..',
  'İ',
  'ß',
  '日本',
  'x'.repeat(300),
  '-'.repeat(300),
];
const identity = {
  repository: 'acme/demand',
  name: 'forecast',
  commit: '4f1d2c3b5a69',
  configHash: 'a',
  requestHash: 'b',
};

describe('the job name', () => {
  it('reads as the contract says', () => {
    expect(jobName(identity, 1)).toMatch(/^train-demand-forecast-4f1d2c3b-[0-9a-f]{10}-1$/);
  });

  it('is valid for whatever it is made of', () => {
    for (const [index, text] of HOSTILE.entries()) {
      const other = HOSTILE[(index * 7 + 3) % HOSTILE.length] ?? '';
      const name = jobName({ ...identity, repository: `${other}/${text}`, name: other, commit: text }, 500);
      expect(name).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
      expect(name).toBe(name.toLowerCase());
    }
  });

  it.each([
    ['repository', { repository: 'other/demand' }],
    ['a letter past what is shown of the name', { name: 'forecast-with-a-long-tail' }],
    ['config-hash', { configHash: 'c' }],
    ['request-hash', { requestHash: 'c' }],
    ['commit', { commit: 'deadbeef00' }],
  ])('changes with the %s', (_, over) => {
    expect(jobName({ ...identity, ...over }, 1)).not.toBe(jobName(identity, 1));
  });

  it('differs by the ordinal alone from try to try', () => {
    expect(jobName(identity, 12).replace(/12$/, '1')).toBe(jobName(identity, 1));
  });

  it('tells names apart that are the same slug', () => {
    const names = ['a.b', 'a-b', 'A-b', 'a_b'].map((name) => jobName({ ...identity, name }, 1));
    expect(new Set(names).size).toBe(4);
  });
});

describe('the branch slug', () => {
  it.each(['main', 'v1.2', 'a_b-c.d', '0', 'x'.repeat(63)])('of %s is the branch itself', (ref) => {
    expect(branchSlug(ref)).toBe(ref);
  });

  it.each([
    ['feature/x', /^feature-x--[0-9a-f]{8}$/],
    ['Main', /^main--[0-9a-f]{8}$/],
    ['a--b', /^a--b--[0-9a-f]{8}$/],
    ['x'.repeat(64), /^x{50}--[0-9a-f]{8}$/],
    ['.hidden', /^\.hidden--[0-9a-f]{8}$/],
  ])('of %s carries its hash', (ref, expected) => {
    expect(branchSlug(ref)).toMatch(expected);
  });

  it('is one path segment of at most 63 characters, and no two refs share one', () => {
    const refs = [
      ...new Set([
        ...HOSTILE,
        ...HOSTILE.map((ref) => branchSlug(ref)),
        'feature/x',
        'feature-x',
        'Feature/x',
        'feature.x',
      ]),
    ];
    const slugs = refs.map(branchSlug);
    for (const one of slugs) expect(one).toMatch(/^[a-z0-9._-]{1,63}$/);
    expect(slugs.filter((one) => one === '.' || one === '..')).toEqual([]);
    expect(new Set(slugs).size).toBe(refs.length);
  });
});

describe('the default name', () => {
  it.each([
    ['train', {}, 'train'],
    ['train', { model: 'lgbm', horizon: 12 }, 'train-lgbm-12'],
    ['train', { spot: true, none: null }, 'train-true-null'],
  ])('of %s and %j is %s', (job, matrix, expected) => {
    expect(defaultName(job, matrix)).toBe(expected);
  });

  it('fits the grammar for whatever it is made of, and no two share one', () => {
    const jobs = [...new Set(HOSTILE)];
    const names = jobs.map((job) => defaultName(job, { a: 'x y', b: { c: [1] } }));
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
    expect(new Set(names).size).toBe(jobs.length);
  });

  it('does not depend on the order of keys within a value', () => {
    expect(defaultName('t', { a: { x: 1, y: 2 } })).toBe(defaultName('t', { a: { y: 2, x: 1 } }));
  });
});

describe('the ECR repository', () => {
  it.each([
    ['Acme/Demand', 'forecast', 'acme/demand/forecast'],
    ['acme/demand', 'a..b__c', 'acme/demand/a.b_c'],
    ['acme/-demand-', '_x_', 'acme/demand/x'],
    ['acme/日本', '...', 'acme/x/x'],
  ])('of %s and %s is %s', (repository, name, expected) => {
    expect(repositoryName(repository, name)).toBe(expected);
  });

  it('follows the grammar of ECR for whatever it is made of', () => {
    for (const text of HOSTILE) {
      expect(repositoryName(`acme/${text}`, text)).toMatch(
        /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
      );
    }
  });
});

describe('tag values', () => {
  it('hold what AWS takes and nothing else', () => {
    for (const text of [...HOSTILE, `${'x'.repeat(255)}𝒜`, '𝒜'.repeat(300)]) {
      expect(tagValue(text)).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
      expect(tagValue(text).length).toBeLessThanOrEqual(256);
      expect(tagValue(text).isWellFormed()).toBe(true);
    }
  });

  it('keep what may stay', () => {
    expect(tagValue('.github/workflows/train.yml = a+b@c_d:é 日本')).toBe(
      '.github/workflows/train.yml = a+b@c_d:é 日本',
    );
    expect(tagValue('a|b🙂')).toBe('a_b_');
  });
});

describe('slug and joinUri', () => {
  it.each([
    ['Hello, World!', 40, 'hello-world'],
    ['--a--', 40, 'a'],
    ['abc-def', 4, 'abc'],
    ['!!!', 5, 'x'],
  ])('slug(%j, %i) is %s', (text, longest, expected) => {
    expect(slug(text, longest)).toBe(expected);
  });

  it('joins with single slashes and ends as the last segment does', () => {
    expect(joinUri('s3://b/p//', 'a', 'b')).toBe('s3://b/p/a/b');
    expect(joinUri('s3://b', 'a', '')).toBe('s3://b/a/');
    expect(joinUri('s3://b/')).toBe('s3://b');
  });
});
