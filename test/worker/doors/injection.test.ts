// Header injection and markup: what a person wrote is data, in every header, page and message it comes to.

import { beforeEach, describe, expect, it } from 'vitest';
import { ask, type User } from '../edge.ts';
import { expectProblem } from './problem.ts';
import { nobody, pushed, somebody } from './pushed.ts';

let ada: User;

beforeEach(async () => {
  ada = await somebody();
});

const html = { accept: 'text/html' };
const markup = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;`;
const lines = 'x\r\nSet-Cookie: pybin=1\r\n\r\n<html>';

/** Every header that a test of this file may see. None of them holds a word that a person wrote. */
const HEADERS: ReadonlySet<string> = new Set([
  'access-control-allow-origin',
  'access-control-expose-headers',
  'cache-control',
  'content-length',
  'content-security-policy',
  'content-type',
  'etag',
  'last-modified',
  'location',
  'pybin-delete-token',
  'pybin-duplicate-of',
  'referrer-policy',
  'vary',
  'x-content-type-options',
]);

function expectPlainHeaders(answer: Response): void {
  for (const [name, value] of answer.headers) {
    expect([...HEADERS]).toContain(name);
    expect(value).toMatch(/^[\x20-\x7e]*$/);
    // Vary names our own header.
    const told = name === 'vary' ? value.replace(/, Cookie$/, '') : value;
    expect(told).not.toMatch(/cookie|script|<html>/i);
  }
}

describe('a line break in a name', () => {
  it.each<[string, string, RequestInit, string | undefined]>([
    ['of a file, in the address', `/${encodeURIComponent(lines)}`, { method: 'PUT', body: 'x' }, 'fileName'],
    ['of a file, in a form', '/', { method: 'POST', body: formNamed(lines) }, undefined],
    [
      'of a file, in the contract',
      '/v1/snippets',
      json({ text: 'x', origin: { fileName: lines } }),
      'fileName',
    ],
    ['that is an alias', `/?alias=${encodeURIComponent(lines)}`, { method: 'POST', body: 'x' }, 'alias'],
    ['that is an alias, in the contract', '/v1/snippets', json({ text: 'x', alias: lines }), 'alias'],
    ['of a language', `/?language=${encodeURIComponent(lines)}`, { method: 'POST', body: 'x' }, 'language'],
    [
      'of a visibility',
      `/?visibility=${encodeURIComponent(lines)}`,
      { method: 'POST', body: 'x' },
      'visibility',
    ],
    ['of an option', `/?${encodeURIComponent(lines)}=1`, { method: 'POST', body: 'x' }, lines],
    ['of a field', '/v1/snippets', json({ [lines]: 1 }), lines],
  ])('%s is refused, and is in no header', async (_what, path, init, field) => {
    const refused = await ada.ask(path, init);
    expectPlainHeaders(refused);
    await expectProblem(refused, { code: 'invalid_argument', ...(field !== undefined && { field }) });
  });

  it('of a user looks like nobody', async () => {
    const refused = await ask(`/~${encodeURIComponent(lines)}`);
    expectPlainHeaders(refused);
    await expectProblem(refused, { code: 'not_found' });
  });
});

describe('what a person wrote', () => {
  const said = {
    text: markup + lines,
    description: markup + lines,
    origin: { fileName: `${markup.replaceAll('/', '')}.py` },
    findings: [{ tool: markup.slice(0, 40), code: markup, message: lines, line: 1, column: 1 }],
    needs: [markup, lines],
  };

  it('is in no header, whichever way it is read', async () => {
    const created = await ada.ask('/v1/snippets', json(said));
    expectPlainHeaders(created);
    const { id } = await created.json<{ id: string }>();
    for (const path of [`/s/${id}`, `/raw/s/${id}`, `/~${ada.userId}`, `/~${ada.userId}/1`])
      for (const init of [{}, { headers: html }, { method: 'HEAD' }, { headers: { 'if-none-match': '*' } }])
        for (const asker of [nobody, ada]) expectPlainHeaders(await asker.ask(path, init));
    for (const path of ['/v1/snippets', '/v1/snippets/latest', `/v1/snippets/${id}`])
      expectPlainHeaders(await ada.ask(path));
    expectPlainHeaders(await ada.ask(`/s/${id}`, { method: 'PUT', body: markup }));
    expectPlainHeaders(await ada.ask('/v1/snippets/pop', { method: 'POST' }));
  });

  it('comes back as it was', async () => {
    const { id } = await (await ada.ask('/v1/snippets', json(said))).json<{ id: string }>();
    expect(await (await ada.ask(`/v1/snippets/${id}`)).json()).toMatchObject(said);
  });

  it('is text on a page, never markup', async () => {
    await ada.ask('/v1/snippets', json(said));
    const page = await (await ask(`/~${ada.userId}`, { headers: html })).text();
    expect(page).not.toMatch(/<script|<img|<html>\S/);
    expect(page.split('&lt;script&gt;alert(1)&lt;/script&gt;')).toHaveLength(3);
    expect(page).toContain('<h1>&quot;&gt;&lt;script&gt;');
  });

  it('is text on the page of what burns and of what went wrong', async () => {
    const { id } = await pushed(nobody, markup, `?burn=1&description=${encodeURIComponent(markup)}`);
    const pages = [
      await ask(`/s/${id}`, { headers: html }),
      await ask(`/s/${id}/reveal`, { method: 'POST', headers: html }),
      await ask(`/?${encodeURIComponent(markup)}=1`, { method: 'POST', body: 'x', headers: html }),
      await ada.ask(`/?alias=${encodeURIComponent(markup)}`, { method: 'POST', body: 'x', headers: html }),
      await ask(`/~${encodeURIComponent(markup)}`, { headers: html }),
    ];
    for (const page of pages) {
      expectPlainHeaders(page);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'nonce-/);
      expect(await page.text()).not.toMatch(/<script|<img/);
    }
  });
});

describe('a header of a request', () => {
  it.each([
    'if-none-match',
    'if-match',
    'accept',
    'accept-encoding',
    'content-type',
    'idempotency-key',
    'cookie',
  ])('is in no header of an answer: %s', async (name) => {
    const { id } = await pushed(ada, 'x');
    const headers = { [name]: markup };
    const answers = [
      await ask(`/s/${id}`, { headers }),
      await ada.ask('/', { method: 'POST', body: 'x', headers }),
      await ada.ask(`/s/${id}`, { method: 'PUT', body: 'x', headers }),
      await ada.ask('/v1/snippets', { headers }),
    ];
    for (const each of answers) {
      expect(each.status).toBeLessThan(500);
      expectPlainHeaders(each);
    }
  });
});

function formNamed(fileName: string): FormData {
  const form = new FormData();
  form.append('f', new File(['x'], fileName));
  return form;
}

function json(fields: object): RequestInit {
  return { method: 'POST', body: JSON.stringify(fields) };
}
