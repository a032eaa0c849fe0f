// /metrics: what happened, summed over isolates; for those who show its token, and of nobody in particular.

import { evictDurableObject, reset, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { summing } from '../../../worker/metrics/isolate.ts';
import { ask, signIn, type User } from '../edge.ts';
import { askInstance, METRICS_TOKEN, OPERATOR_TOKEN, readMetrics, shown } from './instance.ts';

// What other files counted in this isolate is not of these sums.
beforeAll(async () => {
  await summing.flush(env);
  await reset();
});

describe('to whoever shows no good token, /metrics looks like any address where nothing is', () => {
  it.each<[string, Partial<Env>, RequestInit]>([
    ['where the instance has no token', {}, shown(METRICS_TOKEN)],
    ['where the instance’s token is empty', { METRICS_TOKEN: '' }, shown('x')],
    ['without a token', { METRICS_TOKEN }, {}],
    ['with another token', { METRICS_TOKEN, OPERATOR_TOKEN }, shown(OPERATOR_TOKEN)],
    ['with the token’s begin', { METRICS_TOKEN }, shown(METRICS_TOKEN.slice(0, -1))],
    ['with more than the token', { METRICS_TOKEN }, shown(`${METRICS_TOKEN}x`)],
    ['with the token in another scheme', { METRICS_TOKEN }, { headers: { authorization: METRICS_TOKEN } }],
    ['with another method', { METRICS_TOKEN }, shown(METRICS_TOKEN, { method: 'POST' })],
  ])('%s', async (_what, bindings, init) => {
    const answered = await askInstance(bindings, '/metrics', init);
    const nowhere = await askInstance(bindings, '/nowhere', init);
    expect(answered.status).toBe(nowhere.status);
    expect(await answered.text()).toBe(await nowhere.text());
    expect([...answered.headers]).toEqual([...nowhere.headers]);
  });
});

describe('what is counted', () => {
  let ada: User;
  let link: string;

  beforeAll(async () => {
    ada = await signIn('counted');
    link = await ada.push('unlisted', '?visibility=unlisted');
    await ada.push('top', '?alias=upper');
  });

  it.each<[string, () => Promise<unknown>, Record<string, number>]>([
    [
      'a push with a key',
      () => ada.push('é'),
      {
        'pybin_requests_total{method="POST",route="/",status="201"}': 1,
        'pybin_pushes_total{by="key"}': 1,
        'pybin_text_bytes_total{direction="in"}': 2,
      },
    ],
    [
      'a push without a key',
      () => ask('/notes.py', { method: 'PUT', body: 'abc' }),
      {
        'pybin_requests_total{method="PUT",route="/:name",status="201"}': 1,
        'pybin_pushes_total{by="nobody"}': 1,
        'pybin_text_bytes_total{direction="in"}': 3,
      },
    ],
    [
      'a push that is tried twice, once',
      async () => {
        const init = { method: 'POST', body: 'once', headers: { 'idempotency-key': 'counted once' } };
        await ada.ask('/', init);
        await ada.ask('/', init);
      },
      {
        'pybin_requests_total{method="POST",route="/",status="201"}': 2,
        'pybin_pushes_total{by="key"}': 1,
        'pybin_text_bytes_total{direction="in"}': 4,
      },
    ],
    [
      'a push over REST',
      () => ada.ask('/v1/snippets', { method: 'POST', body: '{"text":"four"}' }),
      {
        'pybin_requests_total{method="POST",route="/v1/snippets",status="201"}': 1,
        'pybin_pushes_total{by="key"}': 1,
        'pybin_text_bytes_total{direction="in"}': 4,
      },
    ],
    [
      'a push over Connect',
      () => ada.ask('/pybin.v1.SnippetService/CreateSnippet', connectPush('12345')),
      {
        'pybin_requests_total{method="POST",route="/pybin.v1.SnippetService/CreateSnippet",status="200"}': 1,
        'pybin_pushes_total{by="key"}': 1,
        'pybin_text_bytes_total{direction="in"}': 5,
      },
    ],
    [
      'a replacement, by its bytes',
      () => ada.ask(link, { method: 'PUT', body: 'UNLISTED' }),
      {
        'pybin_requests_total{method="PUT",route="/s/:id",status="200"}': 1,
        'pybin_text_bytes_total{direction="in"}': 8,
      },
    ],
    [
      'a read by an alias',
      () => ask('/~counted/upper'),
      {
        'pybin_requests_total{method="GET",route="/~:user/:name",status="200"}': 1,
        'pybin_reads_total{kind="stored"}': 1,
        'pybin_text_bytes_total{direction="out"}': 3,
      },
    ],
    [
      'a page',
      () => ask(link, { headers: { accept: 'text/html' } }),
      {
        'pybin_requests_total{method="GET",route="/s/:id",status="200"}': 1,
        'pybin_reads_total{kind="stored"}': 1,
        'pybin_text_bytes_total{direction="out"}': 8,
      },
    ],
    [
      'a HEAD, which sends no bytes',
      () => ask('/~counted/upper', { method: 'HEAD' }),
      {
        'pybin_requests_total{method="HEAD",route="/~:user/:name",status="200"}': 1,
        'pybin_reads_total{kind="stored"}': 1,
      },
    ],
    [
      'a read of what the reader has',
      () => ask('/~counted/upper', { headers: { 'if-none-match': '*' } }),
      {
        'pybin_requests_total{method="GET",route="/~:user/:name",status="304"}': 1,
        'pybin_reads_total{kind="not_modified"}': 1,
      },
    ],
    [
      'a read over Connect',
      () => ada.ask('/pybin.v1.SnippetService/GetSnippet', connectGet(link)),
      {
        'pybin_requests_total{method="POST",route="/pybin.v1.SnippetService/GetSnippet",status="200"}': 1,
        'pybin_reads_total{kind="stored"}': 1,
        'pybin_text_bytes_total{direction="out"}': 8,
      },
    ],
    [
      'a problem',
      () => ask('/~counted/none-called-so'),
      {
        'pybin_requests_total{method="GET",route="/~:user/:name",status="404"}': 1,
        'pybin_refusals_total{code="not_found"}': 1,
      },
    ],
    [
      'a problem over Connect',
      () => ask('/pybin.v1.SnippetService/ListSnippets', connectPush('x')),
      {
        'pybin_requests_total{method="POST",route="/pybin.v1.SnippetService/ListSnippets",status="401"}': 1,
        'pybin_refusals_total{code="unauthenticated"}': 1,
      },
    ],
    [
      'a message that the library of Connect itself refuses, by its status',
      () => ada.ask('/pybin.v1.SnippetService/ListSnippets', { ...connectPush(''), body: '{' }),
      {
        'pybin_requests_total{method="POST",route="/pybin.v1.SnippetService/ListSnippets",status="400"}': 1,
      },
    ],
    [
      'a rare method at an address where nothing is',
      () => ask('/one/two', { method: 'PROPFIND' }),
      {
        'pybin_requests_total{method="other",route="none",status="404"}': 1,
        'pybin_refusals_total{code="not_found"}': 1,
      },
    ],
    [
      'a method that isn’t for an address',
      () => ask('/~counted', { method: 'DELETE' }),
      {
        'pybin_requests_total{method="DELETE",route="none",status="405"}': 1,
        'pybin_refusals_total{code="method_not_allowed"}': 1,
      },
    ],
  ])('%s', async (_what, act, rise) => {
    expect(await risesOf(act)).toEqual(rise);
  });

  it('many reads at once, of which most are given from memory', async () => {
    const reads = 3 * limits.hot.asks;
    await ada.push('hot', '?alias=asked-often');
    const rise = await risesOf(async () => {
      for (let read = 0; read < reads; read++) await ask('/~counted/asked-often');
    });
    const stored = rise['pybin_reads_total{kind="stored"}'] ?? 0;
    const hot = rise['pybin_reads_total{kind="hot"}'] ?? 0;
    expect(stored + hot).toBe(reads);
    expect(hot).toBeGreaterThan(0);
    expect(rise['pybin_text_bytes_total{direction="out"}']).toBe(reads * 'hot'.length);
  });

  it('names nobody: no user, no link, no file', async () => {
    const { text } = await readMetrics();
    for (const told of ['counted', link.slice('/s/'.length), 'notes', 'none-called-so', 'PROPFIND'])
      expect(text).not.toContain(told);
  });
});

describe('the text', () => {
  it('is what Prometheus reads: each family with its help and its type before its samples', async () => {
    const answered = await askInstance({ METRICS_TOKEN }, '/metrics', shown(METRICS_TOKEN));
    expect(answered.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answered.text();
    expect(text.endsWith('\n')).toBe(true);
    let family = '';
    for (const line of text.trimEnd().split('\n')) {
      const help = /^# HELP (\w+) \S.*$/.exec(line);
      if (help) {
        family = help[1] ?? '';
        continue;
      }
      const label = String.raw`\w+="(?:[^"\\\n]|\\["\\n])*"`;
      expect(line).toMatch(
        new RegExp(
          `^(?:# TYPE ${family} (?:counter|gauge)|${family}(?:\\{${label}(?:,${label})*\\})? \\d+)$`,
        ),
      );
    }
  });

  it('tells from the start of what hasn’t happened yet', async () => {
    const { samples } = await readMetrics();
    expect(samples).toMatchObject({
      pybin_alarms_failed_total: 0,
      pybin_alarms_late_total: 0,
      pybin_archive_failures_total: 0,
      pybin_outbox_bytes: 0,
      pybin_outbox_snippets: 0,
      pybin_outbox_stacks: 0,
      'pybin_refusals_total{code="internal"}': 0,
    });
  });

  it('is of sums that are written now and then, though nobody reads them', async () => {
    const metrics = env.METRICS.get(env.METRICS.idFromName('written'));
    const sample = 'pybin_archive_failures_total';
    const written = await runInDurableObject(metrics, (object, { storage }) => {
      const rows = () => storage.sql.exec('SELECT value FROM samples').toArray();
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      for (let call = 0; call < 3; call++) object.add(new Map([[sample, 2]]), undefined);
      const before = rows();
      vi.advanceTimersByTime(limits.metrics.writeMs);
      vi.useRealTimers();
      return { before, after: rows() };
    });
    expect(written).toEqual({ before: [], after: [{ value: 6 }] });
  });

  it('goes on where it was after the object that sums was put away', async () => {
    await (await signIn('counted-on')).push('counted');
    const before = await readMetrics();
    await evictDurableObject(env.METRICS.get(env.METRICS.idFromName('metrics')));
    const after = await readMetrics();
    const pushes = 'pybin_pushes_total{by="key"}';
    expect(after.samples[pushes]).toBe(before.samples[pushes]);
    expect(after.samples[pushes]).toBeGreaterThan(0);
  });
});

function connectPush(text: string): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, requestId: crypto.randomUUID() }),
  };
}

function connectGet(path: string): RequestInit {
  return { ...connectPush(''), body: JSON.stringify({ id: path.slice('/s/'.length) }) };
}

/** By how much what is measured rose meanwhile, but for the requests that measure. */
async function risesOf(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const { samples: before } = await readMetrics();
  await act();
  const { samples: after } = await readMetrics();
  const rises = Object.entries(after)
    .map(([sample, value]) => [sample, value - (before[sample] ?? 0)] as const)
    .filter(([sample, rise]) => rise !== 0 && !sample.includes('route="/metrics"'));
  return Object.fromEntries(rises);
}
