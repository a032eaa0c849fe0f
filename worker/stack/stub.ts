// The way to a Stack: one name, one object, one round trip.

import { requireOk, type Result } from '../../shared/problem.ts';
import type { ShownCredential } from './live-request.ts';
import type { Draft, PushAnswer } from './push.ts';
import type { Stack } from './stack.ts';

/** The Stack of an owner. Wakes nothing by itself: the first call does. */
export function stackOf(env: Env, routingHash: string): DurableObjectStub<Stack> {
  return env.STACK.get(env.STACK.idFromName(routingHash));
}

type Owner = ReturnType<DurableObjectStub<Stack>['as']>;

/**
 * Calls an owner's Stack with what a credential allows. It is verified there, and the call is
 * pipelined behind the verification: both go in the same round trip.
 * @throws {ProblemError} where the Stack refuses
 */
export async function callAs<Answer>(
  env: Env,
  credential: ShownCredential & { readonly routingHash: string },
  call: (owner: Owner) => Promise<Result<Answer>>,
): Promise<Answer> {
  const { routingHash, ...shown } = credential;
  const owner = stackOf(env, routingHash).as(shown);
  try {
    return requireOk(await call(owner));
  } finally {
    if (isDisposable(owner)) owner[Symbol.dispose]();
  }
}

/**
 * Pushes onto an owner's Stack, where the credential is verified in the same call.
 * @throws {ProblemError} where the Stack refuses
 */
export async function pushAs(
  env: Env,
  credential: ShownCredential & { readonly routingHash: string },
  draft: Draft,
): Promise<PushAnswer> {
  const { routingHash, ...shown } = credential;
  return requireOk(await stackOf(env, routingHash).push(shown, draft));
}

// A promise of an RpcTarget can be disposed of, but its type doesn't say so.
function isDisposable(value: object): value is Disposable {
  return Symbol.dispose in value;
}
