// Sign-ins that are begun, and user ids that are asked for, by client address.

import { limits } from '../../shared/limits.ts';
import { ProblemError, rateLimited } from '../../shared/problem.ts';
import { addressOfClient } from './client-address.ts';

/** @throws {ProblemError} `rate_limited` */
export async function refuseManySignIns(request: Request, env: Env): Promise<void> {
  const address = addressOfClient(request);
  if (address === undefined || env.RATE_LIMIT === 'off') return;
  const { success } = await env.SIGN_IN_RATE.limit({ key: address });
  if (!success) throw new ProblemError(rateLimited('signIns', limits.rates.signIns.windowSeconds).problem);
}
