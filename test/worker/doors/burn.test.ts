// Burning: gone after so many reads, which take a POST, so that no preview, scanner or HEAD takes one.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, signIn } from '../edge.ts';
import { atSeconds, ring, rowsOf, useOwnClock } from '../stack-inside.ts';
import { archivedTexts } from './archived.ts';
import { expectProblem } from './problem.ts';
import { nobody, numbersOf, pushed, somebody, told } from './pushed.ts';

useOwnClock();

const secret = 'TOKEN = "<only once>"\n';
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

const reveal = (id: string, headers: Record<string, string> = {}) =>
  ask(`/s/${id}/reveal`, { method: 'POST', headers });

describe('a burning snippet', () => {
  it('is unlisted and answered with its link, whatever the account’s default is', async () => {
    for (const visibility of ['public', 'unlisted', 'private'] as const) {
      const ada = await somebody(visibility);
      const answer = await pushed(ada, secret, '?burn=3&alias=once');
      expect(answer).toMatchObject({ visibility: 'unlisted', readsLeft: 3 });
      expect(answer.address).toBe(`http://localhost/s/${answer.id}`);
      for (const path of ['', '/1', '/once'])
        await expectProblem(await ask(`/~${ada.userId}${path}`), { code: 'not_found' });
      expect(await (await reveal(answer.id)).text()).toBe(secret);
    }
  });

  it('is pushed by the contract, too', async () => {
    const ada = await somebody();
    const body = JSON.stringify({ text: secret, burnReads: 2 });
    const answer = await ada.ask('/v1/snippets', { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ visibility: 'VISIBILITY_UNLISTED', readsLeft: 2 });
  });

  it('is gone with its last read', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, secret, '?burn=2');
    for (const left of [1, 0]) {
      const answer = await reveal(id);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(await answer.text()).toBe(secret);
      expect(await numbersOf(ada)).toEqual(left === 0 ? [] : [1]);
    }
    await expectProblem(await reveal(id), { code: 'not_found' });
    await expectProblem(await ask(`/s/${id}`), { code: 'not_found' });
    await expectProblem(await ada.ask(`/s/${id}`), { code: 'not_found' });
  });

  it('leaves no byte in the storage with its last read', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, secret, `?burn=1&description=${'d'.repeat(500)}`);
    await reveal(id);
    for (const table of ['snippets', 'chunks', 'stale_objects'])
      expect(await rowsOf(ada.userId, table)).toEqual([]);
  });

  it.each([
    [1, 8],
    [3, 8],
    [3, 50],
    [8, 50],
  ])('of %i reads is read by exactly so many of %i at once', async (reads, readers) => {
    const { id } = await pushed(await somebody(), secret, `?burn=${reads}`);
    const answers = await Promise.all(Array.from({ length: readers }, () => reveal(id)));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts.filter((text) => text === secret)).toHaveLength(reads);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(reads);
    await expectProblem(await ask(`/s/${id}`), { code: 'not_found' });
  });

  it('is read as a page by the button of a browser', async () => {
    const { id } = await pushed(await somebody(), secret, '?burn=1');
    const page = await reveal(id, html);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    expect(await page.text()).toContain('TOKEN = &quot;&lt;only once&gt;&quot;');
    await expectProblem(await reveal(id), { code: 'not_found' });
  });

  it('expires like any other', async () => {
    const { id } = await pushed(await somebody(), secret, '?burn=1&ttl=1m');
    atSeconds(60);
    await expectProblem(await reveal(id), { code: 'not_found' });
  });

  it('may be pushed by nobody', async () => {
    const { id } = await pushed(nobody, secret, '?burn=1');
    await expectProblem(await ask(`/s/${id}`), { code: 'burning' });
    expect(await (await reveal(id)).text()).toBe(secret);
    await expectProblem(await reveal(id), { code: 'not_found' });
  });
});

