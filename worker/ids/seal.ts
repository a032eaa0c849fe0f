// Ids that can't be guessed and need no directory: one AES-128 block that says where something lives.
//   80 bits routing hash of the stack | 32 bits number on it | 16 check bits (zero)
// sealed under a secret of the instance and written as 22 characters of base62. A made-up id has wrong
// check bits (but for one in 65,536) and is refused before any object is woken.

import { unsafe as aes } from '@noble/ciphers/aes.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { getFromBase62, toBase62 } from './base62.ts';
import { routingHashBytes } from './routing-hash.ts';

const BLOCK_BYTES = 16;
const AES_KEY_BYTES = 16;

/** Where something lives: a stack, and a number on it. */
export interface Place {
  /** 20 hex digits. */
  readonly routingHash: string;
  readonly number: number;
}

export interface Seal {
  /** The sealed id of a place: 22 characters of base62. */
  seal(place: Place): string;
  /** The place behind an id, or undefined where its check bits are wrong. Ids sealed under an older secret still open. */
  getPlace(id: string): Place | undefined;
}

/** What ids are for: each purpose seals under a key of its own, so that an id of one is nothing to another. */
export type Purpose = 'link' | 'key' | 'ticket' | 'session';

const seals = new Map<string, Seal>();

/**
 * The seal for a purpose.
 * @param instanceSecrets the instance's secrets, newest first, separated by commas. The newest seals, all open.
 * @throws where there is no secret: the instance is not set up.
 */
export function requireSeal(instanceSecrets: string, purpose: Purpose): Seal {
  const name = `${purpose} ${instanceSecrets}`;
  const known = seals.get(name);
  if (known) return known;
  const made = createSeal(instanceSecrets, purpose);
  seals.set(name, made);
  return made;
}

function createSeal(instanceSecrets: string, purpose: Purpose): Seal {
  const keys = instanceSecrets
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')
    .map((secret) => aesKey(secret, purpose));
  const [newest] = keys;
  if (!newest) throw new Error('INSTANCE_SECRETS is empty');
  const encryptKey = aes.expandKeyLE(newest);
  const decryptKeys = keys.map((key) => aes.expandKeyDecLE(key));

  return {
    seal: (place) => toBase62(aes.encryptBlock(encryptKey, toBlock(place))),
    getPlace(id) {
      const sealed = getFromBase62(id, BLOCK_BYTES);
      if (!sealed) return undefined;
      for (const key of decryptKeys) {
        const place = getFromBlock(aes.decryptBlock(key, sealed.slice()));
        if (place) return place;
      }
      return undefined;
    },
  };
}

function aesKey(secret: string, purpose: Purpose): Uint8Array {
  return sha256(utf8ToBytes(`pybin seal ${purpose} ${secret}`)).slice(0, AES_KEY_BYTES);
}

const CHECK_START = routingHashBytes + 4;

function toBlock(place: Place): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(hexToBytes(place.routingHash));
  new DataView(block.buffer).setUint32(routingHashBytes, place.number);
  return block;
}

function getFromBlock(block: Uint8Array): Place | undefined {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  if (view.getUint16(CHECK_START) !== 0) return undefined;
  return {
    routingHash: bytesToHex(block.subarray(0, routingHashBytes)),
    number: view.getUint32(routingHashBytes),
  };
}
