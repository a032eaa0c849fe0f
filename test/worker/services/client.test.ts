// The typed client against the real Worker: the contract over Connect.

import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { type Client, connect, type Push } from '../../../shared/client.ts';
import { limits } from '../../../shared/limits.ts';
import { type ProblemCode, ProblemError } from '../../../shared/problem.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { Visibility as VisibilityMessage } from '../../../shared/gen/pybin_pb.js';
import { ask, origin, signIn } from '../edge.ts';
import { useOwnClock } from '../stack-inside.ts';

// workerd knows no redirect "error", which the client asks for everywhere else.
const fetchWorker: typeof fetch = (input, init) =>
  exports.default.fetch(new Request(input, { ...init, redirect: 'manual' }));

async function clientOf(userId: string): Promise<Client> {
  const { key } = await signIn(userId);
  return connect({ endpoint: origin, key, fetch: fetchWorker });
}

function pushOf(text: string, rest: Partial<Push> = {}): Push {
  return { ...plainDetails, text, requestId: crypto.randomUUID(), ...rest };
}

describe('the client', () => {
  it('pushes, and reads back all that was said', async () => {
    const client = await clientOf('client-whole');
    const said = {
      description: 'naïve 🐍',
      language: 'python',
      visibility: 'unlisted',
      ttlSeconds: 3600,
      findings: [{ tool: 'Ruff', code: 'F401', message: 'unused', line: 1, column: 8 }],
      needs: ['np', 'self'],
      fileName: 'a.py',
    } as const;
    const pushed = await client.push(pushOf('import os\n', said));
    expect(pushed.text).toBe('');
    const read = await client.latest();
    expect(read).toMatchObject({
      number: 1,
      text: 'import os\n',
      description: 'naïve 🐍',
      language: 'python',
    });
    expect(read.firstLine).toBe('import os');
    expect((await client.list())[0]?.firstLine).toBe('import os');
    expect(read.needs).toEqual(said.needs);
    expect(read.findings).toMatchObject(said.findings);
    expect(read.origin?.fileName).toBe('a.py');
    expect(read.address).toBe(`${origin}/s/${read.id}`);
    expect(await client.get(read.id)).toEqual(read);
  });

  it.each([
    ['a byte-order mark', '\uFEFFx'],
    ['Windows line ends and a NUL', 'a\r\n\0'],
    ['nothing', ''],
    ['emoji', '🐍'],
  ])('keeps %s byte for byte', async (what, text) => {
    const client = await clientOf(`client-${what.length}`);
    const { id } = await client.push(pushOf(text));
    expect((await client.get(id)).text === text).toBe(true);
  });

  it('pushes and reads ten MB', async () => {
    const client = await clientOf('client-large');
    const text = 'def f(x):\n    return x\n'.repeat(limits.textBytes / 23).padEnd(limits.textBytes, '#');
    await client.push(pushOf(text));
    expect((await client.latest()).text === text).toBe(true);
  });

  it('shows in lists the description’s beginning only, cut between characters', async () => {
    const client = await clientOf('client-lists');
    const description = '🐍'.repeat(300);
    const { id } = await client.push(pushOf('x', { description }));
    expect((await client.list())[0]?.description).toBe('🐍'.repeat(limits.summaryCharacters));
    expect((await client.get(id)).description).toBe(description);
  });

  it('makes no second snippet of a retried push, and gives the first answer again', async () => {
    const client = await clientOf('client-retry');
    const push = pushOf('once');
    const first = await client.push(push);
    expect(await client.push(push)).toEqual(first);
    expect(await client.list()).toHaveLength(1);
  });

  it('pushes under an alias, which is the address then', async () => {
    const client = await clientOf('client-alias');
    const pushed = await client.push(pushOf('by name', { alias: 'notes' }));
    expect(pushed).toMatchObject({ alias: 'notes', address: `${origin}/~client-alias/notes` });
    expect(await (await ask('/~client-alias/notes')).text()).toBe('by name');
    expect((await client.list())[0]?.alias).toBe('notes');
  });

  it('pushes what burns, and reads it without burning it', async () => {
    const client = await clientOf('client-burn');
    const { id, readsLeft, visibility } = await client.push(pushOf('once', { burnReads: 1 }));
    expect({ readsLeft, visibility }).toEqual({ readsLeft: 1, visibility: VisibilityMessage.UNLISTED });
    for (let count = 0; count < 3; count++) {
      expect(await client.get(id)).toMatchObject({ text: 'once', readsLeft: 1 });
      expect((await client.latest()).text).toBe('once');
    }
    expect(await (await ask(`/s/${id}/reveal`, { method: 'POST' })).text()).toBe('once');
    await expectProblem(() => client.get(id), 'not_found');
  });

  it('replaces what is given, keeps the rest, and knows the revision', async () => {
    const client = await clientOf('client-update');
    const said = { description: 'why', language: 'python', alias: 'notes', needs: ['np'] };
    const { id } = await client.push(pushOf('old', said));
    const before = await client.get(id);
    const updated = await client.update({ id, text: 'new', requestId: crypto.randomUUID() });
    expect(updated).toMatchObject({ text: '', revision: 2, alias: 'notes', needs: [] });
    expect(await client.get(id)).toMatchObject({
      text: 'new',
      description: 'why',
      language: 'python',
      createTime: before.createTime,
      expireTime: before.expireTime,
    });
    await client.update({
      id,
      description: '',
      language: 'toml',
      visibility: 'private',
      ttlSeconds: 3600,
      alias: '',
      requestId: crypto.randomUUID(),
    });
    expect(await client.get(id)).toMatchObject({
      text: 'new',
      description: '',
      language: 'toml',
      visibility: VisibilityMessage.PRIVATE,
      alias: '',
      address: `${origin}/s/${id}`,
      revision: 3,
    });
  });

  it('replaces once, though the replacement is tried again', async () => {
    const client = await clientOf('client-update-again');
    const { id } = await client.push(pushOf('old'));
    const update = { id, text: 'new', requestId: crypto.randomUUID() };
    const first = await client.update(update);
    expect(await client.update(update)).toEqual(first);
    expect((await client.get(id)).revision).toBe(2);
  });

  it('pops the newest with its text, once for each request id', async () => {
    const client = await clientOf('client-pop');
    await client.push(pushOf('one'));
    const two = await client.push(pushOf('two', { description: 'why', alias: 'notes' }));
    const requestId = crypto.randomUUID();
    const popped = await client.pop({ requestId });
    expect(popped).toEqual({ ...two, text: 'two' });
    expect(await client.pop({ requestId })).toEqual(popped);
    expect((await client.pop({ requestId: crypto.randomUUID() })).text).toBe('one');
    await expectProblem(() => client.pop({ requestId: crypto.randomUUID() }), 'not_found');
    expect(await client.list()).toEqual([]);
  });

  it('pops the number that is meant, or nothing', async () => {
    const client = await clientOf('client-pop-meant');
    const requestId = crypto.randomUUID();
    await client.push(pushOf('one'));
    await client.push(pushOf('two'));
    await expectProblem(() => client.pop({ number: 1, requestId }), 'stale');
    expect((await client.list()).length).toBe(2);
    expect((await client.pop({ number: 2, requestId })).text).toBe('two');
    expect((await client.pop({ number: 2, requestId })).text).toBe('two');
    await expectProblem(() => client.pop({ number: 2, requestId: crypto.randomUUID() }), 'stale');
    expect((await client.list()).length).toBe(1);
  });

  it('deletes', async () => {
    const client = await clientOf('client-delete');
    const { id } = await client.push(pushOf('x'));
    await client.delete(id);
    expect(await client.list()).toEqual([]);
    expect((await ask(`/s/${id}`)).status).toBe(404);
  });

  it('lists the keys, and revokes the one it has', async () => {
    const client = await clientOf('client-keys');
    const [key] = await client.listKeys();
    expect(key).toMatchObject({ number: 1, name: 'local sign-in', current: true });
    await client.deleteKey(1);
    await expectProblem(() => client.listKeys(), 'unauthenticated');
  });

  it('knows whose key it has', async () => {
    const client = await clientOf('client-account');
    expect(await client.account()).toEqual({
      userId: 'client-account',
      defaultVisibility: 'public',
      defaultTtlSeconds: limits.ttlSeconds.default,
    });
  });
});

