// What a door answers to a push or a replacement: the bare address and a newline; JSON where `Accept` asks for it.

import { addressOf, type Home, linkIdOf } from '../ids/addresses.ts';
import { tagOf } from './etag.ts';
import type { SnippetFacts } from '../stack/snippet-row.ts';

export interface PushedAnswer {
  readonly status: 200 | 201;
  readonly facts: SnippetFacts;
  /** The number of the snippet that was on top and has the same text; 0 where none. */
  readonly duplicateOf: number;
  /** Empty where the owner's key deletes it. */
  readonly deleteToken: string;
}

export function pushedResponse(request: Request, home: Home, answer: PushedAnswer): Response {
  const { status, facts, duplicateOf, deleteToken } = answer;
  const address = addressOf(home, facts);
  const headers = {
    location: address,
    etag: tagOf(facts.sha256, 'identity'),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(duplicateOf > 0 && { 'pybin-duplicate-of': String(duplicateOf) }),
    ...(deleteToken !== '' && { 'pybin-delete-token': deleteToken }),
  };
  if (!request.headers.get('accept')?.includes('application/json'))
    return new Response(`${address}\n`, { status, headers });
  const body = {
    address,
    number: facts.number,
    revision: facts.revision,
    id: linkIdOf(home, facts.number),
    visibility: facts.visibility,
    sizeBytes: facts.textBytes,
    sha256: facts.sha256,
    expireTime: new Date(facts.expiresAtMs).toISOString(),
    ...(facts.alias !== '' && { alias: facts.alias }),
    ...(facts.readsLeft > 0 && { readsLeft: facts.readsLeft }),
    ...(duplicateOf > 0 && { duplicateOf }),
    ...(deleteToken !== '' && { deleteToken }),
  };
  return Response.json(body, { status, headers });
}
