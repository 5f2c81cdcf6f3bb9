import { type Member, maximumOf, violation } from '../constraints.ts';
import { type Parsed, quoted, valid, wrong } from '../problem.ts';
import { boolean, type Reader } from '../scalar.ts';
import { optional, withDefault } from '../spec.ts';
import { textList } from '../text-list.ts';

const SUBNETS = 'CreateTrainingJob.VpcConfig.Subnets' as const;
const SECURITY_GROUPS = 'CreateTrainingJob.VpcConfig.SecurityGroupIds' as const;

export const network = {
  subnets: optional({
    group: 'network and keys',
    description:
      'Subnets of your VPC that the training runs in: a YAML list, or one a line. Needs `security-groups`; the subnets must reach S3, by an endpoint or NAT.',
    read: textList({
      how: 'Write a YAML list of subnets, or one a line.',
      item: resourceId('subnet-', `${SUBNETS}[]`),
      maxItems: maximumOf(SUBNETS),
    }),
  }),
  'security-groups': optional({
    group: 'network and keys',
    description: 'Security groups of the training in your VPC: a YAML list, or one a line. Needs `subnets`.',
    read: textList({
      how: 'Write a YAML list of security groups, or one a line.',
      item: resourceId('sg-', `${SECURITY_GROUPS}[]`),
      maxItems: maximumOf(SECURITY_GROUPS),
    }),
  }),
  'network-isolation': withDefault({
    group: 'network and keys',
    description:
      'Cut the container off from every network; SageMaker itself still brings the data and takes checkpoints, logs and the model.',
    default: 'false',
    read: boolean,
  }),
  'encrypt-inter-container-traffic': withDefault({
    group: 'network and keys',
    description: 'Encrypt the traffic between the instances of a distributed training; slower.',
    default: 'false',
    read: boolean,
  }),
  'kms-key': optional({
    group: 'network and keys',
    description:
      'KMS key (id, ARN or alias) that encrypts the model and other output in S3. Default: the key of the bucket.',
    read: kmsKey('CreateTrainingJob.OutputDataConfig.KmsKeyId'),
  }),
  'volume-kms-key': optional({
    group: 'network and keys',
    description:
      'KMS key (id or ARN) that encrypts the volumes of the instances. Not for types with local NVMe disks, which their hardware encrypts.',
    read: kmsKey('CreateTrainingJob.ResourceConfig.VolumeKmsKeyId'),
  }),
};

function resourceId(prefix: string, member: Member): Reader<string> {
  return (text) => {
    const known = text.startsWith(prefix) && violation(member, text) === undefined;
    if (known) return valid(text);
    return wrong(`holds ${quoted(text)}`, `Write the id as EC2 shows it: ${prefix}0123456789abcdef0.`);
  };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id */
const KEY = /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/)?[A-Za-z0-9:/_-]+$/;

function kmsKey(member: Member): Reader<string> {
  return (text): Parsed<string> => {
    const why = violation(member, text);
    if (why === undefined && KEY.test(text) && !(text.startsWith('arn:') && !text.includes(':kms:')))
      return valid(text);
    return wrong(
      `is ${quoted(text)}, which is no KMS key`,
      'Write its id, its ARN (arn:aws:kms:<region>:<account>:key/<id>), or an alias (alias/<name>).',
    );
  };
}
