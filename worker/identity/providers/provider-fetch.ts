// Calls to providers: over TLS, or to this very machine; given up after a while; and errors are errors.

import { limits } from '../../../shared/limits.ts';
import { SignInFailed } from './failure.ts';

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @throws {SignInFailed} `misconfigured` where an address could be overheard or isn't one */
export function requireSafe(address: string): URL {
  const url = URL.parse(address);
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname));
  if (!url || !isSafe) throw new SignInFailed('misconfigured');
  return url;
}

/** What the library calls `fetch` with. */
export interface ProviderCall {
  readonly method?: string;
  readonly headers?: HeadersInit;
  readonly body?: BodyInit | null | undefined;
  readonly redirect: 'manual';
}

/** The `fetch` of everything that is asked of a provider. @throws {SignInFailed} where it doesn't answer */
export async function providerFetch(address: string, call: ProviderCall): Promise<Response> {
  const url = requireSafe(address);
  const { body = null, ...init } = call;
  const headers = new Headers(init.headers);
  // GitHub's API answers nobody who has no name.
  headers.set('user-agent', 'pybin');
  const signal = AbortSignal.timeout(limits.signIn.providerMs);
  const response = await fetch(url, { ...init, body, headers, signal }).catch((error: unknown) => {
    throw new SignInFailed('provider_down', { cause: error });
  });
  return errorsAsErrors(response);
}

/** GitHub tells of errors with the status 200; RFC 6749 (5.2) has 400. */
async function errorsAsErrors(response: Response): Promise<Response> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  if (response.status !== 200 || !isJson) return response;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const isError = typeof body === 'object' && body !== null && 'error' in body;
  return isError ? new Response(response.body, { status: 400, headers: response.headers }) : response;
}
