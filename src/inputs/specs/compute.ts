import { isProfileName, profiles } from '../../plan/profiles.ts';
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
const PROFILES = Object.keys(profiles);

export const compute = {
  'instance-type': required({
    group: 'compute',
    description: `Type of the training instance, such as \`ml.g5.xlarge\`, or a profile: ${profileList()}.`,
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
};

function profileList(): string {
  return Object.entries(profiles)
    .map(([name, { instanceType: type, purpose }]) => `\`${name}\` (${type}; ${purpose})`)
    .join(', ');
}

/** A profile's type, or the type itself. */
function instanceType(text: string): Parsed<string> {
  if (isProfileName(text)) return valid(profiles[text].instanceType);
  const types = instanceTypes();
  if (types.includes(text)) return valid(text);
  if (/[,\s[\]]/.test(text)) return wrong(`is ${quoted(text)}`, 'This version takes one type or profile, not a list.');
  const meant = types.includes(`ml.${text}`) ? `ml.${text}` : nearMiss(text, [...PROFILES, ...types]);
  const hint = meant === undefined ? '' : `Did you mean ${meant}? `;
  return wrong(
    `is ${quoted(text)}, which is no training instance type`,
    `${hint}Write a type such as ml.g5.xlarge, or a profile: ${inAList(PROFILES)}.`,
  );
}
