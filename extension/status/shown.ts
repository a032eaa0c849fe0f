// What the status bar shows of a state: pure, now is passed in.

import { limits } from '../../shared/limits.ts';
import type { CommandId } from '../commands.ts';
import { inOneLine, shortened } from '../one-line.ts';
import type { SnippetFacts } from '../stack/snippet-facts.ts';
import { type StackState, topOf } from '../stack/stack-state.ts';
import type { Translate } from '../words.ts';
import { ageLabel, spokenAge } from '../stack/age.ts';

export interface Shown {
  readonly text: string;
  /** The same for a screen reader. */
  readonly label: string;
  /** What a click does. */
  readonly command: CommandId;
}

export interface Moment {
  readonly nowMs: number;
  /** How many pushes wait to be corrected or sent. */
  readonly waiting: number;
  /** The youngest push that waits for a correction: what for, and whether it goes by itself then. */
  readonly pending: { readonly short: string; readonly isWatched: boolean } | undefined;
  /** The other device that the newest snippet comes from; empty where it is this one, or has no name. */
  readonly device: string;
  /** The snippet whose address was put on the clipboard just now. */
  readonly copiedNumber: number | undefined;
}

/** Undefined: nothing is shown. */
export function toShown(state: StackState, moment: Moment, t: Translate): Shown | undefined {
  const base = withoutWaiting(state, moment, t);
  if (!base || moment.waiting === 0) return base;
  // That a push went is said for its moment, whatever else waits.
  if (moment.copiedNumber !== undefined && moment.copiedNumber === topOf(state, moment.nowMs)?.number)
    return base;
  if (moment.pending) {
    const { short, isWatched } = moment.pending;
    return {
      text: `${isWatched ? '$(eye)' : '$(warning)'} ${short}`,
      label: `pybin: ${short}`,
      command: 'pybin.showPendingPush',
    };
  }
  const label = moment.waiting === 1 ? t('1 push waits') : t('{0} pushes wait', moment.waiting);
  return {
    ...base,
    text: `${base.text.replace(/^\$\([a-z-]+\)/, '$(warning)')} · ${label}`,
    label: `${base.label}, ${label}`,
  };
}

function withoutWaiting(state: StackState, moment: Moment, t: Translate): Shown | undefined {
  switch (state.kind) {
    case 'starting':
      return undefined;
    case 'signedOut':
      return state.canChoose ? choose(t) : signIn(t);
    case 'asking':
      return {
        text: '$(cloud) pybin',
        label: t('pybin: asking for your stack'),
        command: 'pybin.pullLatest',
      };
    case 'failed':
      if (state.problem.code === 'unauthenticated') return signIn(t);
      return {
        text: '$(debug-disconnect) pybin',
        label: t('pybin: your stack can’t be reached'),
        command: 'pybin.pullLatest',
      };
    case 'known': {
      const top = topOf(state, moment.nowMs);
      if (!top) return nothing(t);
      if (moment.copiedNumber === top.number) return copied(top, t);
      return pull(top, state.problem ? '$(debug-disconnect)' : '$(cloud-download)', moment, t);
    }
    default:
      return state satisfies never;
  }
}

function signIn(t: Translate): Shown {
  return { text: `$(sign-in) ${t('pybin: sign in')}`, label: t('pybin: sign in'), command: 'pybin.signIn' };
}

function choose(t: Translate): Shown {
  return {
    text: `$(account) ${t('pybin: choose account')}`,
    label: t('pybin: choose whose stack is used'),
    command: 'pybin.switchAccount',
  };
}

function nothing(t: Translate): Shown {
  return {
    text: `$(cloud) ${t('pybin: empty')}`,
    label: t('pybin: your stack is empty'),
    command: 'pybin.pullLatest',
  };
}

function copied(top: SnippetFacts, t: Translate): Shown {
  return {
    text: `$(check) ${t('#{0} · copied', top.number)}`,
    label: t('pushed number {0}, its address is on the clipboard', top.number),
    command: 'pybin.pullLatest',
  };
}

function pull(top: SnippetFacts, icon: string, { device, nowMs, waiting }: Moment, t: Translate): Shown {
  const age = ageLabel(top.createdAtMs, nowMs, t);
  const spoken = spokenAge(top.createdAtMs, nowMs, t);
  const name = inOneLine(device);
  // The editor cuts long items off at their end, where it says what waits.
  const text =
    name && waiting === 0
      ? t('pull latest #{0} · {1} · {2}', top.number, shortened(name, limits.editor.deviceCharacters), age)
      : t('pull latest #{0} · {1}', top.number, age);
  const label = name
    ? t('pull latest: number {0}, pushed {1} from {2}', top.number, spoken, name)
    : t('pull latest: number {0}, pushed {1}', top.number, spoken);
  return { text: `${icon} ${text}`, label, command: 'pybin.pullLatest' };
}
