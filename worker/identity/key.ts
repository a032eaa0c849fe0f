// What a key is made of: `pyb_` (a ticket: `pyt_`, a session's cookie: `pys_`), 22 characters that say where it lives
// (sealed like a link, for another purpose) and 43 that are its 256-bit secret. The Stack keeps the secret's hash only.

import { sha256 } from '@noble/hashes/sha2.js';
import { base62Width, toBase62 } from '../ids/base62.ts';
import { type Place, type Purpose, requireSeal } from '../ids/seal.ts';
import type { ShownCredential } from '../stack/live-request.ts';

const PREFIX = { key: 'pyb_', session: 'pys_', ticket: 'pyt_' } as const satisfies Partial<
  Record<Purpose, string>
>;

/** What a bearer shows: a key, a session's cookie, or a ticket that opens the live socket once. */
export type Shown = keyof typeof PREFIX;
const SECRET_BYTES = 32;
const encoder = new TextEncoder();
const PLACE_CHARACTERS = base62Width(16);
const SECRET = new RegExp(`^[0-9A-Za-z]{${base62Width(SECRET_BYTES)}}$`);

/** A key or a session as its owner's Stack gets it: which one it claims to be, and the proof. */
export type Credential = ShownCredential & { readonly routingHash: string };

export interface KeySecret {
  /** Shown to its owner once. */
  readonly secret: string;
  /** What is stored of it. */
  readonly secretHash: Uint8Array;
}

export function createKeySecret(): KeySecret {
  return keySecretOf(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** The secret that 32 bytes write out. */
export function keySecretOf(bytes: Uint8Array): KeySecret {
  const secret = toBase62(bytes);
  return { secret, secretHash: hashOf(secret) };
}

/** A key, a cookie or a ticket, as its owner gets it. */
export function writeKey(instanceSecrets: string, shown: Shown, place: Place, secret: string): string {
  return `${PREFIX[shown]}${requireSeal(instanceSecrets, shown).seal(place)}${secret}`;
}

/** What a key or a cookie says, or undefined where no instance's can look like that. Proves nothing: the Stack decides. */
export function getCredential(
  instanceSecrets: string,
  kind: Credential['kind'],
  text: string,
): Credential | undefined {
  const said = getSaid(instanceSecrets, kind, text);
  return said && { kind, ...said };
}

/** What a ticket says: the same. */
export function getTicket(
  instanceSecrets: string,
  ticket: string,
): { readonly routingHash: string; readonly secretHash: Uint8Array } | undefined {
  return getSaid(instanceSecrets, 'ticket', ticket);
}

function getSaid(instanceSecrets: string, shown: Shown, text: string): Omit<Credential, 'kind'> | undefined {
  const prefix = PREFIX[shown];
  if (!text.startsWith(prefix)) return undefined;
  const secretStart = prefix.length + PLACE_CHARACTERS;
  const place = requireSeal(instanceSecrets, shown).getPlace(text.slice(prefix.length, secretStart));
  const secret = text.slice(secretStart);
  if (!place || !SECRET.test(secret)) return undefined;
  return { ...place, secretHash: hashOf(secret) };
}

// A fast hash is right here: the secret has 256 random bits, so there is nothing to guess slowly.
function hashOf(secret: string): Uint8Array {
  return sha256(encoder.encode(secret));
}
