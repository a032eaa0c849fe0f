// Tokens that an instance is given as secrets, for those who run it.

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../../shared/problem.ts';
import { nothingHere } from '../stack/read.ts';

/** @throws {ProblemError} `not_found` where the token isn't shown, or the instance has none: the address looks like none */
export function requireToken(request: Request, token: string | undefined): void {
  const shown = /^bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (!token || shown === undefined || !isSame(shown, token)) throw new ProblemError(nothingHere().problem);
}

/** Takes as long whatever is shown: hashes are of one length, and their difference tells nothing of the token. */
function isSame(shown: string, token: string): boolean {
  return timingSafeEqual(sha256(utf8ToBytes(shown)), sha256(utf8ToBytes(token)));
}
