// The queue of pushes that could not be sent yet: kept on the disk, sent in order and once, as soon as the edge is
// back. In a window one thing is sent at a time. Says nothing to anybody: whoever shows it listens.

import { type Disposable, type Event, EventEmitter } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { Push, Snippet } from '../../shared/client.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Attention } from '../live/attention.ts';
import { retryDelayMs } from '../live/retry-delay.ts';
import type { Log } from '../log.ts';
import { needsChoice, type VisibilityChoice } from '../push/visibility-choice.ts';
import type { Connection, Session } from '../session/session.ts';
import type { Stack } from '../stack/stack.ts';
import { nextAfter } from './answers.ts';
import { type Early, keptEarly } from './early.ts';
import { type Delivered, type DeliverParts, keep, sendAtOnce, sendBehind, type Why } from './deliver.ts';
import { type Passed, passOver } from './pass.ts';
import { type Destination, nobody, type Piece, type QueuedPush } from './queued-push.ts';
import type { Look, Shelf, Shelved } from './shelf.ts';

export interface QueueParts {
  readonly shelf: Shelf;
  readonly session: Session;
  readonly stack: Stack;
  readonly attention: Attention;
  readonly isUnchanged: (queued: QueuedPush) => Promise<boolean>;
  readonly choice: VisibilityChoice;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

export class Queue implements Disposable {
  readonly #parts: QueueParts;
  readonly #changed = new EventEmitter<void>();
  readonly #passed = new EventEmitter<Passed>();
  readonly #subscriptions: Disposable[];
  readonly #over = new AbortController();
  /** Stored at the edge, but maybe still on the disk: never sent again by this window. */
  readonly #stored = new Map<string, Snippet>();
  /** Passes that nobody waits for, until what waits has been counted anew. */
  readonly #untold: Passed[] = [];
  #items: readonly Shelved[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** How often in a row the edge took none. */
  #failures = 0;
  #passedAtMs = 0;
  #queuedAtMs = 0;

  /** Fires when others wait than before. */
  readonly onDidChange: Event<void> = this.#changed.event;
  /** Fires after a pass that nobody waits for. */
  readonly onDidPass: Event<Passed> = this.#passed.event;

  constructor(parts: QueueParts) {
    this.#parts = parts;
    const { session, stack, attention } = parts;
    this.#subscriptions = [
      this.#changed,
      this.#passed,
      session.onDidChange(() => this.#passSoon()),
      parts.choice.onDidMake(() => this.#passSoon()),
      attention.onDidChange(() => {
        if (attention.isPaid && Date.now() - this.#passedAtMs > limits.queue.retryMs.min) this.#passSoon();
      }),
      // An answer came: an edge that was away is back.
      stack.onDidChange(() => {
        if (this.#failures > 0 && stack.state.kind === 'known' && !stack.state.problem) this.#passSoon();
      }),
    ];
    this.#passSoon();
  }

  /** What waits, in the order it was pushed in, as far as this window knows. */
  get items(): readonly Shelved[] {
    return this.#items;
  }

  /** Looks at the disk: another window may have kept something, or this one has only just begun. */
  async refresh(): Promise<void> {
    await this.#scan();
  }

  /** All that is known of one that waits. */
  async look(requestId: string): Promise<Look> {
    return this.#parts.shelf.look(requestId);
  }

  /** Sends a checked push behind all that waits; keeps it where it can't be sent. */
  async send(draft: Push, from: readonly Piece[], signal: AbortSignal): Promise<Delivered> {
    const waiting = keptEarly(limits.queue.keepAfterMs, () => this.#keepEarly(draft, from));
    return this.#inTurn(async () => {
      const { shelf } = this.#parts;
      const early = await waiting.inTurn();
      const snippet = this.#stored.get(draft.requestId);
      if (snippet) return { kind: 'pushed', snippet };
      if (signal.aborted) {
        if (early) await shelf.remove(draft.requestId);
        return { kind: 'canceled' };
      }
      const deliver = await this.#getDeliver();
      const queued = early?.queued ?? this.#queuedPush(draft, from, deliver);
      if (deliver?.maySend(draft) && (await shelf.list({ free: true })).length === 0) {
        const delivered = await sendAtOnce(deliver, queued, signal);
        this.#hear(
          delivered.kind === 'queued' && typeof delivered.why === 'object' ? delivered.why : undefined,
        );
        return delivered;
      }
      if (!early && (await this.#isFull())) return { kind: 'queueFull' };
      if (!deliver?.maySend(draft)) {
        const kept = await keep(shelf, queued, early?.kept);
        // Whether its author has to be asked is found out without that one waiting for it.
        if (deliver) this.#passSoon();
        return { kind: 'queued', draft, why: deliver ? 'unchosen' : await this.#whyNobody(), kept };
      }
      const { delivered, others } = await sendBehind(deliver, queued, signal);
      this.#note(others);
      this.#untold.push(others);
      return delivered;
    });
  }

  /** Tries now to send what waits: all of it, or only one, whatever stands against that. */
  async sendNow(only: string | undefined, signal: AbortSignal): Promise<Passed | 'signedOut'> {
    return this.#inTurn(async () => {
      const deliver = await this.#getDeliver();
      if (!deliver) return 'signedOut';
      const passed = await passOver(deliver, only === undefined ? {} : { only }, signal);
      this.#note(passed);
      return passed;
    });
  }

  /** From now on it is for whoever is signed in now; nothing changes where nobody is, or another window sends it. */
  async readdress(requestId: string): Promise<void> {
    await this.#inTurn(async () => {
      const { shelf } = this.#parts;
      const deliver = await this.#getDeliver();
      if (!deliver || !(await shelf.claim(requestId))) return;
      const look = await shelf.look(requestId);
      if (look.kind === 'whole') await shelf.putBack({ ...look.queued, to: destinationOf(deliver.way) });
      else await shelf.release(requestId);
    });
  }

