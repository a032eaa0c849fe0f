// What becomes of an owner's sessions: begun, ended. With a session go its tickets and its live sockets.

import { accept, refuse, type Result } from '../../shared/problem.ts';
import { sessionTag } from './bearer.ts';
import type { Workplace } from './workplace.ts';

type At = Pick<Workplace, 'tables' | 'watchers'>;

/** A session that has begun. */
export interface Begun {
  /** By which its bearer's requests find it. */
  readonly number: number;
  /** When it ends unless it is used before. */
  readonly endsAtMs: number;
}

/** Begins a session, by the SHA-256 of its secret. Over the limit, the least used ends. */
export function beginSession(at: At, secretHash: Uint8Array, nowMs: number): Result<Begun> {
  const { tables } = at;
  const account = tables.created ? tables.accounts.get() : undefined;
  if (account?.kind !== 'user' || account.isErased)
    return refuse('unauthenticated', 'This account is no more. Register anew, or sign in to another.');
  endOldSessions(at, nowMs);
  endSessions(at, tables.sessions.surplus());
  return accept(tables.transaction(() => tables.sessions.add(secretHash, nowMs)));
}

/** Ends sessions: their next use is refused, and their sockets close. */
export function endSessions({ tables, watchers }: At, numbers: readonly number[]): void {
  tables.transaction(() => {
    for (const number of numbers) {
      tables.sessions.end(number);
      tables.tickets.forgetOf(sessionTag(number));
    }
  });
  for (const number of numbers) watchers.close(sessionTag(number));
}

/** Ends the sessions whose time is over. */
export function endOldSessions(at: At, nowMs: number): void {
  endSessions(at, at.tables.sessions.ended(nowMs));
}
