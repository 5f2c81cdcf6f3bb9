import { describe, expect, it } from '@jest/globals';
import { type CaseInput, evidenceOf } from '../../../src/diagnose/case.ts';
import { diagnose } from '../../../src/diagnose/diagnose.ts';

const explain = (one: CaseInput) => diagnose(evidenceOf({ status: 'Failed', ...one }));

describe('diagnose', () => {
  it('takes the exception of the rank torchrun saw failing first', () => {
    const log = [
      "[rank0]: ValueError: could not convert string to float: 'a'",
      '[rank4]: RuntimeError: CUDA error: device-side assert triggered',
      'Root Cause (first observed failure):',
      '[0]:',
      '  time      : 2025-01-01_10:00:00',
      '  rank      : 4 (local_rank: 4)',
      '  exitcode  : 1 (pid: 55)',
    ];
    expect(explain({ log: log.join('\n') }).label).toBe('cuda-device-assert');
    expect(explain({ log: log.join('\n').replace('rank      : 4', 'rank      : 0') }).label).toBe('input-data-format');
  });

  it('takes what the program raised before the upload that failed after it', () => {
    const upload =
      "ClientError: End of job upload failed:Please ensure that the subnet's route table has a route to an S3 VPC endpoint";
    const log =
      'Traceback (most recent call last):\n  File "/opt/ml/code/a.py", line 2, in f\n    g()\nModuleNotFoundError: No module named \'g\'';
    expect(explain({ failure_reason: upload, log }).label).toBe('module-not-found');
    expect(explain({ failure_reason: upload, log: `${log}\nReporting training SUCCESS` }).label).toBe(
      'vpc-no-s3-route',
    );
    expect(explain({ failure_reason: upload }).label).toBe('vpc-no-s3-route');
  });

  it('lets what other ranks say yield to the exception of the one that died', () => {
    const log =
      'Traceback (most recent call last):\n  File "/opt/ml/code/a.py", line 2, in f\n    g()\nLookupError: shard\n[rank1]:[E ProcessGroupNCCL.cpp:1] [Rank 1] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=4)\n[rank1]: torch.distributed.DistBackendError: NCCL error: remote process exited';
    expect(explain({ log }).label).toBe('python-exception');
  });

  it('does not take a survived error for the end', () => {
    const survived =
      'Traceback (most recent call last):\n  File "/opt/ml/code/a.py", line 2, in f\n    g()\nKeyError: \'cache\'\n';
    const log = `${survived}${'step ok\n'.repeat(60)}Traceback (most recent call last):\n  File "/opt/ml/code/a.py", line 9, in f\n    h()\nRuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)`;
    expect(explain({ log }).label).toBe('shape-mismatch');
  });

  it('shows two plausible causes with doubt, ranked', () => {
    const diagnosis = explain({ log: "ValueError: could not convert string to float: 'a'\nKeyError: 'b'" });
    expect(diagnosis.confidence).toBeLessThan(0.8);
    expect(diagnosis.alternatives.length).toBeGreaterThan(0);
  });

  it('raises its confidence in a killed host with its memory, which alone proves nothing', () => {
    const killed = { failure_reason: 'AlgorithmError: , exit code: 137', log: 'loading' };
    const full = explain({
      ...killed,
      metrics: {
        MemoryUtilization: [
          [0, 50],
          [60, 98],
        ],
      },
    });
    expect(full).toMatchObject({ label: 'host-oom' });
    expect(full.confidence).toBeGreaterThan(explain(killed).confidence);
    expect(explain({ log: 'loading', metrics: { MemoryUtilization: [[0, 99]] } }).label).toBe('unknown');
  });

  it('offers remedies that fit the request', () => {
    const facts = { instance_type: 'ml.m5.xlarge', hyperparameters: { train_batch_size: '512' } };
    const memory = explain({ failure_reason: 'AlgorithmError: , exit code: 137', request_facts: facts });
    expect(memory.remedy.join('\n')).toMatch(
      /instance-type: ml\.\S+ has \d+ GiB of memory instead of 16 \(\d+\.\d\d USD an hour/,
    );
    expect(memory.remedy.join('\n')).toContain('train_batch_size (now 512)');
    const denied = explain({
      failure_reason: 'ClientError: Data download failed:403 Forbidden (403): Forbidden',
      request_facts: { channels: { train: 's3://corp/train/' }, role: 'arn:aws:iam::111122223333:role/t' },
    });
    expect(denied.remedy[0]).toContain(
      'Add to arn:aws:iam::111122223333:role/t: {"Effect":"Allow","Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::corp"]}',
    );
    expect(denied.remedy[0]).toContain('arn:aws:s3:::corp/train/*');
  });

  it('says what it does not know, and where to look', () => {
    const diagnosis = explain({ failure_reason: 'AlgorithmError: , exit code: 1' });
    expect(diagnosis).toMatchObject({ label: 'unknown', evidence: [{ source: 'failure-reason' }] });
    expect(diagnosis.remedy.join(' ')).toContain('/aws/sagemaker/TrainingJobs');
    expect(diagnosis.confidence).toBeLessThan(0.5);
  });

  it('stays within five quotes of 400 characters', () => {
    const log = Array.from({ length: 50 }, (_, index) => `ValueError: ${index} ${'é😀'.repeat(400)}`).join('\n');
    const { evidence } = explain({ log, failure_reason: `AlgorithmError: ${'x'.repeat(1000)}` });
    expect(evidence.length).toBeLessThanOrEqual(5);
    for (const { quote } of evidence) expect(quote.length).toBeLessThanOrEqual(400);
  });
});
