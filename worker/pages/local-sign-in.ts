// Signing in by the browser on a developer's machine: as whoever one says.

import { isUserId } from '../../shared/address.ts';
import { limits } from '../../shared/limits.ts';
import { offeredProviders } from '../identity/providers/table.ts';
import { getReturnPath } from '../identity/return-path.ts';
import { requireSameOrigin } from '../identity/same-origin.ts';
import { routingHashOf } from '../ids/routing-hash.ts';
import { readFormFields } from '../intake/form-fields.ts';
import { stackOf } from '../stack/stub.ts';
import { htmlResponse } from './html.ts';
import { signInPage } from './sign-in-page.ts';
import { openSession } from './sign-in.ts';

/** `POST /sign-in/local` with a form: opens the account where there is none, and a session. */
export async function signInOnThisMachine(request: Request, env: Env): Promise<Response> {
  requireSameOrigin(request);
  const fields = await readFormFields(request, limits.formPageBytes);
  const returnPath = getReturnPath(fields.get('return'));
  const userId = fields.get('userId').trim().toLowerCase();
  const refused = isUserId(userId)
    ? await openAccount(env, userId)
    : 'A user id has 3 to 20 of a-z 0-9 - and is not a reserved word.';
  if (refused === undefined) return openSession(request, env, userId, returnPath);
  const page = signInPage({
    providers: offeredProviders(env),
    isLocal: true,
    local: { userId, refused },
    returnPath,
    userId: undefined,
    isSignedOut: false,
  });
  return htmlResponse(page, { status: 400, headers: { 'cache-control': 'no-store' } });
}

/** Gives why that can't be. */
async function openAccount(env: Env, userId: string): Promise<string | undefined> {
  const opened = await stackOf(env, routingHashOf(userId)).openAccount({
    userId,
    defaultVisibility: 'public',
  });
  return opened.ok ? undefined : opened.problem.detail;
}
