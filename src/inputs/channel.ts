/** `channels`: an S3 URI, or a map with everything that a channel of CreateTrainingJob can have. */
import { isMap, isScalar } from 'yaml';
import { maximumOf, violation } from './constraints.ts';
import type { Json, JsonObject } from './json.ts';
import { type FilePlace, type Parsed, quoted, valid, wrong } from './problem.ts';
import { s3Uri } from './s3-uri.ts';
import { accepted, integer, oneOf } from './scalar.ts';
import { readTextList } from './text-list.ts';
import { spellingOf, type YamlDocument } from './yaml-document.ts';
import { type Fields, field, readFields } from './yaml-fields.ts';
import { isEmpty, type MapForm } from './yaml-map.ts';

/** A channel as far as it was written: a part of the API's Channel, without its name. */
export interface ChannelInput {
  readonly settings: JsonObject;
  /** Where it was written: `line 2`. */
  readonly at: string;
  /** Where in the job file. */
  readonly place?: FilePlace;
}

const CHANNEL = 'CreateTrainingJob.InputDataConfig[]';
const HOW = 'Write an S3 URI, or a map with uri or file-system-id.';

const FIELDS = {
  uri: field(s3Uri),
  mode: field(oneOf(['File', 'FastFile', 'Pipe'])),
  'content-type': field(accepted(`${CHANNEL}.ContentType`, 'Write a MIME type on one line.')),
  sharding: field(oneOf(['FullyReplicated', 'ShardedByS3Key'])),
  compression: field(oneOf(['None', 'Gzip'])),
  'record-wrapper': field(oneOf(['None', 'RecordIO'])),
  'shuffle-seed': field(integer(0, Number.MAX_SAFE_INTEGER)),
  'data-type': field(oneOf(['S3Prefix', 'ManifestFile', 'AugmentedManifestFile'])),
  'attribute-names': attributeNames,
  'file-system-id': field(fileSystemId),
  'file-system-type': field(oneOf(['EFS', 'FSxLustre'])),
  'directory-path': field(directoryPath),
  'access-mode': field(oneOf(['ro', 'rw'])),
};

export const channelForm: MapForm<ChannelInput> = {
  key: accepted(`${CHANNEL}.ChannelName`, 'Use at most 64 letters, digits, dots, hyphens and underscores.'),
  value: channel,
  maxEntries: maximumOf('CreateTrainingJob.InputDataConfig'),
};

function channel(node: unknown, document: YamlDocument): Parsed<ChannelInput> {
  const at = `line ${document.lineOf(node)}`;
  if (isScalar(node) && !isEmpty(node)) {
    const uri = s3Uri(spellingOf(node) ?? '');
    return uri.ok ? valid({ settings: settingsOf({ uri: uri.value }), at }) : uri;
  }
  if (!isMap(node)) return wrong(isEmpty(node) ? 'has no value' : 'is a list', HOW);
  const fields = readFields(node, FIELDS, document);
  return fields.ok ? valid({ settings: settingsOf(fields.value), at }) : fields;
}

function settingsOf(fields: Fields<typeof FIELDS>): JsonObject {
  return known({
    DataSource: known({
      S3DataSource: known({
        S3DataType: fields['data-type'],
        S3Uri: fields.uri,
        S3DataDistributionType: fields.sharding,
        AttributeNames: fields['attribute-names'],
      }),
      FileSystemDataSource: known({
        FileSystemId: fields['file-system-id'],
        FileSystemAccessMode: fields['access-mode'],
        FileSystemType: fields['file-system-type'],
        DirectoryPath: fields['directory-path'],
      }),
    }),
    ContentType: fields['content-type'],
    CompressionType: fields.compression,
    RecordWrapperType: fields['record-wrapper'],
    InputMode: fields.mode,
    ShuffleConfig: known({ Seed: fields['shuffle-seed'] }),
  });
}

/** Without what is undefined, and without objects that hold nothing. */
function known(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter(
      (entry): entry is [string, Json] =>
        entry[1] !== undefined && (typeof entry[1] !== 'object' || Object.keys(entry[1] ?? {}).length > 0),
    ),
  );
}

const ATTRIBUTES = `${CHANNEL}.DataSource.S3DataSource.AttributeNames` as const;

function attributeNames(node: unknown, document: YamlDocument): Parsed<readonly string[]> {
  return readTextList(node, document, {
    how: 'Write a YAML list of the attributes to use, such as [source-ref, label].',
    item: accepted(`${ATTRIBUTES}[]`, 'Use at most 256 characters.'),
    maxItems: maximumOf(ATTRIBUTES),
  });
}

const FILE_SYSTEM = `${CHANNEL}.DataSource.FileSystemDataSource` as const;

function fileSystemId(text: string): Parsed<string> {
  const why = violation(`${FILE_SYSTEM}.FileSystemId`, text);
  return why === undefined
    ? valid(text)
    : wrong(`is ${quoted(text)}, which ${why}`, 'Write the id, such as fs-0123456789abcdef0.');
}

function directoryPath(text: string): Parsed<string> {
  const why = text.startsWith('/') ? violation(`${FILE_SYSTEM}.DirectoryPath`, text) : 'does not start with a slash';
  return why === undefined
    ? valid(text)
    : wrong(`is ${quoted(text)}, which ${why}`, 'Write the path in the file system, such as /data/train.');
}
