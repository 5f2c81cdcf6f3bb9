import { describe, expect, test } from '@jest/globals';
import { job } from './jobs.ts';
import { plainText } from './seen.ts';
import { Stage } from './stage.ts';

/** At full speed an answer of AWS that takes a tenth of a second is ten seconds late. */
const timeScale = 30;
const EXIT_137 = { status: 'Failed', failureReason: 'AlgorithmError: , exit code: 137' };
const LINES = ['epoch=1 val_mape=0.21', 'epoch=2 val_mape=0.2'];

/** What the card says was found at one of the four places. */
function found(comment: string, place: string): string {
  return plainText(new RegExp(`^\\| ${place} \\| (.*) \\|$`, 'm').exec(comment)?.[1] ?? '');
}

test('a kill at full memory is the memory of the host, by two sources', async () => {
  const full = job(LINES, {
    ...EXIT_137,
    instanceMetrics: {
      MemoryUtilization: [
        [1, 40],
        [20, 98.4],
      ],
      CPUUtilization: [
        [1, 380],
        [20, 396],
      ],
    },
  });
  await using stage = await Stage.open({ name: 'surroundings-memory', jobs: [full], timeScale });
  const main = await stage.main();

  expect(main.outputs.cause).toBe('host-oom');
  expect(JSON.parse(main.outputs.diagnosis ?? '').confidence).toBeGreaterThanOrEqual(0.9);
  const [comment = ''] = await stage.comments();
  expect(found(comment, 'Instance metrics')).toMatch(
    /^Memory: highest 98.4 %, last 98.4 % on algo-1; CPU 9\d(\.\d)? % busy on average on algo-1 \(4 vCPUs\)/,
  );
  // One question for all hosts and metrics.
  const questions = (await stage.calls('GetMetricData')).map(({ request }) => request.MetricDataQueries);
  expect(questions).toEqual([[expect.anything(), expect.anything(), expect.anything()]]);
});

describe('what the four checks looked at', () => {
  test('every place in S3, the rights of the execution role, the image', async () => {
    await using stage = await Stage.open({
      name: 'surroundings-all',
      jobs: [
        job([], {
          status: 'Failed',
          failureReason: 'ClientError: Data download failed:403 Forbidden (403): Forbidden',
        }),
      ],
      script: {
        iam: {
          roles: [
            {
              name: 'training',
              policies: [
                {
                  Version: '2012-10-17',
                  Statement: [
                    { Effect: 'Allow', Action: ['s3:ListBucket', 's3:PutObject', 'logs:*', 'ecr:*'], Resource: '*' },
                  ],
                },
              ],
            },
          ],
        },
      },
      timeScale,
    });
    const main = await stage.main();

    expect(main.outputs.cause).toBe('s3-access-denied');
    const [comment = ''] = await stage.comments();
    expect(found(comment, 'Data access')).toContain(
      'By its own policies the execution role may not: s3:GetObject on arn:aws:s3:::acme-ml/data/any-object',
    );
    expect(found(comment, 'Data access')).not.toContain('s3:PutObject');
    expect(found(comment, 'Container start')).toMatch(/The image exists for amd64/);
    expect(found(comment, 'Instance metrics')).toMatch(/^CloudWatch has none of this job/);
    expect(plainText(comment)).toContain(
      '{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::acme-ml/data/*"',
    );
    const listed = (await stage.calls('ListObjectsV2')).map(
      ({ request }) => `${request.Bucket}/${request.prefix ?? request.Prefix}`,
    );
    expect(listed.filter((place) => place === 'acme-ml/data/').length).toBeGreaterThan(1);
  });

  test('without the rights to look, the diagnosis stands and says what it could not see', async () => {
    const denied = (service: string, operation: string) => ({ service, operation, kind: 'denied', times: 99 });
    await using stage = await Stage.open({
      name: 'surroundings-denied',
      jobs: [job(LINES, EXIT_137)],
      script: {
        faults: [
          denied('cloudwatch', 'GetMetricData'),
          denied('iam', 'SimulatePrincipalPolicy'),
          denied('ecr', 'GetDownloadUrlForLayer'),
        ],
      },
      timeScale,
    });
    const main = await stage.main();

    expect(await stage.seen(main)).toMatchObject({ exit: 1, conclusion: 'failure' });
    expect(main.outputs.cause).toBe('host-oom');
    const [comment = ''] = await stage.comments();
    expect(found(comment, 'Instance metrics')).toBe(
      "They could not be read: this workflow's role lacks cloudwatch:GetMetricData.",
    );
    expect(found(comment, 'Data access')).toContain(
      "could not be checked: this workflow's role lacks iam:SimulatePrincipalPolicy.",
    );
    expect(found(comment, 'Container start')).toContain('The image could not be looked at');
  });
});

test('a spot quota of 0 where the on-demand one has room', async () => {
  const quotas = [{ name: 'ml.m5.xlarge for spot training job usage', value: 0 }];
  await using stage = await Stage.open({ name: 'surroundings-quota', script: { quotas }, timeScale });
  const main = await stage.main();

  expect(main.outputs.cause).toBe('quota-exceeded');
  const [comment = ''] = await stage.comments();
  expect(plainText(comment)).toContain('Set spot: false: the quota "ml.m5.xlarge for training job usage" is 20');
});
