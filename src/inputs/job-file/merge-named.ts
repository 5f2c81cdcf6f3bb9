/** Hyperparameters, environment, tags, metrics and channels of a job file, merged with those of the inputs by name. */
import type { ChannelInput } from '../channel.ts';
import { common, isObject, type Json, type JsonObject, merged } from '../json.ts';
import type { MetricsInput } from '../metrics-input.ts';
import { type FilePlace, type Parsed, type Problem, quoted, valid } from '../problem.ts';
import { specs, type Values } from '../specs.ts';
import { located, type Places, problemAt } from './place.ts';
import { type NamedSetting, setTwice } from './settings.ts';

interface Named {
  readonly setting: NamedSetting;
  readonly entries: Json;
  readonly places: Places;
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly value: Json;
}

export function mergeNamed(
  named: Named,
  values: Partial<Values>,
): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const { setting, places } = named;
  const own = ownEntries(setting, values);
  const all: Record<string, unknown> = { ...own };
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const entry of entriesOf(named)) {
    const { name, path } = entry;
    const place = places.of(path);
    if (seen.has(name))
      problems.push(
        problemAt(place, path, { message: `names ${quoted(name)} a second time`, remedy: 'Write it once.' }),
      );
    seen.add(name);
    const direct = Object.hasOwn(own, name) ? own[name] : undefined;
    const twice = clashes(setting, direct, entry);
    problems.push(...twice.map((each) => problemAt(places.of(each), each, setTwice(setting.input, name))));
    const read = readEntry(setting, entry, { direct, ...located(place) });
    if (read.ok) all[name] = read.value;
    else problems.push(...read.mistakes.map((mistake) => problemAt(place, path, mistake)));
  }
  return {
    value: setting.input === 'metrics' ? { presets: values.metrics?.presets ?? [], expressions: all } : all,
    problems,
  };
}

function ownEntries({ input }: NamedSetting, values: Partial<Values>): Readonly<Record<string, unknown>> {
  return (input === 'metrics' ? values.metrics?.expressions : values[input]) ?? {};
}

/** In the order written. Entries without a name were told already. */
function entriesOf({ setting: { path, entry }, entries }: Named): readonly Entry[] {
  if (entry === undefined) {
    const map = isObject(entries) ? entries : {};
    return Object.entries(map).map(([name, value]) => ({ name, value, path: `${path}.${name}` }));
  }
  return (Array.isArray(entries) ? entries : []).flatMap((item: Json, index) => {
    if (!isObject(item)) return [];
    const { [entry.name]: name, ...others } = item;
    const value = entry.value === undefined ? others : others[entry.value];
    return typeof name !== 'string' || value === undefined ? [] : [{ name, value, path: `${path}[${index}]` }];
  });
}

/** Paths of what both say: a channel may be given half here and half there. */
function clashes({ input }: NamedSetting, direct: unknown, { path, value }: Entry): readonly string[] {
  if (direct === undefined) return [];
  if (input !== 'channels' || !isObject(value)) return [path];
  return common((direct as ChannelInput).settings, value).map((leaf) => `${path}.${leaf}`);
}

interface Beside {
  readonly direct: unknown;
  readonly at: string;
  readonly place: FilePlace;
}

function readEntry({ input }: NamedSetting, { name, value }: Entry, { direct, at, place }: Beside): Parsed<unknown> {
  switch (input) {
    case 'channels': {
      const settings = (direct as ChannelInput | undefined)?.settings ?? {};
      return valid({ settings: merged(settings, value as JsonObject), at, place } satisfies ChannelInput);
    }
    case 'hyperparameters':
      // As the API takes it: the service model has been asked, and nothing is quoted any more.
      return valid({ text: String(value), isText: false });
    default: {
      // JSON is YAML.
      const read = specs[input].read(JSON.stringify({ [name]: value }));
      if (!read.ok) return read;
      return valid((input === 'metrics' ? (read.value as MetricsInput).expressions : (read.value as JsonObject))[name]);
    }
  }
}
