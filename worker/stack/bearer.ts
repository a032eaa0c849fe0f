// Who shows a credential, as the Stack knows them after it was found good.

import type { KeyFacts } from './keys.ts';

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
  return { tag: `session ${number}`, keyNumber: undefined, device: '' };
}

export function keyTag(number: number): string {
  return `key ${number}`;
}
