// From here to a provider and back: the address to send somebody to, and who they are when they return with a code.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as oauth from 'oauth4webapi';
import { SignInFailed } from './failure.ts';
import { failureOf } from './failure-of.ts';
import { providerFetch, requireSafe } from './provider-fetch.ts';
import { callOptions, clientAuthOf, clientOf, serverOf } from './server.ts';
import type { OAuthProvider, Provider } from './table.ts';

/** What binds an answer to what was asked. */
export interface Asked {
  /** Where the provider sends somebody back to, to the letter. */
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export function createVerifier(): string {
  return oauth.generateRandomCodeVerifier();
}

export function createNonce(): string {
  return oauth.generateRandomNonce();
}

/** Where to send somebody. @throws {SignInFailed} where the provider can't be asked */
export async function addressToAsk(provider: Provider, asked: Asked, nowMs: number): Promise<URL> {
  return told(async () => {
    const { authorization_endpoint: endpoint = '' } = await serverOf(provider, nowMs);
    const address = requireSafe(endpoint);
    const parameters = {
      client_id: provider.clientId,
      redirect_uri: asked.redirectUri,
      response_type: 'code',
      scope: provider.scope,
      state: asked.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(asked.codeVerifier),
      code_challenge_method: 'S256',
      ...(provider.protocol === 'oidc' && { nonce: asked.nonce }),
    };
    for (const [name, value] of Object.entries(parameters))
      if (value !== '') address.searchParams.set(name, value);
    return address;
  });
}

/**
 * Who came back: the subject, by which the provider knows them for ever.
 * @param answer the parameters that they came back with
 * @throws {SignInFailed} where that isn't proved
 */
export async function subjectOf(
  provider: Provider,
  answer: URLSearchParams,
  asked: Asked,
  nowMs: number,
): Promise<string> {
  return told(async () => {
    const server = await serverOf(provider, nowMs);
    const client = clientOf(provider);
    // Also whether it comes from another provider than the one that was asked (RFC 9207).
    const parameters = oauth.validateAuthResponse(server, client, answer, asked.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      clientAuthOf(server, provider),
      parameters,
      asked.redirectUri,
      asked.codeVerifier,
      callOptions,
    );
    return provider.protocol === 'oidc'
      ? subjectOfIdToken(server, client, response, asked.nonce)
      : subjectOfUser(provider, await oauth.processAuthorizationCodeResponse(server, client, response));
  });
}

async function subjectOfIdToken(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  response: Response,
  expectedNonce: string,
): Promise<string> {
  const options = { expectedNonce, requireIdToken: true };
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, options);
  await oauth.validateApplicationLevelSignature(server, response, callOptions);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  // Else all whom it doesn't name would be one person.
  if (!claims || claims.sub === '') throw new SignInFailed('untrusted');
  return claims.sub;
}

async function subjectOfUser(
  provider: OAuthProvider,
  { access_token: token }: oauth.TokenEndpointResponse,
): Promise<string> {
  const address = requireSafe(provider.userEndpoint);
  if (provider.provesSecret) {
    const proof = hmac(sha256, utf8ToBytes(provider.clientSecret), utf8ToBytes(token));
    address.searchParams.set('appsecret_proof', bytesToHex(proof));
  }
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  const response = await providerFetch(address.href, { headers, redirect: 'manual' });
  if (response.status >= 500) throw new SignInFailed('provider_down');
  if (!response.ok) throw new SignInFailed('untrusted');
  const user: unknown = await response.json().catch((error: unknown) => {
    throw new SignInFailed('untrusted', { cause: error });
  });
  const id = typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined;
  // GitHub's are numbers, Facebook's texts of digits.
  const subject = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  if (typeof subject !== 'string' || !/^[0-9]{1,32}$/.test(subject)) throw new SignInFailed('untrusted');
  return subject;
}

/** What was expected to go wrong is told as what it is to a person. */
async function told<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    throw failureOf(error);
  }
}
