// What is read many times a second: answered from memory for at most a second, never longer than it lives, never to
// its owner, and in bounded memory.

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { type Hot, HotReads } from '../../../worker/doors/hot-reads.ts';
import { Stack } from '../../../worker/index.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';

const { asks: HOT_ASKS, windowMs, bytes, addressesCounted } = limits.hot;

interface Answer {
  readonly text: string;
  readonly expiresAtMs: number;
  readonly sizeBytes: number;
}

function answerOf(text: string, lasting: Partial<Answer> = {}): Answer {
  return { text, expiresAtMs: Number.POSITIVE_INFINITY, sizeBytes: 1, ...lasting };
}

/** Keeps an answer as if it was asked for at a time and came at once. */
async function keep(
  reads: HotReads<Answer>,
  key: string,
  answer: Answer,
  askedAtMs: number,
): Promise<Hot<Answer>> {
  return reads.ask(key, askedAtMs, () => Promise.resolve(answer));
}

/** Asks for an address so many times at one moment. */
function askTimes(reads: HotReads<Answer>, key: string, times: number, nowMs: number): void {
  for (let count = 0; count < times; count++) reads.get(key, nowMs);
}

describe('an address', () => {
  it.each([
    [HOT_ASKS - 1, false],
    [HOT_ASKS, true],
  ])('asked for %i times within a second is hot: %s', (times, isHot) => {
    const reads = new HotReads<Answer>();
    for (let count = 0; count < times; count++) reads.get('a', (count * windowMs) / HOT_ASKS);
    expect(reads.isHot('a')).toBe(isHot);
    expect(reads.isHot('b')).toBe(false);
  });

  it('asked for as often, but over more than a second, is not hot', () => {
    const reads = new HotReads<Answer>();
    for (let count = 0; count < 10 * HOT_ASKS; count++) reads.get('a', (count * 1.2 * windowMs) / HOT_ASKS);
    expect(reads.isHot('a')).toBe(false);
  });

  it('that was hot is so for the second after, and then only where it still is asked for', () => {
    const reads = new HotReads<Answer>();
    askTimes(reads, 'a', HOT_ASKS, 0);
    reads.get('a', windowMs);
    expect(reads.isHot('a')).toBe(true);
    reads.get('a', 2 * windowMs);
    expect(reads.isHot('a')).toBe(false);
  });

  it('that was hot long ago begins anew', () => {
    const reads = new HotReads<Answer>();
    askTimes(reads, 'a', HOT_ASKS, 0);
    reads.get('a', 10 * windowMs);
    expect(reads.isHot('a')).toBe(false);
  });

  it('is not hot because the clock stepped back', () => {
    const reads = new HotReads<Answer>();
    askTimes(reads, 'a', HOT_ASKS - 1, 10 * windowMs);
    reads.get('a', 0);
    expect(reads.isHot('a')).toBe(false);
  });

  it('that nobody asked for in a while is no longer counted, so that counts stay bounded', () => {
    const reads = new HotReads<Answer>();
    askTimes(reads, 'a', HOT_ASKS - 1, 0);
    for (let other = 0; other < addressesCounted; other++) reads.get(`other ${other}`, 1);
    reads.get('a', 2);
    expect(reads.isHot('a')).toBe(false);
  });
});

