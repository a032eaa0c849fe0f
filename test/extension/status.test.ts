// What the status bar shows of each state, to the eye and to a screen reader.

import { describe, expect, it } from 'vitest';
import { ageLabel, spokenAge } from '../../extension/status/age.ts';
import { type LatestState, type Top } from '../../extension/status/latest-state.ts';
import { type Moment, toShown } from '../../extension/status/shown.ts';
import { translate } from './translate.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = Date.UTC(2026, 10, 20, 12);

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

const top: Top = {
  id: 'x',
  number: 12,
  address: 'https://pybin.example/~ada/12',
  description: '',
  language: 'python',
  sizeBytes: 1024,
  createdAtMs: now - 3 * MINUTE,
  expiresAtMs: now + HOUR,
  firstLine: '',
};
const unreachable = { code: 'unavailable', detail: '' } as const;
const known: LatestState = { kind: 'top', top, problem: undefined };

interface Row {
  readonly name: string;
  readonly state: LatestState;
  readonly moment?: Partial<Moment>;
  readonly text: string;
  readonly label: string;
  readonly command?: string;
}

const rows: Row[] = [
  {
    name: 'signed out: the way in',
    state: { kind: 'signedOut' },
    text: '$(sign-in) pybin: sign in',
    label: 'pybin: sign in',
    command: 'pybin.signIn',
  },
  {
    name: 'a key that isn’t known any more: the way in',
    state: { kind: 'failed', problem: { code: 'unauthenticated', detail: '' } },
    text: '$(sign-in) pybin: sign in',
    label: 'pybin: sign in',
    command: 'pybin.signIn',
  },
  {
    name: 'before the first answer: no more than the name',
    state: { kind: 'asking' },
    text: '$(cloud) pybin',
    label: 'pybin: asking for your stack',
  },
  {
    name: 'no snippet',
    state: { kind: 'empty' },
    text: '$(cloud) pybin: empty',
    label: 'pybin: your stack is empty',
  },
  {
    name: 'the newest snippet and its age',
    state: known,
    text: '$(cloud-download) pull latest #12 · 3 min',
    label: 'pull latest: number 12, pushed 3 minutes ago',
  },
  {
    name: 'a snippet whose lifetime ended since it was seen',
    state: { kind: 'top', top: { ...top, expiresAtMs: now }, problem: undefined },
    text: '$(cloud) pybin: empty',
    label: 'pybin: your stack is empty',
  },
  {
    name: 'the last known snippet while the edge is away',
    state: { kind: 'top', top, problem: unreachable },
    text: '$(debug-disconnect) pull latest #12 · 3 min',
    label: 'pull latest: number 12, pushed 3 minutes ago',
  },
  {
    name: 'nothing known and the edge away',
    state: { kind: 'failed', problem: unreachable },
    text: '$(debug-disconnect) pybin',
    label: 'pybin: your stack can’t be reached',
  },
  {
    name: 'right after a push',
    state: known,
    moment: { copiedNumber: 12 },
    text: '$(check) #12 · copied',
    label: 'pushed number 12, its address is on the clipboard',
  },
  {
    name: 'right after a push, another’s on top of it',
    state: known,
    moment: { copiedNumber: 11 },
    text: '$(cloud-download) pull latest #12 · 3 min',
    label: 'pull latest: number 12, pushed 3 minutes ago',
  },
  {
    name: 'a push that waits',
    state: known,
    moment: { waiting: 1 },
    text: '$(warning) pull latest #12 · 3 min',
    label: 'pull latest: number 12, pushed 3 minutes ago, 1 push waits',
  },
  {
    name: 'pushes that wait',
    state: { kind: 'empty' },
    moment: { waiting: 2 },
    text: '$(warning) pybin: empty',
    label: 'pybin: your stack is empty, 2 pushes wait',
  },
];

describe('the status bar item', () => {
  it.each(rows)('$name', ({ state, moment, text, label, command }) => {
    expect(toShown(state, { nowMs: now, waiting: 0, copiedNumber: undefined, ...moment }, translate)).toEqual(
      {
        text,
        label,
        command: command ?? 'pybin.pullLatest',
      },
    );
  });

  it('is hidden until it is known whether somebody is signed in', () => {
    expect(
      toShown({ kind: 'starting' }, { nowMs: now, waiting: 1, copiedNumber: undefined }, translate),
    ).toBeUndefined();
  });
});
