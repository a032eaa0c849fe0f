// What a key may be called, and how long it may be good for: the checks that both sides make. Pure.

import { limits } from './limits.ts';
import { accept, refuse, type Result } from './problem.ts';

/** What a key is good for, as one asks for it. `write` reads, too. */
export const keyScopes = ['read', 'write'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** All that is said of a key that is to be made. */
export interface KeyDraft {
  readonly name: string;
  readonly scope: KeyScope;
  /** Undefined: it has no end. */
  readonly ttlSeconds: number | undefined;
}

export const keyNameRule = `A key’s name has 1 to ${limits.keyNameCharacters} characters, not only spaces, and no control character.`;

/** Whether a key can be called so. Names are shown in lists and beside what was pushed. */
export function isKeyName(name: string): boolean {
  const isLong = name.length > limits.keyNameCharacters;
  return !isLong && name.isWellFormed() && name.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(name);
}

/** Refuses a name or a time that no key may have; gives the draft back otherwise. */
export function checkKeyDraft(draft: KeyDraft): Result<KeyDraft> {
  const { name, ttlSeconds } = draft;
  if (!isKeyName(name))
    return refuse('invalid_argument', keyNameRule, { field: 'name', limit: limits.keyNameCharacters });
  const { min, max } = limits.ttlSeconds;
  if (ttlSeconds !== undefined && !(Number.isInteger(ttlSeconds) && ttlSeconds >= min && ttlSeconds <= max))
    return refuse('invalid_argument', 'A key is good for 1 minute to 365 days, or without an end.', {
      field: 'ttlSeconds',
    });
  return accept(draft);
}
