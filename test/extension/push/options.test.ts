// What is said of a push is shown, typed, checked as the edge does, and remembered where that makes sense.

import { describe, expect, it } from 'vitest';
import { noOptions, type PushOptions } from '../../../extension/push/draft.ts';
import {
  fieldHint,
  lifetimeLabel,
  optionFields,
  type OptionField,
  readKept,
  toKept,
  typedOf,
  valueLabel,
  withTyped,
} from '../../../extension/push/options.ts';
import { requireOk } from '../../../shared/problem.ts';
import { translate } from '../translate.ts';

const said = (field: OptionField, typed: string, options: PushOptions = noOptions): PushOptions =>
  requireOk(withTyped(options, field, typed));

describe('an option', () => {
  it.each([
    ['description', ' the shop’s total ', { description: 'the shop’s total' }, 'the shop’s total'],
    ['lifetime', '90m', { ttlSeconds: 5400 }, '90 minutes'],
    ['lifetime', '7d', { ttlSeconds: 604_800 }, '7 days'],
    ['visibility', 'private', { visibility: 'private' }, 'Only you'],
    ['alias', 'notes', { alias: 'notes' }, 'notes'],
    ['burn', '1', { burnReads: 1, visibility: 'unlisted' }, 'gone after 1 read'],
    ['burn', '5', { burnReads: 5, visibility: 'unlisted' }, 'gone after 5 reads'],
  ] as const)('%s: "%s" is taken and shown', (field, typed, expected, shown) => {
    const options = said(field, typed);
    expect(options).toEqual({ ...noOptions, ...expected });
    expect(valueLabel(options, field, translate)).toBe(shown);
    expect(said(field, typedOf(options, field))).toEqual(options);
  });

  it.each([
    ['lifetime', '5'],
    ['lifetime', '30s'],
    ['lifetime', '366d'],
    ['lifetime', 'soon'],
    ['alias', 'My Notes'],
    ['alias', '12'],
    ['alias', '-x'],
    ['alias', 'x'.repeat(41)],
    ['burn', '101'],
    ['burn', '-1'],
    ['burn', 'once'],
    ['description', 'x'.repeat(2 * 1024 * 1024 + 1)],
    ['description', '\uD83D'],
  ] as const)('%s: what no push may say is refused', (field, typed) => {
    expect(withTyped(noOptions, field, typed).ok).toBe(false);
  });

  it.each(optionFields)('%s: nothing typed is nothing said', (field) => {
    expect(typedOf(noOptions, field)).toBe('');
    expect(said(field, '').burnReads).toBe(0);
    expect(fieldHint(field, translate)).toMatch(/\.$/);
    expect(valueLabel(noOptions, field, translate)).not.toBe('');
  });

  it('that burns is read by its link; one for everybody, or for oneself, doesn’t burn', () => {
    const burning = said('burn', '1', said('visibility', 'private'));
    expect(burning.visibility).toBe('unlisted');
    expect(said('visibility', 'public', burning)).toMatchObject({ visibility: 'public', burnReads: 0 });
    expect(said('visibility', 'unlisted', burning).burnReads).toBe(1);
  });
});

describe('the next push', () => {
  const last: PushOptions = {
    description: 'why',
    visibility: 'private',
    ttlSeconds: 3600,
    alias: 'notes',
    burnReads: 0,
  };

  it('begins with the lifetime and the visibility of the last one, and nothing else of it', () => {
    expect(readKept(toKept(last))).toEqual({ ...noOptions, visibility: 'private', ttlSeconds: 3600 });
  });

  it('isn’t unlisted because the last one burned', () => {
    expect(readKept(toKept(said('burn', '1'))).visibility).toBeUndefined();
  });

  it.each([undefined, 'x', 3, { visibility: 'secret' }, { ttlSeconds: 5 }, { ttlSeconds: '1h' }])(
    'begins with nothing said where %o was kept',
    (kept) => {
      expect(readKept(kept)).toEqual(noOptions);
    },
  );
});

describe('a lifetime', () => {
  it.each([
    [60, '1 minute'],
    [3600, '1 hour'],
    [43_200, '12 hours'],
    [86_400, '1 day'],
    [90, '90 seconds'],
  ])('of %d seconds reads %s', (ttlSeconds, expected) => {
    expect(lifetimeLabel(ttlSeconds, translate)).toBe(expected);
  });
});
