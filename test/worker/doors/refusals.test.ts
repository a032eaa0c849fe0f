// Bad input at the doors: each gets its problem, with named fields only, and nothing is stored for it.

import { beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, signIn, type User } from '../edge.ts';
import { expectProblem, type ExpectedProblem } from './problem.ts';

let ada: User;
let eve: User;
let link: string;

beforeAll(async () => {
  ada = await signIn('refused');
  eve = await signIn('somebody-else');
  await ada.push('the top', '?description=kept');
  const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: { id: string }[] }>();
  link = `/s/${snippets[0]?.id}`;
});

interface Case extends ExpectedProblem {
  readonly what: string;
  readonly path: string;
  readonly init?: RequestInit;
}

const post = (body: BodyInit) => ({ method: 'POST', body });
const notUtf8 = new Uint8Array([0x61, 0xff]);
const tooLarge = new Uint8Array(limits.textBytes + 1);
const longName = 'n'.repeat(limits.fileNameCharacters + 1);

const asOwner: Case[] = [
  {
    what: 'an option that is unknown',
    path: '/?tl=2h',
    init: post('x'),
    code: 'invalid_argument',
    field: 'tl',
  },
  {
    what: 'an option given twice',
    path: '/?ttl=2h&ttl=3h',
    init: post('x'),
    code: 'invalid_argument',
    field: 'ttl',
  },
  {
    what: 'a lifetime without a unit',
    path: '/?ttl=2',
    init: post('x'),
    code: 'invalid_argument',
    field: 'ttl',
  },
  {
    what: 'a lifetime under a minute',
    path: '/?ttl=59s',
    init: post('x'),
    code: 'invalid_argument',
    field: 'ttl',
  },
  {
    what: 'a lifetime over a year',
    path: '/?ttl=366d',
    init: post('x'),
    code: 'invalid_argument',
    field: 'ttl',
  },
  {
    what: 'a lifetime that is empty',
    path: '/?ttl=',
    init: post('x'),
    code: 'invalid_argument',
    field: 'ttl',
  },
  {
    what: 'an unknown visibility',
    path: '/?visibility=secret',
    init: post('x'),
    code: 'invalid_argument',
    field: 'visibility',
  },
  {
    what: 'a language with a line break',
    path: '/?language=a%0Ab',
    init: post('x'),
    code: 'invalid_argument',
    field: 'language',
  },
  {
    what: 'a file name that is no UTF-8',
    path: '/%ff.py',
    init: { method: 'PUT', body: 'x' },
    code: 'invalid_argument',
    field: 'fileName',
  },
  {
    what: 'a file name with a slash in it',
    path: '/a%2fb.py',
    init: { method: 'PUT', body: 'x' },
    code: 'invalid_argument',
    field: 'fileName',
  },
  {
    what: 'a file name with a NUL in it',
    path: '/a%00b.py',
    init: { method: 'PUT', body: 'x' },
    code: 'invalid_argument',
    field: 'fileName',
  },
  {
    what: 'a file name with a line break in it',
    path: '/a%0d%0ab.py',
    init: { method: 'PUT', body: 'x' },
    code: 'invalid_argument',
    field: 'fileName',
  },
  {
    what: 'a file name that is too long',
    path: `/${longName}`,
    init: { method: 'PUT', body: 'x' },
    code: 'invalid_argument',
    field: 'fileName',
    limit: limits.fileNameCharacters,
  },
  { what: 'bytes that are not UTF-8', path: '/', init: post(notUtf8), code: 'not_text' },
  {
    what: 'one byte too many',
    path: '/',
    init: post(tooLarge),
    code: 'too_large',
    field: 'text',
    limit: limits.textBytes,
  },
  {
    what: 'a description that is too long',
    path: '/v1/snippets',
    init: post(JSON.stringify({ text: 'x', description: 'd'.repeat(limits.descriptionBytes + 1) })),
    code: 'too_large',
    field: 'description',
    limit: limits.descriptionBytes,
  },
  {
    what: 'a form that can’t be read',
    path: '/',
    init: { ...post('x'), headers: { 'content-type': 'multipart/form-data; boundary=b' } },
    code: 'invalid_argument',
  },
  {
    what: 'an Idempotency-Key that is too long',
    path: '/',
    init: { ...post('x'), headers: { 'idempotency-key': 'k'.repeat(101) } },
    code: 'invalid_argument',
    field: 'requestId',
  },
  { what: 'JSON that is none', path: '/v1/snippets', init: post('{'), code: 'invalid_argument' },
  { what: 'JSON that is no object', path: '/v1/snippets', init: post('[]'), code: 'invalid_argument' },
  { what: 'JSON that is not UTF-8', path: '/v1/snippets', init: post(notUtf8), code: 'not_text' },
  {
    what: 'a field that is unknown',
    path: '/v1/snippets',
    init: post('{"text":"x","foo":1}'),
    code: 'invalid_argument',
    field: 'foo',
  },
  {
    what: 'a field of the wrong type',
    path: '/v1/snippets',
    init: post('{"text":1}'),
    code: 'invalid_argument',
    field: 'text',
  },
  {
    what: 'a visibility the contract doesn’t know',
    path: '/v1/snippets',
    init: post('{"text":"x","visibility":"SECRET"}'),
    code: 'invalid_argument',
    field: 'visibility',
  },
  {
    what: 'a visibility of a number the contract doesn’t know',
    path: '/v1/snippets',
    init: post('{"text":"x","visibility":9}'),
    code: 'invalid_argument',
    field: 'visibility',
  },
  {
    what: 'a default visibility of a number the contract doesn’t know',
    path: '/v1/account',
    init: { method: 'PATCH', body: '{"defaultVisibility":-1}' },
    code: 'invalid_argument',
    field: 'defaultVisibility',
  },
  {
    what: 'a lifetime the contract refuses',
    path: '/v1/snippets',
    init: post('{"text":"x","ttlSeconds":59}'),
    code: 'invalid_argument',
    field: 'ttl',
  },
  {
    what: 'half a surrogate pair',
    path: '/v1/snippets',
    init: post('{"text":"\\ud800"}'),
    code: 'invalid_argument',
    field: 'text',
  },
  {
    what: 'a query where there are no options',
    path: '/v1/snippets?page=2',
    code: 'invalid_argument',
    field: 'page',
  },
  { what: 'an id that is none', path: '/v1/snippets/nope', code: 'not_found' },
  {
    what: 'a delete of what was made up',
    path: '/s/0000000000000000000000',
    init: { method: 'DELETE' },
    code: 'not_found',
  },
];

