// Sessions: a browser is signed in by a cookie that says where its session lives (sealed like a key, for another
// purpose) and its 256-bit secret, of which the owner's Stack keeps the hash.

import { ProblemError, requireOk } from '../../shared/problem.ts';
import type { Account } from '../stack/account.ts';
import { callAs, stackOf } from '../stack/stub.ts';
import { createKeySecret, type Credential, getCredential, writeKey } from './key.ts';
import { isPlainRead, requireSameOrigin } from './same-origin.ts';

/** `__Host-`: a browser takes it from this host alone, over a line that can't be overheard, for every path (RFC 6265bis, 4.1.3.2). */
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
    const setCookie = isRenewed ? writeCookie(cookieOf(request) ?? '', endsAtMs - Date.now()) : undefined;
    return { account, routingHash, credential, setCookie };
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'unauthenticated') return undefined;
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
  return writeCookie(cookie, endsAtMs - Date.now());
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

function writeCookie(value: string, leftMs: number): string {
  const maxAgeSeconds = Math.max(0, Math.floor(leftMs / 1000));
  return `${COOKIE}=${value}; Path=/; Max-Age=${maxAgeSeconds}; Secure; HttpOnly; SameSite=Lax`;
}

/** The `Set-Cookie` that deletes a session's cookie. */
const endedCookie = writeCookie('', 0);

function cookieOf(request: Request): string | undefined {
  const start = `${COOKIE}=`;
  return request.headers
    .get('cookie')
    ?.split(/; */)
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}
