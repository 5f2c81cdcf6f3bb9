/** boto3, unchanged, against the local cloud. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { LocalCloudProcess } from '../cloud.ts';
import { program, ROOT, type Suite } from '../suite.ts';
import { BUCKET, JOB, REPOSITORY } from './short-jobs.ts';

/** After the AWS CLI's checks, on the same cloud. */
export async function boto3Checks(suite: Suite, cloud: LocalCloudProcess): Promise<void> {
  const { status, stdout, stderr } = spawnSync(
    program('python'),
    [join(ROOT, 'independent/boto3_clients.py'), JOB, BUCKET, REPOSITORY],
    {
      env: { PATH: process.env.PATH, ...cloud.env, AWS_CONFIG_FILE: '/dev/null', HOME: '/nonexistent' },
      encoding: 'utf8',
    },
  );
  const lines = stdout.split('\n').filter((line) => /^(not )?ok /.test(line));
  for (const line of lines) {
    const title = line.replace(/^(not )?ok /, '');
    await suite.check(`boto3 ${title}`, () => {
      if (line.startsWith('not ok')) throw new Error(title);
    });
  }
  if (lines.length === 0 || (status !== 0 && lines.every((line) => line.startsWith('ok'))))
    throw new Error(`boto3_clients.py ended with exit code ${status}:\n${stderr}`);
}
