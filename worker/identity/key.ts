// What a key is made of: `pyb_`, 22 characters that say where it lives (sealed like a link, for another
// purpose) and 43 that are its 256-bit secret. The Stack keeps the secret's hash only.

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base62Width, toBase62 } from './base62.ts';
import type { Place, Seal } from './seal.ts';

const PREFIX = 'pyb_';
const SECRET_BYTES = 32;
const PLACE_CHARACTERS = base62Width(16);
const SECRET = new RegExp(`^[0-9A-Za-z]{${base62Width(SECRET_BYTES)}}$`);

/** What of a key goes to its owner's Stack: which key it claims to be, and the proof. */
export interface Credential {
  readonly routingHash: string;
  readonly keyNumber: number;
  /** SHA-256 of the secret. */
  readonly secretHash: Uint8Array;
}

export interface KeySecret {
  /** Shown to its owner once. */
  readonly secret: string;
  /** What is stored of it. */
  readonly secretHash: Uint8Array;
}

export function createKeySecret(): KeySecret {
  const secret = toBase62(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
  return { secret, secretHash: hashOf(secret) };
}

/** The key as its owner gets it. */
export function writeKey(seal: Seal, place: Place, secret: string): string {
  return `${PREFIX}${seal.seal(place)}${secret}`;
}

/** What a key says, or undefined where no instance's key can look like that. Proves nothing: the Stack decides. */
export function getCredential(seal: Seal, key: string): Credential | undefined {
  if (!key.startsWith(PREFIX)) return undefined;
  const secretStart = PREFIX.length + PLACE_CHARACTERS;
  const place = seal.getPlace(key.slice(PREFIX.length, secretStart));
  const secret = key.slice(secretStart);
  if (!place || !SECRET.test(secret)) return undefined;
  return { routingHash: place.routingHash, keyNumber: place.number, secretHash: hashOf(secret) };
}

// A fast hash is right here: the secret has 256 random bits, so there is nothing to guess slowly.
function hashOf(secret: string): Uint8Array {
  return sha256(utf8ToBytes(secret));
}
