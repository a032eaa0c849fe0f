// Lifetimes to choose from, in words.

import type { Option } from '../form.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const CHOICES = {
  keys: [DAY, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY],
  pushes: [10 * MINUTE, HOUR, 12 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY],
} as const;

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', 1],
] as const;

/** What can be chosen; also what is chosen by now, where it is none of the usual. */
export function lifetimeOptions(of: keyof typeof CHOICES, nowSeconds?: number): Option[] {
  const seconds = new Set<number>(CHOICES[of]);
  if (nowSeconds !== undefined) seconds.add(nowSeconds);
  return [...seconds]
    .toSorted((one, other) => one - other)
    .map((each) => ({ value: String(each), label: lifetimeInWords(each) }));
}

/** Such as "12 hours": in the largest unit that it is whole in. */
function lifetimeInWords(seconds: number): string {
  const [unit, unitSeconds] = UNITS.find(([, each]) => seconds % each === 0) ?? UNITS[3];
  const count = seconds / unitSeconds;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
