// How long ago something was, and how long it is still there, as people say it. Pure: now is passed in.

import type { Translate } from '../words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `now`, `3 min`, `2 h`, `5 d`: whole units, never more than it was. A clock that is behind reads `now`. */
export function ageLabel(thenMs: number, nowMs: number, t: Translate): string {
  const ageMs = nowMs - thenMs;
  return ageMs < MINUTE_MS ? t('now') : spanLabel(ageMs, t);
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

/** `11 h left`, `59 min left`, `<1 min left`: whole units, never more than it is. */
export function leftLabel(untilMs: number, nowMs: number, t: Translate): string {
  const leftMs = untilMs - nowMs;
  return leftMs < MINUTE_MS ? t('<1 min left') : t('{0} left', spanLabel(leftMs, t));
}

/** The same for a screen reader. */
export function spokenLeft(untilMs: number, nowMs: number, t: Translate): string {
  const leftMs = untilMs - nowMs;
  if (leftMs < MINUTE_MS) return t('less than a minute left');
  if (leftMs < HOUR_MS)
    return spoken(Math.floor(leftMs / MINUTE_MS), t('1 minute left'), (n) => t('{0} minutes left', n));
  if (leftMs < DAY_MS)
    return spoken(Math.floor(leftMs / HOUR_MS), t('1 hour left'), (n) => t('{0} hours left', n));
  return spoken(Math.floor(leftMs / DAY_MS), t('1 day left'), (n) => t('{0} days left', n));
}

/** After how long {@link ageLabel} says something else. */
export function ageChangesInMs(thenMs: number, nowMs: number): number {
  const ageMs = nowMs - thenMs;
  if (ageMs < MINUTE_MS) return MINUTE_MS - ageMs;
  const unitMs = unitOf(ageMs);
  return unitMs - (ageMs % unitMs);
}

/** After how long {@link leftLabel} says something else, or it is over. */
export function leftChangesInMs(untilMs: number, nowMs: number): number {
  const leftMs = untilMs - nowMs;
  // Whole units count down when the last of their milliseconds is gone.
  return leftMs < MINUTE_MS ? leftMs : (leftMs % unitOf(leftMs)) + 1;
}

function spanLabel(spanMs: number, t: Translate): string {
  if (spanMs < HOUR_MS) return t('{0} min', Math.floor(spanMs / MINUTE_MS));
  if (spanMs < DAY_MS) return t('{0} h', Math.floor(spanMs / HOUR_MS));
  return t('{0} d', Math.floor(spanMs / DAY_MS));
}

function unitOf(spanMs: number): number {
  if (spanMs < HOUR_MS) return MINUTE_MS;
  return spanMs < DAY_MS ? HOUR_MS : DAY_MS;
}

function spoken(count: number, one: string, many: (count: number) => string): string {
  return count === 1 ? one : many(count);
}
