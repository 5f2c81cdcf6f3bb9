/** Data access: keys, file systems, pipes, and what is copied for the job. */
import { arnIn, roleOf, statement, writeStatement } from '../remedies/policy.ts';
import { type Rule, says } from '../rule.ts';

export const VOLUME_RULES: readonly Rule[] = [
  {
    label: 'kms-denied',
    title: 'AWS KMS denies the use of a key',
    retryable: false,
    signs: [
      says(
        0.98,
        /not authorized to perform: kms:|kms:(?:Decrypt|GenerateDataKey\w*|CreateGrant|Encrypt|DescribeKey|ReEncrypt\w*)|KMS\.?AccessDenied|KMSAccessDenied|when calling the (?:GenerateDataKey|Decrypt|CreateGrant) operation/i,
      ),
      says(
        0.95,
        /KMS\.?(?:Disabled|InvalidState|NotFound|InvalidKeyUsage)\w*|ciphertext refers to a customer master key that does not exist|KMS key.{0,80}(?:denied|not authorized|disabled|pending deletion|does not (?:exist|have)|cannot be (?:used|accessed)|invalid|not accessible|permission)|(?:denied|permission|unable to access).{0,60}KMS key/i,
        { unless: /region/i },
      ),
    ],
    remedy: (found) => {
      const key = arnIn(found.text, 'kms') ?? found.request.kmsKeyId ?? 'KEY_ARN';
      return [
        `Add to ${roleOf(found)}: ${statement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:CreateGrant'], resources: [key] })}`,
        'The key policy must allow the role, too; a key of another account needs both.',
      ];
    },
  },
  {
    label: 'fs-mount-failure',
    title: 'The file system (EFS or FSx) could not be mounted',
    retryable: false,
    signs: [
      says(
        0.97,
        /Unable to mount file system|File system connection timed out|mount\.(?:lustre|nfs\d?)\b|mount target.*(?:not found|timed? ?out)/i,
        { unless: /not supported in the region/ },
      ),
      says(
        0.92,
        /\bfs-[0-9a-f]{8,17}\b.{0,120}(?:mount|not (?:found|exist)|timed? ?out|unreachable|directory path)|(?:EFS|FSx)\b.{0,80}(?:mount|timed? ?out|not reachable)|(?:failed|unable) to mount\b/i,
        { unless: /not supported in the region|validation error/ },
      ),
    ],
    remedy: () => [
      'The subnets of the job must reach the mount target: security group with port 2049 (EFS) or 988 and 1018-1023 (FSx for Lustre), both ways.',
      'The directory path must exist in the file system; for FSx for Lustre it begins with the mount name.',
    ],
  },
  {
    label: 'pipe-mode-timeout',
    title: 'Pipe input timed out',
    retryable: false,
    signs: [
      says(0.97, /pipe channel timed out|pipe ?mode.{0,60}tim(?:ed? ?out|eout)|tim(?:ed ?out|eout).{0,60}\bpipe\b/i),
      says(0.86, /\/opt\/ml\/input\/data\/\w+_\d+.{0,60}(?:timed? ?out|timeout)/i),
    ],
    remedy: () => [
      'The program must open every pipe /opt/ml/input/data/<channel>_<epoch>, one after the other, and read each to its end.',
      'FastFile mode needs neither: set TrainingInputMode to FastFile in job-file.',
    ],
  },
  {
    label: 'artifact-upload-failure',
    title: 'The upload of the artifacts at the end failed',
    retryable: true,
    signs: [
      says(0.9, /upload failed:.*credentials received have been expired/i),
      says(
        0.84,
        /(?:Artifact|End of job|Model|Output) upload failed|(?:failed|unable) to upload (?:the )?(?:model|artifact|output)|error (?:while )?uploading (?:the )?(?:model|artifact|output)|Artifact upload/i,
        { unless: /Training image|subnet's route/ },
      ),
    ],
    remedy: (found) => [
      'Training itself ended; keep the result by writing it to the checkpoint path as well.',
      `Check that ${roleOf(found)} may write: ${writeStatement(found.request.outputUri ?? 's3://BUCKET/PREFIX')}`,
      'Very large or very many files below /opt/ml/model take long to pack and upload: remove what is not needed.',
    ],
  },
  {
    label: 'checkpoint-sync-failure',
    title: 'Checkpoints could not be copied to or from Amazon S3',
    retryable: true,
    signs: [
      says(
        0.92,
        /checkpoint.{0,40}(?:upload|sync\w*|download|restor\w*).{0,30}(?:fail|error|timed? ?out)|(?:fail\w*|error|unable) (?:to |while |in )?(?:upload|sync|download|restore|copy)\w* (?:the )?checkpoints?/i,
        { unless: /state_dict|FileNotFound|huggingface|Restoring from checkpoint failed/ },
      ),
    ],
    remedy: () => [
      'Keep few, small checkpoints below the checkpoint path: everything under the prefix is downloaded to every node before training.',
      'Write a checkpoint under another name and rename it: the service copies files while they are written.',
    ],
  },
];
