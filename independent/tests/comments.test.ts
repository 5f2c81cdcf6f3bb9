// node --test independent/tests/comments.test.ts
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { surprises } from '../checks/comments.ts';

const cases: [string, string, string[]][] = [
  [
    'a table, code and details',
    '| a | b |\n| - | -: |\n| `x` | **1** |\n\n<details><summary>s</summary>\n\n```text\n@ada #1\n```\n\n</details>',
    [],
  ],
  ['an image', 'a ![x](https://github.com/x.png)', ['no element but the report’s own']],
  ['a script', '<script>1</script>', ['no element but the report’s own']],
  ['an open element', '<details>', ['every element is closed']],
  ['a link elsewhere', '[x](https://example.org/)', ['links lead to GitHub and AWS alone']],
  ['a host that only begins right', '[x](https://github.com.example.org/)', ['links lead to GitHub and AWS alone']],
  ['a bare address', 'see www.example.org', ['links lead to GitHub and AWS alone']],
  ['a mention', 'thanks @ada', ['nobody is mentioned, no issue referred to']],
  ['a team', '(@acme/ml)', ['nobody is mentioned, no issue referred to']],
  ['an issue', 'fixes #12', ['nobody is mentioned, no issue referred to']],
  ['an address of mail is no mention', 'a `b@c`', []],
];

for (const [title, markdown, expected] of cases) {
  test(title, () => assert.deepEqual(Object.keys(surprises(markdown)), expected));
}
