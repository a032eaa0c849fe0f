// Lists of entity tags: which texts they name, however they are written.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownTexts, tagOf } from '../../../worker/doors/etag.ts';

const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/);
const encoding = fc.constantFrom('identity', 'gzip');
const ownTag = fc.tuple(sha256, encoding).map(([hash, encoded]) => ({ hash, tag: tagOf(hash, encoded) }));
/** What another server, or a proxy, may have made: no text of ours. */
const otherTag = fc
  .stringMatching(/^[!#-~]{0,70}$/)
  .filter((tag) => !/^[0-9a-f]{64}(-gzip)?$/.test(tag))
  .map((tag) => ({ hash: undefined, tag: `"${tag}"` }));

describe('a tag', () => {
  it('is quoted, and names its text and how it was sent', () => {
    fc.assert(
      fc.property(sha256, (hash) => {
        expect(tagOf(hash, 'identity')).toBe(`"${hash}"`);
        expect(tagOf(hash, 'gzip')).not.toBe(tagOf(hash, 'identity'));
        expect(knownTexts(tagOf(hash, 'gzip'))).toEqual([hash]);
      }),
    );
  });
});

describe('a list of tags', () => {
  const item = fc.tuple(fc.oneof(ownTag, otherTag), fc.constantFrom('', 'W/'));
  const separator = fc.constantFrom(',', ', ', ' , ', ',\t', ', , ');

  it('names each text of ours in its order, strong or weak, and no other', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), separator, (items, between) => {
        const list = items.map(([{ tag }, weak]) => weak + tag).join(between);
        expect(knownTexts(list)).toEqual(items.flatMap(([{ hash }]) => hash ?? []));
      }),
    );
  });

  it('that is none of a list is read without a throw, and names hashes only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), sha256), (text) => {
        for (const hash of knownTexts(text)) expect(hash).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
    expect(knownTexts('*')).toEqual([]);
    expect(knownTexts('0'.repeat(64))).toEqual([]);
  });

  it('is read in no time, however long it is', () => {
    const list = `"${'0'.repeat(63)}`.repeat(20_000);
    expect(knownTexts(list)).toEqual([]);
  });
});
