// Retries: a request id that was seen within 24 hours gets its first answer again, whatever the request did, and
// nothing is done twice. A push is known for longer: an editor's queue may send it again weeks later.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { ask, type User } from '../edge.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { expectProblem } from './problem.ts';
import { numbersOf, pushed, type Pushed, somebody } from './pushed.ts';

useOwnClock();

interface Door {
  readonly what: string;
  readonly does: 'push' | 'replace' | 'pop' | 'delete';
  /** Asks with a request id; of what it works on, this is the snippet. */
  readonly send: (owner: User, id: string, requestId: string) => Promise<Response>;
}

const withHeader = (method: string, requestId: string, body?: string): RequestInit => ({
  method,
  headers: { 'idempotency-key': requestId, accept: 'application/json' },
  ...(body !== undefined && { body }),
});
const withField = (method: string, requestId: string, fields: object = {}): RequestInit => ({
  method,
  body: JSON.stringify({ ...fields, requestId }),
});

const doors: Door[] = [
  {
    what: 'POST /',
    does: 'push',
    send: (owner, _id, requestId) => owner.ask('/', withHeader('POST', requestId, 'once')),
  },
  {
    what: 'PUT /{file name}',
    does: 'push',
    send: (owner, _id, requestId) => owner.ask('/a.py', withHeader('PUT', requestId, 'once')),
  },
  {
    what: 'POST /v1/snippets, by header',
    does: 'push',
    send: (owner, _id, requestId) =>
      owner.ask('/v1/snippets', withHeader('POST', requestId, '{"text":"once"}')),
  },
  {
    what: 'POST /v1/snippets, by field',
    does: 'push',
    send: (owner, _id, requestId) =>
      owner.ask('/v1/snippets', withField('POST', requestId, { text: 'once' })),
  },
  {
    what: 'PUT /s/{id}',
    does: 'replace',
    send: (owner, id, requestId) => owner.ask(`/s/${id}`, withHeader('PUT', requestId, 'once')),
  },
  {
    what: 'PUT /v1/snippets/{id}, by header',
    does: 'replace',
    send: (owner, id, requestId) =>
      owner.ask(`/v1/snippets/${id}`, withHeader('PUT', requestId, '{"text":"once"}')),
  },
  {
    what: 'PUT /v1/snippets/{id}, by field',
    does: 'replace',
    send: (owner, id, requestId) =>
      owner.ask(`/v1/snippets/${id}`, withField('PUT', requestId, { text: 'once' })),
  },
  {
    what: 'POST /v1/snippets/pop, by header',
    does: 'pop',
    send: (owner, _id, requestId) => owner.ask('/v1/snippets/pop', withHeader('POST', requestId)),
  },
  {
    what: 'POST /v1/snippets/pop, by field',
    does: 'pop',
    send: (owner, _id, requestId) => owner.ask('/v1/snippets/pop', withField('POST', requestId)),
  },
  {
    what: 'DELETE /s/{id}',
    does: 'delete',
    send: (owner, id, requestId) => owner.ask(`/s/${id}`, withHeader('DELETE', requestId)),
  },
  {
    what: 'DELETE /v1/snippets/{id}',
    does: 'delete',
    send: (owner, id, requestId) => owner.ask(`/v1/snippets/${id}`, withHeader('DELETE', requestId)),
  },
];

/** Somebody with three snippets that outlive the test: what a door works on lies in the middle, with all its words. */
async function withStack(): Promise<{ ada: User; id: string }> {
  const ada = await somebody();
  await ada.push('bottom', '?ttl=30d');
  const { id } = await pushed(ada, 'middle', '?ttl=30d&alias=middle&description=why');
  await ada.push('top', '?ttl=30d&alias=crown');
  return { ada, id };
}

async function whole(answer: Response): Promise<unknown> {
  const { status } = answer;
  const header = (name: string) => answer.headers.get(name);
  return { status, location: header('location'), etag: header('etag'), text: await answer.text() };
}

async function listOf(owner: User): Promise<unknown> {
  return (await owner.ask('/v1/snippets')).json();
}

