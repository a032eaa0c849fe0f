// What is on the stack, as far as this window knows: one model, kept right by the live socket, by what this window
// itself does, and by the clock. Whoever shows the stack shows this.

import { Disposable, type Event, EventEmitter } from 'vscode';
import type { Snippet } from '../../shared/client.ts';
import type { Result } from '../../shared/problem.ts';
import type { Attention } from '../live/attention.ts';
import { Live } from '../live/live.ts';
import type { Log } from '../log.ts';
import type { Session } from '../session/session.ts';
import { nextExpiryMs, type StackEvent, unexpired } from './contents.ts';
import { type Kept, OwnPushes } from './own-pushes.ts';
import { type SnippetFacts, toFacts } from './snippet-facts.ts';
import { afterEvent, afterProblem, type StackState } from './stack-state.ts';

/** The longest time that a timer can be set to. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface StackParts {
  readonly session: Pick<Session, 'get' | 'canChoose' | 'onDidChange' | 'onDidChangeAccounts' | 'refused'>;
  readonly attention: Pick<Attention, 'isPaid' | 'onDidChange'>;
  /** Where what this editor pushed is remembered for all its windows. */
  readonly kept: Kept;
  readonly log: Log;
}

export class Stack implements Disposable {
  readonly #session: StackParts['session'];
  readonly #attention: StackParts['attention'];
  readonly #log: Log;
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;
  readonly #own: OwnPushes;
  #state: StackState = { kind: 'starting' };
  #live: Live | undefined;
  /** Counts the sessions: what belongs to one before counts no more. */
  #turn = 0;
  #expiring: ReturnType<typeof setTimeout> | undefined;

  /** Fires when something else is on the stack, or what is known of it is in doubt. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor({ session, attention, kept, log }: StackParts) {
    this.#own = new OwnPushes(kept);
    this.#session = session;
    this.#attention = attention;
    this.#log = log;
    this.#subscription = Disposable.from(
      session.onDidChange(() => {
        this.#set({ kind: 'asking' });
        void this.#begin();
      }),
      session.onDidChangeAccounts(() => {
        if (this.#state.kind === 'signedOut') void this.#begin();
      }),
    );
    void this.#begin();
  }

  get state(): StackState {
    return this.#state;
  }

  /** Newest first; none whose lifetime has ended. */
  get snippets(): readonly SnippetFacts[] {
    return this.#state.kind === 'known' ? unexpired(this.#state.contents, Date.now()) : [];
  }

  get top(): SnippetFacts | undefined {
    return this.snippets[0];
  }

  /** Asks the edge, where somebody is signed in. Texts are not asked for: a burning one would be read. */
  async refresh(): Promise<void> {
    await this.#session.get();
    await this.#live?.look();
    this.#live?.wake();
  }

  /** Takes over what this window was just told of a snippet, without asking again. */
  see(snippet: Snippet): void {
    this.#apply({ kind: 'snippet', snippet: toFacts(snippet) });
  }

  /** Takes over what this window has just pushed. */
  seePushed(snippet: Snippet): void {
    const facts = toFacts(snippet);
    this.#own.add(facts);
    this.#apply({ kind: 'snippet', snippet: facts });
  }

  /** Whether this editor pushed it. */
  isOwn(snippet: SnippetFacts): boolean {
    return this.#own.has(snippet);
  }

  /** The name of the other device that a snippet comes from; empty where it is this one, or has no name. */
  otherDeviceOf(snippet: SnippetFacts): string {
    return this.#own.otherDeviceOf(snippet);
  }

  /** This window took a snippet off the stack. */
  forget(number: number): void {
    this.#apply({ kind: 'left', number });
  }

  dispose(): void {
    clearTimeout(this.#expiring);
    this.#turn += 1;
    this.#live?.dispose();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #begin(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#live?.dispose();
    this.#live = undefined;
    const connection = await this.#session.get();
    if (turn !== this.#turn) return;
    this.#own.belongTo(connection);
    if (!connection) {
      const canChoose = await this.#session.canChoose();
      if (turn === this.#turn) this.#set({ kind: 'signedOut', canChoose });
      return;
    }
    const { endpoint, call } = connection;
    this.#live = new Live({
      edge: {
        endpoint,
        ticket: (signal) => call((client, given) => client.liveTicket(given), signal),
        list: (signal) => call((client, given) => client.list(given), signal),
      },
      attention: this.#attention,
      log: this.#log,
      tell: (told) => {
        if (!told.ok && told.problem.code === 'unauthenticated') void this.#session.refused(connection);
        this.#hear(told);
      },
    });
  }

  #hear(told: Result<StackEvent>): void {
    if (told.ok) this.#set(afterEvent(this.#state, told.value));
    else this.#set(afterProblem(this.#state, told.problem));
  }

  #apply(event: StackEvent): void {
    this.#live?.overtake();
    this.#set(afterEvent(this.#state, event));
    // An answer came: an edge that was away is back.
    this.#live?.wake();
  }

  #set(state: StackState): void {
    this.#state = state;
    this.#awaitExpiry();
    this.#changed.fire();
  }

  #awaitExpiry(): void {
    clearTimeout(this.#expiring);
    const nowMs = Date.now();
    const nextMs = this.#state.kind === 'known' ? nextExpiryMs(this.#state.contents, nowMs) : undefined;
    if (nextMs === undefined) return;
    this.#expiring = setTimeout(
      () => {
        this.#awaitExpiry();
        this.#changed.fire();
      },
      Math.min(nextMs - nowMs, LONGEST_TIMER_MS),
    );
  }
}
