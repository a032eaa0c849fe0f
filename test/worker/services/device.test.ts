// The device of a snippet: the name of the key that pushed or last replaced it, for its owner's eyes only.

import { describe, expect, it } from 'vitest';
import { ask, signIn, type User } from '../edge.ts';
import { openBrowser } from '../session.ts';
import { useOwnClock } from '../stack-inside.ts';

useOwnClock();

interface Snippet {
  readonly id: string;
  readonly number: number;
  readonly device: string;
}

/** Somebody's key of a name. */
async function deviceOf(userId: string, name: string): Promise<Pick<User, 'ask'>> {
  const answer = await ask('/sign-in/local', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, name }),
  });
  const { key } = await answer.json<{ key: string }>();
  return {
    ask(path, init = {}) {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${key}`);
      return ask(path, { ...init, headers });
    },
  };
}

async function latest(owner: Pick<User, 'ask'>): Promise<Snippet> {
  return (await owner.ask('/v1/snippets/latest')).json();
}

const post = (text: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: text,
  headers,
});

describe('the device of a snippet', () => {
  it.each([
    ['plain curl', 'POST', '/', 'x', {}],
    ['a named upload', 'PUT', '/a.py', 'x', {}],
    ['REST', 'POST', '/v1/snippets', '{"text":"x"}', {}],
    [
      'Connect',
      'POST',
      '/pybin.v1.SnippetService/CreateSnippet',
      '{"text":"x"}',
      { 'content-type': 'application/json' },
    ],
  ])('is the name of the key that pushed it by %s', async (what, method, path, body, headers) => {
    const laptop = await deviceOf(`pushed-${what.length}`, 'VS Code on laptop');
    const pushed = await laptop.ask(path, { method, body, headers });
    expect(pushed.ok).toBe(true);
    if (path.startsWith('/v1/') || path.startsWith('/pybin.'))
      expect(JSON.stringify(await pushed.json())).toContain('"device":"VS Code on laptop"');
    const snippet = await latest(laptop);
    expect(snippet.device).toBe('VS Code on laptop');
    expect(await (await laptop.ask(`/v1/snippets/${snippet.id}`)).json()).toMatchObject({
      device: 'VS Code on laptop',
    });
    expect(await (await laptop.ask('/v1/snippets')).json()).toMatchObject({
      snippets: [{ device: 'VS Code on laptop' }],
    });
  });

  it.each<[string, (id: string) => [string, RequestInit]]>([
    ['its text by curl', (id) => [`/s/${id}`, { method: 'PUT', body: 'new' }]],
    [
      'its description by REST',
      (id) => [`/v1/snippets/${id}`, { method: 'PUT', body: '{"description":"d"}' }],
    ],
  ])('is that of whoever last replaced %s', async (what, replacing) => {
    const userId = `replaced-${what.length}`;
    const laptop = await deviceOf(userId, 'laptop');
    const desk = await deviceOf(userId, 'desk');
    await laptop.ask('/', post('x'));
    await desk.ask(...replacing((await latest(laptop)).id));
    expect(await latest(laptop)).toMatchObject({ number: 1, revision: 2, device: 'desk' });
  });

  it('stays when its key is revoked', async () => {
    const laptop = await deviceOf('outlives', 'laptop');
    const desk = await deviceOf('outlives', 'desk');
    await laptop.ask('/', post('x'));
    await desk.ask('/v1/keys/1', { method: 'DELETE' });
    expect((await latest(desk)).device).toBe('laptop');
  });

  it('is that of the first answer where a push is tried again', async () => {
    const laptop = await deviceOf('tries-again', 'laptop');
    const desk = await deviceOf('tries-again', 'desk');
    const headers = { 'idempotency-key': 'the same' };
    await laptop.ask('/v1/snippets', post('{"text":"x"}', headers));
    const retried = await desk.ask('/v1/snippets', post('{"text":"x"}', headers));
    expect(await retried.json()).toMatchObject({ number: 1, device: 'laptop' });
  });

  it('is that of the key that restored it', async () => {
    const laptop = await deviceOf('restores', 'laptop');
    const desk = await deviceOf('restores', 'desk');
    await laptop.ask('/', post('x'));
    const { id } = await latest(laptop);
    await laptop.ask('/v1/history');
    const restored = await desk.ask(`/v1/history/${id}/restore`, { method: 'POST' });
    expect(await restored.json()).toMatchObject({ number: 2, device: 'desk' });
    expect((await latest(laptop)).device).toBe('desk');
  });

  it('is none where no key pushed it', async () => {
    await signIn('by-session');
    const browser = await openBrowser('by-session');
    await browser.ask('/', post('x'));
    expect((await latest(browser)).device).toBe('');
  });

  it('is told to those who watch', async () => {
    const laptop = await deviceOf('watched', 'laptop');
    await laptop.ask('/', post('one'));
    const { webSocket: socket } = await laptop.ask('/v1/live', { headers: { upgrade: 'websocket' } });
    const heard: unknown[] = [];
    socket?.addEventListener('message', ({ data }) => {
      heard.push(JSON.parse(String(data)));
    });
    socket?.accept();
    await laptop.ask('/', post('two'));
    const { id } = await latest(laptop);
    await laptop.ask(`/s/${id}`, { method: 'PUT', body: 'three' });
    await expect.poll(() => heard).toHaveLength(3);
    expect(heard).toMatchObject([
      { stack: { snippets: [{ device: 'laptop' }] } },
      { pushed: { device: 'laptop' } },
      { replaced: { device: 'laptop' } },
    ]);
    socket?.close();
  });

  it('is told to no stranger, at no address', async () => {
    const laptop = await deviceOf('untold', 'laptop-of-secrets');
    await laptop.ask('/', post('public text'));
    const { id } = await latest(laptop);
    const paths = ['/~untold', '/~untold/1', `/s/${id}`, '/raw/~untold', `/raw/s/${id}`];
    for (const path of paths)
      for (const accept of ['text/html', 'application/json', '*/*']) {
        const answer = await ask(path, { headers: { accept } });
        const told = `${JSON.stringify([...answer.headers])} ${await answer.text()}`;
        expect(told).toContain('public text');
        expect(told).not.toContain('laptop-of-secrets');
      }
  });
});
