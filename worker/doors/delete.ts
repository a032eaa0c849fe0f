// The door for deleting with curl: `DELETE /s/{id}` with the owner's key, or with the token that a push
// without a key was answered with.

import { callerOf, requireCredential } from '../identity/caller.ts';
import { requireOwnNumber } from '../identity/place.ts';
import { callAs } from '../stack/stub.ts';
import { requestIdOf } from './request-id.ts';

/** 204. Another's snippet looks like none: 404. */
export async function deleteByLink(request: Request, env: Env, id: string): Promise<Response> {
  const credential = requireCredential(callerOf(request, env));
  const number = requireOwnNumber(id, credential, env);
  const requestId = requestIdOf(request);
  await callAs(env, credential, (owner) => owner.delete(number, requestId));
  return new Response(null, { status: 204 });
}
