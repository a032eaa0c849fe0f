// Times in words, as far from now as they matter; the exact one is there for whoever looks.

import { type Html, html } from './html.ts';

const UNITS = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const satisfies [Intl.RelativeTimeFormatUnit, number][];

const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** Such as "3 hours ago" or "in 2 days". */
export function when(timeMs: number, nowMs: number): Html {
  const iso = new Date(timeMs).toISOString();
  const exact = `${iso.slice(0, 16).replace('T', ' ')} UTC`;
  return html`<time datetime="${iso}" title="${exact}">${fromNow(timeMs, nowMs)}</time>`;
}

function fromNow(timeMs: number, nowMs: number): string {
  const exact = Math.round((timeMs - nowMs) / 1000);
  // To the nearest minute, so that 12 hours read so when they begin.
  const seconds = exact > 60 ? Math.round(exact / 60) * 60 : exact;
  const unit = UNITS.find(([, unitSeconds]) => Math.abs(seconds) >= unitSeconds);
  if (!unit) return seconds > 0 ? 'in less than a minute' : 'just now';
  const [name, unitSeconds] = unit;
  return words.format(Math.trunc(seconds / unitSeconds), name);
}
