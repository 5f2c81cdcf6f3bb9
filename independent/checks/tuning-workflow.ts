/** The tuning workflow under a real workflow engine: a matrix within the quota, its outputs by artifacts, the best of them. */
import assert from 'node:assert/strict';
import type { Suite } from '../suite.ts';
import { comments, job, openCloud, play, pullRequestEvent } from './workflow-stage.ts';

const QUOTA = { quotas: [{ name: 'ml.g4dn.xlarge for spot training job usage', value: 3 }] };
/** In the order in which they are created, whichever of the matrix that is; one of them fails. */
const MAPES = [0.3, 0.2, 0.07, 0.25, 0.4];
const BEST = MAPES.indexOf(0.07);
const FAILS = { ...job(2, 0.01), status: 'Failed', exitCode: 1 };

export async function tuningWorkflowChecks(suite: Suite): Promise<void> {
  await using cloud = await openCloud('act-tuning', [...MAPES.map((mape) => job(2, mape)), FAILS], QUOTA);
  const event = (sha: string) => pullRequestEvent(sha, { action: 'labeled', label: { name: 'tune' } }, ['tune']);
  const { exitCode, output, jobs } = await play(cloud, { example: 'tuning.yml', event });
  const created = (await cloud.calls('CreateTrainingJob')).filter(({ error }) => error === null);
  await suite.check('act: six trainings of a matrix, never more at once than the quota of three allows', async () => {
    assert.equal(created.length, 6, output);
    assert.deepEqual(
      (await cloud.calls('CreateTrainingJob')).filter(({ error }) => error !== null),
      [],
    );
    assert.equal(new Set(created.map(({ request }) => request?.TrainingJobName)).size, 6);
    assert.equal(new Set(created.map(({ request }) => JSON.stringify(request?.CheckpointConfig))).size, 6);
  });
  await suite.check(
    'act: the last job has the outputs of all, names the best by the objective, and the failed one last',
    () => {
      assert.equal(jobs.best, 'success', output);
      const { HyperParameters } = created[BEST]?.request ?? {};
      const { 'learning-rate': rate, 'hidden-size': size } = Object(HyperParameters);
      assert.ok(output.includes(`Best of 6: hidden-size ${size}, learning-rate ${rate}, with val_mape 0.07`), output);
      const rows = [...output.matchAll(/^\[best\].*\| ([\d.-]+) \| (success|failure) \|/gm)].map(([, value]) => value);
      assert.deepEqual(rows.slice(0, 5), ['0.07', '0.2', '0.25', '0.3', '0.4']);
      assert.equal(rows.length, 6, output);
    },
  );
  await suite.check(
    'act: a failed training makes the run red and hides no other; each has a comment of its own',
    async () => {
      assert.equal(exitCode, 1, output);
      const bodies = await comments(cloud);
      assert.equal(bodies.filter((body) => /^### ✅/m.test(body)).length, 5);
      assert.equal(bodies.filter((body) => /^### ❌/m.test(body)).length, 1);
    },
  );
}
