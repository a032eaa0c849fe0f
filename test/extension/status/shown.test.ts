// What the status bar shows of each state, to the eye and to a screen reader.

import { describe, expect, it } from 'vitest';
import type { SnippetFacts } from '../../../extension/stack/snippet-facts.ts';
import type { StackState } from '../../../extension/stack/stack-state.ts';
import { type Moment, toShown } from '../../../extension/status/shown.ts';
import type { Problem } from '../../../shared/problem.ts';
import { facts, now } from '../stack/facts.ts';
import { translate } from '../translate.ts';

const top = facts(12);
const unreachable = { code: 'unavailable', detail: '' } as const;

function knows(snippets: readonly SnippetFacts[], problem?: Problem): StackState {
  return { kind: 'known', contents: { snippets, gone: [] }, problem };
}

interface Row {
  readonly name: string;
  readonly state: StackState;
  readonly moment?: Partial<Moment>;
  readonly text: string;
  readonly label: string;
  readonly command?: string;
}

const rows: Row[] = [
  {
    name: 'signed out: the way in',
    state: { kind: 'signedOut', canChoose: false },
    text: '$(sign-in) pybin: sign in',
    label: 'pybin: sign in',
    command: 'pybin.signIn',
  },
  {
    name: 'signed in, and nobody chosen: the choice',
    state: { kind: 'signedOut', canChoose: true },
    text: '$(account) pybin: choose account',
    label: 'pybin: choose whose stack is used',
    command: 'pybin.switchAccount',
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
    state: knows([]),
    text: '$(cloud) pybin: empty',
    label: 'pybin: your stack is empty',
  },
  {
    name: 'the newest snippet and its age',
    state: knows([top]),
    text: '$(cloud-download) pull latest #12 · 3 min',
    label: 'pull latest: number 12, pushed 3 minutes ago',
  },
  {
    name: 'a snippet whose lifetime ended since it was seen',
    state: knows([facts(12, { expiresAtMs: now })]),
    text: '$(cloud) pybin: empty',
    label: 'pybin: your stack is empty',
  },
  {
    name: 'the last known snippet while the edge is away',
    state: knows([top], unreachable),
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
    state: knows([top]),
    moment: { copiedNumber: 12 },
    text: '$(check) #12 · copied',
    label: 'pushed number 12, its address is on the clipboard',
  },
  {
    name: 'right after a push, another’s on top of it',
    state: knows([top]),
    moment: { copiedNumber: 11 },
    text: '$(cloud-download) pull latest #12 · 3 min',
    label: 'pull latest: number 12, pushed 3 minutes ago',
  },
  {
    name: 'a snippet from another device',
    state: knows([top]),
    moment: { device: 'VS Code on laptop' },
    text: '$(cloud-download) pull latest #12 · VS Code on laptop · 3 min',
    label: 'pull latest: number 12, pushed 3 minutes ago from VS Code on laptop',
  },
  {
    name: 'a snippet from a device with a long name, which has no icon in it',
    state: knows([top]),
    moment: { device: '$(trash) of the machine with a long name' },
    text: '$(cloud-download) pull latest #12 · $\u200B(trash) of the machin… · 3 min',
    label: 'pull latest: number 12, pushed 3 minutes ago from $\u200B(trash) of the machine with a long name',
  },
  {
    name: 'a push that waits',
    state: knows([top]),
    moment: { waiting: 1 },
    text: '$(warning) pull latest #12 · 3 min · 1 push waits',
    label: 'pull latest: number 12, pushed 3 minutes ago, 1 push waits',
  },
  {
    name: 'a push that waits, which a device’s name would push out of sight',
    state: knows([top]),
    moment: { device: 'VS Code on laptop', waiting: 1 },
    text: '$(warning) pull latest #12 · 3 min · 1 push waits',
    label: 'pull latest: number 12, pushed 3 minutes ago from VS Code on laptop, 1 push waits',
  },
  {
    name: 'right after a push, while another waits for its correction',
    state: knows([top]),
    moment: { copiedNumber: 12, waiting: 1, pending: { short: 'not pushed: 1 problem', isWatched: false } },
    text: '$(check) #12 · copied',
    label: 'pushed number 12, its address is on the clipboard',
  },
  {
    name: 'pushes that wait',
    state: knows([]),
    moment: { waiting: 2 },
    text: '$(warning) pybin: empty · 2 pushes wait',
    label: 'pybin: your stack is empty, 2 pushes wait',
  },
  {
    name: 'a push that waits for a correction',
    state: knows([top]),
    moment: { waiting: 1, pending: { short: 'not pushed: 2 problems', isWatched: false } },
    text: '$(warning) not pushed: 2 problems',
    label: 'pybin: not pushed: 2 problems',
    command: 'pybin.showPendingPush',
  },
  {
    name: 'a push that goes as soon as it is clean',
    state: knows([top]),
    moment: { waiting: 1, pending: { short: 'pushes when clean: 1 problem', isWatched: true } },
    text: '$(eye) pushes when clean: 1 problem',
    label: 'pybin: pushes when clean: 1 problem',
    command: 'pybin.showPendingPush',
  },
];

const usual: Moment = { nowMs: now, waiting: 0, pending: undefined, copiedNumber: undefined, device: '' };

describe('the status bar item', () => {
  it.each(rows)('$name', ({ state, moment, text, label, command }) => {
    expect(toShown(state, { ...usual, ...moment }, translate)).toEqual({
      text,
      label,
      command: command ?? 'pybin.pullLatest',
    });
  });

  it('is hidden until it is known whether somebody is signed in', () => {
    expect(toShown({ kind: 'starting' }, { ...usual, waiting: 1 }, translate)).toBeUndefined();
  });
});
