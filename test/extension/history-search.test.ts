// A search of the history while somebody types: one question per pause, the newest answer only, page after page.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { HistorySearch } from '../../extension/history/search.ts';
import type { HistoryEntry, HistoryPage, HistoryQuery } from '../../shared/client.ts';
import { HistoryEntrySchema } from '../../shared/gen/pybin_pb.js';
import { accept, refuse, type Result } from '../../shared/problem.ts';

interface Asked {
  readonly query: HistoryQuery;
  readonly signal: AbortSignal;
  readonly answer: (page: Result<HistoryPage>) => Promise<void>;
}

function entry(number: number): HistoryEntry {
  return create(HistoryEntrySchema, { id: `id-${number}`, number });
}

function page(numbers: readonly number[], nextPageToken = ''): Result<HistoryPage> {
  return accept({ entries: numbers.map(entry), nextPageToken });
}

/** Lets everything run that waits for nothing but its turn. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** A search whose edge and whose pauses answer when the test says so. */
function searching() {
  const asked: Asked[] = [];
  const pauses: (() => void)[] = [];
  let changes = 0;
  const search = new HistorySearch({
    askPage: (query, signal) =>
      new Promise((resolve) => {
        const answer = async (given: Result<HistoryPage>): Promise<void> => {
          resolve(given);
          await settled();
        };
        asked.push({ query, signal, answer });
      }),
    pause: () => new Promise((resolve) => pauses.push(resolve)),
    changed: () => {
      changes += 1;
    },
  });
  return {
    search,
    asked,
    numbers: () => search.found?.entries.map(({ number }) => number),
    changes: () => changes,
    endPauses: async () => {
      for (const end of pauses.splice(0)) end();
      await settled();
    },
    answer: async (index: number, given: Result<HistoryPage>) => {
      const question = asked[index];
      if (!question) throw new Error(`there is no question ${index}`);
      await question.answer(given);
    },
  };
}

describe('a look through the history', () => {
  it('asks for the newest at once, and is busy until they are there', async () => {
    const { search, asked, answer, numbers } = searching();
    void search.look('');
    expect(asked.map(({ query }) => query)).toEqual([{ query: '' }]);
    expect(search.isBusy).toBe(true);
    expect(search.found).toBeUndefined();
    await answer(0, page([3, 2, 1]));
    expect(numbers()).toEqual([3, 2, 1]);
    expect(search.found).toMatchObject({ typed: '', hasMore: false });
    expect(search.isBusy).toBe(false);
  });

  it('asks once for what is typed without a pause', async () => {
    const { search, asked, endPauses } = searching();
    for (const typed of ['l', 'lo', 'loa']) void search.type(typed);
    expect(asked).toEqual([]);
    await endPauses();
    expect(asked.map(({ query }) => query)).toEqual([{ query: 'loa*' }]);
  });

  it('shows what was found before until the answer is there', async () => {
    const { search, answer, endPauses, numbers } = searching();
    void search.look('');
    await answer(0, page([2, 1]));
    void search.type('x');
    await endPauses();
    expect(numbers()).toEqual([2, 1]);
    expect(search.isBusy).toBe(true);
    await answer(1, page([1]));
    expect(numbers()).toEqual([1]);
  });

  it('gives up a question that was overtaken, and drops its answer', async () => {
    const { search, asked, answer, endPauses, numbers } = searching();
    void search.look('');
    void search.type('x');
    expect(asked[0]?.signal.aborted).toBe(true);
    await endPauses();
    await answer(1, page([1]));
    await answer(0, page([3, 2, 1]));
    expect(numbers()).toEqual([1]);
  });

  it('appends page after page, to the end', async () => {
    const { search, asked, answer, numbers } = searching();
    void search.look('loa');
    await answer(0, page([9, 8], '8'));
    expect(search.found?.hasMore).toBe(true);
    void search.more();
    await answer(1, page([7, 6], '6'));
    void search.more();
    await answer(2, page([5]));
    void search.more();
    expect(asked.map(({ query }) => query)).toEqual([
      { query: 'loa*' },
      { query: 'loa*', pageToken: '8' },
      { query: 'loa*', pageToken: '6' },
    ]);
    expect(numbers()).toEqual([9, 8, 7, 6, 5]);
    expect(search.found?.hasMore).toBe(false);
  });

  it('asks for a page once, however often its end is reached', async () => {
    const { search, asked, answer } = searching();
    void search.look('');
    await answer(0, page([2], '2'));
    void search.more();
    void search.more();
    expect(asked).toHaveLength(2);
  });

  it('drops a page of a search that was overtaken', async () => {
    const { search, answer, endPauses, numbers } = searching();
    void search.look('');
    await answer(0, page([9], '9'));
    void search.more();
    void search.type('x');
    await endPauses();
    await answer(2, page([4]));
    await answer(1, page([8]));
    expect(numbers()).toEqual([4]);
  });

  it('says why there is no answer, keeps what it has, and goes on with the next', async () => {
    const { search, answer, endPauses, numbers } = searching();
    void search.look('');
    await answer(0, page([1]));
    void search.type('x');
    await endPauses();
    await answer(1, refuse('unavailable', 'Away.'));
    expect(search.problem?.code).toBe('unavailable');
    expect(search.isBusy).toBe(false);
    expect(numbers()).toEqual([1]);
    void search.look('x');
    await answer(2, page([]));
    expect(search.problem).toBeUndefined();
    expect(numbers()).toEqual([]);
  });

  it('forgets what was deleted, also where an older answer still has it', async () => {
    const { search, answer, endPauses, numbers } = searching();
    void search.look('');
    await answer(0, page([3, 2, 1]));
    void search.type('x');
    await endPauses();
    search.forget('id-2');
    expect(numbers()).toEqual([3, 1]);
    await answer(1, page([2, 1]));
    expect(numbers()).toEqual([1]);
  });

  it('goes on to the next page where all of this one was deleted', async () => {
    const { search, asked, answer, numbers } = searching();
    void search.look('');
    await answer(0, page([2], '2'));
    search.forget('id-2');
    expect(asked).toHaveLength(2);
    await answer(1, page([1]));
    expect(numbers()).toEqual([1]);
  });

  it('tells of each change once it is there', async () => {
    const { search, answer, changes } = searching();
    void search.look('');
    expect(changes()).toBe(1);
    await answer(0, page([1]));
    expect(changes()).toBe(2);
    search.forget('id-1');
    expect(changes()).toBe(3);
  });

  it('tells of nothing after it was stopped', async () => {
    const { search, asked, answer, endPauses, changes } = searching();
    void search.look('');
    search.stop();
    const before = changes();
    await answer(0, page([1]));
    expect(changes()).toBe(before);
    void search.type('x');
    search.stop();
    await endPauses();
    expect(asked).toHaveLength(1);
  });
});
