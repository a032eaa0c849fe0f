// The door for watching: `/v1/live` upgrades to a WebSocket that tells what changes on the caller's stack.
// With a key in the header; or, for clients that can't send one there, with a one-time ticket in the query.

import { ProblemError, type Problem } from '../../shared/problem.ts';
import { type Caller, callerOf, requireCredential } from '../identity/caller.ts';
import { getTicket } from '../identity/key.ts';
import { type LiveRequest, writeLiveRequest } from '../stack/live-request.ts';
import { stackOf } from '../stack/stub.ts';
import type { Call } from './read.ts';

export async function watch(request: Request, env: Env, { isHead }: Call): Promise<Response> {
  // Only GET opens a WebSocket (RFC 6455, 4.1).
  if (isHead || request.headers.get('upgrade')?.toLowerCase() !== 'websocket')
    throw new ProblemError({
      code: 'invalid_argument',
      detail: 'This address speaks WebSocket only: send "Upgrade: websocket".',
    });
  const { routingHash, ...asked } = requireProof(request, callerOf(request, env));
  const answer = await stackOf(env, routingHash).fetch(writeLiveRequest(asked));
  if (answer.status === 101) return answer;
  throw new ProblemError(await answer.json<Problem>());
}

function requireProof(request: Request, caller: Caller): LiveRequest & { readonly routingHash: string } {
  const { env, origin } = caller;
  const ticket = new URL(request.url).searchParams.get('ticket');
  if (ticket === null) {
    const { routingHash, ...proof } = requireCredential(caller);
    return { routingHash, origin, proof };
  }
  const shown = getTicket(env.INSTANCE_SECRETS, ticket);
  if (!shown)
    throw new ProblemError({ code: 'unauthenticated', detail: 'This is not a ticket of this instance.' });
  return { routingHash: shown.routingHash, origin, proof: { kind: 'ticket', secretHash: shown.secretHash } };
}
