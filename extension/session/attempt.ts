// A call to the edge as a result: a refusal is a value, a silence ends, and only what is broken throws.

import { limits } from '../../shared/limits.ts';
import { accept, ProblemError, refuse, type Result } from '../../shared/problem.ts';

/** Makes a call; `signal` gives it up. A call without an answer in time is refused as `unavailable`. */
export async function attempt<Value>(
  call: (signal: AbortSignal) => Promise<Value>,
  signal?: AbortSignal,
): Promise<Result<Value>> {
  const timeout = AbortSignal.timeout(limits.editor.callTimeoutMs);
  try {
    return accept(await call(signal ? AbortSignal.any([signal, timeout]) : timeout));
  } catch (error) {
    if (signal?.aborted) return refuse('canceled', 'The call was given up.');
    if (timeout.aborted) return refuse('unavailable', 'The edge did not answer in time.');
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}
