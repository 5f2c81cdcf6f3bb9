/** What a channel of CreateTrainingJob must hold together: its fields are right alone. */
import type { ChannelInput } from './channel.ts';
import type { Combined } from './combinations.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { Problem } from './problem.ts';

interface Channel {
  readonly settings: JsonObject;
  readonly s3: JsonObject | undefined;
  readonly files: JsonObject | undefined;
  readonly hasOtherSource: boolean;
  /** The channel's own, or that of all channels. */
  readonly mode: Json;
}

type Rule = (channel: Channel, inputs: Combined) => { readonly message: string; readonly remedy: string } | undefined;

const S3_ONLY: Readonly<Record<string, string>> = {
  CompressionType: 'compression',
  RecordWrapperType: 'record-wrapper',
  ShuffleConfig: 'shuffle-seed',
};

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html and the pages it links. */
const RULES: readonly Rule[] = [
  ({ s3, files, hasOtherSource }) => {
    if ([s3, files, hasOtherSource || undefined].filter((source) => source !== undefined).length === 1)
      return undefined;
    const remedy = 'Write uri for data in S3, or file-system-id for data in a file system: one of them.';
    return { message: s3 === undefined ? 'has no source of data' : 'has two sources of data', remedy };
  },
  ({ s3 }) =>
    s3 !== undefined && s3.S3Uri === undefined
      ? { message: 'has no uri', remedy: 'Add uri: s3://<bucket>/<prefix>/.' }
      : undefined,
  ({ files }) => {
    const missing = {
      FileSystemId: 'file-system-id',
      FileSystemType: 'file-system-type',
      DirectoryPath: 'directory-path',
    };
    const lacks = Object.entries(missing).find(([field]) => files !== undefined && files[field] === undefined)?.[1];
    return lacks === undefined
      ? undefined
      : { message: `has no ${lacks}`, remedy: `Add ${lacks}: a file system needs it.` };
  },
  ({ files }, { given }) =>
    files !== undefined && !(given.has('subnets') && given.has('security-groups'))
      ? {
          message: 'is in a file system, which is reached only from its VPC',
          remedy: 'Set subnets and security-groups as well.',
        }
      : undefined,
  ({ files, mode }) =>
    files !== undefined && mode !== 'File'
      ? { message: `is in a file system and has the mode ${mode}`, remedy: 'Write mode: File, or leave it out.' }
      : undefined,
  ({ files, settings }) => {
    const extra = Object.keys(S3_ONLY).find((field) => files !== undefined && settings[field] !== undefined);
    const name = extra === undefined ? '' : S3_ONLY[extra];
    return extra === undefined
      ? undefined
      : { message: `is in a file system and has ${name}, which is for data in S3`, remedy: `Remove ${name}.` };
  },
  ({ settings, mode }) =>
    settings.CompressionType === 'Gzip' && mode !== 'Pipe'
      ? { message: `has compression: Gzip and the mode ${mode}`, remedy: 'Write mode: Pipe, or unpack the data in S3.' }
      : undefined,
  ({ settings, mode }) =>
    settings.RecordWrapperType === 'RecordIO' && mode !== 'Pipe'
      ? {
          message: `has record-wrapper: RecordIO and the mode ${mode}`,
          remedy: 'Write mode: Pipe, or leave record-wrapper out.',
        }
      : undefined,
  ({ s3, mode }) =>
    s3?.S3DataType === 'AugmentedManifestFile' && mode !== 'Pipe'
      ? { message: `has data-type: AugmentedManifestFile and the mode ${mode}`, remedy: 'Write mode: Pipe.' }
      : undefined,
  ({ s3 }) =>
    s3?.S3DataType === 'AugmentedManifestFile' && s3.AttributeNames === undefined
      ? { message: 'is an augmented manifest and has no attribute-names', remedy: 'Add attribute-names: [<name>, …].' }
      : undefined,
  ({ s3 }) =>
    s3?.AttributeNames !== undefined && s3.S3DataType !== 'AugmentedManifestFile'
      ? {
          message: 'has attribute-names and is no augmented manifest',
          remedy: 'Add data-type: AugmentedManifestFile, or remove attribute-names.',
        }
      : undefined,
  ({ s3, mode }) =>
    mode === 'FastFile' && s3?.S3DataType !== undefined && s3.S3DataType !== 'S3Prefix'
      ? {
          message: `has mode: FastFile and data-type: ${s3.S3DataType}`,
          remedy: 'FastFile reads whole prefixes: write data-type: S3Prefix, or mode: File.',
        }
      : undefined,
];

export function channelProblems(inputs: Combined): readonly Problem[] {
  const general = isObject(inputs.rest.AlgorithmSpecification)
    ? inputs.rest.AlgorithmSpecification.TrainingInputMode
    : undefined;
  return Object.entries(inputs.values.channels ?? {}).flatMap(([name, channel]) => {
    const facts = factsOf(channel, general ?? 'File');
    // One mistake a channel: the next ones often follow from it.
    const mistake = RULES.map((rule) => rule(facts, inputs)).find((found) => found !== undefined);
    return mistake === undefined
      ? []
      : [
          {
            input: 'channels',
            at: channel.at,
            ...(channel.place && { place: channel.place }),
            ...mistake,
            message: `${name} ${mistake.message}`,
          },
        ];
  });
}

function factsOf({ settings }: ChannelInput, mode: Json): Channel {
  const source = isObject(settings.DataSource) ? settings.DataSource : {};
  const { S3DataSource: s3, FileSystemDataSource: files, ...others } = source;
  return {
    settings,
    s3: isObject(s3) ? s3 : undefined,
    files: isObject(files) ? files : undefined,
    hasOtherSource: Object.keys(others).length > 0,
    mode: settings.InputMode ?? mode,
  };
}
