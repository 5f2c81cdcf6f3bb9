/** Image tags: a YAML list, or tags parted by blanks, commas or line ends. */
import { isScalar, isSeq } from 'yaml';
import { violation } from './constraints.ts';
import { type Mistake, type Parsed, quoted, valid, wrong } from './problem.ts';
import { readYaml, spellingOf, type YamlDocument } from './yaml-document.ts';

const HOW = 'Write a YAML list of tags, or one tag a line.';
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** Each tag once, in the order written. */
export function imageTags(text: string): Parsed<readonly string[]> {
  const document = readYaml(text, HOW);
  if (!document.ok) return document;
  const tags = written(document.value);
  if (tags === undefined) return wrong('is neither a list nor text', HOW);
  const mistakes = tags.flatMap(tagMistakes);
  return mistakes.length > 0 ? { ok: false, mistakes } : valid([...new Set(tags)]);
}

function written(document: YamlDocument): string[] | undefined {
  const { root } = document;
  if (root === null) return [];
  if (isScalar(root)) return (spellingOf(root) ?? '').split(/[\s,]+/).filter((tag) => tag !== '');
  if (!isSeq(root)) return undefined;
  const tags = root.items.map((item) => spellingOf(document.resolve(item)));
  return tags.every((tag) => tag !== undefined) ? tags : undefined;
}

function tagMistakes(tag: string): Mistake[] {
  if (TAG.test(tag) && violation('PutImage.imageTag', tag) === undefined) return [];
  const remedy =
    'A tag has at most 128 letters, digits, dots, hyphens and underscores, and starts with none of . and -.';
  return [{ message: `holds ${quoted(tag)}, which is no image tag`, remedy }];
}
