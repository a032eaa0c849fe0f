// The typed client against the real Worker: the contract over Connect.

import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { type Client, connect, type Push } from '../../../shared/client.ts';
import { limits } from '../../../shared/limits.ts';
import { type ProblemCode, ProblemError } from '../../../shared/problem.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { ask, origin, signIn } from '../edge.ts';

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

  it('deletes', async () => {
    const client = await clientOf('client-delete');
    const { id } = await client.push(pushOf('x'));
    await client.delete(id);
    expect(await client.list()).toEqual([]);
    expect((await ask(`/s/${id}`)).status).toBe(404);
  });

  it('knows whose key it has', async () => {
    const client = await clientOf('client-account');
    expect(await client.account()).toEqual({ userId: 'client-account', defaultVisibility: 'public' });
  });
});

describe('the client rejects with a problem of the table', () => {
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

async function expectProblem(call: () => Promise<unknown>, code: ProblemCode) {
  const error = await call().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error('expected a problem', { cause: error });
  expect(error.problem.code).toBe(code);
  return error.problem;
}
