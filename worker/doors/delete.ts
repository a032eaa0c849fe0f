// The door for deleting with curl: `DELETE /s/{id}` with the owner's key.

import { ProblemError } from '../../shared/problem.ts';
import { callerOf, requireCredential } from '../identity/caller.ts';
import { nothingHere } from '../stack/read.ts';
import { callAs } from '../stack/stub.ts';
import { requireLinkTarget } from './place.ts';

/** 204. Another's snippet looks like none: 404. */
export async function deleteByLink(request: Request, env: Env, id: string): Promise<Response> {
  const credential = requireCredential(callerOf(request, env));
  const { routingHash, which } = requireLinkTarget(id, env);
  if (routingHash !== credential.routingHash || which.kind !== 'number')
    throw new ProblemError(nothingHere().problem);
  await callAs(env, credential, (owner) => owner.delete(which.number));
  return new Response(null, { status: 204 });
}