describe('what doesn’t read a burning snippet', () => {
  const looks: [string, (id: string, tag: string) => Promise<Response>][] = [
    ['a GET', (id) => ask(`/s/${id}`)],
    ['a GET of the bytes', (id) => ask(`/raw/s/${id}`)],
    ['a HEAD', (id) => ask(`/s/${id}`, { method: 'HEAD' })],
    ['a HEAD of the bytes', (id) => ask(`/raw/s/${id}`, { method: 'HEAD' })],
    ['a browser', (id) => ask(`/s/${id}`, { headers: html })],
    ['a browser’s HEAD', (id) => ask(`/s/${id}`, { method: 'HEAD', headers: html })],
    ['a browser at the bytes', (id) => ask(`/raw/s/${id}`, { headers: html })],
    ['a prefetch', (id) => ask(`/s/${id}`, { headers: { ...html, 'sec-purpose': 'prefetch' } })],
    ['If-None-Match with any tag', (id) => ask(`/s/${id}`, { headers: { 'if-none-match': '*' } })],
    ['If-None-Match with its tag', (id, tag) => ask(`/s/${id}`, { headers: { 'if-none-match': tag } })],
    ['a GET of the button', (id) => ask(`/s/${id}/reveal`)],
    ['a HEAD of the button', (id) => ask(`/s/${id}/reveal`, { method: 'HEAD' })],
    ['a PUT of the button', (id) => ask(`/s/${id}/reveal`, { method: 'PUT', body: 'x' })],
    ['a POST beside the button', (id) => ask(`/s/${id}`, { method: 'POST' })],
    ['a DELETE without a key', (id) => ask(`/s/${id}`, { method: 'DELETE' })],
  ];

  it.each(looks)('%s, of which none tells its text or its tag', async (_what, look) => {
    const { id, sha256 } = await pushed(await somebody(), secret, '?burn=1');
    for (let count = 0; count < 3; count++) {
      const answer = await look(id, `"${sha256}"`);
      expect(await answer.text()).not.toContain('TOKEN');
      expect(answer.headers.get('etag')).toBeNull();
      expect(answer.status).not.toBe(304);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(await (await reveal(id)).text()).toBe(secret);
  });

  it('its owner, by each address', async () => {
    const ada = await signIn('burn-owner');
    const { id } = await pushed(ada, secret, '?burn=1&alias=once');
    for (const path of [`/s/${id}`, `/raw/s/${id}`, '/~burn-owner', '/~burn-owner/1', '/~burn-owner/once']) {
      const answer = await ada.ask(path);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(await answer.text()).toBe(secret);
    }
    for (const path of [`/v1/snippets/${id}`, '/v1/snippets/latest'])
      expect(await (await ada.ask(path)).json()).toMatchObject({ text: secret, readsLeft: 1 });
    expect(await (await reveal(id)).text()).toBe(secret);
  });
});

describe('who asks for a burning snippet', () => {
  it('with curl is told how to read it', async () => {
    const { id } = await pushed(await somebody(), secret, '?burn=1');
    const answer = await ask(`/s/${id}`);
    expect(await answer.clone().text()).toMatch(/curl -X POST .*\/reveal/);
    await expectProblem(answer, { code: 'burning' });
  });

  it.each(['', '/'])('with a browser gets a page with one button%s', async (end) => {
    const { id } = await pushed(await somebody(), secret, '?burn=1');
    const page = await ask(`/s/${id}${end}`, { headers: html });
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; .*form-action 'self'; frame-ancestors 'none'$/,
    );
    const action = /<form method="post" action="([^"]+)">/.exec(await page.text())?.[1];
    expect(action).toBe(`/s/${id}/reveal`);
    expect(await (await ask(action ?? '', { method: 'POST', headers: html })).text()).toContain('TOKEN');
  });

  it('where none is, at the button, gets nothing', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, secret, '?burn=1');
    await ada.ask(`/s/${id}`, { method: 'DELETE' });
    for (const gone of [id, '0'.repeat(22), 'z'.repeat(22), 'x', '..%2f..'])
      await expectProblem(await reveal(gone), { code: 'not_found' });
  });
});

describe('the button', () => {
  it.each(['public', 'unlisted'])('gives what doesn’t burn, too: %s', async (visibility) => {
    const { id } = await pushed(await somebody(), 'stays', `?visibility=${visibility}`);
    for (let count = 0; count < 3; count++) expect(await (await reveal(id)).text()).toBe('stays');
    expect(await (await ask(`/s/${id}`)).text()).toBe('stays');
  });

  it('gives nothing that is private', async () => {
    const { id } = await pushed(await somebody(), 'mine', '?visibility=private');
    await expectProblem(await reveal(id), { code: 'not_found' });
  });
});

