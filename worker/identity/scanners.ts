// Whoever scans for addresses and keys gets slower: misses are counted by IP address (the platform's rate limit),
// and an address over the limit is shut out for a while, longer each time, before anything is looked up for it.

import { type Problem, ProblemError, rateLimited } from '../../shared/problem.ts';
import { addressOfClient } from './client-address.ts';
import { hasSessionCookie } from './session.ts';
import { ShutOuts } from './shut-outs.ts';

const shutOuts = new ShutOuts();

export interface Scanner {
  /** @throws {ProblemError} `rate_limited` where the client is shut out */
  refuseShutOut(nowMs: number): void;
  /** Counts a miss, where the problem is one. Gives the problem to answer instead, where that was one too many. */
  judge(problem: Problem, nowMs: number): Promise<Problem | undefined>;
  /** Counts a miss. One too many shuts out, and gives the problem that says so. */
  countMiss(nowMs: number): Promise<Problem | undefined>;
}

/** The client as one who may scan; undefined where nobody can be told apart, or limits are off. */
export function scannerOf(request: Request, env: Env): Scanner | undefined {
  if (env.RATE_LIMIT === 'off') return undefined;
  const address = addressOfClient(request);
  if (address === undefined) return undefined;
  // Apart, so that a neighbour who mistypes addresses doesn't shut out those who show good keys.
  const isCredentialShown = request.headers.has('authorization') || hasSessionCookie(request);
  const client = isCredentialShown ? `${address} with a key` : address;

  const countMiss: Scanner['countMiss'] = async (nowMs) => {
    const { success } = await env.MISS_RATE.limit({ key: client });
    return success ? undefined : rateLimited('misses', shutOuts.shut(client, nowMs)).problem;
  };
  return {
    countMiss,
    refuseShutOut(nowMs) {
      const waitSeconds = shutOuts.waitSeconds(client, nowMs);
      if (waitSeconds > 0) throw new ProblemError(rateLimited('misses', waitSeconds).problem);
    },
    judge({ code }, nowMs) {
      const isMiss = code === 'not_found' || (code === 'unauthenticated' && isCredentialShown);
      return isMiss ? countMiss(nowMs) : Promise.resolve(undefined);
    },
  };
}
