// What a valid draft is.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/limits.ts';
import {
  checkDetails,
  checkText,
  checkTextSize,
  type DraftDetails,
  formatTtl,
  parseTtl,
  plainDetails,
} from '../../shared/snippet.ts';

const finding = { tool: 'Ruff', code: 'F401', message: 'unused', line: 1, column: 1 };

describe('a lifetime as people write it', () => {
  it.each([
    ['60s', 60],
    ['1m', 60],
    ['90m', 5400],
    ['12h', 43_200],
    ['7d', 604_800],
    ['365d', 31_536_000],
  ])('%s', (text, seconds) => {
    expect(parseTtl(text)).toEqual({ ok: true, value: seconds });
  });

  it('is written in its largest unit', () => {
    expect([86_400, 43_200, 5400, 61].map(formatTtl)).toEqual(['1d', '12h', '90m', '61s']);
    fc.assert(
      fc.property(fc.integer(limits.ttlSeconds), (seconds) => {
        expect(parseTtl(formatTtl(seconds))).toEqual({ ok: true, value: seconds });
      }),
    );
  });

  it.each([
    '',
    '1',
    'h',
    '59s',
    '0m',
    '01h',
    '1.5h',
    '-1h',
    '366d',
    '8761h',
    '1w',
    '1h ',
    '1H',
    '999999999999d',
    '１h',
  ])('is not "%s"', (text) => {
    expect(parseTtl(text)).toMatchObject({ ok: false, problem: { code: 'invalid_argument', field: 'ttl' } });
  });

  it('is, for any text, a whole number within the limits or a refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{1,12}[smhd]$/)), (text) => {
        const ttl = parseTtl(text);
        if (!ttl.ok) return;
        expect(Number.isInteger(ttl.value)).toBe(true);
        expect(ttl.value).toBeGreaterThanOrEqual(limits.ttlSeconds.min);
        expect(ttl.value).toBeLessThanOrEqual(limits.ttlSeconds.max);
      }),
    );
  });
});

const refusals: [string, Partial<DraftDetails>, string][] = [
  [
    'a description one byte too long',
    { description: `${'é'.repeat(limits.descriptionBytes / 2)}x` },
    'description',
  ],
  ['a description with half a surrogate pair', { description: 'a\ud800' }, 'description'],
  ['a language that is a sentence', { language: 'a b' }, 'language'],
  ['a language that is too long', { language: 'x'.repeat(limits.languageCharacters + 1) }, 'language'],
  ['a lifetime of nothing', { ttlSeconds: 0 }, 'ttl'],
  ['a lifetime of a fraction', { ttlSeconds: 60.5 }, 'ttl'],
  ['a file name with a slash', { fileName: 'a/b' }, 'fileName'],
  ['a file name with a backslash', { fileName: 'a\\b' }, 'fileName'],
  ['a file name with a line break', { fileName: 'a\nb' }, 'fileName'],
  ['a file name that is too long', { fileName: 'x'.repeat(limits.fileNameCharacters + 1) }, 'fileName'],
  ['too many findings', { findings: Array.from({ length: limits.findings + 1 }, () => finding) }, 'findings'],
  ['a finding that talks too long', { findings: [{ ...finding, message: 'x'.repeat(1001) }] }, 'findings'],
  ['too many needs', { needs: Array.from({ length: limits.needs + 1 }, () => 'np') }, 'needs'],
  ['a need that is no name', { needs: ['x'.repeat(limits.needCharacters + 1)] }, 'needs'],
];

describe('a draft', () => {
  it.each([
    ['that says nothing', {}],
    ['with a description of exactly the limit', { description: 'é'.repeat(limits.descriptionBytes / 2) }],
    ['with a file name in any script', { fileName: 'módulo 🐍 (1).py' }],
    ['with findings and needs', { findings: [finding], needs: ['np', 'self'] }],
  ])('%s is fine', (_what, details) => {
    expect(checkDetails({ ...plainDetails, ...details }).ok).toBe(true);
  });

  it.each(refusals)('with %s is refused by the field’s name', (_what, details, field) => {
    expect(checkDetails({ ...plainDetails, ...details })).toMatchObject({ ok: false, problem: { field } });
  });

  it('of exactly the limit is fine, and of one byte more is not', () => {
    expect(checkTextSize(limits.textBytes)).toBeUndefined();
    expect(checkTextSize(limits.textBytes + 1)?.problem).toMatchObject({
      code: 'too_large',
      limit: limits.textBytes,
    });
  });

  it('of any text that UTF-8 can say is fine', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const comesBack =
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)) === text;
        expect(checkText('text', text) === undefined).toBe(comesBack);
      }),
    );
    expect(checkText('text', '\ud800x')?.problem.code).toBe('not_text');
  });
});
