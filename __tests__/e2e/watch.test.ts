import { CreateTrainingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { describe, expect, test } from '@jest/globals';
import { completeJobs, inProgress, jobsOf, waitTag } from '../resilience/job-states.ts';
import { plain, refEnvironment } from './events.ts';
import { COMPLETES, failed, TRAINS_ON } from './jobs.ts';
import { plainText } from './seen.ts';
import { AT_WORK, signalled } from './signals.ts';
import { type Run, Stage } from './stage.ts';

/** What only a new job needs. */
const NO_JOB = { 'execution-role': '', 'instance-type': '', channels: '', image: '', gates: '' };
const ENDED = { runs: [{ id: 4711, status: 'completed', conclusion: 'failure' }] };
const WAITING = { runs: [{ id: 4711, status: 'in_progress' }] };

/** A run that somebody started by hand, on the base branch. */
function watching(stage: Stage, job: string | undefined, run: Run = {}): Run {
  const base = refEnvironment('refs/heads/main', stage.checkout.baseSha);
  return {
    ...run,
    inputs: { ...NO_JOB, mode: 'watch', 'job-name': job ?? '', ...run.inputs },
    event: plain('workflow_dispatch'),
    env: { ...base, GITHUB_RUN_ID: '4712', ...run.env },
  };
}

const tags = (stage: Stage) => jobsOf(stage).map(waitTag);

describe('a job that nobody waits for any more', () => {
  test('handed over and live: followed to its end, judged by its own gates, reported where it belongs', async () => {
    await using stage = await Stage.open({ name: 'watch-handed-over', jobs: [TRAINS_ON] });
    const first = await stage.main({ inputs: { 'wait-timeout': '2m' } });
    expect(tags(stage)).toEqual(['handed-over']);
    let meanwhile = '';
    void stage.when('AddTags', 2).then(() => {
      meanwhile = tags(stage)[0] ?? '';
      completeJobs(stage);
    });
    const { main, post } = await stage.run(watching(stage, first.outputs['job-name']));

    expect(meanwhile).toBe('run:4712');
    expect(main).toMatchObject({ exitCode: 0, outputs: { conclusion: 'success', 'gate-passed': 'true' } });
    expect(main.outputs['job-name']).toBe(first.outputs['job-name']);
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('### ✅ Training passed: its gate holds');
    expect(comment).toContain('Another run started the job; this one only watched it.');
    const { statuses } = await stage.github();
    expect(statuses.at(-1)).toMatchObject({ sha: stage.checkout.headSha, state: 'success' });
    expect(tags(stage)).toEqual(['reported']);
    expect(await stage.created()).toHaveLength(1);
    expect(post.exitCode).toBe(0);
  });

  test('ended after its run was lost: explained and reported', async () => {
    await using stage = await Stage.open({
      name: 'watch-ended',
      jobs: [failed('AlgorithmError: , exit code: 1')],
      github: ENDED,
    });
    const first = await stage.main({ env: {}, inputs: { comment: 'off' } });
    const main = await stage.main(watching(stage, first.outputs['job-name']));

    expect(main).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure', cause: 'python-exception' } });
    const [comment = ''] = await stage.comments();
    expect(comment).toContain('### ❌ Training failed: the program raised an exception');
    expect(comment).toContain('| Data access | ');
    expect(main.summary).toContain('ValueError: negative dimension');
    expect(tags(stage)).toEqual(['reported']);
  });

  test('taken over and cancelled: stopped, as by a run that started it', async () => {
    await using stage = await Stage.open({ name: 'watch-cancelled', jobs: [TRAINS_ON] });
    const first = await stage.main({ inputs: { 'wait-timeout': '2m' } });
    const reads = (await stage.calls('GetLogEvents')).length;
    const cancel = signalled(stage, 'SIGINT', { ...AT_WORK, times: reads + 2 });
    const { main } = await stage.run(watching(stage, first.outputs['job-name'], cancel));

    expect(main.outputs.conclusion).toBe('cancelled');
    expect(await stage.calls('StopTrainingJob')).toHaveLength(1);
  });
});

describe('a job of somebody else', () => {
  test('another live run waits for it: followed, never tagged, and not stopped when this run is cancelled', async () => {
    await using stage = await Stage.open({ name: 'watch-others', jobs: [TRAINS_ON], github: WAITING });
    const first = await stage.main({ inputs: { 'wait-timeout': '2m' } });
    for (const { state } of jobsOf(stage)) (state.tags as Map<string, string>).set('train-wait', 'run:4711');
    const before = await stage.comments();
    const tagged = (await stage.calls('AddTags')).length;
    const reads = (await stage.calls('GetLogEvents')).length;
    const cancel = signalled(stage, 'SIGINT', { ...AT_WORK, times: reads + 2 });
    const { main, post } = await stage.run(watching(stage, first.outputs['job-name'], cancel));

    expect(main.outputs.conclusion).toBe('cancelled');
    expect(await stage.calls('StopTrainingJob')).toEqual([]);
    expect((await stage.calls('AddTags')).length).toBe(tagged);
    expect(inProgress(stage)).toHaveLength(1);
    expect(await stage.comments()).toEqual(before);
    expect(main.summary).toContain('the job runs on');
    expect((await stage.calls('GET /repos/{owner}/{repo}/actions/runs/{run_id}')).map(({ status }) => status)).toEqual([
      200,
    ]);
    expect(post.exitCode).toBe(0);
  });

  test('an older one: explained here, while the pull request keeps the newer result', async () => {
    const jobs = [failed('AlgorithmError: , exit code: 1'), COMPLETES];
    await using stage = await Stage.open({ name: 'watch-older', jobs, github: ENDED });
    const first = await stage.main();
    await stage.main({ env: { GITHUB_RUN_ID: '4713' } });
    const before = await stage.comments();
    const written = (await stage.github()).statuses.length;
    const main = await stage.main(watching(stage, first.outputs['job-name'], { env: { GITHUB_RUN_ID: '4714' } }));

    expect(main).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure', cause: 'python-exception' } });
    expect(main.summary).toContain('### ❌ Training failed: the program raised an exception');
    expect(await stage.comments()).toEqual(before);
    expect((await stage.github()).statuses).toHaveLength(written);
    expect(tags(stage)[0]).toBe('run:4711');
  });

  test('one that no workflow started: told here, and nothing is done about it', async () => {
    await using stage = await Stage.open({ name: 'watch-foreign', jobs: [failed('AlgorithmError: , exit code: 1')] });
    const { env } = stage.local;
    const sagemaker = new SageMakerClient({
      region: 'us-east-1',
      endpoint: env.AWS_ENDPOINT_URL ?? '',
      credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
    });
    await sagemaker.send(
      new CreateTrainingJobCommand({
        TrainingJobName: 'by-hand-1',
        RoleArn: 'arn:aws:iam::111122223333:role/training',
        AlgorithmSpecification: { TrainingImage: stage.image, TrainingInputMode: 'File' },
        OutputDataConfig: { S3OutputPath: 's3://acme-ml/by-hand/' },
        ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 10 },
        StoppingCondition: { MaxRuntimeInSeconds: 600 },
      }),
    );
    const main = await stage.main(watching(stage, 'by-hand-1'));

    expect(main).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure', cause: 'python-exception' } });
    expect(main.summary).not.toContain('Checkpoint');
    expect(main.summary).toContain('A job that this repository’s workflows did not start');
    expect((await stage.github()).statuses).toEqual([]);
    expect(await stage.comments()).toEqual([]);
    expect(await stage.calls('AddTags')).toEqual([]);
  });
});

describe('a mistake', () => {
  test('a name that no job has', async () => {
    await using stage = await Stage.open({ name: 'watch-unknown' });
    const main = await stage.main(watching(stage, 'train-no-such-job'));

    expect(main).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure' } });
    expect(plainText(main.log)).toContain('There is no training job train-no-such-job in this account and region.');
    expect(main.log).toContain('Correct `job-name` and `aws-region`');
    expect(await stage.comments()).toEqual([]);
  });

  test.each([
    ['mode: watch without a name', { ...NO_JOB, mode: 'watch' }, 'job-name is not set, and mode: watch needs it'],
    ['a name for a new job', { 'job-name': 'train-x-1' }, 'job-name is set, but a new job is started'],
    ['a name that is none', { ...NO_JOB, mode: 'watch', 'job-name': 'a_b' }, 'job-name is "a_b"'],
  ])('%s', async (_, inputs, message) => {
    await using stage = await Stage.open({});
    const main = await stage.main({ inputs });

    expect(main.exitCode).toBe(1);
    expect(main.log).toContain(message);
    expect(main.log).not.toContain('execution-role is not set');
    expect(await stage.awsCalls()).toEqual([]);
  });
});
