// What is typed into the history becomes a query that the edge takes and that finds words not finished yet.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toQuery } from '../../extension/history/query.ts';
import { limits } from '../../shared/limits.ts';

describe('what is typed into the history', () => {
  it.each([
    ['nothing', '', ''],
    ['spaces alone', '  ', ''],
    ['the beginning of a word', 'loa', 'loa*'],
    ['a word with a space behind it', 'load ', 'load'],
    ['words in any order', 'csv  pat', 'csv pat*'],
    ['a name with an underscore', 'load_inp', 'load_inp*'],
    ['words of any language', 'größe 東', 'größe 東*'],
    ['a letter with its accent apart', 'cafe\u0301', 'cafe\u0301*'],
    ['a sign within a word', 'foo-ba', '"foo-ba"*'],
    ['a call', 'np.array(path', '"np.array(path"*'],
    ['a call that ends', 'np.array(path)', '"np.array(path)"'],
    ['a column of the index', 'body:x y', '"body:x" y*'],
    ['signs between words', 'a -> b', 'a b*'],
    ['signs behind a word', 'a ->', 'a'],
    ['signs alone', '->', '->'],
    ['either of two', 'csv OR sta', 'csv OR sta*'],
    ['an operator whose other side is to come', 'csv OR', 'csv'],
    ['the same with a space', 'csv NOT ', 'csv'],
    ['a star of one’s own', 'loa*', 'loa*'],
    ['a phrase', ' "np array" x', '"np array" x'],
  ])('%s', (_, typed, query) => {
    expect(toQuery(typed)).toBe(query);
  });

  it('is never more than the edge takes, and never all of the history where something was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2 * limits.history.queryCharacters }), (typed) => {
        const query = toQuery(typed);
        expect(query.length).toBeLessThanOrEqual(limits.history.queryCharacters);
        expect(query === '').toBe(typed.slice(0, limits.history.queryCharacters / 2).trim() === '');
      }),
    );
    expect(toQuery('a- '.repeat(limits.history.queryCharacters)).length).toBeLessThanOrEqual(
      limits.history.queryCharacters,
    );
  });
});
