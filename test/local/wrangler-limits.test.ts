// The limits by IP address stand in wrangler.toml, which can't import them: they are those of limits.ts.

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { limits } from '../../shared/limits.ts';

interface RateBinding {
  readonly name: string;
  readonly namespace_id: string;
  readonly simple: { readonly limit: number; readonly period: number };
}

const path = fileURLToPath(new URL('../../wrangler.toml', import.meta.url));
const bindings: readonly RateBinding[] = readConfig({ config: path }).ratelimits;

describe('wrangler.toml', () => {
  it.each([
    ['ANONYMOUS_PUSH_RATE', limits.rates.anonymousPushes],
    ['DEVICE_RATE', limits.rates.devices],
    ['MISS_RATE', limits.rates.misses],
    ['SIGN_IN_RATE', limits.rates.signIns],
  ])('counts %s as the limits say', (name, { quota, windowSeconds }) => {
    const rate = bindings.find((binding) => binding.name === name);
    expect(rate?.simple).toEqual({ limit: quota, period: windowSeconds });
  });

  it('counts each by itself', () => {
    const namespaces = bindings.map(({ namespace_id: id }) => id);
    expect(new Set(namespaces).size).toBe(4);
    expect(namespaces).toHaveLength(4);
  });

  it('counts in periods that the platform has: 10 or 60 seconds', () => {
    for (const { simple } of bindings) expect([10, 60]).toContain(simple.period);
  });
});
