// Duplicates: a push of the very text that is on top says so, and where asked, pushes nothing.

import { describe, expect, it } from 'vitest';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';
import { expectProblem } from './problem.ts';
import { nobody, numbersOf, pushed, somebody, told } from './pushed.ts';

useOwnClock();

const text = 'def f():\n    return 1\n';
const skip = (owner: User, body: string, query = '') =>
  owner.ask(`/?duplicate=skip${query}`, {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  });

describe('a push of the text on top', () => {
  it('is a push like any other, and says of which it is a duplicate', async () => {
    const ada = await signIn('duplicates');
    await ada.push(text);
    const answer = await ada.ask('/', { method: 'POST', body: text });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('pybin-duplicate-of')).toBe('1');
    expect(await answer.text()).toBe('http://localhost/~duplicates/2\n');
    expect(await pushed(ada, text)).toMatchObject({ number: 3, duplicateOf: 2 });
    expect(await numbersOf(ada)).toEqual([3, 2, 1]);
  });

  it('is known by its bytes, whatever is said beside them and whichever door they come through', async () => {
    const ada = await somebody();
    await ada.push(text);
    const form = new FormData();
    form.append('f', new File([text], 'a.py'));
    const answers = [
      await ada.ask('/b.py?description=why&ttl=2h', { method: 'PUT', body: text }),
      await ada.ask('/', { method: 'POST', body: form }),
    ];
    expect(answers.map(({ headers }) => headers.get('pybin-duplicate-of'))).toEqual(['1', '2']);
  });

  it('is known where it is long, and packed', async () => {
    const ada = await somebody();
    await ada.push(text.repeat(20_000));
    expect(await pushed(ada, text.repeat(20_000))).toMatchObject({ duplicateOf: 1 });
  });

  it.each([
    ['the first one', text],
    ['nothing at all', ''],
  ])('with duplicate=skip pushes nothing and is answered with what is there: %s', async (_what, same) => {
    const ada = await somebody();
    const first = await pushed(ada, same, '?description=first&alias=notes');
    const answer = await skip(ada, same, '&description=second&ttl=1m&visibility=private');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBe(first.address);
    expect(answer.headers.get('pybin-duplicate-of')).toBe('1');
    expect(await answer.json()).toEqual({ ...first, duplicateOf: 1 });
    expect(await numbersOf(ada)).toEqual([1]);
    expect(await told(ada, first.id)).toMatchObject({ description: 'first', revision: 1 });
  });

  it('with skipDuplicate pushes nothing by the contract', async () => {
    const ada = await somebody();
    const first = await pushed(ada, text);
    const body = JSON.stringify({ text, skipDuplicate: true });
    const answer = await ada.ask('/v1/snippets', { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ id: first.id, number: 1 });
    expect(await numbersOf(ada)).toEqual([1]);
  });

  it('with duplicate=skip and a request id keeps its first answer, though the top is another by now', async () => {
    const ada = await somebody();
    await ada.push(text);
    const send = () =>
      ada.ask('/?duplicate=skip', { method: 'POST', body: text, headers: { 'idempotency-key': 'k' } });
    expect((await send()).status).toBe(200);
    await ada.push('newer');
    const again = await send();
    expect(again.status).toBe(200);
    expect(again.headers.get('location')).toBe(`http://localhost/~${ada.userId}/1`);
    expect(await numbersOf(ada)).toEqual([2, 1]);
  });

  it('with duplicate=skip at once from several shells is one', async () => {
    const ada = await somebody();
    const answers = await Promise.all(Array.from({ length: 6 }, () => skip(ada, text)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 200, 200, 200, 200, 201,
    ]);
    expect(await numbersOf(ada)).toEqual([1]);
  });

  it('is told by the newest that its owner has, though strangers see another', async () => {
    const ada = await somebody();
    await ada.push('public');
    await ada.push(text, '?visibility=private');
    expect(await pushed(ada, text)).toMatchObject({ number: 3, duplicateOf: 2, visibility: 'public' });
  });
});

describe('a push is no duplicate', () => {
  it.each<[string, (ada: User) => Promise<unknown>]>([
    ['on an empty stack', async () => undefined],
    ['of a text that another one covers', (ada) => ada.push('newer')],
    [
      'of a text that was replaced',
      async (ada) => ada.ask(`/s/${await idOfTop(ada)}`, { method: 'PUT', body: 'newer' }),
    ],
    ['of a text that was deleted', async (ada) => ada.ask(`/s/${await idOfTop(ada)}`, { method: 'DELETE' })],
    [
      'of a text that was popped, though it is kept for a retry',
      (ada) => ada.ask('/v1/snippets/pop', { method: 'POST', headers: { 'idempotency-key': 'p' } }),
    ],
    ['of a text whose lifetime is over', async () => atSeconds(60)],
  ])('%s', async (what, happen) => {
    const ada = await somebody();
    if (what !== 'on an empty stack') await ada.push(text, '?ttl=1m');
    await happen(ada);
    const answer = await skip(ada, text);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('pybin-duplicate-of')).toBeNull();
    expect(await answer.json()).not.toHaveProperty('duplicateOf');
  });

  it.each([
    ['a missing newline', text.trimEnd()],
    ['Windows line ends', text.replaceAll('\n', '\r\n')],
    ['a byte-order mark', `\uFEFF${text}`],
    ['a NUL', `${text}\0`],
    ['another case', text.toUpperCase()],
  ])('where it differs by %s', async (_what, other) => {
    const ada = await somebody();
    await ada.push(text);
    expect((await skip(ada, other)).status).toBe(201);
    expect(await numbersOf(ada)).toEqual([2, 1]);
  });

  it('of a text that is somebody else’s top, or nobody’s', async () => {
    await (await somebody()).push(text);
    await pushed(nobody, text);
    expect((await skip(await somebody(), text)).status).toBe(201);
    expect((await ask('/?duplicate=skip', { method: 'POST', body: text })).status).toBe(201);
  });
});

describe('the top is again', () => {
  it('what lies under a text that went', async () => {
    const ada = await somebody();
    await ada.push(text);
    await ada.push('newer', '?ttl=1m');
    atSeconds(60);
    expect((await skip(ada, text)).status).toBe(200);
  });

  it('what its replacement says', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, 'old');
    await ada.ask(`/s/${id}`, { method: 'PUT', body: text });
    expect((await skip(ada, text)).status).toBe(200);
    expect((await skip(ada, 'old')).status).toBe(201);
  });
});

describe('what is done with a duplicate', () => {
  it.each(['', 'Skip', 'push', 'skip ', 'true'])('can’t be "%s"', async (duplicate) => {
    const ada = await somebody();
    const query = `?duplicate=${encodeURIComponent(duplicate)}`;
    const answer = await ada.ask(`/${query}`, { method: 'POST', body: text });
    await expectProblem(answer, { code: 'invalid_argument', field: 'duplicate' });
    expect(await numbersOf(ada)).toEqual([]);
  });
});

async function idOfTop(ada: User): Promise<string> {
  const latest = await ada.ask('/v1/snippets/latest');
  return (await latest.json<{ id: string }>()).id;
}
