/** The AWS CLI as a function. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LocalCloudProcess } from '../cloud.ts';
import { program } from '../suite.ts';

export type Aws = (...words: string[]) => Promise<string>;

/** The CLI with this cloud's credentials and none of the machine's own settings. Rejects with what it wrote to stderr. */
export function awsCli(cloud: LocalCloudProcess): Aws {
  const path = program('aws');
  const { AWS_ENDPOINT_URL: _unset, ...credentials } = cloud.env;
  const env = {
    PATH: process.env.PATH,
    ...credentials,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_PAGER: '',
    HOME: '/nonexistent',
  };
  return async (...words) => {
    const args = ['--endpoint-url', cloud.url, ...words];
    const { stdout } = await promisify(execFile)(path, args, { env }).catch((error: { stderr?: string }) => {
      throw new Error(`aws ${words.slice(0, 2).join(' ')}: ${error.stderr?.trim() || String(error)}`);
    });
    return stdout;
  };
}
