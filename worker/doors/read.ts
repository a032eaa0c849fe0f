// The door for reading: the snippet's bytes, exactly as pushed; for a browser, a page.

import { limits } from '../../shared/limits.ts';
import { ProblemError, requireOk } from '../../shared/problem.ts';
import { type Caller, callerOf } from '../identity/caller.ts';
import type { Credential } from '../identity/key.ts';
import { requirePlace, type Target } from '../identity/place.ts';
import { countRead } from '../metrics/isolate.ts';
import { wantsHtml } from '../pages/html.ts';
import type { ReadAnswer, ReadRequest } from '../stack/read.ts';
import type { Which } from '../stack/snippets.ts';
import { callAs, stackOf } from '../stack/stub.ts';
import { knownTexts } from './etag.ts';
import { type Hot, HotReads } from './hot-reads.ts';
import { getPageInstead, snippetResponse } from './read-page.ts';
import { type Audience, bytesResponse, notModifiedResponse } from './text-response.ts';

/** What a read needs of the request besides itself. */
export interface Call {
  readonly ctx: ExecutionContext;
  /** Asked by HEAD: headers only. */
  readonly isHead: boolean;
}

/** A link says neither whose a snippet is nor whether it is the newest. */
const byLink = { userId: undefined, isLatest: false } as const;

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
    return notModifiedResponse(request, answer, audience);
  }
  countRead(kind, call.isHead ? 0 : answer.sizeBytes);
  return bytesResponse(request, answer, audience);
}

/** `POST /s/{id}/reveal`: takes one read of a burning snippet. */
export async function revealSnippet(request: Request, env: Env, id: string): Promise<Response> {
  const { routingHash, number } = requirePlace(id, env);
  const answer = requireOk(await stackOf(env, routingHash).reveal(number));
  countRead('stored', answer.sizeBytes);
  return wantsHtml(request)
    ? snippetResponse(request, answer, { ...byLink, audience: 'anybody', isTaken: answer.readsLeft > 0 })
    : bytesResponse(request, answer, 'anybody');
}

async function readPage(request: Request, env: Env, target: Target, call: Call): Promise<Response> {
  try {
    const { answer, kind, audience } = await askStack(callerOf(request, env), target, [], call);
    countRead(kind, call.isHead ? 0 : answer.sizeBytes);
    const isLatest = target.which.kind === 'latest';
    return snippetResponse(request, answer, { userId: target.userId, isLatest, audience, isTaken: false });
  } catch (error) {
    const isRefused = error instanceof ProblemError;
    const page = isRefused && (await getPageInstead(error.problem.code, request, env, target));
    if (!page) throw error;
    return page;
  }
}

/** What was read, and where it was found: in the isolate's memory, or on its stack. */
interface Found {
  readonly answer: ReadAnswer;
  readonly kind: 'hot' | 'stored';
  readonly audience: Audience;
}

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
  return requireOk(
    await (target.userId === undefined ? stack.readLinked(request) : stack.readPublic(request)),
  );
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

function keyOf({ routingHash, which, userId }: Target): string {
  return `${userId === undefined ? 'link' : 'user'} ${routingHash} ${nameOf(which)}`;
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
