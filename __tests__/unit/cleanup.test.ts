import { describe, expect, it } from '@jest/globals';
import { cleanUp } from '../../src/cleanup.ts';
import type { Aws, Files, GitHub, Ports } from '../../src/ports.ts';
import { awsError, described, fakeRunner, fakeTrainer, secretsOf, type TrainerScript } from '../fixtures/doors.ts';
import { FakeClock } from '../fixtures/fake-clock.ts';
import { ENV } from '../fixtures/plans.ts';

const INPUTS = {
  'INPUT_AWS-REGION': 'us-east-1',
  'INPUT_EXECUTION-ROLE': 'arn:aws:iam::111122223333:role/training',
  'INPUT_INSTANCE-TYPE': 'cpu',
  INPUT_MATRIX: 'null',
};

function post(
  state: Record<string, string>,
  script: TrainerScript & { remove?: Error } = {},
  inputs: Record<string, string> = {},
) {
  const journal: string[] = [];
  const runner = fakeRunner({ ...ENV, ...INPUTS, ...inputs }, {}, state, journal);
  const trainer = fakeTrainer(
    {
      describe: () => described('InProgress', 'Training'),
      tags: async () => [{ Key: 'train-wait', Value: 'run:7001' }],
      ...script,
    },
    journal,
  );
  const ports: Ports = {
    runner,
    clock: new FakeClock(),
    secrets: secretsOf(),
    files: {
      remove: async (path: string) => {
        journal.push(`remove ${path}`);
        if (script.remove) throw script.remove;
      },
    } as Partial<Files> as Files,
    aws: async () => {
      journal.push('open AWS');
      return { trainer } as Partial<Aws> as Aws;
    },
    github: async () => {
      journal.push('open GitHub');
      return {} as Partial<GitHub> as GitHub;
    },
  } as Partial<Ports> as Ports;
  return { journal, done: cleanUp(ports) };
}

const acts = (journal: readonly string[]) => journal.filter((line) => /^(open|remove|stop|addTags)/.test(line));

describe('the post step', () => {
  it.each<[string, Record<string, string>]>([
    ['main never came to a job', {}],
    ['the job is settled', { 'job-name': 'train-job', 'job-settled': 'true' }],
  ])('with nothing to do opens nothing: %s', async (_, state) => {
    const { journal, done } = post(state);
    await expect(done).resolves.toBe(0);
    expect(journal).toEqual([]);
  });

  it('removes the login that a killed main left', async () => {
    const { journal, done } = post({ 'docker-config': '/tmp/train-docker-1' });
    await expect(done).resolves.toBe(0);
    expect(acts(journal)).toEqual(['remove /tmp/train-docker-1']);
  });

  it('stops the job that nobody waits for', async () => {
    const { journal, done } = post({ 'job-name': 'train-job' });
    await expect(done).resolves.toBe(0);
    expect(acts(journal)).toEqual(['open AWS', 'stop train-job']);
    expect(journal).toContainEqual(expect.stringContaining('Asked SageMaker to stop train-job'));
  });

  it('stops the job also when the login cannot be removed', async () => {
    const { journal, done } = post(
      { 'job-name': 'train-job', 'docker-config': '/tmp/x' },
      { remove: new Error('EBUSY') },
    );
    await expect(done).resolves.toBe(0);
    expect(acts(journal)).toEqual(['remove /tmp/x', 'open AWS', 'stop train-job']);
    expect(journal).toContainEqual(expect.stringMatching(/^warning .*EBUSY/));
  });

  it('leaves the job under on-cancel: leave, and says how to stop it', async () => {
    const { journal, done } = post({ 'job-name': 'train-job' }, {}, { 'INPUT_ON-CANCEL': 'leave' });
    await expect(done).resolves.toBe(0);
    expect(acts(journal)).toEqual(['open AWS', expect.stringMatching(/^addTags .* train-wait=left$/)]);
    expect(journal).toContainEqual(
      expect.stringContaining('aws sagemaker stop-training-job --training-job-name train-job'),
    );
  });

  it('leaves the job of another run alone', async () => {
    const { journal, done } = post(
      { 'job-name': 'train-job' },
      { tags: async () => [{ Key: 'train-wait', Value: 'run:8' }] },
    );
    await expect(done).resolves.toBe(0);
    expect(acts(journal)).toEqual(['open AWS']);
  });

  it('fails when the job cannot be stopped, and says how to', async () => {
    const { journal, done } = post(
      { 'job-name': 'train-job' },
      { stop: () => Promise.reject(awsError('InternalFailure', 'down')) },
    );
    await expect(done).resolves.toBe(1);
    expect(journal).toContainEqual(expect.stringMatching(/could not be stopped: down\. Stop it with: aws sagemaker/));
  });
});
