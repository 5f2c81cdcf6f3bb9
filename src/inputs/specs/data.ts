import { isScalar } from 'yaml';
import { channelForm } from '../channel.ts';
import { maximumOf, violation } from '../constraints.ts';
import { type Parsed, quoted, valid, wrong } from '../problem.ts';
import { s3Root, s3Uri } from '../s3-uri.ts';
import { accepted, type Reader, roleArn } from '../scalar.ts';
import { optional, required, withDefault } from '../spec.ts';
import type { YamlDocument } from '../yaml-document.ts';
import { hyperparameter } from '../yaml-json.ts';
import { mapOf, textMap } from '../yaml-map.ts';

/** The tags this action sets itself, all of which start with `train-`. */
export const OWN_TAGS = 12;

export const data = {
  'execution-role': required({
    group: 'data and output',
    description:
      'ARN of the role that SageMaker assumes: it reads the data and the image, and writes logs, checkpoints and the model. Not needed in `mode: watch`.',
    example: 'arn:aws:iam::<account>:role/<name>',
    read: roleArn,
  }),
  's3-uri': optional({
    group: 'data and output',
    description:
      'Where checkpoints, outputs and run files go. Default: `s3://sagemaker-<region>-<account>/train-on-sagemaker`. The bucket must exist.',
    read: s3Root,
  }),
  channels: optional({
    group: 'data and output',
    description:
      'Input data: a YAML map of channel name and S3 URI, or of channel name and a map: `uri`, `mode` (`File`, `FastFile`, `Pipe`), `content-type`, `sharding` (`FullyReplicated`, `ShardedByS3Key`), `compression`, `record-wrapper`, `shuffle-seed`, `data-type` (`S3Prefix`, `ManifestFile`, `AugmentedManifestFile`), `attribute-names`; for FSx for Lustre and EFS `file-system-id`, `file-system-type` (`FSxLustre`, `EFS`), `directory-path`, `access-mode` (`ro`, `rw`). `train: s3://bucket/train/` is found at `/opt/ml/input/data/train`.',
    read: mapOf(channelForm),
  }),
  hyperparameters: optional({
    group: 'data and output',
    description: 'Hyperparameters: a YAML map. Strings are passed as they are, other values as JSON.',
    read: mapOf({
      key: filled(accepted('CreateTrainingJob.HyperParameters{key}', 'Use at most 256 characters on one line.')),
      value: hyperparameterText,
      maxEntries: maximumOf('CreateTrainingJob.HyperParameters'),
    }),
  }),
  environment: optional({
    group: 'data and output',
    description:
      'Environment variables of the training: a YAML map. No secrets: anyone who may describe the job can read them.',
    read: textMap({
      key: filled(
        accepted('CreateTrainingJob.Environment{key}', 'Use letters, digits and underscores, and start with no digit.'),
      ),
      value: accepted('CreateTrainingJob.Environment{value}', 'Use at most 512 characters.'),
      maxEntries: maximumOf('CreateTrainingJob.Environment'),
    }),
  }),
  'checkpoint-uri': optional({
    group: 'data and output',
    description:
      'S3 URI of the checkpoints, used as it is. Default: a prefix below `s3-uri` for the name, branch, commit and configuration.',
    read: s3Uri,
  }),
  'checkpoint-path': withDefault({
    group: 'data and output',
    description: 'Directory in the container that is kept in step with the checkpoints in S3.',
    default: '/opt/ml/checkpoints',
    read: checkpointPath,
  }),
  'output-uri': optional({
    group: 'data and output',
    description: 'S3 URI below which SageMaker puts the model and other output. Default: `<s3-uri>/output/`.',
    read: s3Uri,
  }),
  tags: optional({
    group: 'data and output',
    description: 'More tags of the training job: a YAML map. `train-…` tags are set by this action.',
    read: textMap({
      key: tagKey,
      value: accepted('CreateTrainingJob.Tags[].Value', 'Use at most 256 letters, digits, blanks and _ . : / = + - @'),
      maxEntries: maximumOf('CreateTrainingJob.Tags') - OWN_TAGS,
    }),
  }),
};

/** A hyperparameter as it is sent; a text may have to be quoted (script mode). */
export interface HyperparameterText {
  readonly text: string;
  readonly isText: boolean;
}

function hyperparameterText(node: unknown, document: YamlDocument): Parsed<HyperparameterText> {
  const value = hyperparameter(node, document);
  if (!value.ok) return value;
  const checked = hyperparameterValue(value.value);
  return checked.ok
    ? valid({ text: checked.value, isText: isScalar(node) && typeof node.value === 'string' })
    : checked;
}

const hyperparameterValue = accepted(
  'CreateTrainingJob.HyperParameters{value}',
  'Use at most 2500 characters on one line.',
);

function filled(read: Reader<string>): Reader<string> {
  return (text) => (text.trim() === '' ? wrong('is empty', 'Give it a name.') : read(text));
}

function tagKey(text: string): Parsed<string> {
  if (/^aws:/i.test(text)) return wrong(`is ${quoted(text)}`, 'Keys that start with aws: are reserved by AWS.');
  if (/^train-/i.test(text)) return wrong(`is ${quoted(text)}`, 'Keys that start with train- are set by this action.');
  return accepted('CreateTrainingJob.Tags[].Key', 'Use 1 to 128 letters, digits, blanks and _ . : / = + - @')(text);
}

/** Directories that SageMaker itself fills or empties. */
const TAKEN = ['/opt/ml/input', '/opt/ml/model', '/opt/ml/output', '/opt/ml/code'];

function checkpointPath(text: string): Parsed<string> {
  const remedy = 'Write an absolute path of its own, such as /opt/ml/checkpoints.';
  const why = violation('CreateTrainingJob.CheckpointConfig.LocalPath', text);
  if (why !== undefined) return wrong(`is ${quoted(text)}, which ${why}`, remedy);
  if (!/^(?:\/[^/\s]+)+\/?$/.test(text) || /\/\.\.?(?:\/|$)/.test(text)) return wrong(`is ${quoted(text)}`, remedy);
  const path = `${text.replace(/\/$/, '')}/`;
  const taken = TAKEN.find((directory) => path.startsWith(`${directory}/`) || `${directory}/`.startsWith(path));
  return taken === undefined ? valid(text) : wrong(`is ${quoted(text)}, which collides with ${taken}`, remedy);
}
