// PKCE (RFC 7636) with S256, the only method: who asked for a code is the one who can take it.

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';

/** 32 bytes in base64url (RFC 7636, 4.2). */
const CHALLENGE = /^[0-9A-Za-z_-]{43}$/;
/** RFC 7636, 4.1. */
const VERIFIER = /^[0-9A-Za-z._~-]{43,128}$/;

/** Whether a text can be the challenge of a verifier. */
export function isCodeChallenge(text: string): boolean {
  return CHALLENGE.test(text);
}

/** Whether a verifier is the one that a challenge was made of. */
export function isVerifierOf(challenge: string, verifier: string): boolean {
  if (!VERIFIER.test(verifier)) return false;
  const given = Buffer.from(Buffer.from(sha256(utf8ToBytes(verifier))).toString('base64url'));
  const expected = Buffer.from(challenge);
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}
