// What the query of a push says: whatever it is, it is read or refused by name, and nothing is read that no push may say.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getNumber, isAlias, isLinkId, isUserId } from '../../../shared/address.ts';
import { limits } from '../../../shared/limits.ts';
import type { Result } from '../../../shared/problem.ts';
import { checkDetails, visibilities } from '../../../shared/snippet.ts';
import { parsePushOptions, parseReplaceOptions } from '../../../worker/doors/options.ts';

const COMMON = ['description', 'language', 'ttl', 'visibility', 'alias'];
const PUSH = [...COMMON, 'burn', 'duplicate'];

/** Values that may mean something, and values that don't. */
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    '1',
    '90m',
    '12h',
    '7d',
    '1s',
    'public',
    'private',
    'skip',
    'python',
    'notes',
    '0',
    '1e1',
  ),
  fc.stringMatching(/^[0-9]{1,12}[smhdw]?$/),
);
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PUSH) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const query = fc
  .array(fc.tuple(name, value), { maxLength: 8 })
  .map((pairs) => new URLSearchParams(pairs.map(([key, text]): [string, string] => [key, text])));

/** The names of a query that can't be read: unknown ones, and those that are there more than once. */
function wrongNames(asked: URLSearchParams, known: readonly string[]): string[] {
  return [...asked.keys()].filter((key) => !known.includes(key) || asked.getAll(key).length > 1);
}

function expectNamed(result: Result<unknown>, wrong: readonly string[]): void {
  expect(result.ok).toBe(false);
  if (!result.ok) {
    expect(result.problem.code).toBe('invalid_argument');
    expect(wrong).toContain(result.problem.field);
  }
}

describe('the options of a push', () => {
  it('are read as they were written, or refused by name', () => {
    fc.assert(
      fc.property(query, fc.string({ maxLength: 20 }), (asked, fileName) => {
        const result = parsePushOptions(asked, fileName);
        const wrong = wrongNames(asked, PUSH);
        if (wrong.length > 0) {
          expectNamed(result, wrong);
          return;
        }
        if (!result.ok) {
          expectNamed(result, ['ttl', 'visibility', 'burn', 'duplicate']);
          expect(asked.has(result.problem.field ?? '')).toBe(true);
          return;
        }
        const { details, skipDuplicate } = result.value;
        expect(details.description).toBe(asked.get('description') ?? '');
        expect(details.alias).toBe(asked.get('alias') ?? '');
        expect(details.fileName).toBe(fileName);
        expect(details.visibility).toBe(visibilities.find((each) => each === asked.get('visibility')));
        expect(asked.has('visibility')).toBe(details.visibility !== undefined);
        expect(details.burnReads).toBe(Number(asked.get('burn') ?? 0));
        expect(asked.get('burn') ?? '1').toMatch(/^[1-9][0-9]*$/);
        expect(skipDuplicate).toBe(asked.get('duplicate') === 'skip');
        // Without one it is the account's.
        expect(details.ttlSeconds === undefined).toBe(!asked.has('ttl'));
        const { min, max } = limits.ttlSeconds;
        expect(details.ttlSeconds ?? min).toBeGreaterThanOrEqual(min);
        expect(details.ttlSeconds ?? min).toBeLessThanOrEqual(max);
      }),
      { numRuns: 500 },
    );
  });

  it('are checked without a throw, whatever they are', () => {
    fc.assert(
      fc.property(query, fc.string({ unit: 'binary', maxLength: 300 }), (asked, fileName) => {
        const result = parsePushOptions(asked, fileName);
        if (!result.ok) return;
        const checked = checkDetails(result.value.details);
        if (!checked.ok) expect(checked.problem.field).toBeDefined();
      }),
    );
  });
});

describe('the options of a replacement', () => {
  it('are read as they were written, absent where nothing was, or refused by name', () => {
    fc.assert(
      fc.property(query, (asked) => {
        const result = parseReplaceOptions(asked);
        const wrong = wrongNames(asked, COMMON);
        if (wrong.length > 0 || !result.ok) {
          expectNamed(result, wrong.length > 0 ? wrong : ['ttl', 'visibility']);
          return;
        }
        const { ttlSeconds, ...rest } = result.value;
        expect(rest).toEqual({
          description: asked.get('description') ?? undefined,
          language: asked.get('language') ?? undefined,
          visibility: visibilities.find((each) => each === asked.get('visibility')),
          alias: asked.get('alias') ?? undefined,
        });
        expect(ttlSeconds === undefined).toBe(!asked.has('ttl'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what may stand behind a user', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 45 }),
    fc.stringMatching(/^[a-z0-9._-]{0,45}$/),
    fc.stringMatching(/^[0-9]{0,12}$/),
  );

  it('is a number or an alias, never both', () => {
    fc.assert(
      fc.property(text, (either) => {
        expect(getNumber(either) !== undefined && isAlias(either)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('stands in an address as it is, whichever way the address is read', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{3,20}$/), text, (user, either) => {
        fc.pre(isUserId(user) && (isAlias(either) || getNumber(either) !== undefined));
        const path = `/~${user}/${either}`;
        expect(new URL(path, 'http://localhost').pathname).toBe(path);
        expect(encodeURI(path)).toBe(path);
      }),
    );
  });

  it('is no user id in capitals, with a dot or with a line break, and no link’s id of another length', () => {
    fc.assert(
      fc.property(text, (any) => {
        if (isUserId(any)) expect(any).toMatch(/^[a-z0-9-]{3,20}$/);
        if (isAlias(any)) expect(any).toMatch(/^(?![0-9]+$)[a-z0-9][a-z0-9._-]{0,39}$/);
        if (isLinkId(any)) expect(any).toMatch(/^[0-9A-Za-z]{22}$/);
        for (const is of [isUserId, isAlias, isLinkId]) expect(is(`${any}\n`)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('of the contract is no id: "latest" and "pop" never name a snippet', () => {
    for (const word of ['latest', 'pop']) {
      expect(isLinkId(word)).toBe(false);
      expect(isAlias(word)).toBe(false);
    }
  });
});
