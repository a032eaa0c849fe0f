// What the manifest's when-clauses may ask: kept in step with the parts that know.

import type { Disposable } from 'vscode';
import type { PendingPushes } from './pending/pending-pushes.ts';
import type { Queue } from './queue/queue.ts';
import { allOf } from './session/accounts.ts';
import type { Session } from './session/session.ts';
import type { LastDeleted } from './stack/last-deleted.ts';
import type { Stack } from './stack/stack.ts';

/** Every context key of pybin. The manifest uses no other. */
export const contextKeys = [
  'pybin.signedIn',
  'pybin.hasAccounts',
  'pybin.pushWaits',
  'pybin.stackState',
  'pybin.canUndoDelete',
  'pybin.queueWaits',
] as const;
type ContextKey = (typeof contextKeys)[number];

/** The view of the stack in the Explorer. */
export const stackViewId = 'pybin.stack';

export interface ContextParts {
  readonly session: Session;
  readonly pending: PendingPushes;
  readonly queue: Queue;
  readonly stack: Stack;
  readonly lastDeleted: LastDeleted;
}

export function keepContexts(
  { session, pending, queue, stack, lastDeleted }: ContextParts,
  setContext: (key: ContextKey, value: boolean | string) => unknown,
): Disposable[] {
  return [
    session.onDidChange(async () => setContext('pybin.signedIn', (await session.get()) !== undefined)),
    session.onDidChangeAccounts(async () => {
      const at = await session.accounts();
      setContext('pybin.hasAccounts', at !== undefined && allOf(at).length > 0);
    }),
    pending.onDidChange(() => setContext('pybin.pushWaits', pending.all.length > 0)),
    stack.onDidChange(() => setContext('pybin.stackState', stackState(stack))),
    lastDeleted.onDidChange(() => setContext('pybin.canUndoDelete', lastDeleted.push !== undefined)),
    queue.onDidChange(() => setContext('pybin.queueWaits', queue.items.length > 0)),
  ];
}

/** What the view says in place of rows. */
function stackState({
  state,
  snippets,
}: Stack): 'asking' | 'signedOut' | 'unchosen' | 'failed' | 'empty' | 'some' {
  switch (state.kind) {
    case 'starting':
    case 'asking':
      return 'asking';
    case 'signedOut':
      return state.canChoose ? 'unchosen' : 'signedOut';
    case 'failed':
      return state.problem.code === 'unauthenticated' ? 'signedOut' : 'failed';
    case 'known':
      return snippets.length === 0 ? 'empty' : 'some';
    default:
      return state satisfies never;
  }
}
