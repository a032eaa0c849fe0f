// The form of a key: pure, and no proof of anything. Only the edge knows whether a key is good.

import { accept, refuse, type Result } from '../../shared/problem.ts';

/** `pyb_`, then 22 characters that say where it lives and 43 that are its secret. */
const KEY = /^pyb_[0-9A-Za-z]{65}$/;

/** A pasted text as a key: without the space or line end that came along. */
export function parseKey(text: string): Result<string> {
  const key = text.trim();
  if (KEY.test(key)) return accept(key);
  return refuse('invalid_argument', 'A key is "pyb_" and 65 letters and digits.', { field: 'key' });
}
