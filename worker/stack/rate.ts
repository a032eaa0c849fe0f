// A token bucket: a window's worth may come at once, then as many as the window says. Pure, the time is passed in.

export interface Bucket {
  readonly tokens: number;
  readonly filledAtMs: number;
}

export type Take =
  | { readonly ok: true; readonly bucket: Bucket }
  | { readonly ok: false; readonly bucket: Bucket; readonly retryAfterSeconds: number };

/** So many in so many seconds, all of which may come at once. */
export interface Rate {
  readonly quota: number;
  readonly windowSeconds: number;
}

/** A bucket that was never drawn from. */
export function fullBucket(rate: Rate, nowMs: number): Bucket {
  return { tokens: rate.quota, filledAtMs: nowMs };
}

/** Takes one token. A clock that runs backwards fills nothing and takes nothing away. */
export function takeToken(bucket: Bucket, { quota, windowSeconds }: Rate, nowMs: number): Take {
  const elapsedSeconds = Math.max(0, nowMs - bucket.filledAtMs) / 1000;
  const tokens = Math.min(quota, bucket.tokens + (elapsedSeconds / windowSeconds) * quota);
  const filled = { tokens, filledAtMs: nowMs };
  if (tokens >= 1) return { ok: true, bucket: { ...filled, tokens: tokens - 1 } };
  // Whole seconds: Retry-After has no finer unit (RFC 9110, 10.2.3).
  return { ok: false, bucket: filled, retryAfterSeconds: Math.ceil(((1 - tokens) * windowSeconds) / quota) };
}
