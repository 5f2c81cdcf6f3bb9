import { violation } from './constraints.ts';
import { type Parsed, quoted, valid, wrong } from './problem.ts';
import { textList } from './text-list.ts';

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** Each tag once, in the order written. */
export const imageTags = textList({
  how: 'Write a YAML list of tags, or one tag a line.',
  item: tag,
  maxItems: Number.POSITIVE_INFINITY,
});

function tag(text: string): Parsed<string> {
  if (TAG.test(text) && violation('PutImage.imageTag', text) === undefined) return valid(text);
  return wrong(
    `holds ${quoted(text)}, which is no image tag`,
    'A tag has at most 128 letters, digits, dots, hyphens and underscores, and starts with none of . and -.',
  );
}
