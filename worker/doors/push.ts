// The door for pushing with curl: `POST /` and `PUT /{file name}`, and for replacing: `PUT /s/{id}`. The body is
// taken as it is, whatever its type says (`curl --data-binary` calls everything a form); of a multipart form, its
// first part.

import { ProblemError, rateLimited, requireOk } from '../../shared/problem.ts';
import { anonymousPlace } from '../identity/anonymous.ts';
import { type Caller, callerOf, homeOf, requireCredential } from '../identity/caller.ts';
import { addressOfClient } from '../identity/client-address.ts';
import type { Home } from '../ids/addresses.ts';
import type { Credential } from '../identity/key.ts';
import { requireOwn } from '../identity/place.ts';
import { limits } from '../../shared/limits.ts';
import { readText } from '../intake/text.ts';
import { countPush, countReplacement } from '../metrics/isolate.ts';
import { packDraft, packUpdate } from '../stack/draft.ts';
import { type Draft, type PushAnswer, pushedFacts } from '../stack/push.ts';
import { callAs, pushAs, stackOf } from '../stack/stub.ts';
import { knownTexts } from './etag.ts';
import { parsePushOptions, parseReplaceOptions, queryOf } from './options.ts';
import { pushedResponse } from './pushed.ts';
import { requestIdOf } from '../intake/request-id.ts';

/** 201 with the address in `Location` and, as a line, in the body. 200 where a duplicate was skipped. */
export async function pushText(request: Request, env: Env, pathName = ''): Promise<Response> {
  const caller = callerOf(request, env);
  if (!caller.credential) await requireAnonymous(request, env);
  const query = queryOf(request);
  const named = requireOk(parsePushOptions(query, requireFileName(pathName)));
  const requestId = requestIdOf(request);
  const { text, fileName } = await readText(request, limits.textBytes);
  // A form tells the file's name where the address doesn't.
  const isNamedByForm = fileName !== '' && named.details.fileName === '';
  const { details, skipDuplicate } = isNamedByForm ? requireOk(parsePushOptions(query, fileName)) : named;
  const draft = requireOk(packDraft(text, details, { requestId, skipDuplicate }));
  return caller.credential
    ? pushOwned(request, caller, caller.credential, draft)
    : pushAnonymously(request, caller, draft);
}

/** 200 with the snippet's address. `If-Match` with its ETag replaces only what one has seen: 412 otherwise. */
export async function replaceText(request: Request, env: Env, id: string): Promise<Response> {
  const caller = callerOf(request, env);
  const { credential, number } = requireOwn(caller, id);
  const options = requireOk(parseReplaceOptions(queryOf(request)));
  const requestId = requestIdOf(request);
  const { text, fileName } = await readText(request, limits.textBytes);
  const update = requireOk(
    packUpdate(
      { ...options, text: { ...text, fileName, findings: [], needs: [] } },
      { number, revision: undefined, texts: textsToMatch(request), requestId },
    ),
  );
  const {
    userId,
    readCount: _readCount,
    ...facts
  } = await callAs(env, credential, (owner) => owner.update(update));
  countReplacement(text.sizeBytes);
  const home = homeOf(caller, credential.routingHash, userId);
  return pushedResponse(request, home, { status: 200, facts, duplicateOf: 0, deleteToken: '' });
}

async function pushOwned(
  request: Request,
  caller: Caller,
  credential: Credential,
  draft: Draft,
): Promise<Response> {
  const answer = await pushAs(caller.env, credential, draft);
  if (answer.kind === 'placed') countPush('key', draft.sizeBytes);
  const home = homeOf(caller, credential.routingHash, answer.userId);
  return placedResponse(request, home, draft, answer, '');
}

async function pushAnonymously(request: Request, caller: Caller, draft: Draft): Promise<Response> {
  refuseOwned(draft);
  const { env } = caller;
  const address = addressOfClient(request) ?? '';
  const place = anonymousPlace(env.INSTANCE_SECRETS, { ...draft, address });
  const stack = stackOf(env, place.routingHash);
  const answer = requireOk(await stack.pushAnonymously(draft, place.tokenHash));
  if (answer.kind === 'placed') countPush('nobody', draft.sizeBytes);
  const home = homeOf(caller, place.routingHash, answer.userId);
  return placedResponse(request, home, draft, answer, place.deleteToken);
}

function placedResponse(
  request: Request,
  home: Home,
  draft: Draft,
  answer: PushAnswer,
  deleteToken: string,
): Response {
  const facts = pushedFacts(draft, answer);
  const { duplicateOf } = answer;
  const isSkipped = draft.skipDuplicate && duplicateOf === facts.number;
  return pushedResponse(request, home, { status: isSkipped ? 200 : 201, facts, duplicateOf, deleteToken });
}

/** @throws {ProblemError} where this instance takes no push without a key, or has had enough of them from there */
async function requireAnonymous(request: Request, env: Env): Promise<void> {
  if (env.ANONYMOUS_PUSHES !== 'on') requireCredential(callerOf(request, env));
  const address = addressOfClient(request);
  if (address === undefined || env.RATE_LIMIT === 'off') return;
  const { success } = await env.ANONYMOUS_PUSH_RATE.limit({ key: address });
  const { windowSeconds } = limits.rates.anonymousPushes;
  if (!success) throw new ProblemError(rateLimited('anonymousPushes', windowSeconds).problem);
}

/** Nobody's snippet is read by its link: there is no owner who could read it otherwise, or name it. */
function refuseOwned({ alias, visibility }: Draft): void {
  const field =
    alias !== '' ? 'alias' : visibility !== undefined && visibility !== 'unlisted' ? 'visibility' : '';
  if (field === '') return;
  throw new ProblemError({
    code: 'invalid_argument',
    detail: `A push without a key is read by its link: it has no ${field} of its own. Show a key for that.`,
    field,
  });
}

/** SHA-256 of the texts that may be replaced; undefined: whatever is there. If-Match compares strongly (RFC 9110, 13.1.1). */
function textsToMatch(request: Request): string[] | undefined {
  const tags = request.headers.get('if-match');
  return tags === null || tags.trim() === '*' ? undefined : knownTexts(tags.replaceAll(/W\/"[^"]*"/g, ''));
}

function requireFileName(pathName: string): string {
  try {
    return decodeURIComponent(pathName);
  } catch {
    throw new ProblemError({
      code: 'invalid_argument',
      detail: 'The file name in the address is not valid percent-encoded UTF-8.',
      field: 'fileName',
    });
  }
}
