// Who shows a credential, as the Stack knows them after it was found good.

import { hasEnded, type KeyFacts } from './keys.ts';
import type { Tables } from './tables.ts';

export interface Bearer {
  /** Marks the live sockets and the tickets that it opens and makes: they end with it. Such as `key 3`. */
  readonly tag: string;
  /** The number of the key; undefined where it is none. */
  readonly keyNumber: number | undefined;
  /** What its pushes are noted with: the name of the key. Empty where it is none. */
  readonly device: string;
}

/** The bearer of a key. */
export function keyBearer({ number, name }: Pick<KeyFacts, 'number' | 'name'>): Bearer {
  return { tag: keyTag(number), keyNumber: number, device: name };
}

/** The bearer of a session's cookie. */
export function sessionBearer(number: number): Bearer {
  return { tag: sessionTag(number), keyNumber: undefined, device: '' };
}

export function keyTag(number: number): string {
  return `key ${number}`;
}

export function sessionTag(number: number): string {
  return `session ${number}`;
}

/** Whether what a tag stands for is still good: neither revoked nor over. */
export function isStillGood(
  { keys, sessions }: Pick<Tables, 'keys' | 'sessions'>,
  tag: string,
  nowMs: number,
): boolean {
  const [kind, number] = tag.split(' ');
  if (kind === 'session') return sessions.lasts(Number(number), nowMs);
  const key = kind === 'key' ? keys.get(Number(number)) : undefined;
  return key !== undefined && !hasEnded(key, nowMs);
}