describe('the archive never has what burns', () => {
  it.each<[string, (id: string) => Promise<unknown>]>([
    ['while it is there', async () => undefined],
    ['once it is burnt', (id) => reveal(id)],
  ])('%s', async (_what, happen) => {
    const ada = await somebody();
    const { id } = await pushed(ada, secret, '?burn=1&ttl=1d');
    await pushed(ada, 'harmless', '?ttl=1d');
    await happen(id);
    expect(await archivedTexts(ada.userId)).toEqual(['harmless']);
  });

  it.each<[string, RequestInit, string]>([
    ['popped', { method: 'POST' }, '/v1/snippets/pop'],
    ['popped with a request id', { method: 'POST', headers: { 'idempotency-key': 'p' } }, '/v1/snippets/pop'],
    ['replaced', { method: 'PUT', body: 'another secret' }, '/s/'],
    ['deleted', { method: 'DELETE' }, '/s/'],
  ])('nor when it is %s', async (_what, init, path) => {
    const ada = await somebody();
    const { id } = await pushed(ada, secret, '?burn=1&ttl=1d');
    expect((await ada.ask(path === '/s/' ? `/s/${id}` : path, init)).ok).toBe(true);
    expect(await archivedTexts(ada.userId)).toEqual([]);
  });

  it('nor when its lifetime is over', async () => {
    const ada = await somebody();
    await pushed(ada, secret, '?burn=1&ttl=1m');
    expect(await archivedTexts(ada.userId)).toEqual([]);
    await ring(ada.userId);
    expect(await rowsOf(ada.userId, 'snippets')).toEqual([]);
  });
});

describe('how often it may be read', () => {
  it.each([1, limits.burnReads])('can be %i times', async (reads) => {
    const ada = await somebody();
    const { id } = await pushed(ada, secret, `?burn=${reads}`);
    expect(await told(ada, id)).toMatchObject({ readsLeft: reads });
  });

  it.each([
    '0',
    '101',
    '4294967297',
    '999999999999',
    '1e1',
    '-1',
    '+1',
    '01',
    '1.5',
    ' 1',
    '0x1',
    '١',
    'x',
    '',
  ])('can’t be "%s"', async (burn) => {
    const ada = await somebody();
    const query = `?burn=${encodeURIComponent(burn)}`;
    const answer = await ada.ask(`/${query}`, { method: 'POST', body: secret });
    await expectProblem(answer, { code: 'invalid_argument', field: 'burn' });
    expect(await numbersOf(ada)).toEqual([]);
  });

  it.each([101, 4_294_967_295])('can’t be %i by the contract', async (burnReads) => {
    const body = JSON.stringify({ text: secret, burnReads });
    const answer = await (await somebody()).ask('/v1/snippets', { method: 'POST', body });
    await expectProblem(answer, { code: 'invalid_argument', field: 'burn', limit: limits.burnReads });
  });

  it.each(['public', 'private'])('can’t be said of what is %s', async (visibility) => {
    const ada = await somebody();
    const answer = await ada.ask(`/?burn=1&visibility=${visibility}`, { method: 'POST', body: secret });
    await expectProblem(answer, { code: 'invalid_argument', field: 'visibility' });
    const { id } = await pushed(ada, secret, '?burn=1&visibility=unlisted');
    const replaced = await ada.ask(`/s/${id}?visibility=${visibility}`, { method: 'PUT', body: 'x' });
    await expectProblem(replaced, { code: 'invalid_argument', field: 'visibility' });
  });

  it('stays when the text is replaced', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, 'old', '?burn=2');
    await reveal(id);
    await ada.ask(`/s/${id}`, { method: 'PUT', body: 'new' });
    await expectProblem(await ask(`/s/${id}`), { code: 'burning' });
    expect(await (await reveal(id)).text()).toBe('new');
    await expectProblem(await reveal(id), { code: 'not_found' });
  });
});

describe('strangers who read burning snippets', () => {
  it('use up nothing of what their owner may write', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, secret, '?burn=100');
    for (let count = 0; count < limits.rates.writes.quota; count++)
      expect((await reveal(id)).status).toBe(200);
    expect((await ada.ask('/', { method: 'POST', body: 'mine' })).status).toBe(201);
  });
});
