// The door for deleting with curl: `DELETE /s/{id}` with the owner's key, or with the token that a push
// without a key was answered with.

import { callerOf } from '../identity/caller.ts';
import { requireOwn } from '../identity/place.ts';
import { requestIdOf } from '../intake/request-id.ts';
import { callAs } from '../stack/stub.ts';

/** 204. Another's snippet looks like none: 404. */
export async function deleteByLink(request: Request, env: Env, id: string): Promise<Response> {
  const { credential, number } = requireOwn(callerOf(request, env), id);
  const requestId = requestIdOf(request);
  await callAs(env, credential, (owner) => owner.delete(number, requestId));
  return new Response(null, { status: 204 });
}
