// Taking off the stack, looked at from the storage: what pop, delete, burning and expiry leave of a snippet, that what
// is kept stays bounded, and that no number is ever given twice.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, type Inside, insideOf, randomText, startMs, useOwnClock } from '../stack-inside.ts';

useOwnClock();

/** A text that is stored as a row and chunks, whatever compresses it. */
const longText = randomText(1_400_000);
const DAY_SECONDS = 86_400;

describe('a pop', () => {
  it('of what the archive never hears leaves no byte', async () => {
    const ada = await signIn('pops-private', 'private');
    const inside = insideOf('pops-private');
    await ada.push(longText);
    expect(await popped(ada)).toMatchObject({ number: 1, text: longText });
    expect(await remains(inside)).toEqual({ rows: [], chunks: 0 });
    expect(await ada.ask('/~pops-private')).toMatchObject({ status: 404 });
  });

  it('of what the archive waits for leaves it out of sight until the archive has it, and no longer', async () => {
    const ada = await signIn('pops-public');
    const inside = insideOf('pops-public');
    await ada.push(longText);
    const link = await linkOf(ada);
    await popped(ada);
    expect(await remains(inside)).toEqual({ rows: [1], chunks: 1 });
    for (const path of ['/~pops-public', '/~pops-public/1', link])
      expect([path, (await ada.ask(path)).status]).toEqual([path, 404]);
    expect(await listed(ada)).toEqual([]);
    await inside.ring();
    expect(await remains(inside)).toEqual({ rows: [], chunks: 0 });
    expect(await inside.rowsOf('history')).toMatchObject([{ number: 1 }]);
  });

  it('that may be retried keeps what it gave for a day, out of sight, then nothing', async () => {
    const ada = await signIn('pops-again', 'private');
    const inside = insideOf('pops-again');
    await ada.push(longText, '?ttl=7d');
    const link = await linkOf(ada);
    expect(await popped(ada, 'once')).toMatchObject({ number: 1, text: longText });
    expect(await popped(ada, 'once')).toMatchObject({ number: 1, text: longText });
    for (const path of ['/~pops-again', '/~pops-again/1', link])
      expect([path, (await ada.ask(path)).status]).toEqual([path, 404]);
    expect((await ada.ask(link, { method: 'DELETE' })).status).toBe(404);
    expect(await inside.alarm()).toBe(startMs + DAY_SECONDS * 1000);
    await inside.ring();
    expect(await remains(inside)).toEqual({ rows: [1], chunks: 1 });
    atSeconds(DAY_SECONDS);
    await inside.ring();
    expect(await remains(inside)).toEqual({ rows: [], chunks: 0 });
    expect(await inside.alarm()).toBeNull();
  });

  it('that may be retried keeps the latest twenty at most, at once', async () => {
    const ada = await signIn('pops-many', 'private');
    const inside = insideOf('pops-many');
    const pops = limits.keptPops + 3;
    for (let number = 1; number <= pops; number++) {
      atSeconds(number);
      await ada.push(`text ${number}`);
      await popped(ada, `pop ${number}`);
    }
    const kept = Array.from({ length: limits.keptPops }, (_, index) => pops - limits.keptPops + 1 + index);
    expect((await remains(inside)).rows).toEqual(kept);
    atSeconds(100);
    expect((await ada.ask('/v1/snippets/pop', withId('POST', 'pop 3'))).status).toBe(404);
    expect(await popped(ada, 'pop 4')).toMatchObject({ number: 4, text: 'text 4' });
  });

  it('of what lies under an expired top gives the newest that lives', async () => {
    const ada = await signIn('pops-under');
    await ada.push('lives', '?ttl=1h');
    await ada.push('dies', '?ttl=1m');
    atSeconds(61);
    expect(await popped(ada)).toMatchObject({ number: 1, text: 'lives' });
    expect((await ada.ask('/v1/snippets/pop', { method: 'POST' })).status).toBe(404);
  });
});

describe('a delete', () => {
  it('leaves no byte, at once, and asks the archive to delete its record', async () => {
    const ada = await signIn('deletes');
    const inside = insideOf('deletes');
    await ada.push(longText, '?description=why');
    await ada.push('stays');
    await ada.ask(await linkOf(ada, 1), { method: 'DELETE' });
    expect(await remains(inside)).toEqual({ rows: [2], chunks: 0 });
    expect(await inside.rowsOf('stale_objects')).toEqual([{ object: '0000000001-1' }]);
  });

  it('takes the description’s bytes, too', async () => {
    const ada = await signIn('deletes-description');
    const inside = insideOf('deletes-description');
    await ada.ask('/v1/snippets', {
      method: 'POST',
      body: JSON.stringify({ text: 'short', description: longText }),
    });
    expect(await remains(inside)).toEqual({ rows: [1], chunks: 2 });
    await ada.ask(await linkOf(ada), { method: 'DELETE' });
    expect(await remains(inside)).toEqual({ rows: [], chunks: 0 });
  });
});

