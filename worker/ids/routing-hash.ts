// The routing hash: 80 bits that name a stack's Durable Object, as 20 hex digits.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Recent } from './recent.ts';

const encoder = new TextEncoder();

/** 80 bits fit an id's block beside a 32-bit number and its check bits. */
export const routingHashBytes = 10;

const recentHashes = new Recent<string>();

/** The routing hash of a user id. Registration refuses a user id whose hash is taken. */
export function routingHashOf(userId: string): string {
  return recentHashes.get(userId, () =>
    // Of so few bytes, a hash in JavaScript costs less than crossing over to the platform's.
    bytesToHex(sha256(encoder.encode(`pybin user ${userId}`)).subarray(0, routingHashBytes)),
  );
}
