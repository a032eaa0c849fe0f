// What happens to a snippet while its record is on its way to R2: the archive ends with what its owner wanted last.

import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { signIn, type User } from '../edge.ts';
import { atSeconds, type Inside, insideOf, useOwnClock } from '../stack-inside.ts';
import { bytesOf, indexedTexts } from './bucket.ts';

const FLUSH_SECONDS = limits.outboxDelayMs / 1000 + 1;

useOwnClock();
afterEach(() => {
  vi.restoreAllMocks();
});

interface Overtaken {
  readonly what: string;
  /** What its owner does meanwhile. */
  readonly act: (ada: User, link: string) => Promise<unknown>;
  /** The text of the record in the end; undefined: none. */
  readonly recorded: string | undefined;
  /** Whether the row is stored in the end. */
  readonly isStored: boolean;
}

const put =
  (body: string, query = '') =>
  (ada: User, link: string) =>
    ada.ask(`${link}${query}`, { method: 'PUT', body });

const cases: readonly Overtaken[] = [
  { what: 'nothing happens', act: async () => {}, recorded: 'old', isStored: true },
  { what: 'it is replaced', act: put('new'), recorded: 'new', isStored: true },
  {
    what: 'it is replaced twice',
    act: async (ada, link) => {
      await put('new')(ada, link);
      await put('newer')(ada, link);
    },
    recorded: 'newer',
    isStored: true,
  },
  { what: 'it is made private', act: put('old', '?visibility=private'), recorded: undefined, isStored: true },
  {
    what: 'it is made private and public again',
    act: async (ada, link) => {
      await put('old', '?visibility=private')(ada, link);
      await put('public again', '?visibility=public')(ada, link);
    },
    recorded: 'public again',
    isStored: true,
  },
  {
    what: 'it is deleted',
    act: (ada, link) => ada.ask(link, { method: 'DELETE' }),
    recorded: undefined,
    isStored: false,
  },
  {
    what: 'it is replaced and deleted',
    act: async (ada, link) => {
      await put('new')(ada, link);
      await ada.ask(link, { method: 'DELETE' });
    },
    recorded: undefined,
    isStored: false,
  },
  {
    what: 'it is popped',
    act: (ada) => ada.ask('/v1/snippets/pop', { method: 'POST' }),
    recorded: 'old',
    isStored: false,
  },
  {
    what: 'it is replaced and popped',
    act: async (ada, link) => {
      await put('new')(ada, link);
      await ada.ask('/v1/snippets/pop', { method: 'POST' });
    },
    recorded: 'new',
    isStored: false,
  },
];

describe.each([
  ['before R2 has it', 'before'],
  ['after R2 has it, but before the Stack knows', 'after'],
] as const)('a record on its way, %s:', (_when, moment) => {
  it.each(cases.map((each, index) => [each.what, `over-${moment}-${index}`, each] as const))(
    '%s',
    async (_what, userId, { act, recorded, isStored }) => {
      const ada = await signIn(userId);
      const inside = insideOf(userId);
      const link = await pushUnlisted(ada);
      atSeconds(FLUSH_SECONDS);
      await duringPut(inside, moment, () => act(ada, link));
      atSeconds(3 * FLUSH_SECONDS);
      await inside.ring();

      expect(await indexedTexts(userId)).toEqual(recorded === undefined ? {} : { 1: recorded });
      const { stored, indexed } = await bytesOf(userId);
      expect(stored).toBe(indexed);
      expect(await inside.rowsOf('snippets')).toMatchObject(
        isStored ? [{ number: 1, archive_due_at: null }] : [],
      );
    },
  );
});

describe('the history', () => {
  it.each<[string, string, Overtaken['act']]>([
    ['is deleted', 'deleted', (ada, link) => ada.ask(link, { method: 'DELETE' })],
    ['is made private', 'private', put('old', '?visibility=private')],
  ])(
    'never tells of what %s while it is on its way, though R2 can’t delete it yet',
    async (_what, name, act) => {
      vi.spyOn(console, 'error').mockImplementation(() => {});
      const userId = `untold-${name}`;
      const ada = await signIn(userId);
      const inside = insideOf(userId);
      const link = await pushUnlisted(ada);
      atSeconds(FLUSH_SECONDS);
      const deletes = vi.spyOn(env.ARCHIVE, 'delete').mockRejectedValueOnce(new Error('R2 is away'));
      await duringPut(inside, 'after', () => act(ada, link));
      expect(deletes).toHaveBeenCalledTimes(1);
      expect(await inside.rowsOf('history')).toEqual([]);
      atSeconds(2 * FLUSH_SECONDS);
      await inside.ring();
      expect((await bytesOf(userId)).stored).toBe(0);
    },
  );
});

