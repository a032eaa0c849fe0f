// How bytes are served: the headers that keep readers safe and caches right, HEAD, 304, and pages for browsers.

import { env } from 'cloudflare:workers';
import { createExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { answer as answerDirectly } from '../../../worker/router.ts';
import { ask, origin, signIn, type User } from '../edge.ts';
import { rowsOf } from '../stack-inside.ts';
import { expectProblem } from './problem.ts';
import { nobody, pushed, somebody } from './pushed.ts';

const text = 'def f():\n    return 1\n'.repeat(500);
/** Whose text is served. */
let server: User;
let served: string;

beforeAll(async () => {
  server = await signIn('served');
  await server.ask('/served.py?description=why', { method: 'PUT', body: text });
  const latest = await server.ask('/v1/snippets/latest');
  served = (await latest.json<{ id: string }>()).id;
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

  it('is found under %7E too, as some clients write it', async () => {
    expect((await ask('/%7Eserved')).status).toBe(200);
    expect((await ask('/%7eserved/1')).status).toBe(200);
  });
});

describe('a text that is stored compressed', () => {
  it.each(['gzip', 'gzip, deflate, br', 'br, gzip;q=0.5', 'deflate , gzip ; q=1', 'gzip;q=0.001'])(
    'goes out as it lies to whoever accepts %s',
    async (accepted) => {
      const read = await askAccepting(accepted, '/~served');
      expect(read.headers.get('content-encoding')).toBe('gzip');
      const [row] = await rowsOf('served', 'snippets');
      const bytes = await read.arrayBuffer();
      expect(bytes).toEqual(row?.['head']);
      expect(bytes.byteLength).toBeLessThan(text.length);
      expect(read.headers.get('content-length')).toBe(String(bytes.byteLength));
    },
  );

  it.each(['', 'identity', 'br, deflate', 'gzip;q=0', 'gzip; q=0.000, br', 'gzipped', '*;q=0'])(
    'goes out unpacked to whoever accepts "%s"',
    async (accepted) => {
      const read = await askAccepting(accepted, '/~served');
      expect(read.headers.get('content-encoding')).toBeNull();
      expect(read.headers.get('content-length')).toBe(String(text.length));
      expect(await read.text()).toBe(text);
    },
  );

  it('has another tag when it is sent so, and says on what that hangs', async () => {
    const packed = await askAccepting('gzip', '/~served');
    const plain = await askAccepting('', '/~served');
    expect(packed.headers.get('etag')).toBe(plain.headers.get('etag')?.replace(/"$/, '-gzip"'));
    for (const read of [packed, plain])
      expect(read.headers.get('vary')).toBe('Accept, Accept-Encoding, Authorization, Cookie');
  });

  it('is sent as it is where it is too short to be stored so', async () => {
    const ada = await somebody();
    await ada.push('short');
    const read = await askAccepting('gzip', `/~${ada.userId}`);
    expect(read.headers.get('content-encoding')).toBeNull();
    expect(await read.text()).toBe('short');
  });
});

describe('HEAD', () => {
  it.each([
    ['packed', 'gzip'],
    ['plain', ''],
  ])('has the headers of GET, with its length, and no body: %s', async (_what, accepted) => {
    for (const path of ['/~served', '/~served/1', '/raw/~served', `/s/${served}`, `/raw/s/${served}`]) {
      const get = await askAccepting(accepted, path);
      const head = await askAccepting(accepted, path, { method: 'HEAD' });
      expect(head.status).toBe(200);
      expect([...head.headers]).toEqual([...get.headers]);
      expect(head.headers.get('content-length')).toBe(String((await get.arrayBuffer()).byteLength));
      expect(await head.text()).toBe('');
    }
  });

  it('of a page has the headers of a page, and no body', async () => {
    const head = await ask('/~served', { method: 'HEAD', headers: { accept: 'text/html' } });
    expect(head.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await head.text()).toBe('');
  });

  it('of nothing is 404, and no body', async () => {
    const head = await ask('/~served/99', { method: 'HEAD' });
    expect(head.status).toBe(404);
    expect(await head.text()).toBe('');
  });
});

type Show = (tag: string) => string;
const otherTag = `"${'0'.repeat(64)}"`;
const packedTag: Show = (tag) => tag.replace(/(-gzip)?"$/, '-gzip"');
const plainTag: Show = (tag) => tag.replace('-gzip', '');

describe('If-None-Match', () => {
  const known: [string, Show][] = [
    ['its tag', (tag) => tag],
    ['its tag, weakly', (tag) => `W/${tag}`],
    ['its tag among others', (tag) => `${otherTag}, ${tag}`],
    ['its tag among others, without spaces', (tag) => `W/${otherTag},${tag},"x"`],
    ['the tag of the packed text', packedTag],
    ['the tag of the plain text', plainTag],
    ['both tags', (tag) => `${packedTag(tag)}, ${plainTag(tag)}`],
    ['any tag', () => '*'],
  ];

  it.each(known)('with %s gets 304 and what else a 200 would tell', async (_what, show) => {
    for (const accepted of ['gzip', ''])
      for (const method of ['GET', 'HEAD']) {
        const whole = await askAccepting(accepted, '/~served', { method });
        const headers = { 'if-none-match': show(whole.headers.get('etag') ?? '') };
        const read = await askAccepting(accepted, '/~served', { method, headers });
        expect(read.status).toBe(304);
        expect(await read.text()).toBe('');
        for (const name of [
          'etag',
          'cache-control',
          'vary',
          'last-modified',
          'access-control-allow-origin',
        ]) {
          expect(read.headers.get(name)).toBe(whole.headers.get(name));
        }
      }
  });

  it.each<[string, Show]>([
    ['another tag', () => otherTag],
    ['its tag without quotes', (tag) => tag.replaceAll('"', '')],
    ['half of its tag', (tag) => `${tag.slice(0, 33)}"`],
    ['its tag with an unknown end', (tag) => tag.replace(/"$/, '-br"')],
    ['nonsense', () => '"'],
  ])('with %s gets the text', async (_what, show) => {
    const tag = (await ask('/~served')).headers.get('etag') ?? '';
    const read = await ask('/~served', { headers: { 'if-none-match': show(tag) } });
    expect(read.status).toBe(200);
    expect(await read.text()).toBe(text);
  });

  it('with any tag where nothing is gets 404', async () => {
    await expectProblem(await ask('/~served/99', { headers: { 'if-none-match': '*' } }), {
      code: 'not_found',
    });
  });

  it('tells strangers nothing of what is private', async () => {
    const ada = await somebody('private');
    const { id, sha256 } = await pushed(ada, 'mine');
    const headers = { 'if-none-match': `"${sha256}"` };
    await expectProblem(await ask(`/s/${id}`, { headers }), { code: 'not_found' });
    expect((await ada.ask(`/s/${id}`, { headers })).status).toBe(304);
  });
});

describe('what may be kept and by whom', () => {
  const shared = { 'cache-control': 'public, no-cache', 'access-control-allow-origin': '*' };
  const own = { 'cache-control': 'private, no-store', 'access-control-allow-origin': null };

  it.each([
    ['public', 'a stranger', shared],
    ['public', 'its owner', shared],
    ['unlisted', 'a stranger', own],
    ['unlisted', 'its owner', own],
    ['private', 'its owner', own],
  ] as const)('of what is %s, read by %s', async (visibility, reader, expected) => {
    const ada = await somebody();
    const { id, sha256 } = await pushed(ada, text, `?visibility=${visibility}`);
    const asker = reader === 'its owner' ? ada : nobody;
    const reads = [
      await asker.ask(`/s/${id}`),
      await asker.ask(`/raw/s/${id}`),
      await asker.ask(`/s/${id}`, { method: 'HEAD' }),
      await asker.ask(`/s/${id}`, { headers: { 'if-none-match': `"${sha256}"` } }),
    ];
    expect(reads.map(({ status }) => status)).toEqual([200, 200, 200, 304]);
    for (const read of reads)
      for (const [name, value] of Object.entries(expected)) expect(read.headers.get(name)).toBe(value);
    const page = await asker.ask(`/s/${id}`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('cache-control')).toBe(expected['cache-control']);
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['/v1/snippets', '/v1/snippets/latest', '/v1/account', '/v1/account/reads'])(
    'of the contract’s answers, by nobody: %s',
    async (path) => {
      const read = await server.ask(path);
      expect(read.headers.get('cache-control')).toBe('private, no-store');
    },
  );
});

describe('a form', () => {
  it('is read back as its first part alone, under that part’s name', async () => {
    const bob = await somebody();
    const form = new FormData();
    form.append('f', new File([text], 'C:\\code\\from-a-form.py'));
    form.append('token', 'not for others');
    const answered = await bob.ask('/?visibility=unlisted', {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
    });
    const { id } = await answered.json<{ id: string }>();
    expect(await (await ask(`/s/${id}`)).text()).toBe(text);
    expect(await (await ask(`/s/${id}`, { headers: { accept: 'text/html' } })).text()).toContain(
      '<h1>from-a-form.py</h1>',
    );
    expect(await (await bob.ask(`/v1/snippets/${id}`)).json()).toMatchObject({
      language: 'python',
      origin: { fileName: 'from-a-form.py' },
    });
  });

  it('has the name of the address where both tell one', async () => {
    const bob = await somebody();
    const form = new FormData();
    form.append('f', new File(['x'], 'form.js'));
    await bob.ask('/address.py', { method: 'PUT', body: form });
    expect(await (await bob.ask('/v1/snippets/latest')).json()).toMatchObject({
      language: 'python',
      origin: { fileName: 'address.py' },
    });
  });
});

describe('a push', () => {
  it('answers with the bare address and a newline, and the address in Location', async () => {
    const answer = await (await somebody()).ask('/', { method: 'POST', body: 'x' });
    expect(answer.status).toBe(201);
    const address = answer.headers.get('location');
    expect(await answer.text()).toBe(`${address}\n`);
    expect(await (await ask(new URL(address ?? '').pathname)).text()).toBe('x');
  });

  it('answers with JSON where that is asked for', async () => {
    const answer = await (
      await somebody()
    ).ask('/', { method: 'POST', body: 'é', headers: { accept: 'application/json' } });
    expect(await answer.json()).toMatchObject({
      address: answer.headers.get('location'),
      sizeBytes: 2,
      visibility: 'public',
    });
  });

  it('is what is piped into curl, which puts it at the bare address', async () => {
    const bob = await somebody();
    const answer = await bob.ask('/', { method: 'PUT', body: 'piped' });
    expect(answer.status).toBe(201);
    expect(await (await ask(`/~${bob.userId}`)).text()).toBe('piped');
  });

  it('under a file name knows the language by it', async () => {
    const bob = await somebody();
    await bob.ask('/module.py', { method: 'PUT', body: 'x' });
    const latest = await (await bob.ask('/v1/snippets/latest')).json();
    expect(latest).toMatchObject({ language: 'python', origin: { fileName: 'module.py' } });
  });
});

describe('operations', () => {
  it('say that the edge is up, which one it is, and how to use it', async () => {
    expect(await (await ask('/health')).json()).toEqual({ status: 'ok' });
    expect(await (await ask('/version')).json()).toMatchObject({ name: 'pybin' });
    expect(await (await ask('/')).text()).toContain('curl http://localhost/~user');
  });
});

/** A request of a client that accepts these encodings: the platform keeps its own word of it beside the header. */
function askAccepting(accepted: string, path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`${origin}${path}`, { ...init, cf: { clientAcceptEncoding: accepted } });
  return answerDirectly(request, env, createExecutionContext());
}
