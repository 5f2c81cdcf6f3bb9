import { describe, expect, it } from '@jest/globals';
import { accept, refuse } from './environment.ts';

const s3 = (S3Uri: string, more: object = {}) => ({
  S3DataSource: { S3DataType: 'S3Prefix', S3Uri, S3DataDistributionType: 'FullyReplicated', ...more },
});
const VPC = { subnets: 'subnet-0a1b', 'security-groups': 'sg-0a1b' };
const FSX = 'file-system-id: fs-0123456789abcdef0, file-system-type: FSxLustre, directory-path: /fsx/train';

describe('channels', () => {
  it.each<[string, object]>([
    [
      'train: s3://my-bucket/data/train/\nval.1: s3://my-bucket',
      { train: { DataSource: s3('s3://my-bucket/data/train/') }, 'val.1': { DataSource: s3('s3://my-bucket') } },
    ],
    ['train: { uri: s3://b12/x/ }', { train: { DataSource: s3('s3://b12/x/') } }],
    ['a: &a s3://b12/x/\nb: *a', { a: { DataSource: s3('s3://b12/x/') }, b: { DataSource: s3('s3://b12/x/') } }],
    [
      'train:\n  uri: s3://b12/x/\n  mode: FastFile\n  content-type: text/csv\n  sharding: ShardedByS3Key\n  shuffle-seed: 7',
      {
        train: {
          DataSource: s3('s3://b12/x/', { S3DataDistributionType: 'ShardedByS3Key' }),
          ContentType: 'text/csv',
          InputMode: 'FastFile',
          ShuffleConfig: { Seed: 7 },
        },
      },
    ],
    [
      'train: { uri: s3://b12/m, mode: Pipe, compression: Gzip, record-wrapper: RecordIO, data-type: AugmentedManifestFile, attribute-names: [ref, label] }',
      {
        train: {
          DataSource: s3('s3://b12/m', { S3DataType: 'AugmentedManifestFile', AttributeNames: ['ref', 'label'] }),
          CompressionType: 'Gzip',
          RecordWrapperType: 'RecordIO',
          InputMode: 'Pipe',
        },
      },
    ],
    [
      'train: { uri: s3://b12/m, data-type: ManifestFile }',
      { train: { DataSource: s3('s3://b12/m', { S3DataType: 'ManifestFile' }) } },
    ],
    [
      `train: { ${FSX} }`,
      {
        train: {
          DataSource: {
            FileSystemDataSource: {
              FileSystemId: 'fs-0123456789abcdef0',
              FileSystemAccessMode: 'ro',
              FileSystemType: 'FSxLustre',
              DirectoryPath: '/fsx/train',
            },
          },
        },
      },
    ],
  ])('%s', (text, channels) => {
    expect(accept({ channels: text, ...VPC }).data.channels).toEqual(channels);
  });

  it.each([
    ['train: /data', 'line 1', 'no S3 URI'],
    ['tr ain: s3://bucket/x', 'line 1', 'the name is "tr ain"'],
    ['train: [s3://bucket/x]', 'line 1', 'train is a list'],
    ['train:', 'line 1', 'train has no value'],
    [Array.from({ length: 21 }, (_, at) => `c${at}: s3://bucket/x`).join('\n'), undefined, 'has 21 entries'],
    ['train:\n  uri: s3://bucket/x\n  mod: Pipe', 'line 3', 'train "mod" is none of the names here'],
    ['train:\n  uri: s3://bucket/x\n  mode: pipe', 'line 3', 'train mode is "pipe"'],
    ['train:\n  uri: bucket/x\n  sharding: ShardedByS3Key', 'line 2', 'train uri is "bucket/x"'],
    ['train:\n  uri: s3://bucket/x\n  shuffle-seed: -1', 'line 3', 'train shuffle-seed is "-1"'],
    ['train:\n  uri: s3://bucket/x\n  content-type: [a]', 'line 3', 'train content-type is a map or a list'],
    ['train:\n  uri:', 'line 2', 'train uri has no value'],
    ['train: { mode: Pipe }', 'line 1', 'train has no source of data'],
    [`train: { uri: s3://bucket/x, ${FSX} }`, 'line 1', 'train has two sources of data'],
    ['train: { data-type: S3Prefix }', 'line 1', 'train has no uri'],
    ['train: { file-system-id: fs-0123456789abcdef0, directory-path: /x }', 'line 1', 'train has no file-system-type'],
    ['train: { file-system-id: fs-0123456789abcdef0, file-system-type: EFS }', 'line 1', 'train has no directory-path'],
    ['train: { file-system-id: vol-1 }', 'line 1', 'train file-system-id is "vol-1"'],
    ['train: { directory-path: data }', 'line 1', 'train directory-path is "data", which does not start with a slash'],
    [`train: { ${FSX}, mode: FastFile }`, 'line 1', 'train is in a file system and has the mode FastFile'],
    [`train: { ${FSX}, shuffle-seed: 1 }`, 'line 1', 'train is in a file system and has shuffle-seed'],
    ['a: s3://b12/x\nb: { uri: s3://b12/y, compression: Gzip }', 'line 2', 'b has compression: Gzip and the mode File'],
    ['b: { uri: s3://b12/y, record-wrapper: RecordIO, mode: FastFile }', 'line 1', 'b has record-wrapper: RecordIO'],
    [
      'b: { uri: s3://b12/y, data-type: AugmentedManifestFile }',
      'line 1',
      'b has data-type: AugmentedManifestFile and the mode File',
    ],
    ['b: { uri: s3://b12/y, data-type: AugmentedManifestFile, mode: Pipe }', 'line 1', 'has no attribute-names'],
    ['b: { uri: s3://b12/y, attribute-names: [a] }', 'line 1', 'b has attribute-names and is no augmented manifest'],
    [
      'b: { uri: s3://b12/y, data-type: ManifestFile, mode: FastFile }',
      'line 1',
      'b has mode: FastFile and data-type: ManifestFile',
    ],
  ])('%j is refused: %s, %s', (text, at, message) => {
    const problems = refuse({ channels: text, ...VPC });
    expect(problems).toMatchObject([
      { input: 'channels', message: expect.stringContaining(message), remedy: expect.stringMatching(/^[A-Z].*[.?>]$/) },
    ]);
    expect(problems[0]?.at).toBe(at);
  });

  it('guess which name was meant', () => {
    const text = 'train:\n  uri: s3://bucket/x\n  content_type: text/csv\n  shardin: FullyReplicated';
    expect(refuse({ channels: text }).map(({ at, remedy }) => [at, remedy])).toEqual([
      ['line 3', 'Did you mean content-type?'],
      ['line 4', 'Did you mean sharding?'],
    ]);
  });

  it('in a file system need the VPC it is in', () => {
    expect(refuse({ channels: `train: { ${FSX} }` })).toMatchObject([
      {
        input: 'channels',
        message: expect.stringContaining('only from its VPC'),
        remedy: expect.stringContaining('subnets'),
      },
    ]);
  });
});
