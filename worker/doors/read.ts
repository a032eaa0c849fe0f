// The door for reading: the snippet's bytes, exactly as pushed; for a browser, a page.

import { requireOk } from '../../shared/problem.ts';
import { type Caller, callerOf } from '../identity/caller.ts';
import { htmlResponse, wantsHtml } from '../pages/html.ts';
import { snippetPage } from '../pages/snippet-page.ts';
import { type Body, readBodyText, unpackBody } from '../stack/body.ts';
import type { ReadAnswer, ReadRequest } from '../stack/read.ts';
import { callAs, stackOf } from '../stack/stub.ts';
import type { Target } from './place.ts';

/** The snippet as the caller prefers it: a page for browsers, else the bytes. */
export async function readSnippet(request: Request, env: Env, target: Target): Promise<Response> {
  return wantsHtml(request) ? readPage(request, env, target) : readBytes(request, env, target);
}

/** Always the bytes: `/raw/…`. */
export async function readBytes(request: Request, env: Env, target: Target): Promise<Response> {
  const answer = await askStack(callerOf(request, env), target, knownTexts(request));
  const body = getBody(answer);
  if (!body) return new Response(null, { status: 304, headers: bytesHeaders(answer, 'identity') });
  if (body.encoding === 'identity' || !acceptsGzip(request)) {
    const headers = { ...bytesHeaders(answer, 'identity'), 'content-length': String(body.sizeBytes) };
    return new Response(unpackBody(body), { headers });
  }
  const headers = {
    ...bytesHeaders(answer, body.encoding),
    'content-encoding': body.encoding,
    'content-length': String(body.bytes.byteLength),
  };
  return new Response(body.bytes, { headers, encodeBody: 'manual' });
}

async function readPage(request: Request, env: Env, target: Target): Promise<Response> {
  const answer = await askStack(callerOf(request, env), target, []);
  const body = getBody(answer);
  if (!body) throw new Error('the stack kept back a text that nobody has');
  const page = snippetPage({
    ...answer,
    title: answer.fileName || `Snippet ${answer.number}`,
    text: readBodyText(body),
  });
  return htmlResponse(page, { status: 200, headers: cacheHeaders(answer) });
}

function getBody({ encoding, bytes, sizeBytes }: ReadAnswer): Body | undefined {
  return bytes && { encoding, bytes, sizeBytes };
}

/** One RPC, with the most that the caller may see: all of it for the owner's key, else what the address lets see. */
async function askStack(caller: Caller, target: Target, known: readonly string[]): Promise<ReadAnswer> {
  const ask: ReadRequest = { which: target.which, known };
  if (caller.credential?.routingHash === target.routingHash)
    return callAs(caller.env, caller.credential, (owner) => owner.read(ask));
  const stack = stackOf(caller.env, target.routingHash);
  return requireOk(await (target.isLink ? stack.readLinked(ask) : stack.readPublic(ask)));
}

/** The same text has another tag when it is sent compressed: a strong tag stands for exact bytes (RFC 9110, 8.8.3). */
function tagOf(sha256: string, encoding: Body['encoding']): string {
  return encoding === 'identity' ? `"${sha256}"` : `"${sha256}-${encoding}"`;
}

/** The texts that the caller says to have, by their tags. If-None-Match compares weakly (RFC 9110, 13.1.2). */
function knownTexts(request: Request): string[] {
  const tags = request.headers.get('if-none-match');
  if (tags === null) return [];
  return [...tags.matchAll(/"([0-9a-f]{64})(?:-gzip)?"/g)].map((match) => match[1] ?? '');
}

function acceptsGzip(request: Request): boolean {
  // The platform rewrites Accept-Encoding on its way in and keeps the client's own here.
  const own = request.cf?.['clientAcceptEncoding'];
  const accepted = typeof own === 'string' ? own : (request.headers.get('accept-encoding') ?? '');
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted);
}

function bytesHeaders(answer: ReadAnswer, encoding: Body['encoding']): Record<string, string> {
  return {
    ...cacheHeaders(answer),
    'content-type': 'text/plain; charset=utf-8',
    etag: tagOf(answer.sha256, encoding),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    ...(answer.visibility === 'public' && { 'access-control-allow-origin': '*' }),
  };
}

function cacheHeaders(answer: ReadAnswer): Record<string, string> {
  return {
    // Kept copies are asked about each time: an address may point to a newer snippet, or to none any more.
    'cache-control': answer.visibility === 'public' ? 'public, no-cache' : 'private, no-store',
    'last-modified': new Date(answer.createdAtMs).toUTCString(),
    vary: 'Accept, Accept-Encoding, Authorization',
  };
}
