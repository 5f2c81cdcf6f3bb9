import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { build, FakeDocker } from './fake-docker.ts';
import { COMPLETES } from './jobs.ts';
import { Stage } from './stage.ts';

const WARNING = 'Nothing in the program or its image mentions /opt/ml/checkpoints';

test('a program that does not know where its checkpoints belong is warned about, at its line and in the comment', async () => {
  using docker = new FakeDocker({ buildx: true });
  await using stage = await Stage.open({
    name: 'checkpoint-place',
    jobs: [COMPLETES, COMPLETES],
    script: { ecr: { repositories: [{ name: 'bases/python', images: [{ tag: '3.12' }] }] } },
  });
  const { directory } = stage.checkout;
  const base = `${stage.local.registry}/bases/python:3.12`;
  writeFileSync(
    join(directory, 'Dockerfile'),
    `FROM ${base}\nCOPY . /opt/ml/code/\nENTRYPOINT ["python3", "/opt/ml/code/train.py"]\n`,
  );
  const unaware = await stage.main(build(docker, { inputs: { reuse: 'never' } }));
  expect(unaware.log).toContain(`::warning file=Dockerfile,line=3::${WARNING}`);
  const [comment] = await stage.comments();
  expect(comment).toContain('mentions `/opt/ml/checkpoints`: what is not saved there is lost');

  mkdirSync(join(directory, 'lib'));
  writeFileSync(join(directory, 'lib/loop.py'), 'PLACE = os.path.join("/opt/ml", "checkpoints")\n');
  const aware = await stage.main(build(docker, { inputs: { reuse: 'never' } }));
  expect({ log: aware.log, exitCode: aware.exitCode }).toMatchObject({ exitCode: 0 });
  expect(aware.log).not.toContain(WARNING);
});
