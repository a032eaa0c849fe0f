// Signing in by the browser: the choice of a provider, the way there, and the way back.

import { limits } from '../../shared/limits.ts';
import { beginRegistration, comeBackFrom, type FoundIdentity, leaveFor } from '../identity/attempt.ts';
import { getOwner } from '../identity/identities.ts';
import { isLocalSignInOpen } from '../identity/local-sign-in.ts';
import { offeredProviders, type Provider } from '../identity/providers/table.ts';
import { getReturnPath } from '../identity/return-path.ts';
import { requireSameOrigin } from '../identity/same-origin.ts';
import { getSession, leaveSession, requireSession, startSession, withSession } from '../identity/session.ts';
import { refuseManySignIns } from '../identity/sign-in-rate.ts';
import { routingHashOf } from '../ids/routing-hash.ts';
import { readFormFields } from '../intake/form-fields.ts';
import { callAs } from '../stack/stub.ts';
import { htmlResponse } from './html.ts';
import { leavingPage } from './leaving-page.ts';
import { signInPage } from './sign-in-page.ts';
import { tellFailure } from './sign-in-failure.ts';

const noStore = { 'cache-control': 'no-store' } as const;

/** `GET /sign-in`, with the page to go on to in `return`. */
export async function showSignIn(request: Request, env: Env): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const session = await getSession(request, env);
  const page = signInPage({
    providers: offeredProviders(env),
    isLocal: isLocalSignInOpen(request, env),
    local: { userId: '', refused: undefined },
    returnPath: getReturnPath(query.get('return')),
    userId: session?.account.userId,
    isSignedOut: query.has('signed-out'),
  });
  const answer = htmlResponse(page, { status: 200, headers: { ...noStore, vary: 'Cookie' } });
  return session ? withSession(session, answer) : answer;
}

/** `POST /sign-in/{provider}`: on to the provider; with `intent=link`, to add it to the account that is signed in. */
export async function leave(request: Request, env: Env, provider: Provider): Promise<Response> {
  requireSameOrigin(request);
  await refuseManySignIns(request, env);
  const fields = await readFormFields(request, limits.formPageBytes);
  const returnPath = getReturnPath(fields.get('return'));
  const isLink = fields.get('intent') === 'link';
  const intent = isLink
    ? ({ kind: 'link', routingHash: (await requireSession(request, env)).routingHash } as const)
    : ({ kind: 'sign-in' } as const);
  return tellFailure(provider, { isLink, returnPath }, async () => {
    const { address, setCookie } = await leaveFor(provider, request, env, { intent, returnPath });
    const headers = { ...noStore, refresh: `0; url=${address.href}`, 'set-cookie': setCookie };
    return htmlResponse(leavingPage(provider.name, address.href), { status: 200, headers });
  });
}

/** `GET /sign-in/{provider}/callback`: back from the provider. */
export async function comeBack(request: Request, env: Env, provider: Provider): Promise<Response> {
  return tellFailure(provider, { isLink: false, returnPath: undefined }, async () => {
    const found = await comeBackFrom(provider, request, env);
    return found.intent.kind === 'link'
      ? linkTo(found.intent.routingHash, request, env, provider, found)
      : signInAs(request, env, provider, found);
  });
}

async function signInAs(
  request: Request,
  env: Env,
  provider: Provider,
  { name, returnPath }: FoundIdentity,
): Promise<Response> {
  const userId = await getOwner(env, name);
  if (userId !== undefined) return openSession(request, env, userId, returnPath);
  const attempt = await beginRegistration(request, env, {
    provider: provider.id,
    identity: name,
    returnPath,
  });
  return goTo(`/sign-in/register?attempt=${attempt}`);
}

/** Adds the identity to the account from which this was begun, where its owner is still signed in to it. */
async function linkTo(
  routingHash: string,
  request: Request,
  env: Env,
  provider: Provider,
  { name }: FoundIdentity,
): Promise<Response> {
  const session = await requireSession(request, env);
  if (session.routingHash !== routingHash) return goTo('/account');
  return tellFailure(provider, { isLink: true, returnPath: undefined }, async () => {
    await getOwner(env, name);
    await callAs(env, session.credential, (owner) => owner.link({ name, provider: provider.id }));
    return withSession(session, goTo('/account?done=identity-added'));
  });
}

/** Signs the browser in, in the place of whoever was signed in before, and goes on. */
export async function openSession(
  request: Request,
  env: Env,
  userId: string,
  returnPath: string | undefined,
): Promise<Response> {
  const setCookie = await startSession(env, routingHashOf(userId));
  await leaveSession(request, env);
  return goTo(returnPath ?? '/account', { 'set-cookie': setCookie });
}

/** To another page of ours. */
export function goTo(path: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 303, headers: { ...headers, ...noStore, location: path } });
}
