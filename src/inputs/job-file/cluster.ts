/** Instances that no single type describes: heterogeneous clusters, and lists of types in order of preference. */
import { isObject, type Json, type JsonObject, valueAt } from '../json.ts';
import type { Problem } from '../problem.ts';
import type { InputName, Values } from '../specs.ts';
import { type Places, problemAt } from './place.ts';
import { setTwice } from './settings.ts';

const WAYS = ['ResourceConfig.InstanceGroups', 'ResourceConfig.InstancePreferences'] as const;

/** Whether the job file describes a cluster that has no one type and number of instances. */
export function isMixedCluster(jobFile: JsonObject): boolean {
  return WAYS.some((way) => valueAt(jobFile, way) !== undefined);
}

interface Beside {
  readonly places: Places;
  readonly given: ReadonlySet<InputName>;
}

/** What stands for `instance-type` and `instance-count` elsewhere: the first type, and all instances together. */
export function readCluster(
  request: JsonObject,
  { places, given }: Beside,
): { readonly values: Partial<Values>; readonly problems: readonly Problem[] } {
  const [path, ...others] = WAYS.filter((way) => valueAt(request, way) !== undefined);
  if (path === undefined) return { values: {}, problems: [] };
  const members = membersAt(request, path);
  const problems = [
    ...others.map((other) =>
      problemAt(places.of(other), other, { message: `stands beside ${path}`, remedy: 'Keep one of the two.' }),
    ),
    ...(given.has('instance-type') ? [problemAt(places.of(path), path, setTwice('instance-type'))] : []),
    ...countProblems(path, members, { places, given }),
  ];
  const counts = members.map(({ InstanceCount: count }) => (typeof count === 'number' ? count : 0));
  const total = path.endsWith('Groups') ? counts.reduce((sum, count) => sum + count, 0) : (counts[0] ?? 0);
  return {
    values: {
      'instance-type': { type: String(members[0]?.InstanceType ?? '') },
      ...(total > 0 && { 'instance-count': total }),
    },
    problems,
  };
}

function membersAt(request: JsonObject, path: string): readonly JsonObject[] {
  const list: Json | undefined = valueAt(request, path);
  return (Array.isArray(list) ? list : []).filter(isObject);
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html */
function countProblems(path: string, members: readonly JsonObject[], { places, given }: Beside): readonly Problem[] {
  const counted = members.filter(({ InstanceCount: count }) => count !== undefined).length;
  const tell = (message: string, remedy: string) => [problemAt(places.of(path), path, { message, remedy })];
  if (path.endsWith('Groups'))
    return given.has('instance-count')
      ? tell('has counts of its own, and instance-count is set', 'Remove instance-count.')
      : [];
  if (counted === 0) return [];
  if (counted < members.length)
    return tell(
      'has an InstanceCount at some types only',
      'Write it at every type, or at none and set instance-count.',
    );
  return given.has('instance-count')
    ? tell('has counts of its own, and instance-count is set', 'Keep one of the two.')
    : [];
}
