/** `max-cost` against the worst case of the other inputs. */
import { longestRunSeconds, worstCaseUsd } from '../plan/cost.ts';
import type { Combined } from './combinations.ts';
import { inWords } from './duration.ts';
import { isObject } from './json.ts';
import type { Problem } from './problem.ts';

/** The worst case must fit: a job that was started is not stopped for its cost as long as it keeps to `max-run`. */
export function costProblems({ values, rest }: Combined): readonly Problem[] {
  const { 'max-cost': limit, 'max-run': maxRunSeconds, 'instance-type': instance } = values;
  const instanceCount = values['instance-count'];
  const instanceType = instance?.type;
  if (limit === undefined || maxRunSeconds === undefined || instanceType === undefined || instanceCount === undefined)
    return [];
  if (isObject(rest.ResourceConfig) && rest.ResourceConfig.InstanceGroups !== undefined) {
    const message = 'is set, but the job file has instance groups, whose worst case this action does not know';
    return [{ input: 'max-cost', message, remedy: 'Remove max-cost, or train on one instance type.' }];
  }
  const worst = worstCaseUsd({ instanceType, instanceCount, maxRunSeconds });
  if (worst === undefined) {
    const message = `is set, but no public price of ${instanceType} is known to keep it by`;
    return [{ input: 'max-cost', message, remedy: 'Remove max-cost, or take another instance-type.' }];
  }
  if (worst <= limit) return [];
  const longest = longestRunSeconds(limit, { instanceType, instanceCount });
  const whole = longest > 60 ? longest - (longest % 60) : longest;
  const least = (Math.ceil(worst * 100) / 100).toFixed(2);
  const fits = whole > 0 ? `Set max-run to at most ${inWords(whole)}, or` : 'No max-run is short enough:';
  const message = `is ${limit} USD, less than the worst case of ${least} USD: ${instanceCount} × ${instanceType} for max-run (${inWords(maxRunSeconds)}) and 10m around it`;
  return [{ input: 'max-cost', message, remedy: `${fits} set max-cost to at least ${least}.` }];
}