describe('an answer that is kept', () => {
  it.each([
    ['at once', 0, 'kept'],
    ['to the end of its second', windowMs - 1, 'kept'],
    ['no longer', windowMs, undefined],
    ['not where the clock stepped back', -1, undefined],
  ])('is given %s', async (_when, afterMs, text) => {
    const reads = new HotReads<Answer>();
    await keep(reads, 'a', answerOf('kept'), 5000);
    expect(reads.get('a', 5000 + afterMs)?.answer.text).toBe(text);
    expect(reads.get('b', 5000 + afterMs)).toBeUndefined();
  });

  it.each([
    [499, 'kept'],
    [500, undefined],
  ])('is given after %i ms of the 500 that it lives: %s', async (afterMs, text) => {
    const reads = new HotReads<Answer>();
    await keep(reads, 'a', answerOf('kept', { expiresAtMs: 5500 }), 5000);
    expect(reads.get('a', 5000 + afterMs)?.answer.text).toBe(text);
  });

  it('makes way for a newer one', async () => {
    const reads = new HotReads<Answer>();
    await keep(reads, 'a', answerOf('old', { sizeBytes: bytes }), 0);
    await keep(reads, 'a', answerOf('new', { sizeBytes: bytes }), 10);
    expect(reads.get('a', 20)?.answer.text).toBe('new');
  });

  it('leaves no room beyond the limit, until its second is over', async () => {
    const reads = new HotReads<Answer>();
    await keep(reads, 'a', answerOf('a', { sizeBytes: bytes - 10 }), 0);
    await keep(reads, 'b', answerOf('b', { sizeBytes: 11 }), 1);
    await keep(reads, 'c', answerOf('c', { sizeBytes: 10 }), 1);
    expect(['a', 'b', 'c'].filter((key) => reads.get(key, 2))).toEqual(['a', 'c']);
    await keep(reads, 'b', answerOf('b', { sizeBytes: 11 }), windowMs);
    expect(reads.get('b', windowMs)).toBeDefined();
    await keep(reads, 'd', answerOf('d', { sizeBytes: bytes + 1 }), 10 * windowMs);
    expect(reads.get('d', 10 * windowMs)).toBeUndefined();
  });

  it('takes no room from others once the clock stepped back far', async () => {
    const reads = new HotReads<Answer>();
    await keep(reads, 'a', answerOf('a', { sizeBytes: bytes }), 100 * windowMs);
    await keep(reads, 'b', answerOf('b'), 0);
    expect(reads.get('b', 0)).toBeDefined();
  });

  it('stays where another was asked for before it, and answered after it', async () => {
    const reads = new HotReads<Answer>();
    await keep(reads, 'later', answerOf('later'), windowMs / 2);
    await keep(reads, 'earlier', answerOf('earlier'), 0);
    expect(reads.get('later', windowMs / 2)?.answer.text).toBe('later');
  });

  it('is never older than a second, never dead, and with the others never too large, whatever happens', async () => {
    const keys = fc.constantFrom('a', 'b', 'c');
    const step = fc.record({
      key: keys,
      afterMs: fc.oneof(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: -3_000, max: 0 })),
      lifeMs: fc.integer({ min: 1, max: 2_000 }),
      sizeBytes: fc.integer({ min: 0, max: bytes }),
      isKept: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const reads = new HotReads<Answer & { readonly keptAtMs: number }>();
        const model = new Map<string, Answer & { readonly keptAtMs: number }>();
        let nowMs = 1_000_000;
        for (const { key, afterMs, lifeMs, sizeBytes, isKept } of steps) {
          nowMs += afterMs;
          const given = reads.get(key, nowMs)?.answer;
          if (given) {
            expect(nowMs - given.keptAtMs).toBeLessThan(windowMs);
            expect(nowMs).toBeGreaterThanOrEqual(given.keptAtMs);
            expect(nowMs).toBeLessThan(given.expiresAtMs);
            expect(given).toBe(model.get(key));
          } else model.delete(key);
          if (!isKept) continue;
          for (const [other, { keptAtMs }] of model)
            if (Math.abs(nowMs - keptAtMs) >= windowMs) model.delete(other);
          const answer = { ...answerOf('', { expiresAtMs: nowMs + lifeMs, sizeBytes }), keptAtMs: nowMs };
          await reads.ask(key, nowMs, () => Promise.resolve(answer));
          if (reads.get(key, nowMs)) model.set(key, answer);
          else model.delete(key);
          const keptBytes = [...model.values()].reduce((sum, each) => sum + each.sizeBytes, 0);
          expect(keptBytes).toBeLessThanOrEqual(bytes);
        }
      }),
    );
  });
});

