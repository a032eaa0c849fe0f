// How bytes are served: the headers that keep readers safe and caches right, HEAD, 304, and pages for browsers.

import { beforeAll, describe, expect, it } from 'vitest';
import { ask, signIn, type User } from '../edge.ts';

const text = 'def f():\n    return 1\n'.repeat(500);
let ada: User;

beforeAll(async () => {
  ada = await signIn('served');
  await ada.ask('/served.py?description=why', { method: 'PUT', body: text });
});

describe('what a stranger wrote', () => {
  it.each(['/~served', '/~served/1', '/raw/~served', '/raw/~served/1'])(
    'is plain text that nothing runs: %s',
    async (path) => {
      const answer = await ask(path);
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(answer.headers.get('content-disposition')).toBeNull();
      expect(await answer.text()).toBe(text);
    },
  );

  it('is a page for a browser, without script, and never under /raw', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const page = await ask('/~served', { headers });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[0-9a-f-]{36}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(await page.text()).toMatch(/<h1>served\.py<\/h1>\s*<p>why<\/p>/);
    const raw = await ask('/raw/~served', { headers });
    expect(raw.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('has on HEAD the headers of GET and no body', async () => {
    const head = await ask('/~served', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(text.length));
    expect(head.headers.get('etag')).toBe((await ask('/~served')).headers.get('etag'));
    expect(await head.text()).toBe('');
  });

  it.each([
    ['its tag', (tag: string) => tag, 304],
    ['its tag, weakly', (tag: string) => `W/${tag}`, 304],
    ['its tag among others', (tag: string) => `"x", ${tag}`, 304],
    ['another tag', () => '"0000"', 200],
  ])('is not sent again to whoever shows %s', async (_what, show, status) => {
    const tag = (await ask('/~served')).headers.get('etag') ?? '';
    const answer = await ask('/~served', { headers: { 'if-none-match': show(tag) } });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe(status === 304 ? '' : text);
  });

  it('is found under %7E too, as some clients write it', async () => {
    expect((await ask('/%7Eserved')).status).toBe(200);
    expect((await ask('/%7eserved/1')).status).toBe(200);
  });
});

describe('a push', () => {
  it('answers with the bare address and a newline, and the address in Location', async () => {
    const answer = await ada.ask('/', { method: 'POST', body: 'x' });
    expect(answer.status).toBe(201);
    const address = answer.headers.get('location');
    expect(await answer.text()).toBe(`${address}\n`);
    expect(await (await ask(new URL(address ?? '').pathname)).text()).toBe('x');
  });

  it('answers with JSON where that is asked for', async () => {
    const answer = await ada.ask('/', { method: 'POST', body: 'é', headers: { accept: 'application/json' } });
    expect(await answer.json()).toMatchObject({
      address: answer.headers.get('location'),
      sizeBytes: 2,
      visibility: 'public',
    });
  });

  it('is what is piped into curl, which puts it at the bare address', async () => {
    const answer = await ada.ask('/', { method: 'PUT', body: 'piped' });
    expect(answer.status).toBe(201);
    expect(await (await ask('/~served')).text()).toBe('piped');
  });

  it('under a file name knows the language by it', async () => {
    await ada.ask('/module.py', { method: 'PUT', body: 'x' });
    const latest = await (await ada.ask('/v1/snippets/latest')).json();
    expect(latest).toMatchObject({ language: 'python', origin: { fileName: 'module.py' } });
  });

  it('with the same Idempotency-Key is one push', async () => {
    const headers = { 'idempotency-key': 'the same' };
    const first = await ada.ask('/', { method: 'POST', body: 'once', headers });
    const again = await ada.ask('/', { method: 'POST', body: 'once', headers });
    expect(await again.text()).toBe(await first.text());
  });
});

describe('operations', () => {
  it('say that the edge is up, which one it is, and how to use it', async () => {
    expect(await (await ask('/health')).json()).toEqual({ status: 'ok' });
    expect(await (await ask('/version')).json()).toMatchObject({ name: 'pybin' });
    expect(await (await ask('/')).text()).toContain('curl http://localhost/~user');
  });
});
