// Times in words: what is to come is told to the nearest minute, and never before it begins.

import { describe, expect, it } from 'vitest';
import { when } from '../../../worker/pages/when.ts';

const now = Date.UTC(2026, 0, 1);
const SECOND = 1;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

describe('a time', () => {
  it.each([
    [-3 * DAY, '3 days ago'],
    [-119 * SECOND, '1 minute ago'],
    [-59 * SECOND, 'just now'],
    [0, 'just now'],
    [59 * SECOND, 'in less than a minute'],
    [61 * SECOND, 'in 1 minute'],
    [HOUR - 5 * SECOND, 'in 1 hour'],
    [12 * HOUR - 5 * SECOND, 'in 12 hours'],
    [12 * HOUR - 2 * MINUTE, 'in 11 hours'],
    [2 * DAY, 'in 2 days'],
  ])('%d s from now reads "%s"', (seconds, words) => {
    expect(when(now + seconds * 1000, now).text).toContain(`>${words}</time>`);
  });

  it('has the exact one for whoever looks', () => {
    expect(when(now, now).text).toContain('datetime="2026-01-01T00:00:00.000Z" title="2026-01-01 00:00 UTC"');
  });
});
