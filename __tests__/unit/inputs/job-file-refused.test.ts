import { describe, expect, it } from '@jest/globals';
import { Failure } from '../../../src/failure.ts';
import { main } from '../../../src/main.ts';
import type { Place, Ports } from '../../../src/ports.ts';
import { fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { environmentOf } from './environment.ts';
import { MISTAKES, type Refused } from './job-file-mistakes.ts';

const PATH = 'sagemaker/job.yml';
const INPUTS = {
  'aws-region': 'us-east-1',
  'execution-role': 'arn:aws:iam::111122223333:role/training',
  'instance-type': 'cpu',
};

interface Annotation {
  readonly message: string;
  readonly place: Place | undefined;
}

/** Runs the action on a job file; every door beyond the files of the checkout stays shut. */
async function run(yaml: string | undefined, inputs: Readonly<Record<string, string>> = {}) {
  const env = environmentOf({ ...INPUTS, ...inputs, 'job-file': PATH });
  const annotations: Annotation[] = [];
  const opened: string[] = [];
  const shut = (door: string) => () => {
    opened.push(door);
    throw new Error(`${door} was opened`);
  };
  const runner = {
    ...fakeRunner(env),
    error: (message: string, place?: Place) => annotations.push({ message, place }),
  };
  const ports = {
    runner,
    secrets: secretsOf(),
    files: { read: async (path: string) => (path === PATH ? yaml : undefined), exists: async () => true },
    aws: shut('aws'),
    github: shut('github'),
  } as unknown as Ports;
  const error = await main(ports, new AbortController().signal).catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) throw new Error(`not refused: ${yaml}`);
  return { failure: error, annotations, opened };
}

function placeOf({ at }: Refused): Partial<Place> {
  const [line, column] = at.split(':').map(Number);
  return { file: PATH, ...(line && { line }), ...(column && { column }) };
}

describe('a job file', () => {
  it(`has ${MISTAKES.length} ways to be wrong here, no less than sixty`, () => {
    expect(new Set(MISTAKES.map(({ yaml, inputs }) => JSON.stringify([yaml, inputs]))).size).toBeGreaterThanOrEqual(60);
  });

  it.each(MISTAKES)('is refused before any door is opened: $yaml ($message)', async (mistake) => {
    const { failure, annotations, opened } = await run(mistake.yaml, mistake.inputs);
    expect(opened).toEqual([]);
    expect(failure.code).toBe('INPUT_INVALID');
    const [heading, line = '', ...more] = failure.message.split('\n');
    expect([heading, more]).toEqual(['There is a mistake in the inputs:', []]);
    expect(line).toContain(mistake.message);
    expect(line.slice(line.indexOf(mistake.message))).toContain(mistake.remedy);
    if (mistake.at === '') return;
    expect(line).toContain(`${PATH} line ${mistake.at.replace(':', ', column ')}:`);
    expect(annotations).toEqual([
      { message: expect.stringContaining(mistake.message), place: expect.objectContaining(placeOf(mistake)) },
    ]);
  });

  it('that is not there is a mistake of the input', async () => {
    const { failure, annotations, opened } = await run(undefined);
    expect(failure.message).toContain('job-file is "sagemaker/job.yml", which is no file of the checkout');
    expect({ annotations, opened }).toEqual({ annotations: [], opened: [] });
  });

  it('has all its mistakes told at once, with those of the inputs, and nine of them annotated', async () => {
    const yaml = Array.from({ length: 12 }, (_, at) => `Field${at}: 1`).join('\n');
    const { failure, annotations } = await run(yaml, { 'max-run': '90x' });
    expect(failure.message).toMatch(/^There are 13 mistakes in the inputs:\n- max-run /);
    expect(annotations.map(({ place }) => place?.line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
