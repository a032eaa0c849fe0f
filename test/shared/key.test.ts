// What a key may be called, and how long it may be good for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkKeyDraft, type KeyDraft } from '../../shared/key.ts';
import { limits } from '../../shared/limits.ts';

const good: KeyDraft = { name: 'CI', scope: 'read', ttlSeconds: undefined };

describe('a key’s name', () => {
  it.each([
    ['one character', 'x'],
    ['as many as there may be', 'x'.repeat(limits.keyNameCharacters)],
    ['any script', 'VS Code на «столе» 🐍'],
  ])('may have %s', (_what, name) => {
    expect(checkKeyDraft({ ...good, name })).toEqual({ ok: true, value: { ...good, name } });
  });

  it.each([
    ['is empty', ''],
    ['is blank', ' \u00a0 '],
    ['is one too long', 'x'.repeat(limits.keyNameCharacters + 1)],
    ['has a line break', 'a\nb'],
    ['has a line separator', 'a\u2028b'],
    ['is half a surrogate pair', 'a\ud83d'],
  ])('is refused where it %s', (_what, name) => {
    expect(checkKeyDraft({ ...good, name })).toMatchObject({
      ok: false,
      problem: { code: 'invalid_argument', field: 'name' },
    });
  });

  it('that is taken can be stored and shown: UTF-8 has a form for it, on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        if (!checkKeyDraft({ ...good, name }).ok) return;
        expect(name.isWellFormed()).toBe(true);
        expect(name).not.toMatch(/[\n\r\0]/);
        expect(name.length).toBeLessThanOrEqual(limits.keyNameCharacters);
      }),
    );
  });
});

describe('a key’s time', () => {
  const { min, max } = limits.ttlSeconds;

  it.each([undefined, min, max])('may be %s s', (ttlSeconds) => {
    expect(checkKeyDraft({ ...good, ttlSeconds }).ok).toBe(true);
  });

  it.each([0, -1, min - 1, max + 1, 60.5, Number.NaN, Infinity])('is refused as %s s', (ttlSeconds) => {
    expect(checkKeyDraft({ ...good, ttlSeconds })).toMatchObject({
      ok: false,
      problem: { code: 'invalid_argument', field: 'ttlSeconds' },
    });
  });
});
