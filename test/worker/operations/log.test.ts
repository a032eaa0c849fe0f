// The log: a line of JSON for each failure, which names the request and never what a user wrote or holds.

import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { getCredential } from '../../../worker/identity/key.ts';
import { Stack } from '../../../worker/index.ts';
import { describeError } from '../../../worker/log.ts';
import { bucketWith } from '../archive/bucket.ts';
import { signIn, type User } from '../edge.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { askInstance, brokenStacks, OPERATOR_TOKEN, shown } from './instance.ts';

useOwnClock();

/** All that was logged by a test. */
let lines: string[] = [];

beforeEach(() => {
  lines = [];
  for (const level of ['debug', 'error', 'info', 'log', 'warn'] as const)
    vi.spyOn(console, level).mockImplementation((...written: unknown[]) => {
      lines.push(written.map(String).join(' '));
    });
});
afterEach(() => void vi.restoreAllMocks());

const TEXT = 'print("the text")\n    at secretFunction (text.py:1:2)';
const DESCRIPTION = 'a description';
const QUERY = 'searched-for';
const ALIAS = 'an-alias';

/** What a user wrote or holds, which no line may have. */
let ada: User;
let id: string;
let secrets: readonly string[];

beforeAll(async () => {
  ada = await signIn('logged');
  await ada.push(TEXT, `?alias=${ALIAS}&description=${encodeURIComponent(DESCRIPTION)}`);
  const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: { id: string }[] }>();
  id = snippets[0]?.id ?? '';
  secrets = [ada.key, id, TEXT, 'the text', 'secretFunction', DESCRIPTION, QUERY, ALIAS, OPERATOR_TOKEN];
});

/** As errors of the platform do, this one quotes what it was about. */
const quoting = () =>
  new Error(`${TEXT} ${ada.key} ${id} ${DESCRIPTION} ${QUERY} ${ALIAS} ${OPERATOR_TOKEN}`);
const fails = () => Promise.reject(quoting());

describe('a request that fails', () => {
  it.each<[string, string, () => string, () => RequestInit]>([
    ['a push', 'POST /', () => '/', () => shown(ada.key, { method: 'POST', body: TEXT })],
    [
      'a push by name',
      'PUT /:name',
      () => `/${ALIAS}?description=${DESCRIPTION}`,
      () => shown(ada.key, { method: 'PUT', body: TEXT }),
    ],
    ['a read by a link', 'GET /s/:id', () => `/s/${id}`, () => ({})],
    ['a read by an alias', 'GET /~:user/:name', () => `/~logged/${ALIAS}`, () => ({})],
    ['a replacement', 'PUT /s/:id', () => `/s/${id}`, () => shown(ada.key, { method: 'PUT', body: TEXT })],
    ['a search', 'GET /v1/history', () => `/v1/history?query=${QUERY}`, () => shown(ada.key)],
    [
      'a push over REST',
      'POST /v1/snippets',
      () => '/v1/snippets',
      () => shown(ada.key, { method: 'POST', body: JSON.stringify({ text: TEXT }) }),
    ],
    [
      'a push over Connect',
      'POST /pybin.v1.SnippetService/CreateSnippet',
      () => '/pybin.v1.SnippetService/CreateSnippet',
      () =>
        shown(ada.key, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text: TEXT }),
        }),
    ],
    [
      'a takedown',
      'POST /operator/takedown',
      () => '/operator/takedown',
      () => shown(OPERATOR_TOKEN, { method: 'POST', body: JSON.stringify({ address: id, reason: TEXT }) }),
    ],
  ])(
    '%s: its line has the route, and the id that the one who asked gets',
    async (_what, asked, path, init) => {
      const bindings = { STACK: brokenStacks(quoting().message), OPERATOR_TOKEN };
      const answered = await askInstance(bindings, path(), init());
      expect(answered.status).toBe(500);
      const [method, route] = asked.split(' ');
      const requestId = answered.headers.get('pybin-request-id');
      expect(told()).toMatchObject([
        { level: 'error', event: 'request_failed', requestId, method, route, status: 500, code: 'internal' },
      ]);
      expect(told()[0]).toMatchObject({ ms: expect.any(Number), error: { name: 'Error' } });
      const body = await answered.text();
      if (!route?.startsWith('/pybin.v1')) expect(body).toContain(`"requestId":"${requestId}"`);
      expectNothingTold([...lines, body]);
    },
  );

  it('is told where it broke, by function and line', async () => {
    await askInstance({ INSTANCE_SECRETS: '' }, `/s/${id}`);
    expect(told()).toMatchObject([
      { error: { at: expect.arrayContaining([expect.stringMatching(/:\d+:\d+$/)]) } },
    ]);
  });
});