describe('a replacement', () => {
  it.each([
    ['a longer text', 'x', longText, 1],
    ['a shorter text', longText, 'x', 0],
    ['an empty text', longText, '', 0],
    ['another long text', longText, `${longText} again`, 1],
  ])('by %s leaves nothing of the one before', async (what, before, after, chunks) => {
    const userId = `replaces-${what.replaceAll(/\W+/g, '').slice(0, 10)}`;
    const ada = await signIn(userId);
    await ada.push(before);
    await ada.ask(await linkOf(ada), { method: 'PUT', body: after });
    expect(await (await ask(`/~${userId}`)).text()).toBe(after);
    expect(await remains(insideOf(userId))).toEqual({ rows: [1], chunks });
  });
});

describe('the last read of a burning snippet', () => {
  it('leaves no byte, at once, and nothing for the archive', async () => {
    const ada = await signIn('burns');
    const inside = insideOf('burns');
    const link = await ada.push(longText, '?burn=2');
    expect(await (await ask(`${link}/reveal`, { method: 'POST' })).text()).toBe(longText);
    expect(await remains(inside)).toEqual({ rows: [1], chunks: 1 });
    expect(await (await ask(`${link}/reveal`, { method: 'POST' })).text()).toBe(longText);
    expect(await remains(inside)).toEqual({ rows: [], chunks: 0 });
    expect(await inside.rowsOf('stale_objects')).toEqual([]);
    atSeconds(600);
    await inside.ring();
    expect(await inside.rowsOf('history')).toEqual([]);
  });

  it.each([
    ['a GET', { method: 'GET' }],
    ['a HEAD', { method: 'HEAD' }],
    ['a GET of a browser', { headers: { accept: 'text/html' } }],
  ])('is not taken by %s', async (what, init) => {
    const userId = `burns-not-${what.replaceAll(/\W+/g, '').toLowerCase().slice(0, 9)}`;
    const ada = await signIn(userId);
    const link = await ada.push('text', '?burn=1');
    for (let tries = 1; tries <= 3; tries++) await ask(link, init);
    expect(await insideOf(userId).rowsOf('snippets')).toMatchObject([{ reads_left: 1 }]);
    expect(await (await ask(`${link}/reveal`, { method: 'POST' })).text()).toBe('text');
  });
});

describe('a number', () => {
  it.each<[string, string, (ada: User, inside: Inside) => Promise<unknown>]>([
    ['popped', '', (ada) => ada.ask('/v1/snippets/pop', { method: 'POST' })],
    ['popped so that it may be retried', '', (ada) => ada.ask('/v1/snippets/pop', withId('POST', 'once'))],
    ['deleted', '', async (ada) => ada.ask(await linkOf(ada), { method: 'DELETE' })],
    ['burnt', '&burn=1', async (ada) => ask(`${await linkOf(ada)}/reveal`, { method: 'POST' })],
    ['expired and swept', '&ttl=1m', () => Promise.resolve()],
  ])('of the top is not given again after that was %s', async (what, query, take) => {
    for (const visibility of ['private', 'unlisted'] as const) {
      const userId = `top-${what.replaceAll(/\W+/g, '').slice(0, 7)}-${visibility}`;
      const ada = await signIn(userId, visibility);
      const inside = insideOf(userId);
      await ada.push('one');
      await ada.push('two', `?description=${query}`);
      await take(ada, inside);
      await inside.evict();
      atSeconds(DAY_SECONDS * 2);
      await inside.ring();
      expect((await remains(inside)).rows).toEqual([]);
      await inside.evict();
      expect(await pushedNumber(ada)).toBe(3);
      await ada.ask('/v1/snippets/pop', { method: 'POST' });
      expect(await pushedNumber(ada)).toBe(4);
      atSeconds(0);
    }
  });
});

