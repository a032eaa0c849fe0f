// The door for reading: the snippet's bytes, exactly as pushed; for a browser, a page.

import { limits } from '../../shared/limits.ts';
import { ProblemError, requireOk } from '../../shared/problem.ts';
import { type Caller, callerOf } from '../identity/caller.ts';
import type { Credential } from '../identity/key.ts';
import { requirePlace, type Target } from '../identity/place.ts';
import { countRead } from '../metrics/isolate.ts';
import { htmlResponse, wantsHtml } from '../pages/html.ts';
import { revealPage } from '../pages/reveal-page.ts';
import { snippetPage } from '../pages/snippet-page.ts';
import { type Body, readBodyText, unpackBody } from '../stack/body.ts';
import type { ReadAnswer, ReadRequest } from '../stack/read.ts';
import type { Which } from '../stack/snippets.ts';
import { callAs, stackOf } from '../stack/stub.ts';
import { knownTexts, tagOf } from './etag.ts';
import { type Hot, HotReads } from './hot-reads.ts';

/** What a read needs of the request besides itself. */
export interface Call {
  readonly ctx: ExecutionContext;
  /** Asked by HEAD: headers only. */
  readonly isHead: boolean;
}

const hotReads = new HotReads<ReadAnswer>();

/** The snippet as the caller prefers it: a page for browsers, else the bytes. */
export async function readSnippet(request: Request, env: Env, target: Target, call: Call): Promise<Response> {
  return wantsHtml(request) ? readPage(request, env, target, call) : readBytes(request, env, target, call);
}

/** Always the bytes: `/raw/…`. */
export async function readBytes(request: Request, env: Env, target: Target, call: Call): Promise<Response> {
  const tags = request.headers.get('if-none-match');
  const known = tags === null ? [] : knownTexts(tags);
  const found = await askStack(callerOf(request, env), target, call.isHead ? 'all' : known, call);
  const { answer, kind, audience } = found;
  // If-None-Match compares weakly (RFC 9110, 13.1.2).
  if (known.includes(answer.sha256) || tags?.trim() === '*') {
    countRead('not_modified', 0);
    return new Response(null, {
      status: 304,
      headers: bytesHeaders(answer, encodingFor(request, answer), audience),
    });
  }
  countRead(kind, call.isHead ? 0 : answer.sizeBytes);
  return bytesResponse(request, answer, audience);
}

/** `POST /s/{id}/reveal`: takes one read of a burning snippet. */
export async function revealSnippet(request: Request, env: Env, id: string): Promise<Response> {
  const { routingHash, number } = requirePlace(id, env);
  const answer = requireOk(await stackOf(env, routingHash).reveal(number));
  countRead('stored', answer.sizeBytes);
  return wantsHtml(request) ? pageResponse(answer, 'anybody') : bytesResponse(request, answer, 'anybody');
}

async function readPage(request: Request, env: Env, target: Target, call: Call): Promise<Response> {
  try {
    const { answer, kind, audience } = await askStack(callerOf(request, env), target, [], call);
    countRead(kind, call.isHead ? 0 : answer.sizeBytes);
    return pageResponse(answer, audience);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'burning') throw error;
    const path = new URL(request.url).pathname.replace(/\/+$/, '');
    const headers = { 'cache-control': 'no-store' };
    return htmlResponse(revealPage(`${path}/reveal`), { status: 200, headers });
  }
}

function pageResponse(answer: ReadAnswer, audience: Audience): Response {
  const body = requireBody(answer);
  const page = snippetPage({
    ...answer,
    title: answer.fileName || `Snippet ${answer.number}`,
    text: readBodyText(body),
  });
  return htmlResponse(page, { status: 200, headers: cacheHeaders(answer, audience) });
}

/** Stored bytes as they lie for whoever takes them so, else unpacked. */
function encodingFor(request: Request, answer: ReadAnswer): Body['encoding'] {
  return answer.encoding === 'gzip' && acceptsGzip(request) ? 'gzip' : 'identity';
}

