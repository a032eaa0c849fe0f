// How long ago something was, and how long it is still there, as people say it. Pure: now is passed in.

import type { Translate } from '../words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type UnitName = 'minute' | 'hour' | 'day';

interface Unit {
  readonly name: UnitName;
  readonly ms: number;
  /** From when on a time left is told in it: as soon as the unit below would round to one of it. */
  readonly leftFromMs: number;
}

const MINUTE: Unit = { name: 'minute', ms: MINUTE_MS, leftFromMs: MINUTE_MS };
const HOUR: Unit = { name: 'hour', ms: HOUR_MS, leftFromMs: HOUR_MS - MINUTE_MS / 2 };
const DAY: Unit = { name: 'day', ms: DAY_MS, leftFromMs: DAY_MS - HOUR_MS / 2 };

interface Span {
  readonly count: number;
  readonly unit: Unit;
}

/** `now`, `3 min`, `2 h`, `5 d`: whole units, never more than it was. A clock that is behind reads `now`. */
export function ageLabel(thenMs: number, nowMs: number, t: Translate): string {
  const ageMs = nowMs - thenMs;
  return ageMs < MINUTE_MS ? t('now') : spanLabel(ageOf(ageMs), t);
}

/** The same for a screen reader: `just now`, `1 minute ago`, `2 hours ago`. */
export function spokenAge(thenMs: number, nowMs: number, t: Translate): string {
  const ageMs = nowMs - thenMs;
  if (ageMs < MINUTE_MS) return t('just now');
  const { count, unit } = ageOf(ageMs);
  switch (unit.name) {
    case 'minute':
      return count === 1 ? t('1 minute ago') : t('{0} minutes ago', count);
    case 'hour':
      return count === 1 ? t('1 hour ago') : t('{0} hours ago', count);
    case 'day':
      return count === 1 ? t('1 day ago') : t('{0} days ago', count);
    default:
      return unit.name satisfies never;
  }
}

/** `12 h left`, `59 min left`, `<1 min left`: the nearest whole units, so that 12 hours read so when they begin. */
export function leftLabel(untilMs: number, nowMs: number, t: Translate): string {
  const leftMs = untilMs - nowMs;
  return leftMs < MINUTE_MS ? t('<1 min left') : t('{0} left', spanLabel(leftOf(leftMs), t));
}

/** The same for a screen reader. */
export function spokenLeft(untilMs: number, nowMs: number, t: Translate): string {
  const leftMs = untilMs - nowMs;
  if (leftMs < MINUTE_MS) return t('less than a minute left');
  const { count, unit } = leftOf(leftMs);
  switch (unit.name) {
    case 'minute':
      return count === 1 ? t('1 minute left') : t('{0} minutes left', count);
    case 'hour':
      return count === 1 ? t('1 hour left') : t('{0} hours left', count);
    case 'day':
      return count === 1 ? t('1 day left') : t('{0} days left', count);
    default:
      return unit.name satisfies never;
  }
}

/** After how long {@link ageLabel} says something else. */
export function ageChangesInMs(thenMs: number, nowMs: number): number {
  const ageMs = nowMs - thenMs;
  if (ageMs < MINUTE_MS) return MINUTE_MS - ageMs;
  const { unit } = ageOf(ageMs);
  return unit.ms - (ageMs % unit.ms);
}

/** After how long {@link leftLabel} says something else, or it is over. */
export function leftChangesInMs(untilMs: number, nowMs: number): number {
  const leftMs = untilMs - nowMs;
  if (leftMs < MINUTE_MS) return leftMs;
  const { count, unit } = leftOf(leftMs);
  const toldFromMs = count === 1 ? unit.leftFromMs : (count - 0.5) * unit.ms;
  // It reads differently when the last of its milliseconds is gone.
  return leftMs - toldFromMs + 1;
}

/** Of a minute at least. */
function ageOf(ageMs: number): Span {
  const unit = [DAY, HOUR].find(({ ms }) => ageMs >= ms) ?? MINUTE;
  return { count: Math.floor(ageMs / unit.ms), unit };
}

/** Of a minute at least. */
function leftOf(leftMs: number): Span {
  const unit = [DAY, HOUR].find(({ leftFromMs }) => leftMs >= leftFromMs) ?? MINUTE;
  return { count: Math.round(leftMs / unit.ms), unit };
}

function spanLabel({ count, unit }: Span, t: Translate): string {
  switch (unit.name) {
    case 'minute':
      return t('{0} min', count);
    case 'hour':
      return t('{0} h', count);
    case 'day':
      return t('{0} d', count);
    default:
      return unit.name satisfies never;
  }
}
