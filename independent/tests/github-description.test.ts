// node --test independent/tests/github-description.test.ts
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEntry } from '../cloud.ts';
import { isAnswered, requestViolations, responseViolations } from '../github-description.ts';

const COMMENT = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const LIST = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
const STATUS = 'POST /repos/{owner}/{repo}/statuses/{sha}';
const here = { owner: 'acme', repo: 'forecast' };

const entry = (operation: string, parts: Partial<LedgerEntry>): LedgerEntry => ({
  ...{ n: 1, service: 'github', operation, request: null, response: null, status: 200, error: null, fault: null },
  ...parts,
});

const requests: [string, string, Record<string, unknown>, string[]][] = [
  ['a right comment', COMMENT, { ...here, issue_number: '7', body: 'text' }, []],
  ['no body', COMMENT, { ...here, issue_number: '7' }, ["/body must have required property 'body'"]],
  ['a body of another type', COMMENT, { ...here, issue_number: '7', body: 1 }, ['/body/body must be string']],
  [
    'an unknown member',
    COMMENT,
    { ...here, issue_number: '7', body: '', draft: true },
    ['draft is not known to GitHub'],
  ],
  ['no number', COMMENT, { ...here, body: 'text' }, ['path parameter issue_number is missing']],
  ['a number that is none', COMMENT, { ...here, issue_number: 'x', body: '' }, ['/issue_number must be integer']],
  ['a right query', LIST, { ...here, issue_number: '7', per_page: '100', page: '2' }, []],
  ['an unknown query', LIST, { ...here, issue_number: '7', sort: 'asc' }, ['sort is not known to GitHub']],
  [
    'a state that is none',
    STATUS,
    { ...here, sha: 'a', state: 'red' },
    ['/body/state must be equal to one of the allowed values'],
  ],
  ['an unknown operation', 'GET /nothing', {}, ["GitHub's description has no GET /nothing (see trim-openapi.mjs)"]],
];

for (const [title, operation, request, expected] of requests) {
  test(`request: ${title}`, () => assert.deepEqual(requestViolations(entry(operation, { request })), expected));
}

const answers: [string, string, Partial<LedgerEntry>, string[]][] = [
  ['an abridged comment', COMMENT, { status: 201, response: { id: 1, user: { login: 'ada' }, body: 'text' } }, []],
  ['null where GitHub has it', COMMENT, { status: 201, response: { user: null } }, []],
  ['another type', COMMENT, { status: 201, response: { id: '1' } }, ['/answer/id must be integer']],
  [
    'an unknown member, in depth',
    LIST,
    { response: [{ user: { login: 'ada', team: 'x' } }] },
    ['/answer/*/user must NOT have additional properties (team)'],
  ],
  [
    'no date',
    COMMENT,
    { status: 201, response: { created_at: 'today' } },
    ['/answer/created_at must match format "date-time"'],
  ],
  ['another status', COMMENT, { status: 200, response: {} }, [`200 is no answer of ${COMMENT}`]],
  ['a refusal that is not described', COMMENT, { status: 401, response: {} }, []],
];

for (const [title, operation, parts, expected] of answers) {
  test(`answer: ${title}`, () => {
    const found = responseViolations(entry(operation, parts));
    assert.deepEqual(found.slice(0, Math.max(1, expected.length)), expected);
  });
}

test('faults, errors and calls that are still open are no answers', () => {
  const states = [{}, { fault: '500' }, { error: 'NotFound' }, { status: null }, { status: 0 }];
  assert.deepEqual(
    states.map((parts) => isAnswered(entry(COMMENT, parts))),
    [true, false, false, false, false],
  );
});
