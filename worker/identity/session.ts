// Sessions: a browser is signed in by a cookie that says where its session lives (sealed like a key, for another
// purpose) and its 256-bit secret, of which the owner's Stack keeps the hash.

import { ProblemError, requireOk } from '../../shared/problem.ts';
import type { Account } from '../stack/account.ts';
import { callAs, stackOf } from '../stack/stub.ts';
import { getCookie, writeCookie } from './cookies.ts';
import { createKeySecret, type Credential, getCredential, writeKey } from './key.ts';
import { isPlainRead, requireSameOrigin } from './same-origin.ts';

const COOKIE = '__Host-pybin';

/** A browser that is signed in. */
export interface Session {
  readonly account: Account;
  readonly routingHash: string;
  /** For calls as the owner: see `callAs`. */
  readonly credential: Credential;
  /** What the answer must carry: {@link withSession} sees to it. */
  readonly setCookie: string | undefined;
}

/** Whether a request carries a session's cookie, good or not. */
export function hasSessionCookie(request: Request): boolean {
  return cookieOf(request) !== undefined;
}

/**
 * What a request's cookie says, or undefined where none is shown that this instance could have given. Proves nothing:
 * the Stack decides.
 * @throws {ProblemError} `forbidden` where it would change something and comes from another origin
 */
export function getSessionCredential(request: Request, env: Env): Credential | undefined {
  const cookie = cookieOf(request);
  const credential = cookie && getCredential(env.INSTANCE_SECRETS, 'session', cookie);
  if (!credential) return undefined;
  if (!isPlainRead(request)) requireSameOrigin(request);
  return credential;
}

/**
 * The session of the browser that asks, renewed where that is due; undefined where it isn't signed in.
 * @throws {ProblemError} `forbidden` where it would change something and comes from another origin
 */
export async function getSession(request: Request, env: Env): Promise<Session | undefined> {
  const credential = getSessionCredential(request, env);
  if (!credential) return undefined;
  try {
    const { account, endsAtMs, isRenewed } = await callAs(env, credential, (owner) => owner.session());
    const { routingHash } = credential;
    const setCookie = isRenewed ? cookieFor(cookieOf(request) ?? '', endsAtMs - Date.now()) : undefined;
    return { account, routingHash, credential, setCookie };
  } catch (error) {
    if (isOver(error)) return undefined;
    throw error;
  }
}

/**
 * The session of the browser that asks.
 * @throws {ProblemError} `unauthenticated` where it isn't signed in: a page that is asked for then leads to /sign-in
 * and back. `forbidden` as in {@link getSession}
 */
export async function requireSession(request: Request, env: Env): Promise<Session> {
  const session = await getSession(request, env);
  if (session) return session;
  throw new ProblemError({
    code: 'unauthenticated',
    detail: 'You are not signed in. Sign in, then try again.',
  });
}

/** An answer made for a session: its cookie is renewed where that is due, and no cache keeps it for another. */
export function withSession(session: Session, response: Response): Response {
  const headers = new Headers(response.headers);
  if (session.setCookie !== undefined) headers.append('set-cookie', session.setCookie);
  headers.append('vary', 'Cookie');
  headers.set('cache-control', 'private, no-store');
  return new Response(response.body, { status: response.status, headers });
}

/**
 * Signs a browser in, whose owner was made sure of.
 * @returns the `Set-Cookie` of its answer
 * @throws {ProblemError} `unauthenticated` where there is no such account
 */
export async function startSession(env: Env, routingHash: string): Promise<string> {
  const { secret, secretHash } = createKeySecret();
  const { number, endsAtMs } = requireOk(await stackOf(env, routingHash).startSession(secretHash));
  const cookie = writeKey(env.INSTANCE_SECRETS, 'session', { routingHash, number }, secret);
  return cookieFor(cookie, endsAtMs - Date.now());
}

/**
 * Signs the browser that asks out, at once.
 * @returns the `Set-Cookie` of its answer, which deletes the cookie
 * @throws {ProblemError} `forbidden` where another origin asks
 */
export async function endSession(request: Request, env: Env): Promise<string> {
  const session = await getSession(request, env);
  if (session) await callAs(env, session.credential, (owner) => owner.endSession());
  return endedCookie;
}

/** Ends the session that a browser is signed in to, where it is to have another. What it shows needn't be good. */
export async function leaveSession(request: Request, env: Env): Promise<void> {
  const cookie = cookieOf(request);
  const credential = cookie && getCredential(env.INSTANCE_SECRETS, 'session', cookie);
  if (!credential) return;
  try {
    await callAs(env, credential, (owner) => owner.endSession());
  } catch (error) {
    if (!isOver(error)) throw error;
  }
}

/**
 * Signs the owner out everywhere: every session, every key.
 * @returns the `Set-Cookie` of the answer, which deletes the cookie
 * @throws {ProblemError} `unauthenticated` where nobody is signed in, `forbidden` where another origin asks
 */
export async function signOutEverywhere(request: Request, env: Env): Promise<string> {
  const { credential } = await requireSession(request, env);
  await callAs(env, credential, (owner) => owner.signOutEverywhere());
  return endedCookie;
}

/** Whether a session is no more. */
function isOver(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'unauthenticated';
}

function cookieFor(value: string, leftMs: number): string {
  return writeCookie(COOKIE, value, Math.max(0, Math.floor(leftMs / 1000)));
}

/** The `Set-Cookie` that deletes a session's cookie. */
export const endedCookie = cookieFor('', 0);

function cookieOf(request: Request): string | undefined {
  return getCookie(request, COOKIE);
}
