// Somebody's way through a sign-in: to a provider and back, and, the first time, to a user id. Each step is bound to the
// browser that began, and done once.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { limits } from '../../shared/limits.ts';
import { getCookie, writeCookie } from './cookies.ts';
import { beginFlow, getFlow, randomName, takeFlow } from './flow/flows.ts';
import type { ProviderFlow, RegistrationFlow } from './flow/state.ts';
import { identityName } from './identities.ts';
import { addressToAsk, createNonce, createVerifier, subjectOf } from './providers/ask.ts';
import { SignInFailed } from './providers/failure.ts';
import type { Provider } from './providers/table.ts';

/** Marks a browser while it signs in. */
const COOKIE = '__Host-pybin-browser';

/** What a person is to be known by. */
export interface FoundIdentity {
  /** See {@link identityName}. */
  readonly name: string;
  readonly intent: ProviderFlow['intent'];
  readonly returnPath: string | undefined;
}

/** The way to a provider, and the `Set-Cookie` that goes with it. */
export interface Departure {
  readonly address: URL;
  readonly setCookie: string;
}

/** @throws {SignInFailed} where the provider can't be asked */
export async function leaveFor(
  provider: Provider,
  request: Request,
  env: Env,
  { intent, returnPath }: Pick<ProviderFlow, 'intent' | 'returnPath'>,
): Promise<Departure> {
  const mark = markOf(request) ?? randomName();
  const [codeVerifier, nonce] = [createVerifier(), createNonce()];
  const state = await beginFlow(
    env,
    {
      kind: 'provider',
      provider: provider.id,
      intent,
      browserHash: hashOf(mark),
      codeVerifier,
      nonce,
      returnPath,
    },
    limits.signIn.attemptSeconds,
  );
  const asked = { redirectUri: redirectUriOf(provider, request), state, nonce, codeVerifier };
  const address = await addressToAsk(provider, asked, Date.now());
  return { address, setCookie: writeCookie(COOKIE, mark) };
}

/**
 * Who came back from a provider.
 * @throws {SignInFailed} where that isn't proved, or the attempt isn't this browser's, or was ended before
 */
export async function comeBackFrom(provider: Provider, request: Request, env: Env): Promise<FoundIdentity> {
  const answer = new URL(request.url).searchParams;
  const state = answer.get('state') ?? '';
  const flow = await getFlow(env, state, 'provider');
  if (flow?.provider !== provider.id) throw new SignInFailed('over');
  requireBrowser(request, flow);
  // Whatever comes of it: a code is used once.
  if (!(await takeFlow(env, state, 'provider'))) throw new SignInFailed('over');
  const { codeVerifier, intent, nonce, returnPath } = flow;
  const asked = { redirectUri: redirectUriOf(provider, request), state, nonce, codeVerifier };
  const subject = await subjectOf(provider, answer, asked, Date.now());
  return { name: identityName(provider.issuer, subject), intent, returnPath };
}

/** Begins the choice of a user id. Gives the name by which it goes on. */
export async function beginRegistration(
  request: Request,
  env: Env,
  registration: Omit<RegistrationFlow, 'kind' | 'browserHash'>,
): Promise<string> {
  const browserHash = hashOf(markOf(request) ?? '');
  const flow = { kind: 'registration', browserHash, ...registration } as const;
  return beginFlow(env, flow, limits.signIn.registrationSeconds);
}

/** Somebody who is choosing a user id. @throws {SignInFailed} where there is none such, or not in this browser */
export async function requireRegistration(
  request: Request,
  env: Env,
  attempt: string,
): Promise<RegistrationFlow> {
  const flow = await getFlow(env, attempt, 'registration');
  if (!flow) throw new SignInFailed('over');
  requireBrowser(request, flow);
  return flow;
}

/** They have chosen. */
export async function endRegistration(env: Env, attempt: string): Promise<void> {
  await takeFlow(env, attempt, 'registration');
}

function requireBrowser(request: Request, { browserHash }: { readonly browserHash: string }): void {
  const mark = markOf(request);
  if (mark === undefined || hashOf(mark) !== browserHash) throw new SignInFailed('other_browser');
}

function redirectUriOf({ id }: Provider, request: Request): string {
  return `${new URL(request.url).origin}/sign-in/${id}/callback`;
}

function hashOf(mark: string): string {
  return bytesToHex(sha256(utf8ToBytes(mark)));
}

function markOf(request: Request): string | undefined {
  const mark = getCookie(request, COOKIE);
  return mark !== undefined && /^[0-9A-Za-z]{22}$/.test(mark) ? mark : undefined;
}