  /** Its author gave it up. */
  async discard(requestId: string): Promise<void> {
    await this.#inTurn(() => this.#parts.shelf.remove(requestId));
  }

  dispose(): void {
    this.#over.abort();
    clearTimeout(this.#retry);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** A pass that nobody waits for. What fails is logged, and done again at the next occasion. */
  #passSoon(): void {
    const pass = this.#inTurn(async () => {
      await this.#parts.shelf.tidy();
      await this.#scan();
      const deliver = this.#items.length > 0 ? await this.#getDeliver() : undefined;
      if (!deliver || this.#over.signal.aborted) return;
      const choice = await this.#parts.choice.look(deliver.connection, this.#over.signal);
      if (choice.kind === 'unknown') {
        this.#hear(choice.problem);
        return;
      }
      const passed = await passOver(deliver, {}, this.#over.signal);
      this.#note(passed);
      this.#untold.push(passed);
    });
    pass.catch((error: unknown) => this.#parts.log.error('The queue of pushes can’t be worked on.', error));
  }

  #note({ sent, refused, stopped }: Passed): void {
    const { log } = this.#parts;
    this.#passedAtMs = Date.now();
    for (const { queued, snippet } of sent)
      log.info(`Pushed #${snippet.number}, which waited since ${new Date(queued.queuedAtMs).toISOString()}.`);
    for (const { problem } of refused) log.warn(`Refused: ${problem.code}. ${problem.detail}`);
    this.#hear(stopped);
  }

  /** The edge takes pushes, or takes none now: when is it tried again? */
  #hear(problem: Problem | undefined): void {
    const next = problem && nextAfter(problem.code);
    if (next === 'canceled') return;
    clearTimeout(this.#retry);
    this.#failures = next === 'later' ? this.#failures + 1 : 0;
    if (!problem || next !== 'later') {
      // What another window has begun and never ended is free again then.
      if (this.#items.length > 0) this.#retry = setTimeout(() => this.#passSoon(), limits.queue.leaseMs);
      return;
    }
    this.#parts.log.warn(`Pushes wait: ${problem.code}. ${problem.detail}`);
    const delayMs = retryDelayMs(this.#failures, Math.random(), limits.queue.retryMs);
    const askedMs = (problem.retryAfterSeconds ?? 0) * 1000;
    this.#retry = setTimeout(() => this.#passSoon(), Math.max(delayMs, askedMs));
  }

  async #getDeliver(): Promise<(DeliverParts & { connection: Connection }) | undefined> {
    const connection = await this.#parts.session.get();
    if (!connection) return undefined;
    const { endpoint, userId, call } = connection;
    return {
      connection,
      maySend: (draft) => !needsChoice(draft) || this.#parts.choice.isMade(connection),
      shelf: this.#parts.shelf,
      isUnchanged: this.#parts.isUnchanged,
      now: Date.now,
      stored: this.#stored,
      keepAfterMs: limits.queue.keepAfterMs,
      way: {
        endpoint,
        userId,
        push: (draft, signal) => call((client, given) => client.push(draft, given), signal),
      },
    };
  }

  async #whyNobody(): Promise<Why> {
    const { session } = this.#parts;
    const endpoint = session.endpoint();
    // Nobody can sign in there: that comes first.
    if (!endpoint.ok) return endpoint.problem;
    return (await session.canChoose()) ? 'accountUnchosen' : 'signedOut';
  }

  #queuedPush(draft: Push, from: readonly Piece[], deliver: DeliverParts | undefined): QueuedPush {
    // Never the same twice, so that their order is certain.
    this.#queuedAtMs = Math.max(Date.now(), this.#queuedAtMs + 1, (this.#items.at(-1)?.queuedAtMs ?? 0) + 1);
    return {
      draft,
      queuedAtMs: this.#queuedAtMs,
      to: deliver ? destinationOf(deliver.way) : nobody,
      from,
      asItWas: false,
      refusal: undefined,
    };
  }

  async #keepEarly(draft: Push, from: readonly Piece[]): Promise<Early | undefined> {
    if (await this.#isFull()) return undefined;
    const queued = this.#queuedPush(draft, from, await this.#getDeliver());
    const kept = await this.#parts.shelf.put(queued);
    await this.#scan();
    return { queued, kept };
  }

  async #isFull(): Promise<boolean> {
    return (await this.#parts.shelf.list({ free: false })).length >= limits.queue.items;
  }

  async #scan(): Promise<void> {
    const items = await this.#parts.shelf.list({ free: false });
    const isSame =
      items.length === this.#items.length &&
      items.every(({ requestId }, index) => requestId === this.#items[index]?.requestId);
    this.#items = items;
    if (!isSame) this.#changed.fire();
  }

  /** One after the other. What waits is counted anew after each. */
  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(async () => {
      try {
        return await work();
      } finally {
        await this.#scan();
        for (const passed of this.#untold.splice(0)) this.#passed.fire(passed);
      }
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function destinationOf({ endpoint, userId }: Destination): Destination {
  return { endpoint, userId };
}
