import { TrainingInstanceType } from '@aws-sdk/client-sagemaker';
import { describe, expect, it } from '@jest/globals';
import generated from '../../../src/inputs/constraints.generated.json' with { type: 'json' };
import { constraintOf, matchesPattern, violation } from '../../../src/inputs/constraints.ts';
import model from '../../../src/inputs/create-training-job.generated.json' with { type: 'json' };
import { javaScriptPattern } from '../../../src/inputs/java-pattern.ts';
import { editDistance, nearMiss } from '../../../src/inputs/near-miss.ts';
import { instanceTypes } from '../../../src/inputs/scalar.ts';

const patterns = Object.entries({ ...generated.members, ...model.shapes }).flatMap(([member, constraint]) =>
  'pattern' in constraint ? [[member, constraint.pattern] as const] : [],
);

describe('constraints of the service model', () => {
  it('know every instance type that the SDK knows', () => {
    expect(Object.values(TrainingInstanceType).filter((type) => !instanceTypes().includes(type))).toEqual([]);
  });

  it('have every name that a shape is made of', () => {
    const shapes = model.shapes as Readonly<
      Record<string, { type: string; members?: object; member?: string; key?: string; value?: string }>
    >;
    const named = Object.values(shapes).flatMap(({ members = {}, member, key, value }) => [
      ...Object.values(members),
      ...[member, key, value].filter((name) => name !== undefined),
    ]);
    expect([...new Set([model.root, ...named])].sort()).toEqual(Object.keys(shapes).sort());
  });

  it('refuse to be asked for a member that the API does not have', () => {
    expect(() => constraintOf('CreateTrainingJob.ResourceConfig.InstanceTypo')).toThrow(TypeError);
  });

  it.each(patterns)('have a pattern of %s that JavaScript can read: %s', (_, pattern) => {
    expect(javaScriptPattern(pattern)).toBeInstanceOf(RegExp);
  });

  it.each([
    ['CreateTrainingJob.TrainingJobName', 'a--b', true],
    ['CreateTrainingJob.TrainingJobName', 'a-', false],
    ['CreateTrainingJob.TrainingJobName', 'a_b', false],
    ['CreateTrainingJob.RoleArn', 'arn:aws:iam::111122223333:role/x-_/y', true],
    ['CreateTrainingJob.Tags[].Value', 'ä é 天 _.:/=+-@', true],
    ['CreateTrainingJob.Tags[].Value', 'a,b', false],
    ['CreateTrainingJob.HyperParameters{value}', 'a\u2028b', false],
    ['CreateTrainingJob.HyperParameters{value}', 'a\u0085b', false],
    ['CreateTrainingJob.Environment{value}', 'a\nb', true],
    ['CreateRepository.repositoryName', 'a/b_c-d', true],
    ['CreateRepository.repositoryName', 'a/-b', false],
    ['CreateTrainingJob.OutputDataConfig.S3OutputPath', 's3://b', true],
    ['PutImage.imageTag', 'anything at all', true],
  ] as const)('%s on %j: %s', (member, value, matches) => {
    expect(matchesPattern(member, value)).toBe(matches);
  });

  it.each([
    ['CreateTrainingJob.TrainingJobName', '', 'is empty'],
    ['CreateTrainingJob.TrainingJobName', 'x'.repeat(64), 'is 64 characters long, at most 63 are allowed'],
    ['CreateTrainingJob.RoleArn', 'arn:aws:iam', 'is 11 characters long, at least 20 are needed'],
    ['CreateTrainingJob.HyperParameters{value}', 'a\nb', 'holds a line break, which the API forbids'],
    ['CreateTrainingJob.Tags[].Key', 'a#b', 'holds characters that the API forbids'],
    ['CreateTrainingJob.Tags[].Value', '𝔸'.repeat(256), undefined],
  ] as const)('%s, given %j: %s', (member, value, why) => {
    expect(violation(member, value)).toBe(why);
  });
});

describe('javaScriptPattern', () => {
  it.each([
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['[a-z\\-]*', 'a-z', true],
    ['a\\-b', 'a-b', true],
    ['a\\_b', 'a_b', true],
    ['a\\:b', 'a:b', true],
    ['\\/x', '/x', true],
    ['\\d{12}', '111122223333', true],
    ['\\d{2}', '٣٣', false],
    ['[\\p{Alnum}\\-]+', 'aZ-9', true],
    ['[\\p{Alnum}\\-]+', 'ä', false],
    ['\\p{Alnum}', 'a', true],
    ['\\P{Digit}', '1', false],
    ['[\\p{L}\\p{Z}]+', 'é ', true],
    ['.', '\r', false],
    ['.', '\u0085', false],
    ['[.]', 'x', false],
    ['.{2}', '𝔸𝔸', true],
    ['[\\S\\s]*', 'a\nb', true],
    ['^[0-9a-z]{1,3}$', 'ab', true],
    ['x\n?', 'x\n', true],
    ['x', 'x\n', false],
    ['\\u0041', 'A', true],
    ['([a-z]+)(?<!-)', 'ab', true],
  ])('%j on %j: %s', (pattern, value, matches) => {
    expect(javaScriptPattern(pattern).test(value)).toBe(matches);
  });

  it.each(['\\q', '(', '[\\P{Alnum}]'])('refuses what it does not understand: %s', (pattern) => {
    expect(() => javaScriptPattern(pattern)).toThrow(SyntaxError);
  });
});

describe('nearMiss', () => {
  it.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['max-run', 'max-run', 0],
    ['ab', 'ba', 2],
  ])('the distance from %j to %j is %d', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance);
    expect(editDistance(right, left)).toBe(distance);
  });

  it.each([
    ['nmae', ['name', 'image'], undefined],
    ['nam', ['name'], 'name'],
    ['na', ['name'], undefined],
    ['gatess', ['gate', 'gates'], 'gates'],
    ['abcdef', ['abcxyz'], undefined],
    ['abcdef', ['abcdxy'], 'abcdxy'],
  ])('%s among %j means %s', (word, known, meant) => {
    expect(nearMiss(word, known)).toBe(meant);
  });
});
