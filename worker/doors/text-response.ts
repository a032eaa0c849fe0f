// A snippet's text as an answer: its bytes, as they lie where the reader takes them so, and the headers that keep
// readers safe and caches right.

import { type Body, unpackBody } from '../stack/body.ts';
import type { ReadAnswer } from '../stack/read.ts';
import { tagOf } from './etag.ts';

/** For whom an answer was made: whoever asks, or the one whose cookie came along. */
export type Audience = 'anybody' | 'session';

/** The reader has the text: 304. */
export function notModifiedResponse(request: Request, answer: ReadAnswer, audience: Audience): Response {
  const headers = bytesHeaders(answer, encodingFor(request, answer), audience);
  return new Response(null, { status: 304, headers });
}

/** Stored bytes as they lie for whoever takes them so, else unpacked. */
function encodingFor(request: Request, answer: ReadAnswer): Body['encoding'] {
  return answer.encoding === 'gzip' && acceptsGzip(request) ? 'gzip' : 'identity';
}

export function bytesResponse(request: Request, answer: ReadAnswer, audience: Audience): Response {
  const encoding = encodingFor(request, answer);
  const sentBytes = encoding === 'identity' ? answer.sizeBytes : answer.storedBytes;
  const headers = {
    ...bytesHeaders(answer, encoding, audience),
    'content-length': String(sentBytes),
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  };
  if (!answer.bytes) return new Response(null, { headers });
  const body = requireBody(answer);
  return new Response(encoding === 'identity' ? unpackBody(body) : body.bytes, {
    headers,
    encodeBody: 'manual',
  });
}

/** @throws where the Stack was told that the reader has the text */
export function requireBody({ encoding, bytes, sizeBytes }: ReadAnswer): Body {
  if (!bytes) throw new Error('the stack kept back a text that nobody has');
  return { encoding, bytes, sizeBytes };
}

function acceptsGzip(request: Request): boolean {
  // The platform rewrites Accept-Encoding on its way in and keeps the client's own here.
  const own = request.cf?.['clientAcceptEncoding'];
  const accepted = typeof own === 'string' ? own : (request.headers.get('accept-encoding') ?? '');
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted);
}

function bytesHeaders(
  answer: ReadAnswer,
  encoding: Body['encoding'],
  audience: Audience,
): Record<string, string> {
  return {
    ...cacheHeaders(answer, audience),
    'content-type': 'text/plain; charset=utf-8',
    etag: tagOf(answer.sha256, encoding),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    ...(answer.visibility === 'public' && { 'access-control-allow-origin': '*' }),
  };
}

export function cacheHeaders(answer: ReadAnswer, audience: Audience): Record<string, string> {
  const mayShare = answer.visibility === 'public' && audience === 'anybody';
  return {
    // Kept copies are asked about each time: an address may point to a newer snippet, or to none any more.
    'cache-control': mayShare ? 'public, no-cache' : 'private, no-store',
    'last-modified': new Date(answer.updatedAtMs).toUTCString(),
    vary: 'Accept, Accept-Encoding, Authorization, Cookie',
  };
}
