/** The requests that the action would send, against AWS's own model of them and against the SageMaker Python SDK. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildRequest, JOB } from '../requests/build-request.ts';
import { COMPARED } from '../requests/estimators.ts';
import { WORKFLOWS } from '../requests/workflows.ts';
import { program, ROOT, type Suite } from '../suite.ts';

const LEAST_VALID = 100;
const LEAST_COMPARED = 15;

export async function requestChecks(suite: Suite): Promise<void> {
  const valid = [...WORKFLOWS, ...COMPARED].map((workflow) => ({
    name: workflow.name,
    request: buildRequest(workflow),
  }));
  const compared = COMPARED.map((each) => ({
    name: each.name,
    request: buildRequest(each),
    estimator: each.estimator,
    job: JOB,
  }));
  await suite.check(`there are ${valid.length} requests, no less than ${LEAST_VALID}, and no two are the same`, () => {
    const distinct = new Set(WORKFLOWS.map((workflow) => JSON.stringify(buildRequest(workflow)))).size;
    if (distinct < LEAST_VALID || compared.length < LEAST_COMPARED)
      throw new Error(`${distinct} distinct, ${compared.length} compared`);
  });
  await verdicts(suite, 'botocore', valid);
  await verdicts(suite, 'the Python SDK', compared);
  await suite.check('a request that is wrong is seen', () => {
    const [first] = compared;
    if (first === undefined) throw new Error('nothing to make wrong');
    const model = run([{ name: 'wrong', request: { ...first.request, RoleArn: 'me' } }]);
    const sdk = run([{ ...first, request: { ...first.request, HyperParameters: { a: '1' } } }]);
    if (!model[0]?.startsWith('not ok wrong: ') || !sdk[0]?.startsWith('not ok '))
      throw new Error([...model, ...sdk].join('\n'));
  });
}

async function verdicts(suite: Suite, judge: string, cases: readonly { readonly name: string }[]): Promise<void> {
  const lines = run(cases);
  for (const [index, { name }] of cases.entries()) {
    await suite.check(`${judge}: ${name}`, () => {
      if (lines[index] !== `ok ${name}`) throw new Error(lines[index] ?? 'no answer');
    });
  }
}

function run(cases: readonly object[]): readonly string[] {
  const { stdout, stderr, status } = spawnSync(program('python'), [join(ROOT, 'independent/training_requests.py')], {
    input: cases.map((each) => JSON.stringify(each)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { PATH: process.env.PATH, PYTHONWARNINGS: 'ignore' },
  });
  const lines = stdout.split('\n').filter((line) => /^(?:not )?ok /.test(line));
  if (lines.length !== cases.length)
    throw new Error(`training_requests.py ended with ${status} after ${lines.length} of ${cases.length}:\n${stderr}`);
  return lines;
}
