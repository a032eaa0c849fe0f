// Popping: the newest snippet goes off the stack and into the editor. It is asked before, with what goes named, and
// only that goes. A pop whose answer was lost is asked for again until its text is here.

import { type Command, l10n } from 'vscode';
import type { Client, Snippet } from '../../shared/client.ts';
import type { CommandId } from '../commands.ts';
import type { Log } from '../log.ts';
import { button, type Confirm, showProblem } from '../messages.ts';
import { ask, type Answered, type NotAnswered } from '../session/ask.ts';
import type { Connection, Session } from '../session/session.ts';
import { toFacts } from '../stack/snippet-facts.ts';
import type { Stack } from '../stack/stack.ts';
import type { ImportOffers } from './imports/import-offers.ts';
import { popQuestion } from './pop-words.ts';
import { getPlace, putIntoEditor } from './pull.ts';

/** How a pop ended. */
export type Popped =
  | { readonly kind: 'popped'; readonly number: number; readonly to: 'editor' | 'newEditor' }
  | NotAnswered;

export interface PopParts {
  readonly session: Session;
  readonly confirm: Confirm;
  readonly stack: Pick<Stack, 'forget'>;
  readonly imports: ImportOffers;
  readonly log: Pick<Log, 'info'>;
}

interface Request {
  readonly number: number;
  readonly requestId: string;
}

/** What was sent and not answered, and to whom: whether it was done isn't known. */
interface Unanswered extends Request {
  readonly connection: Connection;
}

const COMMAND: CommandId = 'pybin.pop';

export class Pop {
  readonly #parts: PopParts;
  #unanswered: Unanswered | undefined;

  constructor(parts: PopParts) {
    this.#parts = parts;
  }

  /** Asks, takes the newest off, and puts its text where a pull would put it. */
  async run(): Promise<Popped> {
    const listed = await this.#ask((client, signal) => client.list(signal));
    if (listed.kind !== 'answered') return listed;
    const unanswered = await this.#getUnanswered();
    if (unanswered && !listed.value.some(({ number }) => number === unanswered.number)) {
      const late = await this.#popLate(unanswered);
      if (late) return late;
    }
    const [newest] = listed.value;
    if (!newest) {
      const problem = { code: 'not_found', detail: 'The stack is empty.' } as const;
      showProblem(problem, retry());
      return { kind: 'refused', problem };
    }
    if (!(await this.#parts.confirm(popQuestion(toFacts(newest), getPlace(), Date.now(), l10n.t))))
      return { kind: 'canceled' };
    const isSame = unanswered?.number === newest.number;
    const requestId = isSame ? unanswered.requestId : crypto.randomUUID();
    return this.#pop({ number: newest.number, requestId });
  }

  async #pop(request: Request): Promise<Popped> {
    const connection = await this.#parts.session.get();
    this.#unanswered = connection && { ...request, connection };
    const answer = await this.#ask((client, signal) => client.pop(request, signal));
    return answer.kind === 'answered' ? this.#keep(answer.value) : answer;
  }

  /** Asks again for what is off the stack already. Undefined where it left in another way: then nothing was popped. */
  async #popLate({ connection, number, requestId }: Unanswered): Promise<Popped | undefined> {
    const answer = await connection.call((client, signal) => client.pop({ number, requestId }, signal));
    if (answer.ok) return this.#keep(answer.value);
    const { problem } = answer;
    if (problem.code === 'stale' || problem.code === 'not_found') return undefined;
    showProblem(problem, retry());
    return { kind: 'refused', problem };
  }

  async #keep(snippet: Snippet): Promise<Popped> {
    this.#unanswered = undefined;
    const { number } = snippet;
    this.#parts.stack.forget(number);
    this.#parts.log.info(`Popped #${number}.`);
    return { kind: 'popped', number, to: await putIntoEditor(snippet, this.#parts.imports) };
  }

  async #getUnanswered(): Promise<Unanswered | undefined> {
    const connection = await this.#parts.session.get();
    return this.#unanswered?.connection === connection ? this.#unanswered : undefined;
  }

  #ask<Value>(call: (client: Client, signal: AbortSignal) => Promise<Value>): Promise<Answered<Value>> {
    return ask(this.#parts.session, {
      title: l10n.t('pybin: popping…'),
      command: COMMAND,
      isBig: false,
      notices: {
        stale: {
          message: l10n.t('Another snippet was pushed meanwhile: nothing was popped.'),
          buttons: [retry()],
        },
      },
      call,
    });
  }
}

function retry(): Command {
  return button(l10n.t('Retry'), COMMAND);
}
