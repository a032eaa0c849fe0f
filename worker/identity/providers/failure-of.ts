// What the library and the platform throw, as what it is to a person. Pure.

import * as oauth from 'oauth4webapi';
import { type FailureKind, SignInFailed } from './failure.ts';

/** Errors of RFC 6749 (4.1.2.1 and 5.2), and GitHub's own, by what they mean to somebody who signs in. */
const CODES: ReadonlyMap<string, FailureKind> = new Map([
  ['access_denied', 'denied'],
  ['consent_required', 'denied'],
  ['interaction_required', 'denied'],
  ['login_required', 'denied'],
  ['server_error', 'provider_down'],
  ['temporarily_unavailable', 'provider_down'],
  ['invalid_grant', 'code_refused'],
  ['bad_verification_code', 'code_refused'],
]);

/** @returns what to throw: an error of ours is left as it is, and what nobody expected, too */
export function failureOf(error: unknown): unknown {
  if (error instanceof SignInFailed) return error;
  const kind = kindOf(error);
  return kind ? new SignInFailed(kind, { cause: error }) : error;
}

function kindOf(error: unknown): FailureKind | undefined {
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError)
    return CODES.get(error.error) ?? 'misconfigured';
  if (error instanceof oauth.WWWAuthenticateChallengeError) return 'misconfigured';
  if (error instanceof oauth.UnsupportedOperationError) return 'untrusted';
  if (!(error instanceof oauth.OperationProcessingError)) return undefined;
  // Facebook's errors are objects, which are no errors to the library: the status tells.
  const status = error.cause instanceof Response ? error.cause.status : 0;
  if (status >= 400) return status < 500 && status !== 429 ? 'code_refused' : 'provider_down';
  return error.code === oauth.RESPONSE_IS_NOT_CONFORM ? 'provider_down' : 'untrusted';
}