describe('an answer that is on its way', () => {
  it('is waited for by all who ask meanwhile: many at once ask once', async () => {
    const reads = new HotReads<Answer>();
    const way = Promise.withResolvers<Answer>();
    let asks = 0;
    const bring = () => {
      asks += 1;
      return way.promise;
    };
    const waiting = [0, 1, windowMs - 1].map((nowMs) => reads.ask('a', nowMs, bring));
    expect(asks).toBe(1);
    way.resolve(answerOf('came'));
    const [first, ...others] = await Promise.all(waiting);
    expect(first?.answer.text).toBe('came');
    for (const other of others) expect(other).toBe(first);
  });

  it('is asked for anew by whoever comes a second after it was asked for: it would be too old', async () => {
    const reads = new HotReads<Answer>();
    const slow = Promise.withResolvers<Answer>();
    const first = reads.ask('a', 0, () => slow.promise);
    const second = reads.ask('a', windowMs, () => Promise.resolve(answerOf('fresh')));
    expect((await second).answer.text).toBe('fresh');
    slow.resolve(answerOf('stale'));
    expect((await first).answer.text).toBe('stale');
  });

  it('that doesn’t come fails for all who wait, and the next one asks again', async () => {
    const reads = new HotReads<Answer>();
    const way = Promise.withResolvers<Answer>();
    const waiting = [1, 2].map((nowMs) => reads.ask('a', nowMs, () => way.promise));
    way.reject(new Error('away'));
    for (const each of waiting) await expect(each).rejects.toThrow('away');
    expect((await keep(reads, 'a', answerOf('came'), 3)).answer.text).toBe('came');
  });

  it('is no other address’s', async () => {
    const reads = new HotReads<Answer>();
    const way = Promise.withResolvers<Answer>();
    const slow = reads.ask('a', 0, () => way.promise);
    expect((await keep(reads, 'b', answerOf('b'), 0)).answer.text).toBe('b');
    way.resolve(answerOf('a'));
    expect((await slow).answer.text).toBe('a');
  });
});