const asNobody: Case[] = [
  {
    what: 'a push by the contract without a key',
    path: '/v1/snippets',
    init: post('{}'),
    code: 'unauthenticated',
  },
  { what: 'a list without a key', path: '/v1/snippets', code: 'unauthenticated' },
  {
    what: 'a delete without a key',
    path: '/s/0000000000000000000000',
    init: { method: 'DELETE' },
    code: 'unauthenticated',
  },
  { what: 'a user who can’t exist', path: '/~x', code: 'not_found' },
  { what: 'a user in capitals', path: '/~REFUSED', code: 'not_found' },
  { what: 'a reserved user id', path: '/~health', code: 'not_found' },
  { what: 'a user nobody is', path: '/~nobody-at-all', code: 'not_found' },
  { what: 'a number that was never given', path: '/~refused/99', code: 'not_found' },
  { what: 'number zero', path: '/~refused/0', code: 'not_found' },
  { what: 'a number with a leading zero', path: '/~refused/01', code: 'not_found' },
  { what: 'a number beyond 32 bits', path: '/~refused/4294967296', code: 'not_found' },
  { what: 'a number with an exponent', path: '/~refused/1e0', code: 'not_found' },
  { what: 'a negative number', path: '/~refused/-1', code: 'not_found' },
  { what: 'an id of the wrong length', path: '/s/abc', code: 'not_found' },
  { what: 'an id with bad check bits', path: '/s/0000000000000000000000', code: 'not_found' },
  { what: 'the largest id there could be', path: '/s/zzzzzzzzzzzzzzzzzzzzzz', code: 'not_found' },
  { what: 'an id with a NUL', path: '/s/000000000000000000000%00', code: 'not_found' },
  { what: 'a path that climbs', path: '/s/..%2f..%2fetc', code: 'not_found' },
  { what: 'an address that nothing answers', path: '/a/b/c', code: 'not_found' },
  { what: 'an address that one could push under', path: '/hello.py', code: 'not_found' },
  {
    what: 'a method that an address doesn’t answer',
    path: '/~refused',
    init: { method: 'DELETE' },
    code: 'method_not_allowed',
  },
  {
    what: 'a GET of a Connect method',
    path: '/pybin.v1.SnippetService/ListSnippets',
    code: 'method_not_allowed',
  },
  {
    what: 'a reserved user id at sign-in',
    path: '/sign-in/local',
    init: json('{"userId":"health"}'),
    code: 'invalid_argument',
    field: 'userId',
  },
  {
    what: 'no user id at sign-in',
    path: '/sign-in/local',
    init: json('{}'),
    code: 'invalid_argument',
    field: 'userId',
  },
  {
    what: 'an unknown field at sign-in',
    path: '/sign-in/local',
    init: json('{"userId":"ada","admin":true}'),
    code: 'invalid_argument',
    field: 'admin',
  },
  {
    what: 'a sign-in that never ends',
    path: '/sign-in/local',
    init: json(`{"userId":"${'x'.repeat(2000)}"}`),
    code: 'too_large',
    limit: limits.signInBytes,
  },
  {
    what: 'a sign-in that another site could send',
    path: '/sign-in/local',
    init: post('{"userId":"ada"}'),
    code: 'invalid_argument',
  },
];

