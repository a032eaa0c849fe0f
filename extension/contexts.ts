// What the manifest's when-clauses may ask: kept in step with the parts that know.

import type { Disposable } from 'vscode';
import type { PendingPushes } from './push/pending-pushes.ts';
import { allOf } from './session/accounts.ts';
import type { Session } from './session/session.ts';

/** Every context key of pybin. The manifest uses no other. */
export const contextKeys = ['pybin.signedIn', 'pybin.hasAccounts', 'pybin.pushWaits'] as const;
type ContextKey = (typeof contextKeys)[number];

export function keepContexts(
  session: Session,
  pending: PendingPushes,
  setContext: (key: ContextKey, value: boolean) => unknown,
): Disposable[] {
  return [
    session.onDidChange(async () => setContext('pybin.signedIn', (await session.get()) !== undefined)),
    session.onDidChangeAccounts(async () => {
      const at = await session.accounts();
      setContext('pybin.hasAccounts', at !== undefined && allOf(at).length > 0);
    }),
    pending.onDidChange(() => setContext('pybin.pushWaits', pending.all.length > 0)),
  ];
}
