/** The causes a failed or stopped job can have: a closed list, one word each, grouped as a reader would look for them. */

export type Family =
  | 'code errors'
  | 'resources'
  | 'data access'
  | 'container start'
  | 'request and quotas'
  | 'time and stops'
  | 'client side and none';

const LABELS_BY_FAMILY = {
  'code errors': {
    'python-exception': "the user's code raised, and the exception says all there is to know",
    'module-not-found': 'a Python module is missing in the container',
    'import-error': 'the module is there but cannot be imported: a name or a shared library is missing',
    'argparse-error': 'the script refuses a hyperparameter or its value',
    'syntax-error': 'the Python or shell source does not parse',
    'file-not-found': 'a file the code opens is not there',
    'missing-key': 'a key, column or environment variable is missing',
    'channel-env-missing': 'the script reads SM_CHANNEL_<NAME> of a channel the request does not have',
    'input-channel-misconfig': 'the names, set or distribution of the channels do not suit the algorithm',
    'input-data-format': 'the content of the data does not suit the program',
    'invalid-hyperparameter': 'the value or the serialisation of a hyperparameter is wrong',
    'shape-mismatch': 'dimensions of tensors or arrays do not fit each other',
    'device-mismatch': 'tensors lie on different devices',
    'cuda-device-assert': 'an assertion failed inside a CUDA kernel, mostly an index out of range',
    'dataloader-worker-error': 'a data-loading worker raised, or could not start',
    'dataloader-worker-killed': 'a data-loading worker was killed, for shared or host memory',
    'checkpoint-resume-error': 'the checkpoint to resume from is missing, corrupt or of another model',
    'checkpoint-lost': 'no usable checkpoint survived, so work was lost',
    'nan-loss': 'the loss or a metric became NaN',
    'model-download-failure': 'a pretrained model or tokenizer cannot be downloaded',
    'permission-denied': 'the container may not read, write or run a file',
    'pip-install-failure': 'installing requirements or the module failed',
    'dependency-conflict': 'versions in the image do not fit each other',
    'distributed-launch-misconfig': 'launcher, rank or world size are set up wrong',
    'debugger-hook-error': 'the hook of SageMaker Debugger broke the script',
    'hang-deadlock': 'no error at all: the job stands still',
  },
  resources: {
    'gpu-oom': 'the memory of the GPU is exhausted',
    'host-oom': 'the memory of the host is exhausted',
    'disk-full': 'no space is left on the volume',
    'cuda-mismatch': 'driver, toolkit or build do not fit the GPU',
    'nccl-error': 'communication between GPUs or nodes failed',
    'distributed-init-timeout': 'the process group never formed',
    'gpu-hardware': 'the GPU itself is broken',
  },
  'data access': {
    's3-access-denied': 'Amazon S3 denies access',
    's3-not-found': 'no object under the key or prefix',
    's3-wrong-region': 'the bucket lives in another region',
    'wrong-region': 'something other than a bucket lives in another region',
    's3-uri-invalid': 'the S3 URI is malformed',
    'kms-denied': 'AWS KMS denies the use of a key',
    'fs-mount-failure': 'EFS or FSx cannot be mounted',
    'pipe-mode-timeout': 'pipe input timed out',
    'vpc-no-s3-route': 'the VPC has no route to Amazon S3',
    'vpc-no-internet': 'the VPC has no route to the internet',
    'network-unreachable': 'another address cannot be reached',
    'network-isolation': 'network isolation blocks a call',
    'artifact-upload-failure': 'the upload of artifacts at the end failed',
    'checkpoint-sync-failure': 'the service could not copy checkpoints to or from Amazon S3',
    'no-credentials': 'no AWS credentials were found',
  },
  'container start': {
    'image-not-found': 'no such image or tag',
    'image-uri-invalid': 'the address of the image is not acceptable',
    'ecr-access-denied': 'pulling the image is denied',
    'exec-format-error': 'the image was built for another CPU architecture',
    'container-start-error': 'the container does not start',
    'entrypoint-not-found': 'the entry point or train program is not there',
    'missing-training-toolkit': 'the image lacks the SageMaker support code the request relies on',
  },
  'request and quotas': {
    'quota-exceeded': 'an account quota does not allow the request',
    'capacity-error': 'Amazon EC2 has no such instances free',
    'validation-max-wait': 'max-wait and max-run break the rules of spot training',
    'validation-error': 'the request is invalid in another way',
    'invalid-instance-type': 'the instance type is unknown, not offered, or not supported by the algorithm',
    'duplicate-job-name': 'the job name is in use',
    'role-not-assumable': 'SageMaker cannot assume the execution role',
    'iam-create-training-job-denied': 'the caller may not create training jobs',
    'iam-passrole-denied': 'the caller may not pass the execution role',
    'iam-other-denied': 'another IAM permission is missing',
    throttling: 'too many calls in a short time',
    'internal-server-error': 'the service reports an internal error',
    'sdk-client-error': 'the SDK refuses on the client before anything is sent',
  },
  'time and stops': {
    'max-runtime-exceeded': 'the job reached its longest run time',
    'max-wait-exceeded': 'the job reached its longest time including the wait for spot capacity',
    'spot-interruption': 'spot capacity was reclaimed, and the job ended or started from zero',
    'stopped-by-user': 'somebody stopped the job',
    'stopped-external': 'automation of the account stopped the job',
    'stopped-by-debugger-rule': 'the action of a Debugger rule stopped the job',
    'tuning-parent-failure': 'the tuning job only says that its training jobs failed',
  },
  'client side and none': {
    'expired-token': "the client's credentials expired while it waited",
    'client-side-waiter': 'the waiter reports a terminal state and nothing more',
    unknown: 'what can be seen does not hold the cause',
  },
} as const satisfies Readonly<Record<Family, Readonly<Record<string, string>>>>;

type ByFamily = typeof LABELS_BY_FAMILY;
export type Label = { [F in keyof ByFamily]: keyof ByFamily[F] }[keyof ByFamily] & string;
/** What a rule can find: `unknown` is what is left when none does. */
export type CauseLabel = Exclude<Label, 'unknown'>;

export interface LabelMeaning {
  readonly label: Label;
  readonly family: Family;
  readonly meaning: string;
}

/** All labels in the order of the documentation. */
export const LABELS: readonly LabelMeaning[] = Object.entries(LABELS_BY_FAMILY).flatMap(([family, labels]) =>
  Object.entries(labels).map(([label, meaning]) => ({ label: label as Label, family: family as Family, meaning })),
);
