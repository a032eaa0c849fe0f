// /health tells what is wrong, in time and without details, and can't be used to hammer; /version tells the commit.

import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { bucketWith } from '../archive/bucket.ts';
import { atTime, startMs } from '../stack-inside.ts';
import { askInstance, brokenStacks } from './instance.ts';

/** Ten years on: by the clock of no other file has this isolate found anything then. */
let nowMs = startMs + 10 * limits.archiveSeconds * 1000;

beforeEach(() => {
  // What an isolate found before is over.
  nowMs += limits.health.keptMs;
  atTime(nowMs);
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const SECRET = 'what broke inside';
const never = () => new Promise<never>(() => {});
const failing = () => Promise.reject(new Error(SECRET));
const silentStacks = new Proxy(env.STACK, {
  get: (_stacks, name) => (name === 'get' ? () => ({ readPublic: never }) : () => ({})),
});

/** The bucket with another `head`. */
function headed(head: () => Promise<never>): R2Bucket {
  return new Proxy(env.ARCHIVE, {
    get: (bucket, name) => (name === 'head' ? head : Reflect.get(bucket, name)),
  });
}

const LATE = 'No answer within 2 s.';
const storage = { check: 'storage', reason: 'Durable Objects fail.' };
const archive = { check: 'archive', reason: 'R2 fails.' };
const secrets = { check: 'secrets', reason: 'INSTANCE_SECRETS is not set.' };

describe('/health', () => {
  it('is 200 where all is well, and tells nothing else', async () => {
    const answered = await askInstance({}, '/health');
    expect(answered.status).toBe(200);
    expect(await answered.json()).toEqual({ status: 'ok' });
  });

  it.each<[string, Partial<Env>, unknown[]]>([
    ['Durable Objects fail', { STACK: brokenStacks(SECRET) }, [storage]],
    ['R2 fails', { ARCHIVE: headed(failing) }, [archive]],
    ['there is no secret', { INSTANCE_SECRETS: '' }, [secrets]],
    ['there are but commas for secrets', { INSTANCE_SECRETS: ' , ' }, [secrets]],
    ['Durable Objects say nothing', { STACK: silentStacks }, [{ ...storage, reason: LATE }]],
    ['R2 says nothing', { ARCHIVE: headed(never) }, [{ ...archive, reason: LATE }]],
    [
      'all of it fails',
      { STACK: brokenStacks(SECRET), ARCHIVE: headed(never), INSTANCE_SECRETS: '' },
      [storage, { ...archive, reason: LATE }, secrets],
    ],
  ])('is 503 and says so where %s', async (_what, bindings, failures) => {
    const begunMs = performance.now();
    const answered = await askInstance(bindings, '/health');
    expect(answered.status).toBe(503);
    expect(answered.headers.get('cache-control')).toBe('no-store');
    const text = await answered.text();
    expect(JSON.parse(text)).toEqual({ status: 'failing', failures });
    expect(text).not.toContain(SECRET);
    expect(performance.now() - begunMs).toBeLessThan(limits.health.timeoutMs + 1_000);
  });

  it('asks each part once in five seconds, however often it is asked itself', async () => {
    const head = vi.fn<(key: string) => Promise<null>>().mockResolvedValue(null);
    const ARCHIVE = new Proxy(bucketWith({}), {
      get: (bucket, name) => (name === 'head' ? head : Reflect.get(bucket, name)),
    });
    for (const ageMs of [0, 1, limits.health.keptMs - 1]) {
      atTime(nowMs + ageMs);
      await Promise.all(Array.from({ length: 20 }, () => askInstance({ ARCHIVE }, '/health')));
    }
    const callsOfOne = head.mock.calls.length;
    nowMs += limits.health.keptMs;
    atTime(nowMs);
    await Promise.all(Array.from({ length: 20 }, () => askInstance({ ARCHIVE }, '/health')));
    expect([callsOfOne, head.mock.calls.length]).toEqual([1, 2]);
  });

  it('is well again within five seconds after what failed is', async () => {
    expect((await askInstance({ INSTANCE_SECRETS: '' }, '/health')).status).toBe(503);
    expect((await askInstance({}, '/health')).status).toBe(503);
    nowMs += limits.health.keptMs;
    atTime(nowMs);
    expect((await askInstance({}, '/health')).status).toBe(200);
  });
});

describe('/version', () => {
  it.each([
    ['the commit that was deployed', { COMMIT: 'c0ffee' }, 'c0ffee'],
    ['that it is none where nobody deployed one', { COMMIT: '' }, 'development'],
  ])('tells %s', async (_what, bindings, commit) => {
    const answered = await askInstance(bindings, '/version');
    expect(await answered.json()).toMatchObject({ name: 'pybin', commit });
  });
});
