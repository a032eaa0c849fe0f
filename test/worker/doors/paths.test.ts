// Path tricks: whatever an address is made of, it leads to its one snippet or to nothing, never to another's, and
// never to a failure.

import { env } from 'cloudflare:workers';
import { createExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../../../worker/router.ts';
import { ask, origin, signIn, type User } from '../edge.ts';
import { expectProblem } from './problem.ts';
import { numbersOf, pushed, somebody, told } from './pushed.ts';

let ada: User;
let id: string;

beforeAll(async () => {
  ada = await signIn('paths');
  ({ id } = await pushed(ada, 'mine alone', '?visibility=private&alias=notes'));
});

const long = 'a'.repeat(9_000);

/** Written so that the address itself is tried, not what a client makes of it: it takes `..` away before it asks. */
const tricks = [
  '..%2f',
  '%2e%2e%2f',
  '..%5c',
  '..;/',
  '%252e%252e%252f',
  '%00',
  '%0d%0a',
  '%20',
  '%ff',
  '%',
  '%zz',
  '+',
  '*',
  ':id',
  '(.*)',
  '$1',
  '\u202e',
  '%F0%9F%90%8D',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  long,
  `${long}/${long}`,
  '%41'.repeat(3_000),
];

describe('a made-up path', () => {
  const places: [string, (trick: string) => string][] = [
    ['a user', (trick) => `/~${trick}`],
    ['a user’s snippet', (trick) => `/~paths/${trick}`],
    ['a user’s snippet, behind its number', (trick) => `/~paths/1${trick}`],
    ['a user’s snippet, behind its alias', (trick) => `/~paths/notes${trick}`],
    ['bytes', (trick) => `/raw/${trick}`],
    ['a user’s bytes', (trick) => `/raw/~paths/${trick}`],
    ['a link', (trick) => `/s/${trick}`],
    ['a link, behind its id', (trick) => `/s/${id}${trick}`],
    ['a link, before its id', (trick) => `/s/${trick}${id}`],
    ['a link’s bytes', (trick) => `/raw/s/${trick}`],
    ['the contract', (trick) => `/v1/${trick}`],
    ['the contract’s snippets', (trick) => `/v1/snippets/${trick}`],
    ['Connect', (trick) => `/pybin.v1.SnippetService/${trick}`],
    ['sign-in', (trick) => `/sign-in/${trick}`],
  ];

  it.each(places)('leads to nothing, for strangers and for owners: %s', async (_what, pathOf) => {
    for (const trick of tricks) {
      const path = pathOf(trick);
      await expectProblem(await ada.ask(path), { code: 'not_found' });
      // The contract asks who it is before it looks at an id.
      const isContract = /^\/v1\/snippets\/[^/]+\/*$/.test(path);
      await expectProblem(await ask(path), { code: isContract ? 'unauthenticated' : 'not_found' });
    }
  });

  it.each(places)('is nothing to write to: %s', async (_what, pathOf) => {
    for (const trick of tricks)
      for (const [method, body] of [
        ['PUT', '{}'],
        ['POST', '{}'],
        ['PATCH', '{}'],
        ['DELETE', undefined],
      ] as const) {
        const path = pathOf(trick);
        // What has one segment is a file's name.
        if (method === 'PUT' && isOneSegment(path)) continue;
        const refused = await ada.ask(path, { method, ...(body !== undefined && { body }) });
        expect([404, 405]).toContain(refused.status);
      }
    expect(await numbersOf(ada)).toEqual([1]);
    expect(await told(ada, id)).toMatchObject({ text: 'mine alone', revision: 1 });
  });
});

describe('what a client makes of a path before it asks', () => {
  it.each([
    ['/~paths/../~paths/notes', 'mine alone'],
    ['/s/../~paths/1', 'mine alone'],
    ['/s/%2e%2e/~paths/1', 'mine alone'],
    ['/s/x/y/.%2E/%2E./../~paths/1', 'mine alone'],
    ['/~paths/%2e/notes', 'mine alone'],
    ['/~paths\\notes', 'mine alone'],
    ['/~paths/notes/', 'mine alone'],
    ['/~paths/notes//', 'mine alone'],
    ['/%7Epaths/notes', 'mine alone'],
    ['/~paths/notes?x=1#top', 'mine alone'],
  ])('leads where it says: %s', async (path, text) => {
    expect(await (await ada.ask(path)).text()).toBe(text);
    await expectProblem(await ask(path), { code: 'not_found' });
  });

  it.each(['//~paths/notes', '/~paths//notes', '//raw/~paths', '/s//', '/./', '/%2e%2e/~paths//1'])(
    'never leads to a failure: %s',
    async (path) => expect((await ask(path)).status).toBeLessThan(500),
  );

  it('is never another host’s: an address in an answer begins as the one who asked wrote it', async () => {
    const { key } = await somebody();
    for (const path of ['//evil.example/', '/\\evil.example/', '/@evil.example/']) {
      const request = new Request(`${origin}${path}`, {
        method: 'PUT',
        body: 'x',
        headers: { authorization: `Bearer ${key}` },
      });
      const location = (await answer(request, env, createExecutionContext())).headers.get('location');
      if (location !== null) expect(new URL(location).origin).toBe(origin);
    }
  });
});

describe('a name in an address that is pushed under', () => {
  it.each([
    ['notes.py', 'notes.py'],
    ['%C3%A9%F0%9F%90%8D.py', 'é🐍.py'],
    ['a%20b%3F%23%25.py', 'a b?#%.py'],
    ['a+b.py', 'a+b.py'],
    ['...', '...'],
    ['%7Epaths', '~paths'],
    ['raw', 'raw'],
    ['s', 's'],
    ['__proto__', '__proto__'],
    ['%3Cscript%3E.py', '<script>.py'],
  ])('is kept as it was meant: %s', async (written, name) => {
    const user = await somebody();
    expect((await user.ask(`/${written}`, { method: 'PUT', body: 'x' })).status).toBe(201);
    expect(await (await user.ask('/v1/snippets/latest')).json()).toMatchObject({
      origin: { fileName: name },
    });
  });

  it.each(['a%2fb', '..%2fb', 'a%5cb', 'a%00b', 'a%0ab', 'a%7fb', 'a%C2%85b', '%ff', '%', '%E2%80%A8', long])(
    'is refused where it can’t be one: %s',
    async (written) => {
      const refused = await ada.ask(`/${written}`, { method: 'PUT', body: 'x' });
      await expectProblem(refused, { code: 'invalid_argument', field: 'fileName' });
      expect(await numbersOf(ada)).toEqual([1]);
    },
  );
});

/** Whether a path has one segment once a client has taken its dots away. */
function isOneSegment(path: string): boolean {
  return /^\/[^/]+\/*$/.test(new URL(`${origin}${path}`).pathname);
}
