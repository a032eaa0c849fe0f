// A provider as the library knows it: where its endpoints are, and how one shows the client's secret.

import * as oauth from 'oauth4webapi';
import { limits } from '../../../shared/limits.ts';
import { providerFetch, requireSafe } from './provider-fetch.ts';
import type { OidcProvider, Provider } from './table.ts';

export const callOptions = {
  [oauth.customFetch]: providerFetch,
  // What is insecure, `providerFetch` refuses: all but this very machine.
  [oauth.allowInsecureRequests]: true,
} as const;

interface Known {
  readonly server: oauth.AuthorizationServer;
  readonly untilMs: number;
}

/** By issuer. The library remembers a provider's keys by the object that is kept here, and fetches new ones when due. */
const known = new Map<string, Known>();

/** @throws where the provider doesn't answer, or not as one */
export async function serverOf(provider: Provider, nowMs: number): Promise<oauth.AuthorizationServer> {
  const kept = known.get(provider.issuer);
  if (kept && Math.abs(kept.untilMs - nowMs) <= limits.signIn.metadataSeconds * 1000 && kept.untilMs > nowMs)
    return kept.server;
  const server = provider.protocol === 'oidc' ? await discover(provider) : serverOfRow(provider);
  known.set(provider.issuer, { server, untilMs: nowMs + limits.signIn.metadataSeconds * 1000 });
  return server;
}

async function discover({ issuer }: OidcProvider): Promise<oauth.AuthorizationServer> {
  const url = requireSafe(issuer);
  const response = await oauth.discoveryRequest(url, { ...callOptions, algorithm: 'oidc' });
  return oauth.processDiscoveryResponse(url, response);
}

function serverOfRow(provider: Exclude<Provider, OidcProvider>): oauth.AuthorizationServer {
  return {
    issuer: provider.issuer,
    authorization_endpoint: provider.authorizationEndpoint,
    token_endpoint: provider.tokenEndpoint,
    // In the body, as their documentation shows it.
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  };
}

export function clientOf({ clientId }: Provider): oauth.Client {
  return { client_id: clientId, [oauth.clockTolerance]: limits.signIn.clockSkewSeconds };
}

/** The way that the provider takes; where it names none, the one that all must (RFC 6749, 2.3.1). */
export function clientAuthOf(
  server: oauth.AuthorizationServer,
  { clientSecret }: Provider,
): oauth.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic')
    ? oauth.ClientSecretBasic(clientSecret)
    : oauth.ClientSecretPost(clientSecret);
}
