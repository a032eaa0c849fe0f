// Signing out by the browser.

import { requireSameOrigin } from '../identity/same-origin.ts';
import { endSession, getSession, signOutEverywhere, withSession } from '../identity/session.ts';
import { htmlResponse } from './html.ts';
import { goTo } from './sign-in.ts';
import { signOutPage } from './sign-out-page.ts';

/** `GET /sign-out` */
export async function showSignOut(request: Request, env: Env): Promise<Response> {
  const session = await getSession(request, env);
  const answer = htmlResponse(signOutPage(session?.account.userId), {
    status: 200,
    headers: { 'cache-control': 'no-store', vary: 'Cookie' },
  });
  return session ? withSession(session, answer) : answer;
}

/** `POST /sign-out`: this browser. */
export async function signOut(request: Request, env: Env): Promise<Response> {
  requireSameOrigin(request);
  return goTo('/sign-in?signed-out', { 'set-cookie': await endSession(request, env) });
}

/** `POST /sign-out/everywhere`: every browser and every key. */
export async function signOutOfAll(request: Request, env: Env): Promise<Response> {
  return goTo('/sign-in?signed-out', { 'set-cookie': await signOutEverywhere(request, env) });
}
