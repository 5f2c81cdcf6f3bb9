/** What the job file says, put with what the inputs say: a thing that both say is a mistake. */
import { type JsonObject, valueAt, without } from '../json.ts';
import type { FilePlace, Problem } from '../problem.ts';
import { type InputName, specs, type Values } from '../specs.ts';
import { readCluster } from './cluster.ts';
import { mergeNamed } from './merge-named.ts';
import { problemAt } from './place.ts';
import type { JobFile } from './read-job-file.ts';
import { NAMED_SETTINGS, SETTINGS, setTwice } from './settings.ts';

export interface Written {
  /** Inputs that are wrong alone are absent. */
  readonly values: Partial<Values>;
  /** Inputs that are set to something else than their default. */
  readonly given: ReadonlySet<InputName>;
}

export interface Merged extends Written {
  /** What no input can say, in the API's own field names. */
  readonly rest: JsonObject;
  /** Where the job file says what an input could. */
  readonly origins: ReadonlyMap<InputName, FilePlace>;
  readonly problems: readonly Problem[];
}

export function mergeJobFile({ request, places }: JobFile, written: Written): Merged {
  const values: Partial<Record<InputName, unknown>> = { ...written.values };
  const given = new Set(written.given);
  const origins = new Map<InputName, FilePlace>();
  const problems: Problem[] = [];
  let rest = request;
  for (const { path, input, text } of SETTINGS) {
    const value = valueAt(request, path);
    if (value === undefined) continue;
    rest = without(rest, path);
    const place = places.of(path);
    if (written.given.has(input)) problems.push(problemAt(place, path, setTwice(input)));
    const read = specs[input].read(text(value));
    if (read.ok) values[input] = read.value;
    else problems.push(...read.mistakes.map((mistake) => problemAt(place, path, mistake)));
    given.add(input);
    origins.set(input, place);
  }
  for (const setting of NAMED_SETTINGS) {
    const entries = valueAt(request, setting.path);
    if (entries === undefined) continue;
    rest = without(rest, setting.path);
    const { input } = setting;
    const merged = mergeNamed({ setting, entries, places }, values as Partial<Values>);
    problems.push(...merged.problems);
    values[input] = merged.value;
    given.add(input);
    if (!written.given.has(input)) origins.set(input, places.of(setting.path));
  }
  const cluster = readCluster(request, { places, given });
  problems.push(...cluster.problems);
  Object.assign(values, cluster.values);
  return { values: values as Partial<Values>, given, rest, origins, problems };
}
