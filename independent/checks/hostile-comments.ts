/**
 * Comments whose every text from outside (log, branch, names, reasons, paths) is a piece of Markdown, HTML or GitHub's own
 * syntax, under cmark-gfm: they must have the same elements as an innocent one, and nobody is mentioned or linked.
 */
import { cleaner, makeHostileReport } from '../../__tests__/fixtures/hostile-report.ts';
import { hostileTexts } from '../../__tests__/fixtures/hostile-text.ts';
import { commentBody } from '../../src/report/comment.ts';
import type { Suite } from '../suite.ts';
import { elements, surprises } from './comments.ts';

/** GitHub takes no more UTF-16 units, nor more bytes of UTF-8. */
const MOST_UNITS = 65_536;
const MOST_BYTES = 262_144;

export async function hostileCommentChecks(suite: Suite, cases: number): Promise<void> {
  // A place whose name holds a backtick or a bracket is shown without its link.
  const innocent = { plain: elements(bodyOf('innocent_text')), ticked: elements(bodyOf('innocent`text')) };
  await suite.check(`comments: ${cases} hostile texts change nothing but words`, () => {
    // An empty text leaves out what would hold it.
    for (const text of hostileTexts(cases, 5).filter((each) => cleaner(each).trim() !== '')) {
      const expected = /[`\]]/.test(cleaner(text)) ? innocent.ticked : innocent.plain;
      const found = troubles(bodyOf(text), expected);
      if (Object.keys(found).length > 0) throw new Error(`${JSON.stringify(text)}: ${JSON.stringify(found)}`);
    }
  });
}

function bodyOf(text: string): string {
  return commentBody(makeHostileReport(text), cleaner);
}

function troubles(body: string, expected: string): Record<string, string> {
  const [found, bytes] = [elements(body), Buffer.byteLength(body)];
  return {
    ...surprises(body),
    ...(found !== expected && { elements: found }),
    ...((body.length > MOST_UNITS || bytes > MOST_BYTES) && { length: `${body.length} units, ${bytes} bytes` }),
  };
}
