// The history's command: what was pushed within the last year, and what is done with a record of it.

import { commands, l10n, window } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { HistoryEntry } from '../../shared/client.ts';
import type { CommandId } from '../commands.ts';
import { announce, button, showProblem } from '../messages.ts';
import { copyText } from '../pull/copy-text.ts';
import { openText } from '../pull/open-text.ts';
import { showPushed, type ShownIn } from '../push/show-pushed.ts';
import { ask, type Answered, type NotAnswered, type Notice, showSignedOut } from '../session/ask.ts';
import type { Connection, Session } from '../session/session.ts';
import { HistoryPick } from './history-pick.ts';
import { HistorySearch } from './search.ts';

/** How a look through the history ended. */
export type HistoryEnd =
  | { readonly kind: 'opened' | 'copied' | 'deleted' | 'kept'; readonly number: number }
  | { readonly kind: 'restored'; readonly number: number; readonly address: string }
  | { readonly kind: 'push' | 'dismissed' }
  | NotAnswered;

export interface HistoryParts extends ShownIn {
  readonly session: Session;
}

const COMMAND: CommandId = 'pybin.showHistory';

export class History {
  readonly #parts: HistoryParts;
  /** The request ids of restores without an answer yet, by the records' ids: tried again, they push once. */
  readonly #restores = new Map<string, string>();
  /** What was typed where something failed: a retry begins there. */
  #typed = '';
  #pick: HistoryPick | undefined;

  constructor(parts: HistoryParts) {
    this.#parts = parts;
  }

  /** What is open now. */
  get pick(): HistoryPick | undefined {
    return this.#pick;
  }

  /** Shows the history until something is chosen, and does that. */
  async show(): Promise<HistoryEnd> {
    const { session } = this.#parts;
    const connection = await session.get();
    if (!connection) {
      await showSignedOut(session);
      return { kind: 'signedOut' };
    }
    const search = searchAt(connection, () => pick.draw());
    const pick = new HistoryPick(search, this.#typed);
    this.#pick = pick;
    // Another's history from then on.
    const signedOut = session.onDidChange(() => pick.dismiss());
    void search.look(this.#typed);
    try {
      const end = await this.#run(pick, search);
      this.#typed = end.kind === 'refused' ? pick.typed : '';
      return end;
    } finally {
      search.stop();
      signedOut.dispose();
      pick.dispose();
      if (this.#pick === pick) this.#pick = undefined;
    }
  }

  /** Opens a record's text in a new editor, in its language. */
  async open(entry: HistoryEntry): Promise<HistoryEnd> {
    const { number, language } = entry;
    const answer = await this.#askText(entry);
    if (answer.kind !== 'answered') return answer;
    await openText(answer.value, language);
    announce(l10n.t('Opened number {0} of your history.', number));
    return { kind: 'opened', number };
  }

  async copy(entry: HistoryEntry): Promise<HistoryEnd> {
    const { number } = entry;
    const answer = await this.#askText(entry);
    if (answer.kind !== 'answered') return answer;
    await copyText({ text: answer.value, number });
    return { kind: 'copied', number };
  }

  /** Pushes a record's text anew; its new address is then on the clipboard, as after any push. */
  async restore({ id, number }: HistoryEntry): Promise<HistoryEnd> {
    const requestId = this.#restores.get(id) ?? crypto.randomUUID();
    this.#restores.set(id, requestId);
    const answer = await ask(this.#parts.session, {
      title: l10n.t('pybin: restoring…'),
      command: COMMAND,
      isBig: false,
      notices: { not_found: notFound(number) },
      call: (client, signal) => client.restore(id, requestId, signal),
    });
    if (answer.kind !== 'answered') return answer;
    this.#restores.delete(id);
    this.#parts.log.info(`Restored #${number} of the history.`);
    await showPushed(answer.value, this.#parts);
    return { kind: 'restored', number: answer.value.number, address: answer.value.address };
  }

  /** Deletes a record for good, without a question. One that is gone already counts as deleted. */
  async delete({ id, number }: HistoryEntry): Promise<HistoryEnd> {
    const answer = await ask(this.#parts.session, {
      title: l10n.t('pybin: deleting…'),
      command: COMMAND,
      isBig: false,
      notices: { not_found: notFound(number) },
      call: async (client, signal) => {
        await client.deleteHistory(id, signal);
      },
    });
    if (answer.kind === 'refused' && answer.problem.code === 'not_found') return { kind: 'deleted', number };
    if (answer.kind !== 'answered') return answer;
    this.#parts.log.info(`Deleted #${number} from the history.`);
    announce(l10n.t('Deleted number {0} from your history.', number));
    return { kind: 'deleted', number };
  }

  async #run(pick: HistoryPick, search: HistorySearch): Promise<HistoryEnd> {
    for (;;) {
      const choice = await pick.choose();
      switch (choice.kind) {
        case 'open':
          return this.open(choice.entry);
        case 'copy':
          return this.copy(choice.entry);
        case 'restore':
          return this.restore(choice.entry);
        case 'delete': {
          const end = await this.#deleteIfMeant(choice.entry);
          if (end.kind === 'deleted') search.forget(choice.entry.id);
          else if (end.kind !== 'kept') return end;
          continue;
        }
        case 'push':
          await commands.executeCommand('pybin.push' satisfies CommandId);
          return { kind: 'push' };
        case 'failed':
          showProblem(choice.problem, button(l10n.t('Retry'), COMMAND));
          return { kind: 'refused', problem: choice.problem };
        case 'dismissed':
          return { kind: 'dismissed' };
        default:
          return choice satisfies never;
      }
    }
  }

  async #deleteIfMeant(entry: HistoryEntry): Promise<HistoryEnd> {
    const { number } = entry;
    const confirm = l10n.t('Delete');
    const answer = await window.showWarningMessage(
      l10n.t('Delete #{0} from your history?', number),
      { modal: true, detail: l10n.t('It is deleted for good. What lies on your stack stays there.') },
      confirm,
    );
    return answer === confirm ? this.delete(entry) : { kind: 'kept', number };
  }

  #askText({ id, number, sizeBytes }: HistoryEntry): Promise<Answered<string>> {
    return ask(this.#parts.session, {
      title: l10n.t('pybin: reading…'),
      command: COMMAND,
      isBig: sizeBytes >= limits.editor.bigTextBytes,
      notices: { not_found: notFound(number) },
      call: (client, signal) => client.historyText(id, signal),
    });
  }
}

function searchAt({ call }: Connection, changed: () => void): HistorySearch {
  return new HistorySearch({
    askPage: (query, signal) => call((client, given) => client.history(query, given), signal),
    pause: () => new Promise((resolve) => setTimeout(resolve, limits.editor.searchPauseMs)),
    changed,
  });
}

function notFound(number: number): Notice {
  return { message: l10n.t('#{0} is not in your history any more.', number) };
}
