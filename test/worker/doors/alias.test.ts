// Aliases: an owner's own name for a snippet, one of its kind on the stack, free again when its snippet is gone.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';
import { expectProblem } from './problem.ts';
import { numbersOf, pushed, somebody, told } from './pushed.ts';

useOwnClock();

const longest = 'x'.repeat(limits.aliasCharacters);

describe('an alias', () => {
  it('is where its snippet is found by everybody, beside its number and its link', async () => {
    const ada = await signIn('alias-address');
    const answer = await ada.ask('/?alias=notes', { method: 'POST', body: 'by name' });
    expect(await answer.text()).toBe('http://localhost/~alias-address/notes\n');
    expect(answer.headers.get('location')).toBe('http://localhost/~alias-address/notes');
    const { id } = await told(ada, await idOfTop(ada));
    for (const path of [
      '/~alias-address/notes',
      '/raw/~alias-address/notes',
      '/~alias-address/1',
      `/s/${id}`,
    ]) {
      expect(await (await ask(path)).text()).toBe('by name');
    }
  });

  it('is told as JSON by every door', async () => {
    const ada = await signIn('alias-told');
    const { id, alias, address } = await pushed(ada, 'x', '?alias=notes');
    expect({ alias, address }).toEqual({ alias: 'notes', address: 'http://localhost/~alias-told/notes' });
    expect(await told(ada, id)).toMatchObject({ alias, address });
  });

  it.each(['a', '0a', 'a.b_c-d', '1.', 'a..', '2026-11-21', 'notes.py', longest])(
    'can be %s',
    async (alias) => {
      const ada = await somebody();
      expect(await ada.push('by name', `?alias=${alias}`)).toBe(`/~${ada.userId}/${alias}`);
      expect(await (await ask(`/~${ada.userId}/${alias}`)).text()).toBe('by name');
    },
  );

  it.each([
    '-a',
    '.a',
    '..',
    '_a',
    'Notes',
    'a%20b',
    'a%2fb',
    'a%0d%0aSet-Cookie:x',
    'a%00',
    '%C3%A9',
    '1',
    '42',
    '007',
    '4294967296',
    `${longest}x`,
    'account',
    'all',
    'archive',
    'feed',
    'history',
    'latest',
    'list',
    'live',
    'new',
    'pop',
    'raw',
    'reveal',
    'top',
  ])('can’t be %s', async (alias) => {
    const ada = await signIn('alias-refused');
    const refused = { code: 'invalid_argument', field: 'alias', limit: limits.aliasCharacters } as const;
    await expectProblem(await ada.ask(`/?alias=${alias}`, { method: 'POST', body: 'x' }), refused);
    const body = JSON.stringify({ text: 'x', alias: decodeURIComponent(alias) });
    await expectProblem(await ada.ask('/v1/snippets', { method: 'POST', body }), refused);
    expect(await numbersOf(ada)).toEqual([]);
  });

  it('may be empty, which is none', async () => {
    const ada = await signIn('alias-empty');
    expect((await pushed(ada, 'x', '?alias=')).address).toBe('http://localhost/~alias-empty/1');
    expect((await pushed(ada, 'y', '?alias=')).address).toBe('http://localhost/~alias-empty/2');
  });

  it('is the owner’s alone: others have the same name for theirs', async () => {
    for (const userId of ['alias-one', 'alias-two'])
      await (await signIn(userId)).push(userId, '?alias=notes');
    expect(await (await ask('/~alias-one/notes')).text()).toBe('alias-one');
    expect(await (await ask('/~alias-two/notes')).text()).toBe('alias-two');
  });

  it.each(['unlisted', 'private'] as const)(
    'of a snippet that is %s is no address for a stranger, and looks like none',
    async (visibility) => {
      const userId = `alias-${visibility}`;
      const ada = await signIn(userId);
      const { id, address } = await pushed(ada, 'mine', `?alias=notes&visibility=${visibility}`);
      expect(address).toBe(`http://localhost/s/${id}`);
      await expectProblem(await ask(`/~${userId}/notes`), { code: 'not_found' });
      expect(await (await ada.ask(`/~${userId}/notes`)).text()).toBe('mine');
    },
  );

  it.each(['NOTES', 'note', 'notes.', 'no%74es', 'latest', '-notes', 'notes%00'])(
    'is not found as %s',
    async (name) => {
      const ada = await somebody();
      await ada.push('x', '?alias=notes');
      await expectProblem(await ask(`/~${ada.userId}/${name}`), { code: 'not_found' });
    },
  );
});

