import type { Cleaner } from '../cleaner.ts';
import type { PlanReport } from './plan-report.ts';

/** Instead of values that may be confidential: others can read the comment. */
const NOT_SHOWN = '(not shown)';

/** Every text of it, names and values of the request alike, cleaned before it is escaped; values of the environment left out. */
export function cleanPlan(report: PlanReport, clean: Cleaner): PlanReport {
  const { planned } = report;
  const environment = planned?.request.Environment;
  if (planned === undefined || environment === undefined) return cleaned(report, clean);
  const names = Object.fromEntries(Object.keys(environment).map((name) => [name, NOT_SHOWN]));
  const request = { ...planned.request, Environment: names };
  return cleaned({ ...report, planned: { ...planned, request } }, clean);
}

function cleaned<Value>(value: Value, clean: Cleaner): Value {
  if (typeof value === 'string') return clean(value) as Value;
  if (Array.isArray(value)) return value.map((each) => cleaned(each, clean)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [clean(key), cleaned(each, clean)])) as Value;
}
