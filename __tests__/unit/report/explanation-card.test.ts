import { describe, expect, it } from '@jest/globals';
import type { Explained } from '../../../src/diagnose/explain-job.ts';
import { clean } from '../../../src/hostile/clean.ts';
import { makeSecrets } from '../../../src/hostile/secrets.ts';
import { commentBody } from '../../../src/report/comment.ts';
import { proofBlocks, remedyList } from '../../../src/report/explanation-card.ts';
import { outputsOf } from '../../../src/report/outputs.ts';
import { asClean, makeReport } from '../../fixtures/reports.ts';

const CHECKS = (['logs', 'metrics', 'data-access', 'container-start'] as const).map((name) => ({
  name,
  finding: 'Fine.',
}));

function explained(diagnosis: Partial<Explained['diagnosis']> = {}, rest: Partial<Explained> = {}): Explained {
  return {
    diagnosis: {
      label: 'gpu-oom',
      title: 'The memory of the GPU ran out',
      confidence: 0.97,
      evidence: [{ source: 'log', quote: 'CUDA out of memory.', line: 9 }],
      remedy: ['Lower batch-size.', 'Take ml.g5.2xlarge.'],
      retryable: false,
      checks: CHECKS,
      alternatives: [],
      ...diagnosis,
    },
    raised: undefined,
    place: undefined,
    ...rest,
  };
}

const FAILED = { conclusion: 'failure', outcome: { kind: 'failed', reason: 'AlgorithmError' }, gates: [] } as const;
const fenceLines = (text: string) =>
  [...text.matchAll(/```text\n([\s\S]*?)\n```/g)].flatMap(([, body = '']) => body.split('\n'));

describe('the card', () => {
  it('tells cause, proof, checks, remedy and whether to try again, in this order', () => {
    const text = commentBody(makeReport({ ...FAILED, explained: explained() }), asClean);
    const parts = [
      '### ❌ Training failed: the memory of the GPU ran out',
      '**Cause:** The memory of the GPU ran out (`gpu-oom`, 97 % sure).',
      'The training log:\n\n```text\nCUDA out of memory.\n```',
      '| Looked at | Found |',
      '| Container start | Fine. |',
      '**Next:**\n\n1. Lower batch-size.\n2. Take ml.g5.2xlarge.',
      'Running it again as it is would most likely end the same way.',
    ];
    const places = parts.map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(text).not.toContain('The log ended with');
  });

  it('names a second cause that is nearly as likely, and says when a retry makes sense', () => {
    const alternatives = [{ label: 'host-oom', title: 'The memory of the host ran out', confidence: 0.8 }] as const;
    const text = commentBody(
      makeReport({ ...FAILED, explained: explained({ alternatives, retryable: true }) }),
      asClean,
    );
    expect(text).toContain('If that is not it: the memory of the host ran out (`host-oom`).');
    expect(text).toContain('Running it again as it is may succeed.');
  });

  it('stands behind what stopped the job, unless that says all', () => {
    const stopped = { ...FAILED, outcome: { kind: 'stopped', by: 'max-runtime' } } as const;
    const hang = explained({ label: 'hang-deadlock', title: 'No error: the job stands still' });
    const limit = explained({ label: 'max-runtime-exceeded', title: 'The job reached its longest run time (max-run)' });
    const slow = commentBody(makeReport({ ...stopped, explained: hang }), asClean);
    expect(slow).toContain('Training ran for all of `max-run`');
    expect(slow).toContain('**Cause:** No error: the job stands still (`hang-deadlock`');
    const plain = commentBody(makeReport({ ...stopped, explained: limit }), asClean);
    expect(plain).not.toContain('**Cause:**');
    expect(plain).toContain('| Container start | Fine. |');
  });

  it('keeps angle brackets of a title in code', () => {
    const title = 'The script reads SM_CHANNEL_<NAME> of a channel the request does not have';
    const text = commentBody(
      makeReport({ ...FAILED, explained: explained({ label: 'channel-env-missing', title }) }),
      asClean,
    );
    expect(text).toContain('### ❌ Training failed: the script reads `SM_CHANNEL_<NAME>` of a channel');
  });
});

describe('the proof', () => {
  it('is the traceback of the own code first, and twenty lines at most', () => {
    const frames = Array.from({ length: 30 }, (_, index) => ({
      file: 'a.py',
      line: index + 1,
      function: 'f',
      code: `x${index}`,
    }));
    const raised = { text: `ValueError: no\n${'more\n'.repeat(50)}`, frames };
    const evidence = [
      { source: 'log', quote: 'ValueError: no', line: 3 },
      { source: 'failure-reason', quote: 'AlgorithmError\n'.repeat(20) },
    ] as const;
    const text = proofBlocks(explained({ evidence }, { raised }));
    expect(
      text.startsWith('The traceback in the training log:\n\n```text\n  File "a.py", line 4, in f\n    x3\n'),
    ).toBe(true);
    expect(fenceLines(text).length).toBeLessThanOrEqual(20);
  });

  it('comes before a traceback that it has nothing to do with', () => {
    const raised = { text: 'ValueError: no', frames: [{ file: 'a.py', line: 1, function: '', code: '' }] };
    const text = proofBlocks(explained({}, { raised }));
    expect(text).toBe(
      'The training log:\n\n```text\nCUDA out of memory.\n```\n\nThe traceback in the training log:\n\n```text\n  File "a.py", line 1\nValueError: no\n```',
    );
  });

  it('shows no secret, wherever it stands', () => {
    const secrets = makeSecrets(() => {});
    secrets.add('hunter2hunter2');
    const quote = 'hunter2\u200bhunter2';
    const frames = [{ file: quote, line: 1, function: quote, code: quote }];
    const told = explained(
      { evidence: [{ source: 'log', quote }], remedy: [quote], checks: [{ name: 'logs', finding: quote }] },
      { raised: { text: quote, frames }, place: { file: quote, line: 1 } },
    );
    const text = commentBody(makeReport({ ...FAILED, explained: told }), (raw) => clean(raw, secrets));
    expect(text).not.toContain('hunter2');
    expect(text.match(/\*\*\*/g)?.length).toBeGreaterThan(4);
  });
});

it('an unknown cause proposes no retry', () => {
  expect(remedyList(explained({ label: 'unknown', retryable: false }))).toBe(
    '**Next:**\n\n1. Lower batch-size.\n2. Take ml.g5.2xlarge.',
  );
});

it('the outputs hold the label, and the form of `npm run explain` without an id', () => {
  const { diagnosis, cause } = outputsOf(makeReport({ ...FAILED, explained: explained() }), undefined);
  expect(cause).toBe('gpu-oom');
  expect(JSON.parse(diagnosis)).toEqual({
    label: 'gpu-oom',
    title: 'The memory of the GPU ran out',
    confidence: 0.97,
    evidence: [{ source: 'log', quote: 'CUDA out of memory.', line: 9 }],
    remedy: ['Lower batch-size.', 'Take ml.g5.2xlarge.'],
    retryable: false,
    checks: CHECKS,
  });
});
