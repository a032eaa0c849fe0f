// How long ago something was, as people say it. Pure: now is passed in.

import type { Translate } from '../words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `now`, `3 min`, `2 h`, `5 d`: whole units, never more than it was. A clock that is behind reads `now`. */
export function ageLabel(thenMs: number, nowMs: number, t: Translate): string {
  const ageMs = nowMs - thenMs;
  if (ageMs < MINUTE_MS) return t('now');
  if (ageMs < HOUR_MS) return t('{0} min', Math.floor(ageMs / MINUTE_MS));
  if (ageMs < DAY_MS) return t('{0} h', Math.floor(ageMs / HOUR_MS));
  return t('{0} d', Math.floor(ageMs / DAY_MS));
}

/** The same for a screen reader: `just now`, `1 minute ago`, `2 hours ago`. */
export function spokenAge(thenMs: number, nowMs: number, t: Translate): string {
  const ageMs = nowMs - thenMs;
  if (ageMs < MINUTE_MS) return t('just now');
  if (ageMs < HOUR_MS)
    return spoken(Math.floor(ageMs / MINUTE_MS), t('1 minute ago'), (n) => t('{0} minutes ago', n));
  if (ageMs < DAY_MS)
    return spoken(Math.floor(ageMs / HOUR_MS), t('1 hour ago'), (n) => t('{0} hours ago', n));
  return spoken(Math.floor(ageMs / DAY_MS), t('1 day ago'), (n) => t('{0} days ago', n));
}

function spoken(count: number, one: string, many: (count: number) => string): string {
  return count === 1 ? one : many(count);
}
