/** `metrics`: presets by name, regular expressions by metric name, or both. */
import { isMap, isPair, isScalar, isSeq } from 'yaml';
import { isPresetName, PRESETS, type PresetName } from '../metrics/presets.ts';
import { type Mistake, type Parsed, quoted, valid, wrong } from './problem.ts';
import { readYaml, spellingOf, type YamlDocument } from './yaml-document.ts';
import { isEmpty, readEntries, type TextForm, textEntries } from './yaml-map.ts';

export interface MetricsInput {
  readonly presets: readonly PresetName[];
  /** Metric name → regular expression, in the order written. */
  readonly expressions: Readonly<Record<string, string>>;
}

const NAMES = Object.keys(PRESETS).join(', ');
const HOW = `Write a preset (${NAMES}), a list of them, or a map of name and regular expression; put the expression in single quotes.`;

/** Forms: `huggingface`; `[keras, lightgbm]`; a map; a list of presets and maps; a preset as a key without a value. */
export function metricsInput(form: TextForm): (text: string) => Parsed<MetricsInput> {
  return (text) => {
    const document = readYaml(text, HOW);
    if (!document.ok) return document;
    const { root } = document.value;
    if (root === null) return valid({ presets: [], expressions: {} });
    if (isScalar(root)) return presetsOf((spellingOf(root) ?? '').split(/[\s,]+/));
    if (isMap(root)) return mapOf(root.items, form, document.value);
    return isSeq(root) ? listOf(root.items, form, document.value) : wrong('is not a map', HOW);
  };
}

function presetsOf(words: readonly string[]): Parsed<MetricsInput> {
  const unknown = words.filter((word) => !isPresetName(word));
  if (unknown.length === 0) return valid({ presets: [...new Set(words.filter(isPresetName))], expressions: {} });
  return wrong(`is not a map, and ${unknown.map(quoted).join(', ')} is no preset`, HOW);
}

function listOf(items: readonly unknown[], form: TextForm, document: YamlDocument): Parsed<MetricsInput> {
  const parts = items.map((written) => {
    const item = document.resolve(written);
    if (isMap(item)) return mapOf(item.items, form, document);
    const part = presetsOf([spellingOf(item) ?? '']);
    return part.ok ? part : placed(part.mistakes, `line ${document.lineOf(written)}`);
  });
  const mistakes = parts.flatMap((part) => (part.ok ? [] : part.mistakes));
  if (mistakes.length > 0) return { ok: false, mistakes };
  const values = parts.flatMap((part) => (part.ok ? [part.value] : []));
  const expressions = Object.assign({}, ...values.map((value) => value.expressions)) as Record<string, string>;
  return valid({ presets: [...new Set(values.flatMap(({ presets }) => presets))], expressions });
}

function placed(mistakes: readonly Mistake[], at: string): Parsed<never> {
  return { ok: false, mistakes: mistakes.map((mistake) => ({ at, ...mistake })) };
}

/** A preset as a key stands without a value; with one, it is a metric of that name. */
function mapOf(items: readonly unknown[], form: TextForm, document: YamlDocument): Parsed<MetricsInput> {
  const presets: PresetName[] = [];
  const others = items.filter((item) => {
    const name = isPair(item) && isEmpty(document.resolve(item.value)) ? spellingOf(document.resolve(item.key)) : '';
    if (name === undefined || !isPresetName(name)) return true;
    presets.push(name);
    return false;
  });
  const expressions = readEntries(others, textEntries(form), document);
  return expressions.ok ? valid({ presets, expressions: expressions.value }) : expressions;
}
