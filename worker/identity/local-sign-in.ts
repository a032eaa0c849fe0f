// Local sign-in: a key for whoever asks, on the machine of a developer and nowhere else.

import { isUserId } from '../../shared/address.ts';
import { isKeyName, keyNameRule } from '../../shared/key.ts';
import { limits } from '../../shared/limits.ts';
import { ProblemError, requireOk } from '../../shared/problem.ts';
import { type Visibility, visibilities } from '../../shared/snippet.ts';
import { invalidField, readFields } from '../intake/json.ts';
import { stackOf } from '../stack/stub.ts';
import { localProgramName } from './device-name.ts';
import { createKeySecret, writeKey } from './key.ts';
import { routingHashOf } from '../ids/routing-hash.ts';

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether local sign-in exists for this request: switched on, and asked for at a loopback address. */
export function isLocalSignInOpen(request: Request, env: Env): boolean {
  return env.LOCAL_SIGN_IN === 'on' && LOOPBACK_HOSTS.has(new URL(request.url).hostname);
}

/**
 * `POST /sign-in/local` with `{"userId", "visibility"?, "name"?}` → `{"userId", "key"}`. Opens the account where there
 * is none. A name stands for one device: a key of that name is replaced. Who says none is called by its program.
 */
export async function signInLocally(request: Request, env: Env): Promise<Response> {
  // A page of another origin can't send this type without asking first (CORS preflight), and is never answered.
  if (!request.headers.get('content-type')?.startsWith('application/json'))
    throw new ProblemError({ code: 'invalid_argument', detail: 'Send JSON, with its Content-Type.' });
  const { userId, defaultVisibility, name } = await readSignIn(request);
  const routingHash = routingHashOf(userId);
  const { secret, secretHash } = createKeySecret();
  const stack = stackOf(env, routingHash);
  const device = name ?? localProgramName(request.headers.get('user-agent'), 'local sign-in');
  const number = requireOk(
    await stack.signIn(
      { userId, defaultVisibility },
      { secretHash, name: device, replacesNamesakes: name !== undefined },
    ),
  );
  const key = writeKey(env.INSTANCE_SECRETS, 'key', { routingHash, number }, secret);
  return Response.json({ userId, key }, { headers: { 'cache-control': 'no-store' } });
}

interface SignIn {
  readonly userId: string;
  readonly defaultVisibility: Visibility;
  readonly name: string | undefined;
}

async function readSignIn(request: Request): Promise<SignIn> {
  const fields = await readFields(request, limits.signInBytes, ['userId', 'visibility', 'name']);
  const { userId, visibility = 'public', name } = fields;
  if (typeof userId !== 'string' || !isUserId(userId))
    throw invalidField('userId', 'A user id has 3 to 20 of a-z 0-9 - and is not a reserved word.');
  const defaultVisibility = visibilities.find((known) => known === visibility);
  if (!defaultVisibility)
    throw invalidField('visibility', `A visibility is one of ${visibilities.join(', ')}.`);
  if (name !== undefined && (typeof name !== 'string' || !isKeyName(name)))
    throw invalidField('name', keyNameRule);
  return { userId, defaultVisibility, name };
}