describe.each(doors)('a retry of $what', ({ does, send }) => {
  it('gets the first answer, and nothing is done twice', async () => {
    const { ada, id } = await withStack();
    const before = await listOf(ada);
    const first = await whole(await send(ada, id, 'the same'));
    const after = await listOf(ada);
    expect(after).not.toEqual(before);
    expect(await whole(await send(ada, id, 'the same'))).toEqual(first);
    expect(await listOf(ada)).toEqual(after);
  });

  it('gets it though the stack has moved on, to the end of 24 hours', async () => {
    const { ada, id } = await withStack();
    const first = await whole(await send(ada, id, 'the same'));
    await ada.push('newer', '?ttl=30d');
    for (const seconds of [1, 3600, limits.requestIdSeconds - 1]) {
      atSeconds(seconds);
      const before = await listOf(ada);
      expect(await whole(await send(ada, id, 'the same'))).toEqual(first);
      expect(await listOf(ada)).toEqual(before);
    }
  });

  it(`is a request of its own after ${does === 'push' ? '31 days' : '24 hours'}`, async () => {
    const { ada, id } = await withStack();
    await send(ada, id, 'the same');
    atSeconds(does === 'push' ? limits.pushKnownSeconds : limits.requestIdSeconds);
    const before = await listOf(ada);
    const again = await send(ada, id, 'the same');
    if (does === 'delete') await expectProblem(again, { code: 'not_found' });
    else expect(await listOf(ada)).not.toEqual(before);
  });

  it('of many at once is one request', async () => {
    const { ada, id } = await withStack();
    const first = await Promise.all(
      Array.from({ length: 5 }, async () => whole(await send(ada, id, 'the same'))),
    );
    expect(new Set(first.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const numbers = { push: [4, 3, 2, 1], replace: [3, 2, 1], pop: [2, 1], delete: [3, 1] };
    expect(await numbersOf(ada)).toEqual(numbers[does]);
  });

  it('may have a hundred characters, and not one more', async () => {
    const { ada, id } = await withStack();
    const refused = {
      code: 'invalid_argument',
      field: 'requestId',
      limit: limits.requestIdCharacters,
    } as const;
    const before = await listOf(ada);
    await expectProblem(await send(ada, id, 'k'.repeat(limits.requestIdCharacters + 1)), refused);
    expect(await listOf(ada)).toEqual(before);
    expect((await send(ada, id, 'k'.repeat(limits.requestIdCharacters))).ok).toBe(true);
  });

  it('of somebody else is another request', async () => {
    const { ada, id } = await withStack();
    const eve = await withStack();
    await send(ada, id, 'the same');
    const before = await listOf(eve.ada);
    expect((await send(eve.ada, eve.id, 'the same')).ok).toBe(true);
    expect(await listOf(eve.ada)).not.toEqual(before);
  });

  it('is refused where the id was given to something else', async () => {
    const others = doors.filter(
      (door, index) => door.does !== does && doors.findIndex((first) => first.does === door.does) === index,
    );
    for (const other of others) {
      const { ada, id } = await withStack();
      await other.send(ada, id, 'the same');
      const before = await listOf(ada);
      await expectProblem(await send(ada, id, 'the same'), { code: 'invalid_argument', field: 'requestId' });
      expect(await listOf(ada)).toEqual(before);
    }
  });
});

describe.each(doors.filter(({ does }) => does === 'push'))('days later a retry of $what', ({ send }) => {
  it.each([
    ['after the alarm', true],
    ['before a late alarm', false],
  ])('still makes no second snippet, %s, and is told where the first is', async (_when, isPunctual) => {
    const { ada, id } = await withStack();
    const first = await whole(await send(ada, id, 'the same'));
    for (const seconds of [limits.requestIdSeconds, limits.pushKnownSeconds - 1]) {
      atSeconds(seconds);
      if (isPunctual) await insideOf(ada.userId).ring();
      const before = await listOf(ada);
      expect(await whole(await send(ada, id, 'the same'))).toEqual(first);
      expect(await listOf(ada)).toEqual(before);
    }
  });
});

const pushOnce = (owner: User, text: string) => owner.ask('/', withHeader('POST', 'p', text));

describe('a push that is known for a month', () => {
  it('leaves no word of it behind, and at its end nothing', async () => {
    const ada = await somebody();
    await ada.ask('/?description=why&alias=mine', withHeader('POST', 'p', 'words'));
    const inside = insideOf(ada.userId);
    atSeconds(limits.requestIdSeconds);
    await inside.ring();
    expect(await inside.rowsOf('requests')).toEqual([]);
    const known = await inside.rowsOf('known_pushes');
    expect(known).toHaveLength(1);
    expect(JSON.stringify(known)).not.toMatch(/words|why|mine/);
    atSeconds(limits.pushKnownSeconds);
    await inside.ring();
    expect(await inside.rowsOf('known_pushes')).toEqual([]);
  });

  it('is one of its own under an id that a deletion had a day before, also where the alarm is late', async () => {
    const ada = await somebody();
    const { id } = await pushed(ada, 'one');
    await ada.ask(`/s/${id}`, withHeader('DELETE', 'p'));
    await expectProblem(await pushOnce(ada, 'two'), { code: 'invalid_argument', field: 'requestId' });
    atSeconds(limits.requestIdSeconds);
    expect((await pushOnce(ada, 'two')).ok).toBe(true);
    expect(await numbersOf(ada)).toEqual([2]);
  });

  it('is refused its id for another text', async () => {
    const ada = await somebody();
    await pushOnce(ada, 'one');
    atSeconds(limits.requestIdSeconds);
    await expectProblem(await pushOnce(ada, 'another'), { code: 'invalid_argument', field: 'requestId' });
    expect((await pushOnce(ada, 'one')).ok).toBe(true);
    expect(await numbersOf(ada)).toEqual([]);
  });
});

describe.each(doors.filter(({ does }) => does === 'replace' || does === 'delete'))(
  'a request id that was given to $what',
  ({ send }) => {
    it('is refused for another snippet', async () => {
      const { ada, id } = await withStack();
      const other = await pushed(ada, 'other', '?ttl=30d');
      await send(ada, id, 'the same');
      const before = await listOf(ada);
      await expectProblem(await send(ada, other.id, 'the same'), {
        code: 'invalid_argument',
        field: 'requestId',
      });
      expect(await listOf(ada)).toEqual(before);
    });
  },
);

describe('a request id', () => {
  it('may be any text', async () => {
    const ada = await somebody();
    for (const requestId of ['0', ' ', '🐍', "'; DROP TABLE requests; --", 'a\u0000b', crypto.randomUUID()]) {
      const init = withField('POST', requestId, { text: 'x' });
      const numbers: number[] = [];
      for (let count = 0; count < 2; count++)
        numbers.push((await (await ada.ask('/v1/snippets', init)).json<Pushed>()).number);
      expect(numbers[0]).toBe(numbers[1]);
      atSeconds((numbers[0] ?? 0) * 2);
    }
    expect(await numbersOf(ada)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('in a field says it better than one in a header', async () => {
    const ada = await somebody();
    const send = (inHeader: string, inField: string) =>
      ada.ask('/v1/snippets', {
        ...withHeader('POST', inHeader),
        body: JSON.stringify({ text: 'x', requestId: inField }),
      });
    await send('header', 'field');
    await send('another', 'field');
    expect(await numbersOf(ada)).toEqual([1]);
    await send('header', 'another');
    expect(await numbersOf(ada)).toEqual([2, 1]);
  });

  it('of nothing at all is none', async () => {
    const ada = await somebody();
    for (let count = 0; count < 2; count++)
      await ada.ask('/v1/snippets', withField('POST', '', { text: 'x' }));
    expect(await numbersOf(ada)).toEqual([2, 1]);
    for (let count = 0; count < 2; count++) await ada.ask('/v1/snippets/pop', withField('POST', ''));
    expect(await numbersOf(ada)).toEqual([]);
  });

  it('is not spent on what was refused', async () => {
    const { ada, id } = await withStack();
    const send = () => ada.ask('/?alias=middle', withHeader('POST', 'try again', 'x'));
    await expectProblem(await send(), { code: 'alias_taken' });
    await ada.ask(`/s/${id}`, { method: 'DELETE' });
    expect((await send()).status).toBe(201);
    expect(await (await ask(`/~${ada.userId}/middle`)).text()).toBe('x');
  });
});

describe('a popped snippet', () => {
  it('comes again whole: with its text, its description, its alias and its address', async () => {
    const { ada } = await withStack();
    await ada.ask('/v1/snippets', {
      method: 'POST',
      body: JSON.stringify({
        text: 'é'.repeat(300_000),
        description: 'd'.repeat(5000),
        alias: 'whole',
        needs: ['np'],
      }),
    });
    const pop = async () => (await ada.ask('/v1/snippets/pop', withHeader('POST', 'p'))).json();
    const first = await pop();
    expect(first).toMatchObject({ alias: 'whole', address: `http://localhost/~${ada.userId}/whole` });
    expect(await pop()).toEqual(first);
  });

  it('comes again only to whoever popped it: at its addresses it is gone', async () => {
    const { ada } = await withStack();
    const popped = await (await ada.ask('/v1/snippets/pop', withHeader('POST', 'p'))).json<Pushed>();
    for (const path of [`/s/${popped.id}`, `/~${ada.userId}/3`, `/~${ada.userId}/crown`]) {
      await expectProblem(await ask(path), { code: 'not_found' });
      await expectProblem(await ada.ask(path), { code: 'not_found' });
    }
  });

  it('is kept for the last twenty pops', async () => {
    const ada = await somebody();
    const pops = limits.keptPops + 1;
    for (let index = 0; index < pops; index++) {
      atSeconds(index);
      await ada.push(`text ${index}`);
      await ada.ask('/v1/snippets/pop', withHeader('POST', `pop ${index}`));
    }
    const again = (index: number) => ada.ask('/v1/snippets/pop', withHeader('POST', `pop ${index}`));
    await expectProblem(await again(0), { code: 'not_found' });
    for (const index of [1, pops - 1])
      expect(await (await again(index)).json()).toMatchObject({ text: `text ${index}` });
  });
});

describe('a request id that is used again by mistake', () => {
  it.each([
    ['a push', (owner: User, body: string) => owner.ask('/', withHeader('POST', 'fixed', body))],
    [
      'a replacement',
      (owner: User, body: string, id: string) => owner.ask(`/s/${id}`, withHeader('PUT', 'fixed', body)),
    ],
  ])('for %s with another text is refused: that text would else be lost unnoticed', async (_what, send) => {
    const ada = await somebody();
    const { id } = await pushed(ada, 'before');
    expect((await send(ada, 'one', id)).ok).toBe(true);
    await expectProblem(await send(ada, 'another', id), { code: 'invalid_argument', field: 'requestId' });
    expect((await send(ada, 'one', id)).ok).toBe(true);
  });
});
