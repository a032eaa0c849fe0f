// The tools of a language model, asked for by the official client over streamable HTTP.

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, origin, signIn, type User } from '../edge.ts';
import { createKey } from '../stack/as-holder.ts';

/** A client of the newest protocol, or of the one before, with a key. */
async function connect(key: string, era: 'modern' | 'legacy' = 'modern'): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1' },
    era === 'modern' ? { versionNegotiation: { mode: 'auto' } } : {},
  );
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${origin}/mcp`), {
      requestInit: { headers: { authorization: `Bearer ${key}` } },
      fetch: (url, init) => ask(new URL(url).pathname, init),
    }),
  );
  return client;
}

async function textOf(client: Client, name: string, args: Record<string, unknown> = {}): Promise<string> {
  const { content, isError } = await client.callTool({ name, arguments: args });
  const [first] = content;
  if (first?.type !== 'text') throw new Error('no text came');
  return isError ? `refused: ${first.text}` : first.text;
}

/** The address that a push is answered with. */
async function pushed(client: Client, args: Record<string, unknown>): Promise<string> {
  const [address = ''] = (await textOf(client, 'push_snippet', args)).split('\n');
  return address;
}

async function somebody(name: string): Promise<{ user: User; client: Client }> {
  const user = await signIn(`mcp-${name}`);
  return { user, client: await connect(user.key) };
}

const python = 'def f():\r\n\treturn "ü 🐍"';

// The protocol's library is loaded when it is first asked for.
beforeAll(async () => void (await import('../../../worker/mcp/mcp.ts')), 60_000);

describe('A language model', () => {
  it.each(['modern', 'legacy'] as const)('finds the tools, by the %s protocol', async (era) => {
    const user = await signIn(`mcp-tools-${era}`);
    const { tools } = await (await connect(user.key, era)).listTools();
    expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint])).toEqual([
      ['push_snippet', false],
      ['pull_snippet', true],
      ['list_snippets', true],
      ['search_history', true],
    ]);
  });

  it('pushes a text, which is there byte by byte at the address that it gets', async () => {
    const { client } = await somebody('push');
    const address = await pushed(client, { text: python, language: 'python' });
    expect(await (await ask(new URL(address).pathname)).text()).toBe(python);
  });

  it('makes one snippet of two pushes with the same request id', async () => {
    const { client, user } = await somebody('retry');
    const push = { text: python, requestId: crypto.randomUUID() };
    expect(await textOf(client, 'push_snippet', push)).toBe(await textOf(client, 'push_snippet', push));
    const { snippets } = await (await user.ask('/v1/snippets')).json<{ snippets: unknown[] }>();
    expect(snippets).toHaveLength(1);
  });

  it('pulls the newest, and any by its id', async () => {
    const { client, user } = await somebody('pull');
    await user.push('below');
    await user.push(python);
    expect(await textOf(client, 'pull_snippet')).toBe(python);
    const { snippets } = JSON.parse(await textOf(client, 'list_snippets'));
    expect(snippets.map(({ firstLine }: { firstLine: string }) => firstLine)).toEqual(['def f():', 'below']);
    expect(await textOf(client, 'pull_snippet', { id: snippets[1].id })).toBe('below');
  });

  it('hears with the address who may read it, and until when', async () => {
    const { client } = await somebody('told');
    const said = await textOf(client, 'push_snippet', { text: 'x', visibility: 'private', ttlSeconds: 60 });
    expect(said).toMatch(
      /^http:\/\/localhost\/s\/[0-9A-Za-z]{22}\nNumber 1 on the stack, private, until 20[-0-9T:.]+Z\.$/,
    );
  });

  it('pulls a number, on the stack or in the history, the person’s own private ones too', async () => {
    const { client, user } = await somebody('number');
    await user.push('popped', '?visibility=unlisted');
    await textOf(client, 'search_history');
    await user.ask('/v1/snippets/pop', { method: 'POST' });
    await user.push('mine alone', '?visibility=private');
    await user.push('newest');
    expect(await textOf(client, 'pull_snippet', { number: 2 })).toBe('mine alone');
    expect(await textOf(client, 'pull_snippet', { number: 1 })).toBe('popped');
    expect(await textOf(client, 'pull_snippet', { number: 9 })).toMatch(/never here/);
  });

  it('is told a visibility in the word that it pushes with', async () => {
    const { client, user } = await somebody('words');
    await user.push('mine alone', '?visibility=private');
    const { snippets } = JSON.parse(await textOf(client, 'list_snippets'));
    expect(snippets[0].visibility).toBe('private');
  });

  it('is given an empty list where there is nothing', async () => {
    const { client } = await somebody('nothing');
    expect(JSON.parse(await textOf(client, 'list_snippets'))).toEqual({ snippets: [] });
    expect(JSON.parse(await textOf(client, 'search_history'))).toEqual({ entries: [] });
  });

  it('pushes nothing by a key that only reads', async () => {
    const { user } = await somebody('reads');
    const { keyText } = await createKey(user.userId, { scope: 'read' });
    const client = await connect(keyText);
    expect(await textOf(client, 'push_snippet', { text: 'x' })).toMatch(/^refused: This key may only read/);
    expect(JSON.parse(await textOf(client, 'list_snippets'))).toEqual({ snippets: [] });
  });

  it('finds in the history what is no more on the stack, and reads it', async () => {
    const { client, user } = await somebody('history');
    await user.push('quicksort = 1');
    await user.ask('/v1/snippets/pop', { method: 'POST' });
    const { entries } = JSON.parse(await textOf(client, 'search_history', { query: 'quicksort' }));
    expect(await textOf(client, 'pull_snippet', { id: entries[0].id })).toBe('quicksort = 1');
  });

  it.each([
    ['an empty stack', 'pull_snippet', {}, /stack is empty/],
    ['a number and an id', 'pull_snippet', { number: 1, id: 'x' }, /not both/],
    ['what nobody knows', 'pull_snippet', { nummer: 1 }, /nummer/],
    ['what a push doesn’t take', 'push_snippet', { text: 'x', private: true }, /private/],
    ['half a second', 'push_snippet', { text: 'x', ttlSeconds: 90.5 }, /lifetime/],
    ['an id that is none', 'pull_snippet', { id: 'x' }, /never here/],
    ['a lifetime over the limit', 'push_snippet', { text: 'x', ttlSeconds: 99_999_999 }, /lifetime/],
    ['a visibility that there isn’t', 'push_snippet', { text: 'x', visibility: 'secret' }, /visibility/],
    ['no text', 'push_snippet', {}, /text/],
    ['a page of a thousand', 'search_history', { pageSize: 1000 }, /100/],
  ])('hears in words of %s', async (what, tool, args, words) => {
    const { client } = await somebody(`bad-${what.length}`);
    expect(await textOf(client, tool, args)).toMatch(words);
  });
});

describe('The door for language models', () => {
  const list = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'list_snippets' },
  });
  const accept = 'application/json, text/event-stream';
  const post = (headers: Record<string, string>, body: string = list) =>
    ask('/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body,
    });

  it.each([
    ['without a key', {}],
    ['with a made-up key', { authorization: 'Bearer pyb_x' }],
    ['with the cookie of a browser', { cookie: '__Host-pybin=x', origin }],
  ])('answers 401 %s', async (_how, headers) => {
    const answer = await post(headers);
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="pybin"']);
  });

  it('answers 401 to a key of this instance that is unknown to its owner', async () => {
    const ada = await signIn('mcp-unknown');
    const last = ada.key.endsWith('a') ? 'b' : 'a';
    const answer = await post({ authorization: `Bearer ${ada.key.slice(0, -1)}${last}` });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['no JSON', '{', 400],
    ['half a character', '"\uD800"', 415],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"x"}', 200],
  ])('answers a body that is %s without breaking', async (what, body, status) => {
    const ada = await signIn(`mcp-body-${what.length}`);
    const answer = await post({ authorization: `Bearer ${ada.key}` }, body);
    expect(answer.status).toBe(status);
  });

  it('is asked by POST; a file of that name is pushed, as of any', async () => {
    const answer = await ask('/mcp');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'PUT, POST']);
  });
});
