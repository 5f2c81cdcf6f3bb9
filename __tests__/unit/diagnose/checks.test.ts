import { describe, expect, it } from '@jest/globals';
import { evidenceOf } from '../../../src/diagnose/case.ts';
import { diagnose } from '../../../src/diagnose/diagnose.ts';
import type { Evidence } from '../../../src/diagnose/evidence.ts';

const FAILED = { status: 'Failed', request_facts: { instance_type: 'ml.g5.12xlarge' } };

function checked(over: Partial<Evidence>, log = '') {
  const diagnosis = diagnose({ ...evidenceOf({ ...FAILED, log }), unseen: {}, ...over });
  return { ...diagnosis, finding: Object.fromEntries(diagnosis.checks.map(({ name, finding }) => [name, finding])) };
}

const place = (
  use: 'input' | 'output',
  answer: 'found' | 'empty' | 'denied' | 'no-bucket' | 'other-region' | 'unknown',
) => ({
  uri: `s3://acme/${use}/`,
  use,
  answer,
  detail: answer === 'found' ? '3 objects' : 'said the service',
});
const right = (action: string, allowed: boolean) => ({
  action,
  resource: 'arn:aws:s3:::acme/input/any-object',
  allowed,
  detail: 'implicitDeny',
});

describe('metrics', () => {
  it('are shares of the machine, of the host that used the most', () => {
    const metrics = [
      {
        name: 'algo-1/MemoryUtilization',
        points: [
          [0, 20],
          [60, 30],
        ] as const,
      },
      {
        name: 'algo-2/MemoryUtilization',
        points: [
          [0, 90],
          [60, 40],
        ] as const,
      },
      { name: 'algo-1/GPUMemoryUtilization', points: [[0, 396]] as const },
      {
        name: 'algo-1/GPUUtilization',
        points: [
          [0, 40],
          [60, 40],
        ] as const,
      },
    ];
    expect(checked({ metrics }).finding.metrics).toBe(
      'Memory: highest 90 %, last 40 % on algo-2; GPU memory: highest 99 %, last 99 % on algo-1; GPU 10 % busy on average on algo-1 (4 in all). Samples are a minute apart: a short peak can be missing.',
    );
  });
});

describe('data access', () => {
  it.each([
    [
      'all is well',
      { data: [place('input', 'found'), place('output', 'empty')], role: [right('s3:GetObject', true)] },
      "2 of 2 S3 locations of the request answered (input 3 objects, output nothing yet). The execution role's own policies allow what the request needs there.",
    ],
    ['an input is empty', { data: [place('input', 'empty')] }, 'Nothing is under s3://acme/input/ (input).'],
    [
      'a bucket is not there',
      { data: [place('output', 'no-bucket')] },
      'The bucket of s3://acme/output/ (output) does not exist: said the service.',
    ],
    [
      'a bucket lies elsewhere',
      { data: [place('input', 'other-region')] },
      "The bucket of s3://acme/input/ (input) is not in the job's region: said the service.",
    ],
    [
      'the role may not read',
      { role: [right('s3:GetObject', false)] },
      'By its own policies the execution role may not: s3:GetObject on arn:aws:s3:::acme/input/any-object.',
    ],
    [
      'this workflow may not look',
      { data: [place('input', 'denied')], unseen: { role: 'why' } },
      "s3://acme/input/ could not be checked: this workflow's role may not list it. What the execution role may do could not be checked: why.",
    ],
  ] as const)('%s', (_, evidence, finding) => {
    expect(checked(evidence).finding['data-access']).toBe(finding);
  });
});

describe('a job that never spoke', () => {
  const IMAGE = { uri: 'r/i:t', exists: true, architecture: 'arm64' };

  it.each([
    ['s3-access-denied', { role: [right('s3:GetObject', false)] }],
    ['s3-not-found', { data: [place('input', 'empty')] }],
    ['s3-not-found', { data: [place('input', 'no-bucket')] }],
    ['s3-wrong-region', { data: [place('input', 'other-region')] }],
    ['exec-format-error', { image: IMAGE }],
    ['image-not-found', { image: { uri: 'r/i:t', exists: false } }],
    ['ecr-access-denied', { role: [right('ecr:BatchGetImage', false)] }],
    ['unknown', { data: [place('output', 'empty'), place('input', 'denied')] }],
  ] as const)('%s, by what lies around it', (label, evidence) => {
    expect(checked(evidence).label).toBe(label);
  });

  it('gives the statement for exactly what is denied', () => {
    expect(checked({ role: [right('s3:GetObject', false)] }).remedy[0]).toContain(
      '{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::acme/input/*"]}',
    );
  });

  it('yields to what the program itself said', () => {
    const around = { role: [right('s3:GetObject', false)], data: [place('input', 'empty')], image: IMAGE };
    expect(checked(around, "KeyError: 'price'").label).toBe('missing-key');
  });
});
