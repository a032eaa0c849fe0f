// What somebody typed so far as a query of the edge's full-text search: a word may end before it is finished,
// and code is full of signs that the search would take as operators. Pure.

import { limits } from '../../shared/limits.ts';

/** Quoting makes a word of two signs one of four at most: so much of what is typed stays a query that is taken. */
const TYPED_CHARACTERS = limits.history.queryCharacters / 2;

const SEARCHABLE = /[\p{L}\p{N}]/u;
/** What the search reads as one word without quotes. */
const BARE = /^[\p{L}\p{M}\p{N}_]+\*?$/u;
const UNFINISHED = /[\p{L}\p{M}\p{N}_]$/u;
const OPERATOR = /^(?:AND|OR|NOT)$/;

/**
 * A query that finds what has all of the words, the last one as the beginning of a word where no space is behind it.
 * `AND`, `OR`, `NOT` between words and `word*` keep their meaning; with quotation marks in it, all of it does.
 */
export function toQuery(typed: string): string {
  const cut = typed.slice(0, TYPED_CHARACTERS).trimStart();
  if (cut.includes('"')) return cut.trimEnd();
  const words = cut.split(/\s+/).filter((word) => SEARCHABLE.test(word));
  // What is to come behind an operator isn't typed yet.
  if (OPERATOR.test(words.at(-1) ?? '')) words.pop();
  // Signs alone are for the edge to find nothing by: without any query it would give everything.
  if (words.length === 0) return cut.trimEnd();
  const query = words.map((word) => (BARE.test(word) ? word : `"${word}"`)).join(' ');
  return UNFINISHED.test(cut) && cut.endsWith(words.at(-1) ?? '') ? `${query}*` : query;
}