describe('the client rejects with a problem of the table', () => {
  it('where a snippet was replaced since', async () => {
    const client = await clientOf('client-stale');
    const { id } = await client.push(pushOf('old'));
    const update = (revision: number) =>
      client.update({ id, text: `at ${revision}`, revision, requestId: crypto.randomUUID() });
    await update(1);
    await expectProblem(() => update(1), 'stale');
    expect((await client.get(id)).text).toBe('at 1');
  });

  it('where an alias is taken', async () => {
    const client = await clientOf('client-alias-taken');
    await client.push(pushOf('one', { alias: 'notes' }));
    const problem = await expectProblem(() => client.push(pushOf('two', { alias: 'notes' })), 'alias_taken');
    expect(problem.field).toBe('alias');
  });

  it('where a request id was used for something else', async () => {
    const client = await clientOf('client-other-request');
    const push = pushOf('x');
    await client.push(push);
    const problem = await expectProblem(() => client.pop({ requestId: push.requestId }), 'invalid_argument');
    expect(problem.field).toBe('requestId');
  });

  it('where the stack is empty', () =>
    expectProblem(async () => (await clientOf('client-empty')).latest(), 'not_found'));

  it('where the key is unknown', () =>
    expectProblem(
      () => connect({ endpoint: origin, key: 'pyb_nope', fetch: fetchWorker }).latest(),
      'unauthenticated',
    ));

  it('where the text is too large, with the limit', async () => {
    const client = await clientOf('client-too-large');
    const problem = await expectProblem(
      () => client.push(pushOf('x'.repeat(limits.textBytes + 1))),
      'too_large',
    );
    expect(problem).toMatchObject({ field: 'text', limit: limits.textBytes });
  });

  it('where the message is far too large', async () => {
    const client = await clientOf('client-far-too-large');
    await expectProblem(() => client.push(pushOf('x'.repeat(limits.messageBytes + 1))), 'too_large');
  });

  it('where a field is refused, by its name', async () => {
    const client = await clientOf('client-field');
    const problem = await expectProblem(
      () => client.push(pushOf('x', { ttlSeconds: 59 })),
      'invalid_argument',
    );
    expect(problem.field).toBe('ttl');
  });

  it('where nobody answers', () =>
    expectProblem(
      () =>
        connect({
          endpoint: origin,
          key: 'pyb_x',
          fetch: () => Promise.reject(new TypeError('fetch failed')),
        }).latest(),
      'unavailable',
    ));

  it('where somebody else answers', () =>
    expectProblem(
      () =>
        connect({
          endpoint: origin,
          key: 'pyb_x',
          fetch: async () =>
            new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }),
        }).latest(),
      'unavailable',
    ));

  it('where the one who asked gave up', async () => {
    const client = await clientOf('client-gives-up');
    await expectProblem(() => client.latest(AbortSignal.abort()), 'canceled');
  });
});

describe('the client in haste', () => {
  useOwnClock();

  it('is told of the limit, and how long to wait', async () => {
    const client = await clientOf('client-hasty');
    const { quota } = limits.rates.writes;
    for (let count = 0; count < quota; count++) await client.push(pushOf('x'));
    const problem = await expectProblem(() => client.push(pushOf('x')), 'rate_limited');
    expect(problem).toMatchObject({ policy: 'writes', limit: quota, retryAfterSeconds: 1 });
  });
});

async function expectProblem(call: () => Promise<unknown>, code: ProblemCode) {
  const error = await call().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error('expected a problem', { cause: error });
  expect(error.problem.code).toBe(code);
  return error.problem;
}
