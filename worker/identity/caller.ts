// Who calls: the instance as the caller knows it, and what the caller showed: a key, else the cookie of a session.

import { ProblemError } from '../../shared/problem.ts';
import { type Credential, getCredential } from './key.ts';
import { scannerOf } from './scanners.ts';
import { getSessionCredential } from './session.ts';
import type { Home } from '../ids/addresses.ts';
import { Recent } from '../ids/recent.ts';

export interface Caller {
  readonly env: Env;
  /** Where the caller reached this instance, such as `https://pybin.example`: addresses in answers begin so. */
  readonly origin: string;
  /** Undefined: the caller showed none. Whether a shown one is good, its Stack tells. */
  readonly credential: Credential | undefined;
  /** Counts a miss that is answered as if it were none: one too many is told of with the next request. */
  countMiss(): Promise<void>;
}

/**
 * @throws {ProblemError} `unauthenticated` where a key was shown that can't be one of this instance; `forbidden` where
 * a page of another origin would change something by the browser's cookie
 */
export function callerOf(request: Request, env: Env): Caller {
  const authorization = request.headers.get('authorization');
  // The runtime has written the URL out already, so the origin ends at the first slash after its scheme.
  const origin = request.url.slice(0, request.url.indexOf('/', 'https://'.length));
  const countMiss = async () => {
    await scannerOf(request, env)?.countMiss(Date.now());
  };
  if (authorization === null)
    return { env, origin, credential: getSessionCredential(request, env), countMiss };
  const credential = recentCredentials.get(`${env.INSTANCE_SECRETS} ${authorization}`, () =>
    requireBearer(env, authorization),
  );
  return { env, origin, credential, countMiss };
}

/** What keys say, not whether they are good: that is asked of their Stack each time. */
const recentCredentials = new Recent<Credential>();

function requireBearer(env: Env, authorization: string): Credential {
  // RFC 6750, 2.1; the scheme's case doesn't matter (RFC 9110, 11.1).
  const key = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
  const credential = key && getCredential(env.INSTANCE_SECRETS, 'key', key);
  if (!credential) throw new ProblemError(badKey);
  return credential;
}

/** @throws {ProblemError} `unauthenticated` where nothing was shown */
export function requireCredential(caller: Caller): Credential {
  if (caller.credential) return caller.credential;
  throw new ProblemError({
    code: 'unauthenticated',
    detail: 'Show a key: "Authorization: Bearer pyb_…".',
  });
}

const badKey = {
  code: 'unauthenticated',
  detail: 'This is not a key of this instance. A key is shown as "Authorization: Bearer pyb_…".',
} as const;

/** The instance as the caller reached it, and whose stack is meant. */
export function homeOf({ env, origin }: Caller, routingHash: string, userId: string): Home {
  return { instanceSecrets: env.INSTANCE_SECRETS, origin, routingHash, userId };
}