describe('many at once', () => {
  it('32 pushes and 32 pops: no number twice, none left out, none lost, none popped twice', async () => {
    const ada = await signIn('at-once');
    const pushed = await asManyAsAllowed(
      Array.from({ length: 32 }, (_, index) => () => ada.ask('/', { method: 'POST', body: `text ${index}` })),
      Array.from({ length: 32 }, () => () => ada.ask('/v1/snippets/pop', { method: 'POST' })),
    );
    const numbers = pushed.first.map(({ body }) => Number(body.trim().split('/').at(-1)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));

    const texts = new Map(numbers.map((number, index) => [number, `text ${index}`]));
    const pops = pushed.second.filter(({ status }) => status === 200).map(({ body }) => parsePopped(body));
    for (const { number, text } of pops) expect(text).toBe(texts.get(number));
    const taken = pops.map(({ number }) => number);
    const there = await listed(ada);
    const all = [...taken, ...there];
    expect(new Set(all).size).toBe(all.length);
    // What is neither there nor popped was pushed out, so the stack was full then.
    if (all.length < 32) expect(there.length).toBe(limits.stackSnippets);
    expect(pushed.second.every(({ status }) => status === 200 || status === 404)).toBe(true);
  });

  it('32 pops of 20 snippets give each once, and 404 to the others', async () => {
    const ada = await signIn('pops-at-once');
    for (let number = 1; number <= 20; number++) {
      atSeconds(number);
      await ada.push(`text ${number}`);
    }
    const { first: answers } = await asManyAsAllowed(
      Array.from({ length: 32 }, () => () => ada.ask('/v1/snippets/pop', { method: 'POST' })),
      [],
    );
    const numbers = answers
      .filter(({ status }) => status === 200)
      .map(({ body }) => parsePopped(body).number);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(12);
  });

  it('50 readers of a burn of 3: exactly 3 get it', async () => {
    const ada = await signIn('burns-at-once');
    const link = await ada.push('secret', '?burn=3');
    const { first: answers } = await asManyAsAllowed(
      Array.from({ length: 50 }, () => () => ask(`${link}/reveal`, { method: 'POST' })),
      [],
    );
    expect(answers.filter(({ status }) => status === 200).map(({ body }) => body)).toEqual(
      Array.from({ length: 3 }, () => 'secret'),
    );
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(47);
    expect((await remains(insideOf('burns-at-once'))).rows).toEqual([]);
  });
});

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Sends all at once; those that a user’s rate refuses once more a second later, until each has its answer. */
async function asManyAsAllowed(
  first: readonly (() => Promise<Response>)[],
  second: readonly (() => Promise<Response>)[],
): Promise<{ first: Answered[]; second: Answered[] }> {
  const asks = interleaved(first, second);
  const answers = new Map<() => Promise<Response>, Answered>();
  for (let seconds = 100; answers.size < asks.length; seconds++) {
    atSeconds(seconds);
    const waiting = asks.filter((send) => !answers.has(send));
    await Promise.all(
      waiting.map(async (send) => {
        const answer = await send();
        if (answer.status !== 429) answers.set(send, { status: answer.status, body: await answer.text() });
        else await answer.text();
      }),
    );
  }
  const answersOf = (sent: typeof first) => sent.flatMap((send) => answers.get(send) ?? []);
  return { first: answersOf(first), second: answersOf(second) };
}

function interleaved<Value>(first: readonly Value[], second: readonly Value[]): Value[] {
  return first.flatMap((value, index) => [value, ...second.slice(index, index + 1)]);
}

function withId(method: 'POST', requestId: string): RequestInit {
  return { method, headers: { 'idempotency-key': requestId } };
}

async function popped(user: User, requestId?: string): Promise<{ number: number; text: string }> {
  const init = requestId === undefined ? { method: 'POST' } : withId('POST', requestId);
  const answer = await user.ask('/v1/snippets/pop', init);
  expect(answer.status).toBe(200);
  return parsePopped(await answer.text());
}

function parsePopped(body: string): { number: number; text: string } {
  const { number, text }: { number: number; text: string } = JSON.parse(body);
  return { number, text };
}

/** The path of a snippet’s link, of the newest where no number is said. */
async function linkOf(user: User, number?: number): Promise<string> {
  const { snippets } = await (
    await user.ask('/v1/snippets')
  ).json<{ snippets: readonly { id: string; number: number }[] }>();
  const found = number === undefined ? snippets[0] : snippets.find((snippet) => snippet.number === number);
  if (!found) throw new Error('there is no such snippet');
  return `/s/${found.id}`;
}

async function listed(user: User): Promise<number[]> {
  const { snippets } = await (
    await user.ask('/v1/snippets')
  ).json<{ snippets: readonly { number: number }[] }>();
  return snippets.map(({ number }) => number);
}

async function pushedNumber(user: User): Promise<number> {
  const headers = { accept: 'application/json' };
  const answer = await user.ask('/', { method: 'POST', body: 'next', headers });
  return (await answer.json<{ number: number }>()).number;
}

/** What is stored: the numbers of rows, on the stack or not, and how many chunks. */
function remains(inside: Inside): Promise<{ rows: number[]; chunks: number }> {
  return inside.inStorage(({ sql }) => ({
    rows: sql
      .exec<{ number: number }>('SELECT number FROM snippets ORDER BY number')
      .toArray()
      .map(({ number }) => number),
    chunks: sql.exec<{ count: number }>('SELECT count(*) AS count FROM chunks').one().count,
  }));
}
