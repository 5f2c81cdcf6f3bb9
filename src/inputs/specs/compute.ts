import { isProfileName, type ProfileName, profiles } from '../../plan/profiles.ts';
import { constraintOf } from '../constraints.ts';
import { distribution } from '../distribution.ts';
import { duration } from '../duration.ts';
import { nearMiss } from '../near-miss.ts';
import { type Parsed, quoted, valid, wrong } from '../problem.ts';
import { boolean, inAList, instanceTypes, integer } from '../scalar.ts';
import { optional, required, withDefault } from '../spec.ts';

/** The API's integers are 32 bits wide; quotas of the account set far lower limits. */
const MAX_INTEGER = 2 ** 31 - 1;
/** The longest run of a training job, 28 days, and of the whole job, 30 days; not in the service model. */
const MAX_RUN_SECONDS = 28 * 86_400;
const MAX_WAIT_SECONDS = 30 * 86_400;
const { max: MAX_KEEP_ALIVE = 0 } = constraintOf('CreateTrainingJob.ResourceConfig.KeepAlivePeriodInSeconds');
const PROFILES = Object.keys(profiles);

export const compute = {
  'instance-type': required({
    group: 'compute',
    description: `Type of the training instance, such as \`ml.g5.xlarge\`, or a profile: ${profileList()}. Not needed in \`mode: watch\`.`,
    example: 'cpu',
    read: instanceType,
  }),
  'instance-count': withDefault({
    group: 'compute',
    description: 'Number of instances.',
    default: '1',
    read: integer(1, MAX_INTEGER),
  }),
  'volume-size': withDefault({
    group: 'compute',
    description: 'Size of the volume of each instance, GB. Types with local NVMe disks ignore it.',
    default: '30',
    read: integer(1, MAX_INTEGER),
  }),
  spot: withDefault({
    group: 'compute',
    description:
      'Train on spot capacity: cheaper, and interrupted and resumed from the checkpoint when AWS needs it back.',
    default: 'true',
    read: boolean,
  }),
  'max-run': withDefault({
    group: 'compute',
    description: 'Longest time that the training may run, such as `90m` or `1h30m`.',
    default: '1h',
    read: duration({ min: 1, max: MAX_RUN_SECONDS }),
  }),
  'max-wait': optional({
    group: 'compute',
    description:
      'Longest time for waiting for spot capacity and running together; only with `spot`. Default: twice `max-run`, and at least `max-run` + `30m`.',
    read: duration({ min: 1, max: MAX_WAIT_SECONDS }),
  }),
  'keep-alive': optional({
    group: 'compute',
    description:
      'Keep the instances as a warm pool for this long after the training, such as `20m`, for the next job of the same kind; billed while they wait. Not with `spot`. Needs a quota for warm pools: without one AWS keeps none, silently.',
    read: duration({ min: 1, max: MAX_KEEP_ALIVE }),
  }),
  distribution: optional({
    group: 'compute',
    description:
      'How the training toolkit of the image starts the script on several GPUs or instances: `torchrun`, `mpi` or `smddp`, or a YAML map with options, such as `mpi: { processes-per-host: 8, custom-mpi-options: "-x NCCL_DEBUG" }`. Sets the same hyperparameters as the SageMaker Python SDK. The profile `large` means `torchrun` where the image is known to hold the toolkit.',
    read: distribution,
  }),
};

/** What `instance-type` says. */
export interface InstanceChoice {
  readonly type: string;
  /** The profile that the type was chosen by. */
  readonly profile?: ProfileName;
}

function profileList(): string {
  return Object.entries(profiles)
    .map(([name, { instanceType: type, purpose }]) => `\`${name}\` (${type}; ${purpose})`)
    .join(', ');
}

/** A profile's type, or the type itself. */
function instanceType(text: string): Parsed<InstanceChoice> {
  if (isProfileName(text)) return valid({ type: profiles[text].instanceType, profile: text });
  const types = instanceTypes();
  if (types.includes(text)) return valid({ type: text });
  if (/[,\s[\]]/.test(text)) return wrong(`is ${quoted(text)}`, 'This version takes one type or profile, not a list.');
  const meant = types.includes(`ml.${text}`) ? `ml.${text}` : nearMiss(text, [...PROFILES, ...types]);
  const hint = meant === undefined ? '' : `Did you mean ${meant}? `;
  return wrong(
    `is ${quoted(text)}, which is no training instance type`,
    `${hint}Write a type such as ml.g5.xlarge, or a profile: ${inAList(PROFILES)}.`,
  );
}