describe('a snippet that is read many times a second', () => {
  useOwnClock();
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('shows a stranger its replacement after a second at the latest, and its owner at once', async () => {
    const { ada, path, link } = await readOften('hot-replaced');
    await ada.ask(link, { method: 'PUT', body: 'new' });
    expect(await (await ada.ask(path)).text()).toBe('new');
    expect(await (await ada.ask(link)).text()).toBe('new');
    // That it is still the old one shows that it comes from memory.
    expect(await (await ask(path)).text()).toBe('old');
    atSeconds(1);
    expect(await (await ask(path)).text()).toBe('new');
  });

  it.each<[string, string, (ada: User, link: string) => Promise<unknown>]>([
    ['deleted', '', (ada, link) => ada.ask(link, { method: 'DELETE' })],
    ['popped', '', (ada) => ada.ask('/v1/snippets/pop', { method: 'POST' })],
    [
      'made private',
      '',
      (ada, link) => ada.ask(`${link}?visibility=private`, { method: 'PUT', body: 'old' }),
    ],
  ])('is gone for strangers a second after it was %s, at the latest', async (what, query, take) => {
    const { ada, path, link } = await readOften(`hot-${what.replace(' ', '-')}`, query);
    expect((await take(ada, link)) instanceof Response).toBe(true);
    atSeconds(1);
    expect((await ask(path)).status).toBe(404);
  });

  it('is gone to the moment when its lifetime ends', async () => {
    const ada = await signIn('hot-ends');
    const path = await ada.push('text', '?ttl=1m');
    atSeconds(59.5);
    await readTimes(path, 2 * HOT_ASKS);
    atSeconds(59.999);
    expect((await ask(path)).status).toBe(200);
    atSeconds(60);
    expect((await ask(path)).status).toBe(404);
  });

  it('shows what is pushed onto it after a second at the latest', async () => {
    const { ada } = await readOften('hot-pushed', '', '/~hot-pushed');
    await ada.push('new');
    expect(await (await ada.ask('/~hot-pushed')).text()).toBe('new');
    atSeconds(1);
    expect(await (await ask('/~hot-pushed')).text()).toBe('new');
  });

  it('is told apart by address: a number, a name and a link are not each other’s', async () => {
    const ada = await signIn('hot-apart');
    await ada.push('one');
    await ada.push('two', '?alias=two');
    let asks = 0;
    for (const [path, text] of [
      ['/~hot-apart/1', 'one'],
      ['/~hot-apart/two', 'two'],
      ['/~hot-apart/2', 'two'],
      ['/~hot-apart', 'two'],
    ] as const)
      for (let count = 0; count < HOT_ASKS + 5; count++) {
        atSeconds((asks += 1) / 200);
        expect(await (await ask(path)).text()).toBe(text);
      }
  });

  it('that is private or burns is never kept: each is told no', async () => {
    const ada = await signIn('hot-secret');
    await ada.push('mine', '?visibility=private&alias=mine');
    const burning = await ada.push('burns', '?burn=1');
    for (let count = 0; count < 2 * HOT_ASKS; count++) {
      atSeconds(count / 50);
      expect((await ask('/~hot-secret/mine')).status).toBe(404);
      expect((await ask(burning)).status).toBe(409);
      expect((await ada.ask('/~hot-secret/mine')).status).toBe(200);
    }
    expect(await (await ask(`${burning}/reveal`, { method: 'POST' })).text()).toBe('burns');
    expect((await ask(burning)).status).toBe(404);
  });

  it('is compressed for whoever takes that, and a page for a browser, from the same memory', async () => {
    const ada = await signIn('hot-forms');
    const text = 'x = 1\n'.repeat(2_000);
    const path = await ada.push(text);
    await readTimes(path, 2 * HOT_ASKS);
    const gzip = await ask(path, { headers: { 'accept-encoding': 'gzip' } });
    expect([gzip.headers.get('content-encoding'), await gzip.text()]).toEqual(['gzip', text]);
    const page = await ask(path, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const head = await ask(path, { method: 'HEAD' });
    expect([head.headers.get('content-length'), await head.text()]).toEqual([String(text.length), '']);
    const tag = head.headers.get('etag') ?? '';
    expect((await ask(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
  });

  it.each([
    ['one after the other', (path: string) => readTimes(path, 500)],
    [
      'all at once',
      async (path: string) => {
        const answers = await Promise.all(Array.from({ length: 500 }, () => ask(path)));
        expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      },
    ],
  ])('500 times in one second, %s: each gets it, and the Stack is asked twenty times', async (how, read) => {
    const userId = `hot-500-${how.slice(0, 3)}`;
    const ada = await signIn(userId);
    const path = await ada.push('round the world');
    const asked = vi.spyOn(Stack.prototype, 'readPublic');
    await read(path);
    expect(asked.mock.calls.length).toBeGreaterThanOrEqual(HOT_ASKS);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(HOT_ASKS + 1);
    expect((await ada.ask(path)).status).toBe(200);
    expect((await ada.ask('/v1/snippets')).status).toBe(200);
  });
});

async function readOften(
  userId: string,
  query = '',
  path = `/~${userId}/1`,
): Promise<{ ada: User; path: string; link: string }> {
  const ada = await signIn(userId);
  await ada.push('old', query);
  const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: readonly { id: string }[] }>();
  await readTimes(path, 2 * HOT_ASKS);
  return { ada, path, link: `/s/${snippets[0]?.id}` };
}

/** Reads as a stranger, one after the other. */
async function readTimes(path: string, times: number): Promise<void> {
  for (let count = 1; count <= times; count++) {
    const answer = await ask(path);
    expect([count, answer.status]).toEqual([count, 200]);
    await answer.text();
  }
}
