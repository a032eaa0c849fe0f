// What an owner does with the history: list it by pages, search it, read, restore and delete a record.

import { describe, expect, it } from 'vitest';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, startMs, useOwnClock } from '../stack-inside.ts';
import { indexedTexts } from './bucket.ts';

useOwnClock();

interface Listed {
  readonly entries: readonly { id: string; number: number; lost: boolean; firstLine: string }[];
  readonly nextPageToken: string;
}

async function list(user: User, query: Record<string, string> = {}): Promise<Listed> {
  const answer = await user.ask(`/v1/history?${new URLSearchParams(query).toString()}`);
  expect(answer.status).toBe(200);
  return answer.json<Listed>();
}

async function numbers(user: User, query: Record<string, string>): Promise<number[]> {
  return (await list(user, query)).entries.map(({ number }) => number);
}

/** Somebody with a small history of every kind. */
async function historian(userId: string): Promise<User> {
  const ada = await signIn(userId);
  await ada.ask('/load.py?description=reads%20a%20na%C3%AFve%20csv', {
    method: 'PUT',
    body: 'def load_input(path):\n    return np.array(path)\n',
  });
  atSeconds(3600);
  await ada.ask('/main.ts?description=starts', { method: 'PUT', body: 'const a = "foo-bar";\n' });
  atSeconds(7200);
  await ada.ask('/notes?language=markdown', { method: 'PUT', body: '# Notes\nOR NOT AND "quoted"\n' });
  return ada;
}

