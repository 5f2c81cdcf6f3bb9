/** The post step: whatever ended main, nothing it started goes on unnoticed. With nothing to do it loads nothing. */
import { messageOf } from './failure.ts';
import { clean } from './hostile/clean.ts';
import { DOCKER_CONFIG_STATE } from './image/docker-config.ts';
import type { Inputs } from './inputs/inputs.ts';
import { retakeInputs } from './inputs/take-inputs.ts';
import { type Relinquished, relinquish } from './job/ownership.ts';
import { workflowRun } from './plan/plan.ts';
import { awsConfig } from './plan/plan-training.ts';
import type { Ports } from './ports.ts';
import { tellAfterwards } from './report/afterwards.ts';
import { keptReport } from './report/kept.ts';

export async function cleanUp(ports: Ports): Promise<0 | 1> {
  const { runner } = ports;
  await removeDockerConfig(ports);
  const jobName = runner.saved('job-name');
  const settled = jobName === '' || runner.saved('job-settled') === 'true';
  if (settled && !keptReport(runner)) return 0;
  const inputs = retakeInputs(ports);
  const done = settled ? undefined : await giveUp(jobName, inputs, ports);
  if (done) runner.print(clean(sentence(jobName, done), ports.secrets));
  await tellAfterwards(inputs, done, ports);
  return done?.kind === 'failed' ? 1 : 0;
}

/** What cannot be removed must not keep the job from being stopped. */
async function removeDockerConfig({ runner, files, secrets }: Ports): Promise<void> {
  const directory = runner.saved(DOCKER_CONFIG_STATE);
  if (directory === '') return;
  await files.remove(directory).catch((error) => {
    runner.warning(clean(`The Docker login in ${directory} could not be removed: ${messageOf(error)}`, secrets));
  });
}

/** Main was killed, so nobody waits for its job: it is stopped, or left where the user wants that. */
async function giveUp(jobName: string, inputs: Inputs, ports: Ports): Promise<Relinquished> {
  const runId = workflowRun(ports.runner.env).id;
  const aws = await ports.aws(awsConfig(inputs, runId));
  const inCreation = ports.runner.saved('job-created') === '';
  const task = { jobName, runId, onCancel: inputs.run.onCancel, patient: true, inCreation };
  return relinquish(task, { ...aws, clock: ports.clock });
}

function sentence(jobName: string, done: Relinquished): string {
  switch (done.kind) {
    case 'stopping':
      return `Asked SageMaker to stop ${jobName}: this run ended before it did.`;
    case 'left':
      return `${jobName} goes on (on-cancel: leave). Stop it with: aws sagemaker stop-training-job --training-job-name ${jobName}`;
    case 'not-ours':
      return `${jobName} is waited for by another run: left alone.`;
    case 'already-ended':
    case 'no-such-job':
      return `${jobName} is not running: nothing to stop.`;
    case 'failed': {
      const what = done.wish === 'stop' ? 'stopped' : 'marked as left (it goes on)';
      return `${jobName} could not be ${what}: ${messageOf(done.error)}. Stop it with: aws sagemaker stop-training-job --training-job-name ${jobName}`;
    }
  }
}
