// What people hear where a sign-in ended without one, and which ways are left to them. Pure.

import type { CommandId } from '../../commands.ts';
import { type Translate, wordsFor } from '../../words.ts';
import { flowsAfter, type FlowEnd, type FlowId } from './flows.ts';

/** The command of each way to sign in. */
export const flowCommands = {
  browser: 'pybin.signIn',
  code: 'pybin.signInWithCode',
  key: 'pybin.signInWithKey',
} as const satisfies Record<FlowId, CommandId>;

export interface EndWords {
  readonly message: string;
  readonly buttons: readonly { readonly title: string; readonly command: CommandId }[];
}

/** Undefined: nothing is said to who gave it up, or who is signed in. */
export function wordsForEnd(end: FlowEnd, flow: FlowId, t: Translate): EndWords | undefined {
  const message = messageFor(end, t);
  if (message === undefined) return undefined;
  const again = { title: t('Try Again'), command: flowCommands[flow] };
  const others = flowsAfter(flow).map((id) => ({ title: titleOf(id, t), command: flowCommands[id] }));
  return { message, buttons: [again, ...others] };
}

function messageFor(end: FlowEnd, t: Translate): string | undefined {
  switch (end.kind) {
    case 'issued':
    case 'pasted':
    case 'canceled':
      return undefined;
    case 'denied':
      return t('Not signed in: it was refused on the page.');
    case 'expired':
      return t('Not signed in: nobody answered in time.');
    case 'failed':
      return t('Not signed in. {0}', wordsFor(end.problem, t).message);
    default:
      return end satisfies never;
  }
}

function titleOf(flow: FlowId, t: Translate): string {
  switch (flow) {
    case 'browser':
      return t('Use the Browser');
    case 'code':
      return t('Use a Code');
    case 'key':
      return t('Paste a Key');
    default:
      return flow satisfies never;
  }
}