function bytesResponse(request: Request, answer: ReadAnswer, audience: Audience): Response {
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

function requireBody({ encoding, bytes, sizeBytes }: ReadAnswer): Body {
  if (!bytes) throw new Error('the stack kept back a text that nobody has');
  return { encoding, bytes, sizeBytes };
}

/** What was read, and where it was found: in the isolate's memory, or on its stack. */
interface Found {
  readonly answer: ReadAnswer;
  readonly kind: 'hot' | 'stored';
  readonly audience: Audience;
}

/** For whom an answer was made: whoever asks, or the one whose cookie came along. */
type Audience = 'anybody' | 'session';

/** One RPC, with the most that the caller may see: all of it for the owner's key, else what the address lets see. */
async function askStack(
  caller: Caller,
  target: Target,
  known: ReadRequest['known'],
  call: Call,
): Promise<Found> {
  // The owner's own reads are always fresh.
  if (caller.credential?.routingHash === target.routingHash) {
    const ask = { which: target.which, known };
    const answer = await readAsOwner(caller.env, caller.credential, ask);
    if (answer)
      return {
        answer,
        kind: 'stored',
        audience: caller.credential.kind === 'session' ? 'session' : 'anybody',
      };
  }

  const key = keyOf(target);
  const nowMs = Date.now();
  const kept = hotReads.get(key, nowMs);
  if (!kept && !hotReads.isHot(key)) {
    const ask = { which: target.which, known };
    return { answer: await readStack(caller.env, target, ask), kind: 'stored', audience: 'anybody' };
  }
  const hot = kept ?? (await askHot(key, nowMs, caller.env, target, call));
  if (known !== 'all' && !known.includes(hot.answer.sha256)) hot.given += 1;
  return { answer: hot.answer, kind: kept ? 'hot' : 'stored', audience: 'anybody' };
}

/** Undefined: the session has ended, and whoever showed it reads as anybody does. A bad key is told of: it was meant. */
async function readAsOwner(
  env: Env,
  credential: Credential,
  request: ReadRequest,
): Promise<ReadAnswer | undefined> {
  try {
    return await callAs(env, credential, (owner) => owner.read(request));
  } catch (error) {
    const isOver = error instanceof ProblemError && error.problem.code === 'unauthenticated';
    if (isOver && credential.kind === 'session') return undefined;
    throw error;
  }
}

async function readStack(env: Env, target: Target, request: ReadRequest): Promise<ReadAnswer> {
  const stack = stackOf(env, target.routingHash);
  return requireOk(await (target.isLink ? stack.readLinked(request) : stack.readPublic(request)));
}

/** One read of the Stack for all who ask at once; when their second is over, it hears how many they were. */
function askHot(
  key: string,
  nowMs: number,
  env: Env,
  target: Target,
  { ctx }: Call,
): Promise<Hot<ReadAnswer>> {
  let isFirst = false;
  const hot = hotReads.ask(key, nowMs, () => {
    isFirst = true;
    return readStack(env, target, { which: target.which, known: [], isCountedByAsker: true });
  });
  // The others wait for the first one's read, also where its own reader has gone away.
  if (isFirst)
    ctx.waitUntil(
      hot.then(
        (read) => reportReads(env, target, read),
        () => undefined,
      ),
    );
  return hot;
}

async function reportReads(env: Env, { routingHash }: Target, hot: Hot<ReadAnswer>): Promise<void> {
  await scheduler.wait(limits.hot.windowMs);
  if (hot.given > 0) await stackOf(env, routingHash).countReads(hot.answer.number, hot.given);
}

function keyOf({ routingHash, which, isLink }: Target): string {
  return `${isLink ? 'link' : 'user'} ${routingHash} ${nameOf(which)}`;
}

function nameOf(which: Which): string {
  switch (which.kind) {
    case 'latest':
      return '';
    case 'number':
      return String(which.number);
    case 'alias':
      return which.alias;
    default:
      return which satisfies never;
  }
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

function cacheHeaders(answer: ReadAnswer, audience: Audience): Record<string, string> {
  const mayShare = answer.visibility === 'public' && audience === 'anybody';
  return {
    // Kept copies are asked about each time: an address may point to a newer snippet, or to none any more.
    'cache-control': mayShare ? 'public, no-cache' : 'private, no-store',
    'last-modified': new Date(answer.updatedAtMs).toUTCString(),
    vary: 'Accept, Accept-Encoding, Authorization, Cookie',
  };
}
