// What the hover tells where there is no snippet to tell of: how things stand, and what can be done next. Pure.

import type { CommandId } from '../commands.ts';
import type { StackState } from '../stack/stack-state.ts';
import { type Translate, wordsFor } from '../words.ts';

/** The extension's id and the walkthrough's, as the manifest has them. */
export const walkthroughId = 'pybin.pybin#start';

/** What a click in a hover runs. */
export interface Link {
  readonly title: string;
  readonly command: CommandId | 'workbench.action.openWalkthrough';
  readonly argument?: string;
}

export interface Standing {
  /** A paragraph each. */
  readonly said: readonly string[];
  /** Most useful first. */
  readonly next: readonly Link[];
}

export function standingOf(state: StackState, t: Translate): Standing {
  const purpose = t('Your stack carries code between your editors, terminals and phones.');
  const signIn = { title: t('Sign In'), command: 'pybin.signIn' } as const;
  const choose = { title: t('Choose an Account'), command: 'pybin.switchAccount' } as const;
  const push = { title: t('Push'), command: 'pybin.push' } as const;
  const history = { title: t('History'), command: 'pybin.showHistory' } as const;
  const tryAgain = { title: t('Try Again'), command: 'pybin.refreshStack' } as const;
  const showLog = { title: t('Show Log'), command: 'pybin.showLog' } as const;
  const walkthrough = {
    title: t('How It Works'),
    command: 'workbench.action.openWalkthrough',
    argument: walkthroughId,
  } as const;
  switch (state.kind) {
    case 'signedOut':
      return state.canChoose
        ? { said: [t('You are signed in, and nobody’s stack is chosen.')], next: [choose, push, walkthrough] }
        : { said: [purpose], next: [signIn, push, walkthrough] };
    case 'starting':
    case 'asking':
      return { said: [purpose, t('Asking what is on it…')], next: [push, history, walkthrough] };
    case 'known':
      return {
        said: [
          t('Nothing is on your stack. What you push is one click away, here and in your other editors.'),
          ...(state.problem ? [wordsFor(state.problem, t).message] : []),
        ],
        next: [push, history, walkthrough],
      };
    case 'failed':
      return state.problem.code === 'unauthenticated'
        ? { said: [purpose, wordsFor(state.problem, t).message], next: [signIn, push, walkthrough] }
        : { said: [wordsFor(state.problem, t).message], next: [tryAgain, push, showLog] };
    default:
      return state satisfies never;
  }
}
