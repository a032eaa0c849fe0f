// What a window can know of the top of the stack: plain data, and how it is made of a snippet.

import type { Snippet } from '../../shared/client.ts';
import type { Problem } from '../../shared/problem.ts';

/** The newest snippet without its text. */
export interface Top {
  readonly id: string;
  readonly number: number;
  readonly address: string;
  readonly description: string;
  readonly language: string;
  readonly sizeBytes: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Its first line that isn't blank, cut to a tooltip's width. */
  readonly firstLine: string;
}

export type LatestState =
  /** Whether somebody is signed in isn't read yet. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'signedOut' }
  /** Signed in, with no answer yet. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'empty' }
  /** `problem`: why this may be out of date. */
  | { readonly kind: 'top'; readonly top: Top; readonly problem: Problem | undefined }
  | { readonly kind: 'failed'; readonly problem: Problem };

export function toTop(snippet: Snippet): Top {
  const { id, number, address, description, language, sizeBytes, firstLine } = snippet;
  return {
    id,
    number,
    address,
    description,
    language,
    sizeBytes,
    createdAtMs: toMs(snippet.createTime),
    expiresAtMs: toMs(snippet.expireTime),
    firstLine,
  };
}

/** A time of the contract in milliseconds since 1970. The contract's own library isn't loaded yet where this runs. */
export function toMs(time: Snippet['createTime']): number {
  return time ? Number(time.seconds) * 1000 + Math.floor(time.nanos / 1e6) : 0;
}
