// Keeps up with one stack: by its live socket, whose first message is the whole stack; where no socket can be had, by
// asking each time that one is tried in vain. While nobody looks nothing is sent; it looks once as it starts.

import type { Snippet } from '../../shared/client.ts';
import { SIGNED_OUT } from '../../shared/live.ts';
import { accept, type Problem, type Result } from '../../shared/problem.ts';
import type { Log } from '../log.ts';
import type { StackEvent } from '../stack/contents.ts';
import { toFacts } from '../stack/snippet-facts.ts';
import type { Attention } from './attention.ts';
import { retryDelayMs } from './retry-delay.ts';
import { liveAddress, type LiveSocket, openSocket } from './socket.ts';

/** What is asked of the edge. A signal gives a question up. */
export interface LiveEdge {
  readonly endpoint: string;
  readonly ticket: (signal: AbortSignal) => Promise<Result<string>>;
  readonly list: (signal: AbortSignal) => Promise<Result<readonly Snippet[]>>;
}

export interface LiveParts {
  readonly edge: LiveEdge;
  readonly attention: Pick<Attention, 'isPaid' | 'onDidChange'>;
  readonly log: Pick<Log, 'debug' | 'warn' | 'error'>;
  /** Hears what happened on the stack, or why that can't be known. */
  readonly tell: (told: Result<StackEvent>) => void;
}

type WatchEnd =
  /** The key counts no more: nothing is tried again. */
  | 'refused'
  /** A socket was open until now. */
  | 'broke'
  | 'failed'
  /** Nobody looks any more. */
  | 'quiet';

const REVOKED: Problem = { code: 'unauthenticated', detail: 'The key was revoked.' };

export class Live {
  readonly #parts: LiveParts;
  readonly #subscription: { dispose(): unknown };
  readonly #over = new AbortController();
  #socket: LiveSocket | undefined;
  /** Ends the pause that is on now. */
  #carryOn: () => void = () => {};
  /** Counts what may change the stack: an answer to what was asked before it comes too late. */
  #turn = 0;
  #looks = 0;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#subscription = parts.attention.onDidChange(() => this.#lookUp());
    this.#run().catch((error: unknown) => parts.log.error('The stack is not watched any more.', error));
  }

  /** Asks once, live or not. Resolves when the answer was told, or was overtaken. */
  async look(): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    for (;;) {
      const turn = this.#turn;
      const stack = await this.#parts.edge.list(this.#over.signal);
      if (this.#over.signal.aborted || look !== this.#looks) return;
      if (turn === this.#turn || !stack.ok) {
        this.#tell(stack.ok ? accept({ kind: 'stack', snippets: stack.value.map(toFacts) }) : stack);
        return;
      }
      // The socket told of what came between.
      if (this.#socket) return;
    }
  }

  /** What this window did itself is known already: an answer from before it counts no more. */
  overtake(): void {
    this.#turn += 1;
  }

  /** Tries again now, if it waits to. */
  wake(): void {
    this.#carryOn();
  }

  dispose(): void {
    this.#over.abort();
    this.#subscription.dispose();
    this.#socket?.close();
    this.#carryOn();
  }

  async #run(): Promise<void> {
    const { attention } = this.#parts;
    if (!attention.isPaid) await this.look();
    let failures = 0;
    while (!this.#over.signal.aborted) {
      if (!attention.isPaid) {
        failures = 0;
        await this.#pause();
        continue;
      }
      const end = await this.#watch();
      if (end === 'refused') return;
      if (end === 'quiet') continue;
      failures = end === 'broke' ? 1 : failures + 1;
      await this.#pause(retryDelayMs(failures, Math.random()));
    }
  }

  /** Holds a socket until it ends. */
  async #watch(): Promise<WatchEnd> {
    const { edge, log } = this.#parts;
    const ticket = await edge.ticket(this.#over.signal);
    if (this.#over.signal.aborted) return 'quiet';
    if (!ticket.ok) return this.#failTicket(ticket.problem);
    const { readLiveEvent } = await import('../session/edge.ts');
    if (this.#over.signal.aborted) return 'quiet';

    const socket = openSocket(liveAddress(edge.endpoint, ticket.value), (message) => {
      try {
        const event = readLiveEvent(message);
        if (event) this.#tell(accept(event));
      } catch (error) {
        log.warn('A live event can’t be read.', error);
      }
    });
    this.#socket = socket;
    const { wasOpen, code } = await socket.ended;
    this.#socket = undefined;
    if (this.#over.signal.aborted) return 'quiet';
    if (code === SIGNED_OUT) {
      this.#tell({ ok: false, problem: REVOKED });
      return 'refused';
    }
    if (!this.#parts.attention.isPaid) return 'quiet';
    log.debug(`The live socket ${wasOpen ? 'broke' : 'did not open'}: ${code}.`);
    if (!wasOpen) await this.look();
    return wasOpen ? 'broke' : 'failed';
  }

  async #failTicket(problem: Problem): Promise<WatchEnd> {
    this.#parts.log.debug(`No ticket for the live socket: ${problem.code}.`);
    const isRefused = problem.code === 'unauthenticated';
    if (isRefused || problem.code === 'unavailable') {
      this.#tell({ ok: false, problem });
      return isRefused ? 'refused' : 'failed';
    }
    // An edge without live sockets, or one that has enough of them, still tells what is on the stack.
    await this.look();
    return 'failed';
  }

  #tell(told: Result<StackEvent>): void {
    this.#turn += 1;
    this.#parts.tell(told);
  }

  #lookUp(): void {
    if (this.#parts.attention.isPaid) this.#socket?.check();
    else this.#socket?.close();
    this.#carryOn();
  }

  /** Waits so long, or without a number until it is ended. */
  async #pause(delayMs?: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#carryOn = resolve;
    const timer = delayMs === undefined ? undefined : setTimeout(resolve, delayMs);
    await promise;
    clearTimeout(timer);
    this.#carryOn = () => {};
  }
}
