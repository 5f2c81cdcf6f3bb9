/** What the API refuses together, in parts of a request that only a job file can set. */
import type { Combined } from '../combinations.ts';
import { isAccelerated } from '../instance-family.ts';
import { isObject, type JsonObject, valueAt } from '../json.ts';
import type { Problem } from '../problem.ts';
import { type Places, problemAt } from './place.ts';

interface Mistake {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

type Rule = (rest: JsonObject, inputs: Combined) => readonly Mistake[];

const GROUPS = 'ResourceConfig.InstanceGroups';
const PREFERENCES = 'ResourceConfig.InstancePreferences';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html and the pages it links. */
const RULES: readonly Rule[] = [
  onlyWithoutSpot(PREFERENCES, 'SageMaker chooses among types on demand only'),
  onlyWithoutSpot('ResourceConfig.TrainingPlanArn', 'a training plan is reserved capacity'),
  exclude(GROUPS, 'ResourceConfig.InstancePlacementConfig'),
  exclude(PREFERENCES, 'ResourceConfig.InstancePlacementConfig'),
  (rest, { values }) =>
    valueAt(rest, GROUPS) !== undefined && values['keep-alive'] !== undefined
      ? [{ path: GROUPS, message: 'cannot be kept as a warm pool', remedy: 'Remove keep-alive.' }]
      : [],
  (rest, { values: { 'instance-type': instance } }) => {
    const path = 'StoppingCondition.MaxPendingTimeInSeconds';
    if (valueAt(rest, path) === undefined || instance === undefined || isAccelerated(instance.type)) return [];
    return [
      {
        path,
        message: `is for accelerated types, not for ${instance.type}`,
        remedy: 'Remove it, or take a type with GPUs.',
      },
    ];
  },
  groupsOfChannels,
  (rest) => {
    const path = 'AlgorithmSpecification.TrainingImageConfig';
    const config = valueAt(rest, path);
    if (
      !isObject(config) ||
      config.TrainingRepositoryAccessMode === 'Vpc' ||
      config.TrainingRepositoryAuthConfig === undefined
    )
      return [];
    return [
      {
        path,
        message: 'has TrainingRepositoryAuthConfig without the access mode Vpc',
        remedy: 'Write TrainingRepositoryAccessMode: Vpc.',
      },
    ];
  },
];

export function requestProblems(places: Places, inputs: Combined): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs.rest, inputs)).map(({ path, ...mistake }) =>
    problemAt(places.of(path), path, mistake),
  );
}

function onlyWithoutSpot(path: string, why: string): Rule {
  return (rest, { values }) =>
    valueAt(rest, path) !== undefined && values.spot === true
      ? [{ path, message: `is set, but so is spot: ${why}`, remedy: 'Set spot: false, or remove it.' }]
      : [];
}

function exclude(path: string, other: string): Rule {
  return (rest) =>
    valueAt(rest, path) !== undefined && valueAt(rest, other) !== undefined
      ? [{ path: other, message: `stands beside ${path}`, remedy: 'Keep one of the two.' }]
      : [];
}

/** Channels name groups on all of them or on none, and only groups that exist. */
function groupsOfChannels(rest: JsonObject, { values }: Combined): readonly Mistake[] {
  const channels = Object.entries(values.channels ?? {}).map(
    ([name, { settings }]) => [name, valueAt(settings, 'DataSource.S3DataSource.InstanceGroupNames')] as const,
  );
  const named = channels.filter(([, groups]) => Array.isArray(groups));
  if (named.length === 0) return [];
  const groups = valueAt(rest, GROUPS);
  const known = (Array.isArray(groups) ? groups : [])
    .filter(isObject)
    .map((group: JsonObject) => group.InstanceGroupName);
  const strange = named
    .flatMap(([channel, names]) => (names as readonly string[]).map((name) => ({ channel, name })))
    .find(({ name }) => !known.includes(name));
  if (strange !== undefined)
    return [
      {
        path: 'InputDataConfig',
        message: `(${strange.channel}) names the instance group ${strange.name}, which there is not`,
        remedy: 'Name one of InstanceGroups.',
      },
    ];
  const lacks = channels.find(([, names]) => names === undefined)?.[0];
  if (lacks === undefined) return [];
  return [
    {
      path: 'InputDataConfig',
      message: `(${lacks}) names no instance groups, and other channels do`,
      remedy: 'Name them on all channels or on none.',
    },
  ];
}
