// The door that tells whether the instance works, and what of it doesn't: `GET /health`. Names and reasons only: of
// what broke, the log tells more.

import { limits } from '../../shared/limits.ts';
import { requireSeal } from '../ids/seal.ts';
import { log } from '../log.ts';
import { stackOf } from '../stack/stub.ts';

/** A routing hash that no user id has and no random one is: whoever finds one could break anything. */
const NOBODY = '0'.repeat(20);

const { keptMs: KEPT_MS, timeoutMs: TIMEOUT_MS } = limits.health;

const checks = {
  /** A Durable Object answers from its storage. */
  storage: (env: Env) => stackOf(env, NOBODY).readPublic({ which: { kind: 'latest' }, known: 'all' }),
  /** R2 answers. */
  archive: (env: Env) => env.ARCHIVE.head('health'),
  /** There is something to seal ids with. */
  secrets: async (env: Env) => requireSeal(env.INSTANCE_SECRETS, 'link'),
} as const;

type CheckName = keyof typeof checks;

interface Failure {
  readonly check: CheckName;
  readonly reason: string;
}

const REASONS: Record<CheckName, string> = {
  storage: 'Durable Objects fail.',
  archive: 'R2 fails.',
  secrets: 'INSTANCE_SECRETS is not set.',
};

/** What was found the last time, in this isolate. */
let known: { readonly failures: readonly Failure[]; readonly checkedAtMs: number } | undefined;

/** 200, or 503 with the checks that failed. One answer is given for some seconds, so that asking costs nothing. */
export async function answerHealth(env: Env): Promise<Response> {
  const failures = await findFailures(env, Date.now());
  const headers = { 'cache-control': 'no-store' };
  return failures.length === 0
    ? Response.json({ status: 'ok' }, { headers })
    : Response.json({ status: 'failing', failures }, { status: 503, headers });
}

async function findFailures(env: Env, nowMs: number): Promise<readonly Failure[]> {
  const ageMs = known ? nowMs - known.checkedAtMs : Infinity;
  if (known && ageMs >= 0 && ageMs < KEPT_MS) return known.failures;
  // Whoever asks while this one checks gets what was known.
  if (known) known = { ...known, checkedAtMs: nowMs };
  const names = ['storage', 'archive', 'secrets'] as const satisfies CheckName[];
  const found = await Promise.all(names.map((name) => getFailure(name, env)));
  const failures = found.filter((failure) => failure !== undefined);
  known = { failures, checkedAtMs: nowMs };
  return failures;
}

async function getFailure(check: CheckName, env: Env): Promise<Failure | undefined> {
  const answered = new AbortController();
  const late = async (): Promise<Failure> => {
    await scheduler.wait(TIMEOUT_MS, { signal: answered.signal });
    return { check, reason: `No answer within ${TIMEOUT_MS / 1000} s.` };
  };
  const asked = async (): Promise<undefined> => {
    await checks[check](env);
  };
  try {
    const failure = await Promise.race([asked(), late()]);
    if (failure) log('error', 'health_failed', { check });
    return failure;
  } catch (error) {
    log('error', 'health_failed', { check }, error);
    return { check, reason: REASONS[check] };
  } finally {
    answered.abort();
  }
}