describe('the history', () => {
  it('has what was pushed a moment ago', async () => {
    const ada = await signIn('history-now');
    await ada.push('x = 1');
    expect(await list(ada)).toMatchObject({
      entries: [{ number: 1, firstLine: 'x = 1' }],
      nextPageToken: '',
    });
  });

  it('comes by pages, newest first, each entry once', async () => {
    const ada = await signIn('history-pages');
    for (let number = 1; number <= 25; number++) {
      atSeconds(number);
      await ada.push(`text ${number}`);
    }
    const found: number[] = [];
    let pageToken = '';
    const sizes: number[] = [];
    do {
      const page = await list(ada, { pageSize: '10', pageToken });
      sizes.push(page.entries.length);
      found.push(...page.entries.map(({ number }) => number));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(sizes).toEqual([10, 10, 5]);
    expect(found).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index));
    expect((await list(ada)).entries).toHaveLength(20);
  });

  it.each([
    ['a word of the text', { query: 'load_input' }, [1]],
    ['a word in another case', { query: 'NOTES' }, [3]],
    ['a word of the description', { query: 'csv' }, [1]],
    ['a word without its accent', { query: 'naive' }, [1]],
    ['a file’s name', { query: 'main.ts' }, [2]],
    ['words that are not side by side', { query: 'path csv' }, [1]],
    ['either of two', { query: 'csv OR starts' }, [2, 1]],
    ['a phrase', { query: '"np array"' }, [1]],
    ['the begin of a word', { query: 'loa*' }, [1]],
    ['what isn’t there', { query: 'nowhere' }, []],
    ['an operator that isn’t one', { query: 'foo-bar' }, [2]],
    ['a call', { query: 'np.array(path)' }, [1]],
    ['an unclosed quote', { query: '"quoted' }, [3]],
    ['operators alone', { query: 'OR NOT AND' }, [3]],
    ['nothing but signs', { query: '(((' }, []],
    ['a column that isn’t there', { query: 'nocolumn: csv' }, []],
    ['a language', { language: 'markdown' }, [3]],
    ['a language and a word', { language: 'python', query: 'csv' }, [1]],
  ])('finds %s', async (what, query, expected) => {
    const ada = await historian(`find-${what.length}-${what.replaceAll(/[^a-z]/g, '').slice(0, 9)}`);
    expect(await numbers(ada, query)).toEqual(expected);
  });

  it('finds what was pushed between two times', async () => {
    const ada = await historian('history-times');
    const [startTime, endTime] = [iso(3600), iso(7200)];
    atSeconds(7300);
    expect(await numbers(ada, { startTime })).toEqual([3, 2]);
    expect(await numbers(ada, { endTime })).toEqual([2, 1]);
    expect(await numbers(ada, { startTime, endTime })).toEqual([2]);
  });

  it('gives a record with its text and all that was said of it', async () => {
    const ada = await historian('history-read');
    const { entries } = await list(ada, { query: 'load_input' });
    const read = await ada.ask(`/v1/history/${entries[0]?.id}`);
    expect(await read.json()).toMatchObject({
      entry: { number: 1, language: 'python', origin: { fileName: 'load.py' } },
      text: 'def load_input(path):\n    return np.array(path)\n',
      description: 'reads a naïve csv',
    });
  });

  it('is a stack’s snippet again, byte for byte, long after it left', async () => {
    const ada = await signIn('history-restore');
    const text = '\uFEFFx = "🐍"\r\n\0';
    await ada.ask('/a.py?ttl=1m&description=why', { method: 'PUT', body: text });
    const { entries } = await list(ada);
    atSeconds(30 * 86_400);
    expect((await ask('/~history-restore')).status).toBe(404);
    const restored = await ada.ask(`/v1/history/${entries[0]?.id}/restore`, { method: 'POST' });
    expect(restored.status).toBe(201);
    expect(await restored.json()).toMatchObject({
      number: 2,
      description: 'why',
      origin: { fileName: 'a.py' },
    });
    const bytes = new Uint8Array(await (await ask('/~history-restore')).arrayBuffer());
    expect(bytes).toEqual(new TextEncoder().encode(text));
  });

  it('restores once for one request id', async () => {
    const ada = await signIn('restore-once');
    await ada.push('text');
    const { entries } = await list(ada);
    const asked = { method: 'POST', headers: { 'idempotency-key': 'again' } };
    const path = `/v1/history/${entries[0]?.id}/restore`;
    const [first, second] = [await ada.ask(path, asked), await ada.ask(path, asked)];
    expect(await second.json()).toEqual(await first.json());
    expect(await numbers(ada, {})).toEqual([2, 1]);
  });

  it('forgets a record for good, also where a newer one is on its way', async () => {
    const ada = await signIn('deletes-newer');
    await ada.push('old');
    const [entry] = (await list(ada)).entries;
    await ada.ask(`/s/${entry?.id}`, { method: 'PUT', body: 'new' });
    expect((await ada.ask(`/v1/history/${entry?.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await list(ada)).entries).toEqual([]);
    expect(await indexedTexts('deletes-newer')).toEqual({});
    expect(await (await ask('/~deletes-newer')).text()).toBe('new');
    await ada.ask(`/s/${entry?.id}`, { method: 'PUT', body: 'newest' });
    expect((await list(ada)).entries).toMatchObject([{ firstLine: 'newest' }]);
  });

  it('forgets a record for good, and what is on the stack stays there', async () => {
    const ada = await signIn('history-delete');
    await ada.push('one');
    await ada.push('two');
    const { entries } = await list(ada);
    const id = entries.find(({ number }) => number === 1)?.id ?? '';
    expect((await ada.ask(`/v1/history/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await ada.ask(`/v1/history/${id}`)).status).toBe(404);
    expect((await ada.ask(`/v1/history/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await numbers(ada, {})).toEqual([2]);
    expect(await indexedTexts('history-delete')).toEqual({ 2: 'two' });
    expect(await (await ask('/~history-delete/1')).text()).toBe('one');
  });
});

describe('a question to the history', () => {
  it.each([
    ['a page token that is none', 'pageToken=x', 'pageToken'],
    ['a negative page token', 'pageToken=-1', 'pageToken'],
    ['a page of 101', 'pageSize=101', 'pageSize'],
    ['a page of less than nothing', 'pageSize=-1', 'pageSize'],
    ['a page size that is no number', 'pageSize=many', 'pageSize'],
    ['a search that is too long', `query=${'x'.repeat(501)}`, 'query'],
    ['a time that is none', 'startTime=yesterday', 'startTime'],
    ['an option that isn’t there', 'sort=up', 'sort'],
    ['an option twice', 'query=a&query=b', 'query'],
  ])('with %s is refused by name', async (what, query, field) => {
    const ada = await signIn(`bad-history-${what.length}`);
    const answer = await ada.ask(`/v1/history?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'invalid_argument', field });
  });

  it('is answered to its owner only', async () => {
    const ada = await historian('history-owner');
    const eve = await signIn('history-eve');
    const { entries } = await list(ada);
    const path = `/v1/history/${entries[0]?.id}`;
    expect((await ask('/v1/history')).status).toBe(401);
    expect((await ask(path)).status).toBe(401);
    expect((await eve.ask(path)).status).toBe(404);
    expect((await eve.ask(path, { method: 'DELETE' })).status).toBe(404);
    expect((await eve.ask(`${path}/restore`, { method: 'POST' })).status).toBe(404);
    expect(await numbers(eve, {})).toEqual([]);
  });
});

/** A time of the test's clock. */
function iso(seconds: number): string {
  return new Date(startMs + seconds * 1000).toISOString();
}