const keys = [
  ['of another form', 'secret'],
  ['of the right form and made up', `pyb_${'0'.repeat(22)}${'0'.repeat(43)}`],
  ['cut short', 'pyb_'],
] as const;

describe('refused, with its problem', () => {
  it.each(asOwner)('$what', async (row) => expectProblem(await ada.ask(row.path, row.init), row));
  it.each(asNobody)('$what', async (row) => expectProblem(await ask(row.path, row.init), row));

  it.each(keys)('a key %s', async (_what, key) => {
    const headers = { authorization: `Bearer ${key}` };
    await expectProblem(await ask('/', { ...post('x'), headers }), { code: 'unauthenticated' });
    await expectProblem(await ask('/~refused', { headers }), { code: 'unauthenticated' });
  });

  it('a key whose secret is another’s, though the place is right', async () => {
    const headers = { authorization: `Bearer ${ada.key.slice(0, 26)}${eve.key.slice(26)}` };
    await expectProblem(await ask('/', { ...post('x'), headers }), { code: 'unauthenticated' });
    await expectProblem(await ask('/~refused', { headers }), { code: 'unauthenticated' });
  });

  it('another’s snippet, which looks like none', async () => {
    await expectProblem(await eve.ask(link, { method: 'DELETE' }), { code: 'not_found' });
    await expectProblem(await eve.ask(`/v1/snippets/${link.slice(3)}`), { code: 'not_found' });
  });

  it('and the stack is as it was', async () => {
    const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: { number: number }[] }>();
    expect(snippets.map((snippet) => snippet.number)).toEqual([1]);
  });

  it('with the addresses’ methods in Allow', async () => {
    const answer = await ask('/s/0000000000000000000000', { method: 'PATCH' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, PUT, DELETE');
  });

  it('with a page for a browser', async () => {
    const answer = await ask('/~nobody-at-all', { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain('There is nothing here');
  });
});

describe('a body over its limit', () => {
  it('is refused before its end', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    await expectProblem(await ada.ask('/', { method: 'POST', body: endless }), { code: 'too_large' });
    expect(pulled).toBeLessThan(16);
  });
});

function json(body: string): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json' } };
}
