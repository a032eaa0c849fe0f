// How the Worker asks a Stack for a live socket: an internal request, because an upgrade can't be asked for
// by RPC. Nobody else can send one: a Durable Object has no address.

import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** What a bearer shows: which key it claims to have, and the SHA-256 of the key's secret. */
export interface ShownKey {
  readonly keyNumber: number;
  readonly secretHash: Uint8Array;
}

/** By what a watcher is let in: a key, or a ticket by the SHA-256 of its secret. */
export type LiveProof =
  | ({ readonly kind: 'key' } & ShownKey)
  | { readonly kind: 'ticket'; readonly secretHash: Uint8Array };

export interface LiveRequest {
  /** Where the watcher reached the instance. */
  readonly origin: string;
  readonly proof: LiveProof;
}

const HEADERS = { origin: 'pybin-origin', keyNumber: 'pybin-key', secretHash: 'pybin-secret-hash' } as const;

export function writeLiveRequest({ origin, proof }: LiveRequest): Request {
  const headers = new Headers({
    upgrade: 'websocket',
    [HEADERS.origin]: origin,
    [HEADERS.secretHash]: bytesToHex(proof.secretHash),
  });
  if (proof.kind === 'key') headers.set(HEADERS.keyNumber, String(proof.keyNumber));
  return new Request('https://stack/live', { headers });
}

export function readLiveRequest({ headers }: Request): LiveRequest {
  const secretHash = hexToBytes(headers.get(HEADERS.secretHash) ?? '');
  const keyNumber = headers.get(HEADERS.keyNumber);
  const proof: LiveProof =
    keyNumber === null
      ? { kind: 'ticket', secretHash }
      : { kind: 'key', keyNumber: Number(keyNumber), secretHash };
  return { origin: headers.get(HEADERS.origin) ?? '', proof };
}
