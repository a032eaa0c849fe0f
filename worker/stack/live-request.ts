// How the Worker asks a Stack for a live socket: an internal request, because an upgrade can't be asked for
// by RPC. Nobody else can send one: a Durable Object has no address.

import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** What a bearer shows: which key or session it claims to have, and the SHA-256 of its secret. */
export interface ShownCredential {
  readonly kind: 'key' | 'session';
  readonly number: number;
  readonly secretHash: Uint8Array;
}

/** By what a watcher is let in: a key, a session, or a ticket by the SHA-256 of its secret. */
export type LiveProof = ShownCredential | { readonly kind: 'ticket'; readonly secretHash: Uint8Array };

export interface LiveRequest {
  /** Where the watcher reached the instance. */
  readonly origin: string;
  readonly proof: LiveProof;
}

const HEADERS = {
  origin: 'pybin-origin',
  key: 'pybin-key',
  session: 'pybin-session',
  secretHash: 'pybin-secret-hash',
} as const;

export function writeLiveRequest({ origin, proof }: LiveRequest): Request {
  const headers = new Headers({
    upgrade: 'websocket',
    [HEADERS.origin]: origin,
    [HEADERS.secretHash]: bytesToHex(proof.secretHash),
  });
  if (proof.kind !== 'ticket') headers.set(HEADERS[proof.kind], String(proof.number));
  return new Request('https://stack/live', { headers });
}

export function readLiveRequest({ headers }: Request): LiveRequest {
  const secretHash = hexToBytes(headers.get(HEADERS.secretHash) ?? '');
  return { origin: headers.get(HEADERS.origin) ?? '', proof: readProof(headers, secretHash) };
}

function readProof(headers: Headers, secretHash: Uint8Array): LiveProof {
  for (const kind of ['key', 'session'] as const) {
    const number = headers.get(HEADERS[kind]);
    if (number !== null) return { kind, number: Number(number), secretHash };
  }
  return { kind: 'ticket', secretHash };
}
