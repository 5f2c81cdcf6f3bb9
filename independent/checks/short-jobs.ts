/** What exists in the cloud that the clients of others are tried on. */

export const ACCOUNT = '111122223333';
export const JOB = 'cli-job-1';
export const BUCKET = 'my-bucket';
export const REPOSITORY = 'acme/forecast';

/** Two jobs of a few seconds; the second would train for an hour. */
export const SCRIPT = {
  jobs: [
    {
      match: JOB,
      phases: [
        { status: 'Starting', seconds: 1 },
        { status: 'Downloading', seconds: 1 },
        { status: 'Training', seconds: 4 },
        { status: 'Uploading', seconds: 1 },
      ],
      logs: {
        lines: [
          { at: 1, text: 'epoch=1 val_mape=0.21' },
          { at: 2, text: 'epoch=2 val_mape=0.05' },
        ],
      },
    },
    {
      match: 'cli-stopped',
      phases: [
        { status: 'Starting', seconds: 1 },
        { status: 'Training', seconds: 3600 },
      ],
    },
  ],
  ecr: { repositories: [{ name: REPOSITORY, images: [{ tag: 'ready' }] }] },
  s3: { buckets: [{ name: BUCKET, objects: [{ key: 'data/train/sst.csv', text: 'month,value\n' }] }] },
};
