// What is on top of the stack, as far as this window knows: asked for once at the start, on focus, and
// every minute while the window has the focus. An answer that was overtaken is dropped.

import { type Disposable, type Event, EventEmitter, window } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { Snippet } from '../../shared/client.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Log } from '../log.ts';
import type { Session } from '../session/session.ts';
import { type LatestState, toTop } from './latest-state.ts';

export class Latest implements Disposable {
  readonly #session: Session;
  readonly #log: Pick<Log, 'debug'>;
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  readonly #poll: NodeJS.Timeout;
  #state: LatestState = { kind: 'starting' };
  /** Names the youngest event that may change the state: what began before it comes too late. */
  #turn = 0;
  #giveUp = new AbortController();
  #askedAtMs = 0;

  /** Fires when the state was looked at again, so that an age is drawn anew too. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(session: Session, log: Pick<Log, 'debug'>) {
    this.#session = session;
    this.#log = log;
    this.#poll = setInterval(() => {
      if (window.state.focused) void this.refresh();
    }, limits.editor.pollMs);
    this.#subscriptions = [
      this.#changed,
      session.onDidChange(() => {
        this.#state = { kind: 'asking' };
        void this.refresh();
      }),
      window.onDidChangeWindowState(({ focused }) => {
        if (focused && Date.now() - this.#askedAtMs > limits.editor.focusPauseMs) void this.refresh();
      }),
    ];
    void this.refresh();
  }

  get state(): LatestState {
    return this.#state;
  }

  /** Asks the edge, where somebody is signed in. Texts are not asked for: a burning one would be read. */
  async refresh(): Promise<void> {
    const turn = this.#begin();
    this.#askedAtMs = Date.now();
    const connection = await this.#session.get();
    if (turn !== this.#turn) return;
    if (!connection) {
      this.#set({ kind: 'signedOut' });
      return;
    }
    const { signal } = this.#giveUp;
    const stack = await connection.call((client, given) => client.list(given), signal);
    if (turn !== this.#turn) return;
    if (!stack.ok) {
      this.#log.debug(`The stack can't be seen: ${stack.problem.code}.`);
      this.#set(failed(this.#state, stack.problem));
      return;
    }
    const [snippet] = stack.value;
    if (!snippet) this.#set({ kind: 'empty' });
    else this.#set({ kind: 'top', top: toTop(snippet), problem: undefined });
  }

  /** What was just pushed or pulled is on top: shown without asking again. */
  see(snippet: Snippet): void {
    this.#begin();
    this.#set({ kind: 'top', top: toTop(snippet), problem: undefined });
  }

  dispose(): void {
    this.#begin();
    clearInterval(this.#poll);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #begin(): number {
    this.#giveUp.abort();
    this.#giveUp = new AbortController();
    this.#turn += 1;
    return this.#turn;
  }

  #set(state: LatestState): void {
    this.#state = state;
    this.#changed.fire();
  }
}

/** What was known stays on show while the edge can't be reached; a refused key shows nothing. */
function failed(state: LatestState, problem: Problem): LatestState {
  if (state.kind === 'top' && problem.code !== 'unauthenticated') return { ...state, problem };
  return { kind: 'failed', problem };
}
