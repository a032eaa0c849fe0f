// A watcher of a stack: a live socket, and what is heard through it.

import { expect } from 'vitest';

export const upgrade = { headers: { upgrade: 'websocket' } };

/** Who opens it: a user with a key, or a browser. */
type Opener = { ask(path: string, init?: RequestInit): Promise<Response> };

export class Watcher {
  readonly socket: WebSocket;
  /** How it was closed by the other end. */
  readonly closed: Promise<{ code: number; wasClean: boolean }>;
  readonly #heard: string[] = [];
  #waiting: ((text: string) => void) | undefined;

  constructor(answer: Response) {
    if (!answer.webSocket) throw new Error(`no socket, but ${answer.status}`);
    this.socket = answer.webSocket;
    this.closed = new Promise((resolve) => {
      this.socket.addEventListener('close', ({ code, wasClean }) => resolve({ code, wasClean }));
    });
    this.socket.addEventListener('message', ({ data }) => {
      const text = typeof data === 'string' ? data : 'bytes';
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting) waiting(text);
      else this.#heard.push(text);
    });
    this.socket.accept();
  }

  /** The next message, which may be there already. */
  nextText(): Promise<string> {
    const text = this.#heard.shift();
    if (text !== undefined) return Promise.resolve(text);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  async next(): Promise<unknown> {
    return JSON.parse(await this.nextText());
  }

  /** What came and was not asked for yet. */
  get unheard(): readonly string[] {
    return this.#heard;
  }

  /** Nothing was said up to now: the answer to a ping is the next that is heard. */
  async expectQuiet(): Promise<void> {
    this.socket.send('ping');
    expect(await this.nextText()).toBe('pong');
  }
}

export async function watch(opener: Opener): Promise<Watcher> {
  return new Watcher(await opener.ask('/v1/live', upgrade));
}

/** A watcher that has heard its first message. */
export async function opened(opener: Opener): Promise<Watcher> {
  const watcher = await watch(opener);
  await watcher.next();
  return watcher;
}

export async function ticketOf(opener: Opener): Promise<string> {
  const answer = await opener.ask('/v1/live/tickets', { method: 'POST' });
  expect(answer.status).toBe(201);
  return (await answer.json<{ ticket: string }>()).ticket;
}
