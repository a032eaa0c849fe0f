// What a window asks for and when: a socket while somebody looks, silence while nobody does, and the way back.

import { create, toJsonString } from '@bufbuild/protobuf';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Live, type LiveParts } from '../../../extension/live/live.ts';
import { LiveEventSchema, SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { limits } from '../../../shared/limits.ts';
import { accept, type ProblemCode, refuse } from '../../../shared/problem.ts';
import { FakeSocket } from './sockets.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

// Loaded when it is first needed, which takes a while.
beforeAll(() => import('../../../extension/session/edge.ts'));

beforeEach(() => {
  // Immediates stay real: the steps of what is awaited are taken by them.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.made = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A window that watches a stack of one snippet. */
class Window {
  isPaid: boolean;
  /** What was asked of the edge, oldest first. */
  readonly asked: string[] = [];
  /** What was told: a kind of event, or a problem's code. */
  readonly told: string[] = [];
  readonly warned: unknown[] = [];
  readonly live: Live;
  ticketProblem: ProblemCode | undefined;
  readonly #listeners = new Set<() => void>();
  #held: PromiseWithResolvers<void> | undefined;

  constructor(at: { readonly isPaid?: boolean; readonly ticketProblem?: ProblemCode } = {}) {
    this.isPaid = at.isPaid ?? true;
    this.ticketProblem = at.ticketProblem;
    this.live = new Live({
      edge: {
        endpoint: 'https://pybin.example',
        ticket: async () => {
          this.asked.push('ticket');
          return this.ticketProblem ? refuse(this.ticketProblem, '') : accept('a/ticket');
        },
        list: async () => {
          this.asked.push('list');
          await this.#held?.promise;
          return accept([create(SnippetSchema, { number: 1 })]);
        },
      },
      attention: this.#attention(),
      log: { debug: () => {}, warn: (...parts) => this.warned.push(parts), error: () => {} },
      tell: (told) => this.told.push(told.ok ? told.value.kind : told.problem.code),
    });
  }

  /** Somebody looks, or nobody does any more. */
  async look(isPaid: boolean): Promise<void> {
    this.isPaid = isPaid;
    for (const listener of this.#listeners) listener();
    await settled();
  }

  /** From now on lists wait to be answered, until what this gives is called. */
  holdLists(): () => void {
    this.#held = Promise.withResolvers<void>();
    return this.#held.resolve;
  }

  #attention(): LiveParts['attention'] {
    const isPaid = (): boolean => this.isPaid;
    return {
      get isPaid() {
        return isPaid();
      },
      onDidChange: (listener) => {
        const heard = (): void => listener();
        this.#listeners.add(heard);
        return { dispose: () => this.#listeners.delete(heard) };
      },
    };
  }
}

/** Whatever was begun is done, but for what waits for time or an answer. */
async function settled(): Promise<void> {
  for (let step = 0; step < 20; step++) await new Promise((resolve) => setImmediate(resolve));
}

async function after(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
}

/** Opens the youngest socket, as the edge does. */
async function opened(): Promise<FakeSocket> {
  await settled();
  const socket = FakeSocket.made.at(-1);
  if (!socket) throw new Error('no socket was made');
  socket.open();
  socket.tell(wholeStack);
  await settled();
  return socket;
}

const wholeStack = toJsonString(
  LiveEventSchema,
  create(LiveEventSchema, { event: { case: 'stack', value: { snippets: [{ number: 1 }] } } }),
);

describe('while somebody looks', () => {
  it('asks for a ticket alone: the socket it opens tells of the whole stack', async () => {
    const window = new Window();
    const { address } = await opened();
    expect(address).toBe('wss://pybin.example/v1/live?ticket=a%2Fticket');
    expect(window.asked).toEqual(['ticket']);
    expect(window.told).toEqual(['stack']);
  });

  it('asks for nothing more, for hours, as long as the line answers', async () => {
    const window = new Window();
    const socket = await opened();
    for (let passedMs = 0; passedMs < 3 * HOUR; passedMs += limits.editor.livePingMs) {
      await after(limits.editor.livePingMs);
      socket.tell('pong');
    }
    expect(window.asked).toEqual(['ticket']);
    expect(window.told).toEqual(['stack']);
    expect(new Set(socket.sent)).toEqual(new Set(['ping']));
  });

  it('opens another socket where the line is dead, though nothing closed it', async () => {
    const window = new Window();
    await opened();
    await after(2 * limits.editor.livePingMs + limits.editor.liveRetryMs.min);
    await opened();
    expect(window.asked).toEqual(['ticket', 'ticket']);
    expect(window.told).toEqual(['stack', 'stack']);
  });

  it('is back within a second where the socket breaks', async () => {
    const window = new Window();
    const socket = await opened();
    socket.end(1006);
    await after(limits.editor.liveRetryMs.min);
    await opened();
    expect(window.told).toEqual(['stack', 'stack']);
  });

  it('passes over a message that it can’t read, and hears the next', async () => {
    const window = new Window();
    const socket = await opened();
    socket.tell('{"what":');
    socket.tell('{"renamed":{"number":1}}');
    socket.tell('{"left":{"number":1}}');
    expect(window.told).toEqual(['stack', 'left']);
    expect(window.warned).toHaveLength(1);
  });
});

describe('while nobody looks', () => {
  it('asks once as the window starts, and no more', async () => {
    const window = new Window({ isPaid: false });
    await after(3 * HOUR);
    expect(window.asked).toEqual(['list']);
    expect(window.told).toEqual(['stack']);
    expect(FakeSocket.made).toEqual([]);
  });

  it('closes the socket and is silent, until somebody looks again: then it is back at once', async () => {
    const window = new Window();
    const socket = await opened();
    await window.look(false);
    expect(socket.readyState).toBe(3);
    await after(3 * HOUR);
    expect(window.asked).toEqual(['ticket']);
    await window.look(true);
    await opened();
    expect(window.asked).toEqual(['ticket', 'ticket']);
    expect(window.told).toEqual(['stack', 'stack']);
  });

  it('doesn’t try again what had failed', async () => {
    const window = new Window({ ticketProblem: 'unavailable' });
    await settled();
    await window.look(false);
    await after(3 * HOUR);
    expect(window.asked).toEqual(['ticket']);
    window.ticketProblem = undefined;
    await window.look(true);
    await opened();
    expect(window.told).toEqual(['unavailable', 'stack']);
  });

  it('finds a line dead that died in its sleep as soon as somebody looks', async () => {
    const window = new Window();
    const socket = await opened();
    // A machine that sleeps runs no timers.
    vi.setSystemTime(Date.now() + HOUR);
    await window.look(true);
    expect(socket.readyState).toBe(3);
    await after(limits.editor.liveRetryMs.min);
    await opened();
    expect(window.told).toEqual(['stack', 'stack']);
  });
});

describe('where no socket can be had', () => {
  it('asks for the list each time that one is tried in vain: at most once a minute, in the end', async () => {
    const window = new Window();
    await settled();
    const untilMs = Date.now() + HOUR;
    while (Date.now() < untilMs) {
      FakeSocket.made.at(-1)?.end(1006);
      await after(1_000);
    }
    const lists = window.asked.filter((asked) => asked === 'list').length;
    expect(lists).toBeGreaterThan(55);
    expect(lists).toBeLessThan(130);
    expect(new Set(window.told)).toEqual(new Set(['stack']));
  });

  it('takes one that doesn’t open in time for one that can’t be had', async () => {
    const window = new Window();
    await settled();
    await after(limits.editor.liveOpenMs);
    expect(window.asked).toEqual(['ticket', 'list']);
  });

  it.each(['method_not_allowed', 'rate_limited', 'internal'] as const)(
    'because the edge says %s: asks for the list',
    async (code) => {
      const window = new Window({ ticketProblem: code });
      await settled();
      expect(window.asked).toEqual(['ticket', 'list']);
      expect(window.told).toEqual(['stack']);
    },
  );

  it('because the edge is away: says so, and tries again ever more rarely', async () => {
    const window = new Window({ ticketProblem: 'unavailable' });
    await after(10 * MINUTE);
    expect(new Set(window.asked)).toEqual(new Set(['ticket']));
    expect(window.asked.length).toBeLessThan(30);
    expect(new Set(window.told)).toEqual(new Set(['unavailable']));
  });

  it('tries at once where it is woken', async () => {
    const window = new Window({ ticketProblem: 'unavailable' });
    await after(10 * MINUTE);
    window.ticketProblem = undefined;
    window.live.wake();
    await opened();
    expect(window.told.at(-1)).toBe('stack');
  });
});

describe('a key that counts no more', () => {
  it('is told by the ticket, and nothing is tried again', async () => {
    const window = new Window({ ticketProblem: 'unauthenticated' });
    await after(HOUR);
    expect(window.asked).toEqual(['ticket']);
    expect(window.told).toEqual(['unauthenticated']);
  });

  it('is told by the socket’s end, and nothing is tried again', async () => {
    const window = new Window();
    const socket = await opened();
    socket.end(4401);
    await after(HOUR);
    expect(window.asked).toEqual(['ticket']);
    expect(window.told).toEqual(['stack', 'unauthenticated']);
  });
});

describe('a list', () => {
  it('that the socket overtook counts no more', async () => {
    const window = new Window();
    const socket = await opened();
    const answer = window.holdLists();
    const looked = window.live.look();
    await settled();
    socket.tell('{"left":{"number":1}}');
    answer();
    await looked;
    expect(window.told).toEqual(['stack', 'left']);
  });

  it('that an own push overtook is asked for again', async () => {
    const window = new Window({ isPaid: false });
    await settled();
    const answer = window.holdLists();
    const looked = window.live.look();
    await settled();
    window.live.overtake();
    answer();
    await looked;
    expect(window.asked).toEqual(['list', 'list', 'list']);
    expect(window.told).toEqual(['stack', 'stack']);
  });

  it('that another one overtook counts no more', async () => {
    const window = new Window({ isPaid: false });
    await settled();
    const answer = window.holdLists();
    const both = [window.live.look(), window.live.look()];
    await settled();
    answer();
    await Promise.all(both);
    expect(window.told).toEqual(['stack', 'stack']);
  });
});

it('at its end closes the socket and leaves nothing behind', async () => {
  const window = new Window();
  const socket = await opened();
  window.live.dispose();
  await settled();
  expect(socket.readyState).toBe(3);
  expect(vi.getTimerCount()).toBe(0);
  await after(HOUR);
  expect(window.asked).toEqual(['ticket']);
});
