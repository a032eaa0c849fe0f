// Who may read what an account pushes is asked once, before its first push, and only where nobody has chosen yet.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { type Memory, needsChoice, VisibilityChoice } from '../../../extension/push/visibility-choice.ts';
import type { Connection } from '../../../extension/session/session.ts';
import type { Client } from '../../../shared/client.ts';
import { HistoryEntrySchema, SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { accept, ProblemError, refuse } from '../../../shared/problem.ts';
import type { Visibility } from '../../../shared/snippet.ts';

class Shared implements Memory {
  readonly #values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.#values.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

interface Account {
  visibility?: Visibility;
  snippets?: number;
  records?: number;
  isAway?: boolean;
}

/** An editor signed in to this account, whose person gives this answer. */
function editor(account: Account, answer: Visibility | undefined, memory = new Shared()) {
  const asked: string[] = [];
  const calls: string[] = [];
  let isAway = account.isAway ?? false;
  let visibility = account.visibility ?? 'public';
  const told = () => ({ userId: 'ada', defaultVisibility: visibility, defaultTtlSeconds: 60 });
  const client = {
    account: async () => told(),
    list: async () => Array.from({ length: account.snippets ?? 0 }, () => create(SnippetSchema)),
    history: async () => ({
      entries: Array.from({ length: account.records ?? 0 }, () => create(HistoryEntrySchema)),
      nextPageToken: '',
    }),
    setDefaultVisibility: async (chosen: Visibility) => {
      visibility = chosen;
      return told();
    },
  } satisfies Partial<Client>;
  const whole: Client = new Proxy(Object.create(null), {
    get: (_, name) => {
      calls.push(String(name));
      if (isAway) throw new ProblemError({ code: 'unavailable', detail: '' });
      return Reflect.get(client, name);
    },
  });
  const connection: Connection = {
    endpoint: 'https://here.example',
    userId: 'ada',
    call: async (call) => {
      try {
        return accept(await call(whole, new AbortController().signal));
      } catch (error) {
        if (error instanceof ProblemError) return { ok: false, problem: error.problem };
        throw error;
      }
    },
  };
  const choice = new VisibilityChoice(memory, async (userId) => {
    asked.push(userId);
    return answer;
  });
  return {
    asked,
    calls,
    connection,
    choice,
    memory,
    goAway: () => (isAway = true),
    comeBack: () => (isAway = false),
    visibility: () => visibility,
  };
}

describe('the question of who may read', () => {
  it.each(['public', 'unlisted', 'private'] as const)(
    'is asked before the first push: %s',
    async (answer) => {
      const { asked, choice, connection, visibility } = editor({}, answer);
      expect(choice.isMade(connection)).toBe(false);
      expect(await choice.make(connection)).toEqual({ kind: 'made' });
      expect(asked).toEqual(['ada']);
      expect(visibility()).toBe(answer);
      expect(choice.isMade(connection)).toBe(true);
    },
  );

  it.each([
    ['somebody chose already', { visibility: 'private' }],
    ['something lies on the stack', { snippets: 1 }],
    ['something was pushed within the year', { records: 1 }],
  ] satisfies [string, Account][])('isn’t asked where %s', async (_, account) => {
    const { asked, choice, connection } = editor(account, 'public');
    expect(await choice.make(connection)).toEqual({ kind: 'made' });
    expect(asked).toEqual([]);
  });

  it('is asked once: the edge, too', async () => {
    const first = editor({}, 'public');
    await first.choice.make(first.connection);
    const later = editor({}, 'public', first.memory);
    expect(await later.choice.make(later.connection)).toEqual({ kind: 'made' });
    expect([later.asked, later.calls]).toEqual([[], []]);
  });

  it('is asked again where there was no answer', async () => {
    const { asked, choice, connection, visibility } = editor({}, undefined);
    expect((await choice.make(connection)).kind).toBe('open');
    expect((await choice.make(connection)).kind).toBe('open');
    expect(asked).toHaveLength(2);
    expect(choice.isMade(connection)).toBe(false);
    expect(visibility()).toBe('public');
  });

  it('isn’t asked while the edge can’t be', async () => {
    const { asked, choice, connection, comeBack } = editor({ isAway: true }, 'private');
    expect(await choice.make(connection)).toMatchObject({
      kind: 'unknown',
      problem: { code: 'unavailable' },
    });
    expect(asked).toEqual([]);
    comeBack();
    expect((await choice.make(connection)).kind).toBe('made');
  });

  it('isn’t waited for long: an edge that was given up is away', async () => {
    const { choice, connection } = editor({}, 'private');
    const slow: Connection = {
      ...connection,
      call: async (_, signal) => refuse(signal ? 'canceled' : 'internal', 'No answer came.'),
    };
    expect(await choice.make(slow)).toMatchObject({ kind: 'unknown', problem: { code: 'unavailable' } });
  });

  it('is open again where the answer didn’t get to the edge', async () => {
    const { choice, connection, goAway, memory } = editor({}, undefined);
    const answering = new VisibilityChoice(memory, async () => {
      goAway();
      return 'private';
    });
    expect((await answering.make(connection)).kind).toBe('unknown');
    expect(choice.isMade(connection)).toBe(false);
  });

  it('is another one for each account, of one whose connection doesn’t say so, too', async () => {
    const { choice, connection, memory } = editor({}, 'public');
    await choice.make(connection);
    const bob = { ...connection, userId: 'bob' };
    expect(choice.isMade(bob)).toBe(false);
    const unnamed = { ...connection, userId: undefined };
    expect(choice.isMade(unnamed)).toBe(false);
    await new VisibilityChoice(memory, async () => undefined).look(unnamed);
    await choice.look(unnamed);
    expect(choice.isMade(unnamed)).toBe(true);
  });

  it('tells whoever waits for the answer', async () => {
    const { choice, connection } = editor({}, 'public');
    let answers = 0;
    choice.onDidMake(() => (answers += 1));
    await choice.make(connection);
    await choice.make(connection);
    expect(answers).toBe(1);
  });

  it.each([
    [{ visibility: undefined, burnReads: 0 }, true],
    [{ visibility: 'private', burnReads: 0 }, false],
    [{ visibility: undefined, burnReads: 1 }, false],
  ] as const)('concerns what follows the account: %o', (draft, expected) => {
    expect(needsChoice(draft)).toBe(expected);
  });
});
