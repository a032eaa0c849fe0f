// A text as it is stored and sent: its UTF-8 bytes, compressed where that pays. Pure.

import { gunzipSync, gzipSync } from 'node:zlib';
import { limits } from '../../shared/limits.ts';

export interface Body {
  readonly encoding: 'identity' | 'gzip';
  readonly bytes: Uint8Array;
  /** Size of the text in UTF-8 bytes, before compression. */
  readonly sizeBytes: number;
}

/** A text's bytes, ready to store. */
export function packBody(text: Uint8Array): Body {
  const sizeBytes = text.byteLength;
  if (sizeBytes >= limits.compressFromBytes) {
    // Level 1: a third of the default's time for a fifth more bytes, and pushes are waited for.
    const bytes = gzipSync(text, { level: 1 });
    if (bytes.byteLength < sizeBytes) return { encoding: 'gzip', bytes, sizeBytes };
  }
  return { encoding: 'identity', bytes: text, sizeBytes };
}

// A byte-order mark is text like any other: it comes back.
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** The text of a body. */
export function readBodyText(body: Body): string {
  return decoder.decode(unpackBody(body));
}

/** The text's bytes, exactly as they were packed. */
export function unpackBody(body: Body): Uint8Array {
  switch (body.encoding) {
    case 'identity':
      return body.bytes;
    case 'gzip':
      return gunzipSync(body.bytes);
    default:
      return body.encoding satisfies never;
  }
}
