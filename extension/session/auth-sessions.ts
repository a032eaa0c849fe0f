// The accounts as the editor's own list of accounts knows them: sessions, and what changed about them. Pure.

import { type Accounts, allOf } from './accounts.ts';

/** What every key of pybin that an editor has may do. */
const authScopes = ['read', 'write'] as const;

export interface AuthSession {
  readonly id: string;
  readonly accessToken: string;
  readonly account: { readonly id: string; readonly label: string };
  readonly scopes: readonly string[];
}

/**
 * The sessions of an endpoint. One whose key was refused is none. The host is part of an account's label because the
 * editor remembers by the label to whom a person gave it: what is allowed at one instance isn't at another.
 */
export function toAuthSessions(endpoint: string, accounts: Accounts): AuthSession[] {
  return allOf(accounts)
    .filter(({ isRefused }) => !isRefused)
    .map(({ userId, key }) => {
      const id = authSessionId(endpoint, userId);
      const account = { id, label: `${userId} (${new URL(endpoint).host})` };
      return { id, accessToken: key, account, scopes: authScopes };
    });
}

export function authSessionId(endpoint: string, userId: string): string {
  return `${endpoint} ${userId}`;
}

export interface AuthChange {
  readonly added: readonly AuthSession[];
  readonly removed: readonly AuthSession[];
  /** Have another key than before. */
  readonly changed: readonly AuthSession[];
}

/** Undefined: nothing changed. */
export function authChange(
  before: readonly AuthSession[],
  after: readonly AuthSession[],
): AuthChange | undefined {
  const known = new Map(before.map((session) => [session.id, session]));
  const ids = new Set(after.map(({ id }) => id));
  const added = after.filter(({ id }) => !known.has(id));
  const removed = before.filter(({ id }) => !ids.has(id));
  const changed = after.filter(
    ({ id, accessToken }) => known.has(id) && known.get(id)?.accessToken !== accessToken,
  );
  return added.length + removed.length + changed.length > 0 ? { added, removed, changed } : undefined;
}

/** Whether a session does for whoever asks for these scopes; none asked for are all. */
export function hasAuthScopes(asked: readonly string[] | undefined): boolean {
  return (asked ?? []).every((scope) => authScopes.some((known) => known === scope));
}
