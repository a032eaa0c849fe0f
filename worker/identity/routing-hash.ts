// The routing hash: 80 bits that name a stack's Durable Object, as 20 hex digits.

import { createHash } from 'node:crypto';

/** 80 bits fit an id's block beside a 32-bit number and its check bits. */
export const routingHashBytes = 10;

/** The routing hash of a user id. Registration refuses a user id whose hash is taken. */
export function routingHashOf(userId: string): string {
  return createHash('sha256')
    .update(`pybin user ${userId}`)
    .digest('hex')
    .slice(0, routingHashBytes * 2);
}