describe('an alias that another snippet has', () => {
  it('is refused at every door, and nothing is pushed or replaced', async () => {
    const ada = await signIn('alias-taken');
    await ada.push('first', '?alias=notes');
    const { id } = await pushed(ada, 'second');
    const refused = [
      await ada.ask('/?alias=notes', { method: 'POST', body: 'x' }),
      await ada.ask('/a.py?alias=notes', { method: 'PUT', body: 'x' }),
      await ada.ask('/v1/snippets', { method: 'POST', body: '{"text":"x","alias":"notes"}' }),
      await ada.ask(`/s/${id}?alias=notes`, { method: 'PUT', body: 'x' }),
      await ada.ask(`/v1/snippets/${id}`, { method: 'PUT', body: '{"alias":"notes"}' }),
    ];
    for (const answer of refused) await expectProblem(answer, { code: 'alias_taken', field: 'alias' });
    expect(await numbersOf(ada)).toEqual([2, 1]);
    expect(await told(ada, id)).toMatchObject({ text: 'second', alias: '', revision: 1 });
  });

  it.each<[string, (ada: User, id: string) => Promise<unknown>]>([
    ['was deleted', (ada, id) => ada.ask(`/s/${id}`, { method: 'DELETE' })],
    ['was popped', (ada) => ada.ask('/v1/snippets/pop', { method: 'POST' })],
    [
      'was popped and is kept for a retry',
      (ada) => ada.ask('/v1/snippets/pop', { method: 'POST', headers: { 'idempotency-key': 'p' } }),
    ],
    ['gave it away', (ada, id) => ada.ask(`/s/${id}?alias=`, { method: 'PUT', body: 'x' })],
    ['took another', (ada, id) => ada.ask(`/s/${id}?alias=other`, { method: 'PUT', body: 'x' })],
    ['has expired', async () => atSeconds(60)],
    ['was pushed out', (ada) => pushMany(ada, limits.stackSnippets)],
  ])('is free again when that one %s', async (_what, free) => {
    const ada = await somebody();
    const { id } = await pushed(ada, 'old', '?alias=notes&ttl=1m');
    await free(ada, id);
    await expectProblem(await ask(`/~${ada.userId}/notes`), { code: 'not_found' });
    await ada.push('new', '?alias=notes');
    expect(await (await ask(`/~${ada.userId}/notes`)).text()).toBe('new');
  });

  it('goes to one of many pushes at once', async () => {
    const ada = await signIn('alias-race');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        ada.ask('/?alias=notes', { method: 'POST', body: `text ${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array(7).fill(409),
    ]);
    expect(await numbersOf(ada)).toEqual([1]);
  });
});

describe('a replacement', () => {
  it('keeps the alias, and may name it again', async () => {
    const ada = await signIn('alias-kept');
    const { id } = await pushed(ada, 'old', '?alias=notes');
    for (const query of ['', '?alias=notes']) {
      const answer = await ada.ask(`/s/${id}${query}`, { method: 'PUT', body: `new${query}` });
      expect(answer.headers.get('location')).toBe('http://localhost/~alias-kept/notes');
      expect(await (await ask('/~alias-kept/notes')).text()).toBe(`new${query}`);
    }
  });

  it('gives a new one, and the old one leads nowhere', async () => {
    const ada = await signIn('alias-renamed');
    const { id } = await pushed(ada, 'x', '?alias=old');
    await ada.ask(`/v1/snippets/${id}`, { method: 'PUT', body: '{"alias":"newer"}' });
    await expectProblem(await ask('/~alias-renamed/old'), { code: 'not_found' });
    expect(await (await ask('/~alias-renamed/newer')).text()).toBe('x');
  });
});

async function idOfTop(ada: User): Promise<string> {
  const { id } = await (await ada.ask('/v1/snippets/latest')).json<{ id: string }>();
  return id;
}

/** Pushes so many, five in each second: well within what one may. */
async function pushMany(ada: User, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    atSeconds(1 + Math.floor(index / 5));
    await ada.push(`text ${index}`);
  }
}
