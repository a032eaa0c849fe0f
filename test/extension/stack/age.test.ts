// Ages and lifetimes, to the eye, to a screen reader, and when they read differently.

import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ageChangesInMs,
  ageLabel,
  leftChangesInMs,
  leftLabel,
  spokenAge,
  spokenLeft,
} from '../../../extension/stack/age.ts';
import { ticksInMs } from '../../../extension/stack/ticks-in.ts';
import { translate } from '../translate.ts';
import { DAY, facts, HOUR, MINUTE, now } from './facts.ts';

const SECOND = 1_000;

describe('an age', () => {
  it.each([
    [-HOUR, 'now', 'just now'],
    [0, 'now', 'just now'],
    [MINUTE - 1, 'now', 'just now'],
    [MINUTE, '1 min', '1 minute ago'],
    [3 * MINUTE + 59 * SECOND, '3 min', '3 minutes ago'],
    [HOUR - 1, '59 min', '59 minutes ago'],
    [HOUR, '1 h', '1 hour ago'],
    [DAY - 1, '23 h', '23 hours ago'],
    [DAY, '1 d', '1 day ago'],
    [365 * DAY, '365 d', '365 days ago'],
  ])('of %d ms reads "%s", and "%s" aloud', (ageMs, label, spoken) => {
    expect(ageLabel(now - ageMs, now, translate)).toBe(label);
    expect(spokenAge(now - ageMs, now, translate)).toBe(spoken);
  });
});

describe('a lifetime', () => {
  it.each([
    [0, '<1 min left', 'less than a minute left'],
    [MINUTE - 1, '<1 min left', 'less than a minute left'],
    [MINUTE, '1 min left', '1 minute left'],
    [90 * SECOND - 1, '1 min left', '1 minute left'],
    [90 * SECOND, '2 min left', '2 minutes left'],
    [HOUR - 30 * SECOND - 1, '59 min left', '59 minutes left'],
    [HOUR - 30 * SECOND, '1 h left', '1 hour left'],
    [90 * MINUTE - 1, '1 h left', '1 hour left'],
    [90 * MINUTE, '2 h left', '2 hours left'],
    [12 * HOUR - 30 * MINUTE - 1, '11 h left', '11 hours left'],
    [12 * HOUR - 30 * MINUTE, '12 h left', '12 hours left'],
    [12 * HOUR - 1, '12 h left', '12 hours left'],
    [DAY - 30 * MINUTE - 1, '23 h left', '23 hours left'],
    [DAY - 30 * MINUTE, '1 d left', '1 day left'],
    [36 * HOUR, '2 d left', '2 days left'],
    [365 * DAY, '365 d left', '365 days left'],
  ])('of %d ms reads "%s", and "%s" aloud', (leftMs, label, spoken) => {
    expect(leftLabel(now + leftMs, now, translate)).toBe(label);
    expect(spokenLeft(now + leftMs, now, translate)).toBe(spoken);
  });
});

describe('the next change', () => {
  const spans = integer({ min: 0, max: 400 * DAY });

  it('of an age is when it reads differently, not a millisecond before', () => {
    assert(
      property(spans, (ageMs) => {
        const then = now - ageMs;
        const changesAt = now + ageChangesInMs(then, now);
        const before = ageLabel(then, now, translate);
        expect(ageLabel(then, changesAt - 1, translate)).toBe(before);
        expect(ageLabel(then, changesAt, translate)).not.toBe(before);
      }),
    );
  });

  it('of a lifetime is when it reads differently or is over, not a millisecond before', () => {
    assert(
      property(spans, (leftMs) => {
        const until = now + leftMs;
        const changesAt = now + leftChangesInMs(until, now);
        const before = leftLabel(until, now, translate);
        expect(leftLabel(until, changesAt - 1, translate)).toBe(before);
        expect(leftLabel(until, changesAt, translate) === before).toBe(changesAt >= until);
      }),
    );
  });

  it.each([
    { name: 'of nothing never comes', snippets: [], inMs: undefined },
    {
      name: 'of some is that of the first that changes',
      snippets: [
        facts(1, { createdAtMs: now - 90 * SECOND, expiresAtMs: now + HOUR + 50 * SECOND }),
        facts(2, { createdAtMs: now - HOUR, expiresAtMs: now + 90 * MINUTE + 5 * SECOND }),
      ],
      inMs: 5 * SECOND + 1,
    },
    {
      name: 'is a second away at least, however many change',
      snippets: [facts(1, { createdAtMs: now - MINUTE + 1 })],
      inMs: SECOND,
    },
    {
      name: 'is when a minute of its age is full',
      snippets: [facts(1, { createdAtMs: now - 90 * SECOND, expiresAtMs: now + HOUR + 50 * SECOND })],
      inMs: 30 * SECOND,
    },
  ])('$name', ({ snippets, inMs }) => {
    expect(ticksInMs(snippets, now)).toBe(inMs);
  });
});
