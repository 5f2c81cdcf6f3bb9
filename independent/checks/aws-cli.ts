/** The AWS CLI, unchanged, against the local cloud: it signs, asks, pages and reads as it does against AWS. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalCloudProcess } from '../cloud.ts';
import type { Suite } from '../suite.ts';
import { type Aws, awsCli } from './aws-cli-client.ts';
import { trainingChecks } from './aws-cli-training.ts';
import { ACCOUNT, BUCKET, REPOSITORY } from './short-jobs.ts';

type Answer = Record<string, unknown>;
export async function awsCliChecks(suite: Suite, cloud: LocalCloudProcess): Promise<void> {
  const aws = awsCli(cloud);
  const json = async (...words: string[]): Promise<Answer> => JSON.parse(await aws(...words));
  await suite.check('aws sts get-caller-identity', async () => {
    assert.equal((await json('sts', 'get-caller-identity')).Account, ACCOUNT);
  });
  await suite.check('aws iam get-role', async () => {
    assert.partialDeepStrictEqual(await json('iam', 'get-role', '--role-name', 'training'), {
      Role: { RoleName: 'training', Arn: `arn:aws:iam::${ACCOUNT}:role/training` },
    });
  });
  await suite.check('aws service-quotas list-service-quotas', async () => {
    const { Quotas } = (await json('service-quotas', 'list-service-quotas', '--service-code', 'sagemaker')) as {
      Quotas: { QuotaName: string; Value: number }[];
    };
    const spot = Quotas.filter(({ QuotaName }) => /^ml\.m5\.large for spot training job usage$/.test(QuotaName));
    assert.equal(spot.length, 1, `${Quotas.length} quotas`);
    assert.equal(typeof spot[0]?.Value, 'number');
  });
  await ecrChecks(suite, aws, cloud);
  await s3Checks(suite, aws);
  await trainingChecks(suite, aws, cloud);
}

async function ecrChecks(suite: Suite, aws: Aws, cloud: LocalCloudProcess): Promise<void> {
  await suite.check('aws ecr describe-repositories', async () => {
    const { repositories } = JSON.parse(await aws('ecr', 'describe-repositories', '--repository-names', REPOSITORY));
    assert.deepEqual(
      repositories.map((repository: Answer) => [repository.repositoryName, repository.repositoryUri]),
      [[REPOSITORY, `${cloud.registry}/${REPOSITORY}`]],
    );
  });
  await suite.check('aws ecr describe-images', async () => {
    const { imageDetails } = JSON.parse(await aws('ecr', 'describe-images', '--repository-name', REPOSITORY));
    assert.match(imageDetails[0].imageDigest, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(imageDetails[0].imageTags, ['ready']);
  });
  await suite.check('aws ecr get-login-password opens the registry, and a wrong one does not', async () => {
    const password = (await aws('ecr', 'get-login-password')).trim();
    const status = async (secret: string) => {
      const authorization = `Basic ${Buffer.from(`AWS:${secret}`).toString('base64')}`;
      return (await fetch(`http://${cloud.registry}/v2/`, { headers: { authorization } })).status;
    };
    assert.equal(await status(password), 200);
    assert.equal(await status('wrong'), 401);
  });
}

async function s3Checks(suite: Suite, aws: Aws): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'aws-cli-'));
  const [sent, received] = [join(directory, 'sent'), join(directory, 'received')];
  // More than the CLI sends in one piece (8 MiB): a multipart upload and ranged downloads.
  const bytes = Buffer.alloc(9 * 2 ** 20, 'training data ');
  writeFileSync(sent, bytes);
  await suite.check('aws s3 cp, there and back, in parts', async () => {
    await aws('s3', 'cp', '--no-progress', sent, `s3://${BUCKET}/cli/large file+é.bin`);
    await aws('s3', 'cp', '--no-progress', `s3://${BUCKET}/cli/large file+é.bin`, received);
    assert.ok(readFileSync(received).equals(bytes), 'the bytes differ');
  });
  await suite.check('aws s3 ls', async () => {
    assert.match(await aws('s3', 'ls', `s3://${BUCKET}/`), /PRE cli\/\n\s+PRE data\/\n/);
    assert.match(await aws('s3', 'ls', '--recursive', `s3://${BUCKET}/cli/`), / 9437184 cli\/large file\+é\.bin\n/);
  });
  await suite.check('aws s3 rm', async () => {
    await aws('s3', 'rm', `s3://${BUCKET}/cli/large file+é.bin`);
    await assert.rejects(aws('s3', 'ls', `s3://${BUCKET}/cli/`), /aws s3 ls/);
  });
  rmSync(directory, { recursive: true, force: true });
}