describe('a request that is refused', () => {
  it('for a reason of the instance’s own is logged', async () => {
    await insideOf('logged').inStorage(({ sql }) => void sql.exec('UPDATE account SET erased_at = 1'));
    await insideOf('logged').evict();
    const answered = await askInstance({}, '/sign-in/local', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"userId":"logged"}',
    });
    await insideOf('logged').inStorage(({ sql }) => void sql.exec('UPDATE account SET erased_at = NULL'));
    await insideOf('logged').evict();
    const requestId = answered.headers.get('pybin-request-id');
    expect(told()).toMatchObject([
      { level: 'warn', event: 'request_refused', requestId, status: 503, code: 'unavailable' },
    ]);
  });

  it.each<[string, () => string, () => RequestInit]>([
    ['what isn’t there', () => `/~logged/${QUERY}`, () => ({})],
    ['a bad key', () => '/v1/snippets', () => shown(`${ada.key}x`)],
    ['a message that isn’t JSON', () => '/v1/snippets', () => shown(ada.key, { method: 'POST', body: TEXT })],
    ['a text that isn’t text', () => '/', () => ({ method: 'POST', body: new Uint8Array([0xff]) })],
  ])('for a reason of its own is not: %s', async (_what, path, init) => {
    const answered = await askInstance({}, path(), init());
    expect(answered.status).toBeLessThan(500);
    expect(answered.headers.has('pybin-request-id')).toBe(false);
    expect(lines).toEqual([]);
  });
});

describe('a stack', () => {
  it.each<[string, string, R2Bucket, (stack: Stack) => unknown]>([
    ['its alarm', 'archive_failed', bucketWith({ put: fails }), (stack) => stack.alarm()],
    [
      'its owner’s look at the history',
      'archive_failed',
      bucketWith({ put: fails }),
      (stack) => asOwner(stack).history({ ...everything, words: QUERY }),
    ],
  ])('whose archive fails at %s says so, and which stack it is', async (_what, event, ARCHIVE, run) => {
    await ada.push(TEXT);
    atSeconds(301);
    const { routingHash, stub } = insideOf('logged');
    await runInDurableObject(stub, async (_stack, state) => {
      await run(new Stack(state, { ...env, ARCHIVE }));
    });
    expect(told()).toMatchObject([{ level: 'error', event, stack: routingHash, error: { name: 'Error' } }]);
    expectNothingTold(lines);
  });

  it('that can’t be erased whole says so, and its alarm, too', async () => {
    const eve = await signIn('logged-erased');
    await eve.push(TEXT);
    const { routingHash, stub } = insideOf('logged-erased');
    await runInDurableObject(stub, async (_stack, state) => {
      const stack = new Stack(state, { ...env, ARCHIVE: bucketWith({ list: fails }) });
      await asOwner(stack, eve).erase('logged-erased');
      await stack.alarm();
    });
    expect(told()).toMatchObject([
      { event: 'erasure_failed', stack: routingHash },
      { event: 'alarm_failed', stack: routingHash },
    ]);
    expectNothingTold(lines);
  });
});

describe('of an error', () => {
  it.each([
    ['a name that says more than a name', Object.assign(new Error('x'), { name: TEXT }), { name: 'Error' }],
    ['something that is no error', TEXT, { name: 'string', at: [] }],
    [
      'what the platform calls it',
      new Error(`Network connection lost. ${TEXT}`),
      { reason: 'Network connection lost' },
    ],
    ['R2’s number', new Error(`put: ${TEXT}: Unspecified error (10001)`), { r2Code: 10001 }],
    [
      'nothing of a stack that has another message',
      Object.assign(new Error('x'), { stack: `Error: ${TEXT}` }),
      { at: [] },
    ],
  ])('is told, and no more: %s', (_what, error, description) => {
    const described = describeError(error);
    expect(described).toMatchObject(description);
    expect(JSON.stringify(described)).not.toMatch(/the text|secretFunction/);
  });

  it('no message is told that looks like a stack', () => {
    const { at } = describeError(new Error(TEXT));
    expect(at.length).toBeGreaterThan(0);
    expect(at.join()).not.toContain('secretFunction');
  });
});

const everything = {
  limit: 10,
  beforeNumber: undefined,
  words: '',
  language: '',
  startMs: 0,
  endMs: Number.MAX_SAFE_INTEGER,
};

function asOwner(stack: Stack, { key }: User = ada) {
  const credential = getCredential(env.INSTANCE_SECRETS, 'key', key);
  if (!credential) throw new Error('the key is none of this instance');
  return stack.as(credential);
}

/** What was logged, each line read as JSON. */
function told(): unknown[] {
  return lines.map((line): unknown => JSON.parse(line));
}

function expectNothingTold(texts: readonly string[]): void {
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts)
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
}
