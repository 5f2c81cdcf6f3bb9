import { describe, expect, it } from '@jest/globals';
import { whatIsTrained } from '../../../src/plan/trained.ts';
import { makeSubject, SHA } from '../../fixtures/plans.ts';

const OTHER = 'c'.repeat(40);
const BASE = 'b'.repeat(40);

describe('the checkout', () => {
  it.each([
    ['the commit itself', { sha: SHA, parents: [BASE] }, { sha: SHA, isMerge: false }],
    ['a merge of it', { sha: OTHER, parents: [BASE, SHA] }, { sha: OTHER, isMerge: true }],
    ['an octopus with it', { sha: OTHER, parents: [BASE, 'd'.repeat(40), SHA] }, { sha: OTHER, isMerge: true }],
    ['a merge that is the commit', { sha: SHA, parents: [BASE, OTHER] }, { sha: SHA, isMerge: false }],
  ])('may be at %s', (_, head, expected) => {
    expect(whatIsTrained(makeSubject(), head, false)).toEqual(expected);
  });

  it.each([
    ['another commit', { sha: OTHER, parents: [BASE] }],
    ['a later commit on top of it', { sha: OTHER, parents: [SHA] }],
    ['a merge of others', { sha: OTHER, parents: [BASE, 'd'.repeat(40)] }],
    ['the first commit of all', { sha: OTHER, parents: [] }],
  ])('must not be at %s, also with an image given', (_, head) => {
    for (const imageGiven of [false, true]) {
      expect(() => whatIsTrained(makeSubject({ checkoutRef: 'refs/pull/7/head' }), head, imageGiven)).toThrow(
        expect.objectContaining({
          code: 'CHECKOUT_MISMATCH',
          remedy: expect.stringContaining("ref: 'refs/pull/7/head'"),
        }),
      );
    }
  });

  it('may be missing when an image is given, and only then', () => {
    expect(whatIsTrained(makeSubject(), undefined, true)).toEqual({ sha: SHA, isMerge: false });
    expect(() => whatIsTrained(makeSubject(), undefined, false)).toThrow(
      expect.objectContaining({ code: 'CHECKOUT_MISMATCH', remedy: expect.stringContaining('actions/checkout@v7') }),
    );
  });
});
