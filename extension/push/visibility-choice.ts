// Who may read what an account pushes is its person's own choice, made before the first push goes: asked once for an
// account, unless somebody chose already, or pushed from elsewhere.

import type { Disposable } from 'vscode';
import type { Push } from '../../shared/client.ts';
import { limits } from '../../shared/limits.ts';
import { accept, type Problem, type Result } from '../../shared/problem.ts';
import type { Visibility } from '../../shared/snippet.ts';
import type { Connection } from '../session/session.ts';

/** How the question of an account stands. */
export type Choice =
  | { readonly kind: 'made' }
  | { readonly kind: 'open'; readonly userId: string }
  /** The edge can't be asked now. */
  | { readonly kind: 'unknown'; readonly problem: Problem };

/** Asks a person; undefined where that one didn't answer. */
export type AskVisibility = (userId: string, endpoint: string) => Promise<Visibility | undefined>;

/** What outlives a window: the editor's Memento. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Does its visibility follow what the account says? One that burns is read by its link. */
export function needsChoice({ visibility, burnReads }: Pick<Push, 'visibility' | 'burnReads'>): boolean {
  return visibility === undefined && burnReads === 0;
}

/** Where the accounts are remembered whose question is answered. */
export const CHOSEN_KEY = 'pybin.visibilityChosen';

/** What an account has of itself, until somebody chooses. */
const UNCHOSEN: Visibility = 'public';

export class VisibilityChoice {
  readonly #memory: Memory;
  readonly #ask: AskVisibility;
  readonly #listeners = new Set<() => void>();
  /** Whose connections those are that don't say so themselves. */
  readonly #owners = new WeakMap<Connection, string>();

  constructor(memory: Memory, ask: AskVisibility) {
    this.#memory = memory;
    this.#ask = ask;
  }

  /** Calls back when a person has answered. */
  onDidMake(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Is the question of this connection's account known to be answered? */
  isMade(connection: Connection): boolean {
    const userId = connection.userId ?? this.#owners.get(connection);
    return userId !== undefined && this.#remembered().includes(nameOf(connection, userId));
  }

  /** How the question stands, without asking the person. */
  async look(connection: Connection, signal?: AbortSignal): Promise<Choice> {
    if (this.isMade(connection)) return { kind: 'made' };
    const [account, hasPushed] = await Promise.all([
      connection.call((client, given) => client.account(given), signal),
      this.#hasPushed(connection, signal),
    ]);
    if (!account.ok) return { kind: 'unknown', problem: account.problem };
    if (!hasPushed.ok) return { kind: 'unknown', problem: hasPushed.problem };
    const { userId, defaultVisibility } = account.value;
    this.#owners.set(connection, userId);
    if (defaultVisibility === UNCHOSEN && !hasPushed.value) return { kind: 'open', userId };
    await this.#remember(connection, userId);
    return { kind: 'made' };
  }

  /**
   * How the question stands after the person was asked, where it was open; still open where there was no answer. That
   * one waits: an edge that doesn't say soon whether there is anything to ask counts as one that is away.
   */
  async make(connection: Connection): Promise<Choice> {
    const choice = await this.look(connection, AbortSignal.timeout(limits.editor.choiceWaitMs));
    if (choice.kind === 'unknown') return { kind: 'unknown', problem: awayFrom(choice.problem) };
    if (choice.kind === 'made') return choice;
    const { userId } = choice;
    const visibility = await this.#ask(userId, connection.endpoint);
    if (visibility === undefined) return choice;
    const set = await connection.call((client, given) => client.setDefaultVisibility(visibility, given));
    if (!set.ok) return { kind: 'unknown', problem: set.problem };
    await this.#remember(connection, userId);
    for (const listener of this.#listeners) listener();
    return { kind: 'made' };
  }

  async #hasPushed({ call }: Connection, signal?: AbortSignal): Promise<Result<boolean>> {
    const stack = await call((client, given) => client.list(given), signal);
    if (!stack.ok) return stack;
    if (stack.value.length > 0) return accept(true);
    const history = await call((client, given) => client.history({}, given), signal);
    return history.ok ? accept(history.value.entries.length > 0) : history;
  }

  #remembered(): readonly string[] {
    const remembered = this.#memory.get(CHOSEN_KEY);
    return Array.isArray(remembered) ? remembered.filter((name) => typeof name === 'string') : [];
  }

  async #remember(connection: Connection, userId: string): Promise<void> {
    const name = nameOf(connection, userId);
    const remembered = this.#remembered();
    if (!remembered.includes(name)) await this.#memory.update(CHOSEN_KEY, [...remembered, name]);
  }
}

/** An edge that was given up after a while is one that is away. */
function awayFrom(problem: Problem): Problem {
  return problem.code === 'canceled' ? { code: 'unavailable', detail: problem.detail } : problem;
}

function nameOf({ endpoint }: Connection, userId: string): string {
  return `${userId} ${endpoint}`;
}
