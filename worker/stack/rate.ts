// A token bucket: a second's worth may come at once, then as many a second as it says. Pure, the time is passed in.

export interface Bucket {
  readonly tokens: number;
  readonly filledAtMs: number;
}

export type Take =
  | { readonly ok: true; readonly bucket: Bucket }
  | { readonly ok: false; readonly bucket: Bucket; readonly retryAfterSeconds: number };

/** A bucket that was never drawn from. */
export function fullBucket(perSecond: number, nowMs: number): Bucket {
  return { tokens: perSecond, filledAtMs: nowMs };
}

/** Takes one token. A clock that runs backwards fills nothing and takes nothing away. */
export function takeToken(bucket: Bucket, perSecond: number, nowMs: number): Take {
  const elapsedMs = Math.max(0, nowMs - bucket.filledAtMs);
  const tokens = Math.min(perSecond, bucket.tokens + (elapsedMs / 1000) * perSecond);
  const filled = { tokens, filledAtMs: nowMs };
  if (tokens >= 1) return { ok: true, bucket: { ...filled, tokens: tokens - 1 } };
  // Whole seconds: Retry-After has no finer unit (RFC 9110, 10.2.3).
  return { ok: false, bucket: filled, retryAfterSeconds: Math.ceil((1 - tokens) / perSecond) };
}