describe('a record that is there already', () => {
  it.each(cases.slice(1).map((each, index) => [each.what, `there-${index}`, each] as const))(
    'follows where %s',
    async (_what, userId, { act, recorded, isStored }) => {
      const ada = await signIn(userId);
      const inside = insideOf(userId);
      const link = await pushUnlisted(ada);
      atSeconds(FLUSH_SECONDS);
      await inside.ring();
      await act(ada, link);
      atSeconds(3 * FLUSH_SECONDS);
      await inside.ring();
      expect(await indexedTexts(userId)).toEqual(recorded === undefined ? {} : { 1: recorded });
      const { stored, indexed } = await bytesOf(userId);
      expect(stored).toBe(indexed);
      expect(await inside.rowsOf('snippets')).toHaveLength(isStored ? 1 : 0);
    },
  );
});

describe('a snippet that the archive never hears of', () => {
  it.each<[string, string, (ada: User) => Promise<unknown>]>([
    ['is private', 'private', (ada) => ada.push('x', '?visibility=private')],
    ['burns', 'burns', (ada) => ada.push('x', '?burn=3')],
    [
      'burns and was popped',
      'burns-popped',
      async (ada) => {
        await ada.push('x', '?burn=3');
        await ada.ask('/v1/snippets/pop', { method: 'POST', headers: { 'idempotency-key': 'once' } });
      },
    ],
    [
      'burns and was replaced',
      'burns-replaced',
      async (ada) => ada.ask(await ada.push('x', '?burn=3'), { method: 'PUT', body: 'y' }),
    ],
    [
      'was made private before',
      'privately',
      async (ada) => put('x', '?visibility=private')(ada, await pushUnlisted(ada)),
    ],
    ['was private and expired', 'expired', (ada) => ada.push('x', '?visibility=private&ttl=1m')],
  ])('%s', async (_what, name, act) => {
    const userId = `never-${name}`;
    const ada = await signIn(userId);
    const inside = insideOf(userId);
    const puts = vi.spyOn(env.ARCHIVE, 'put');
    await act(ada);
    for (const seconds of [FLUSH_SECONDS, 3 * FLUSH_SECONDS]) {
      atSeconds(seconds);
      await inside.ring();
    }
    expect(puts).not.toHaveBeenCalled();
    expect(await indexedTexts(userId)).toEqual({});
    expect((await bytesOf(userId)).stored).toBe(0);
  });

  it('was private, and is told of once it is public', async () => {
    const ada = await signIn('public-late');
    const inside = insideOf('public-late');
    await ada.push('mine', '?visibility=private');
    const { id } = await (await ada.ask('/v1/snippets/latest')).json<{ id: string }>();
    await put('ours', '?visibility=public')(ada, `/s/${id}`);
    atSeconds(FLUSH_SECONDS);
    await inside.ring();
    expect(await indexedTexts('public-late')).toEqual({ 1: 'ours' });
  });
});

async function pushUnlisted(ada: User): Promise<string> {
  return ada.push('old', '?visibility=unlisted');
}

/** Rings, and lets something happen while the first put is on its way. */
async function duringPut(
  inside: Inside,
  moment: 'before' | 'after',
  act: () => Promise<unknown>,
): Promise<void> {
  const send = env.ARCHIVE.put.bind(env.ARCHIVE);
  let isFirst = true;
  vi.spyOn(env.ARCHIVE, 'put').mockImplementation(async (...args: Parameters<R2Bucket['put']>) => {
    const isActing = isFirst;
    isFirst = false;
    if (isActing && moment === 'before') await act();
    const object = await send(...args);
    if (isActing && moment === 'after') await act();
    return object;
  });
  await inside.ring();
  expect(isFirst).toBe(false);
}
