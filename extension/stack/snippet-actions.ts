// What is done to a snippet of the stack besides pulling it: its address is taken elsewhere, or it is changed or deleted.

import { env, l10n, window } from 'vscode';
import { isAlias } from '../../shared/address.ts';
import type { Client, Snippet } from '../../shared/client.ts';
import { limits } from '../../shared/limits.ts';
import type { Visibility } from '../../shared/snippet.ts';
import type { CommandId } from '../commands.ts';
import { goneMessage } from '../documents/read-snippet.ts';
import { announce, button, type Confirm, show } from '../messages.ts';
import { showPushed, type ShownIn } from '../push/show-pushed.ts';
import { ask, type Answered, type NotAnswered } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import { curlLine } from './curl-line.ts';
import type { LastDeleted } from './last-deleted.ts';
import { toPushAgain } from './push-again.ts';
import { labelOf, visibilityLabel } from './row-words.ts';
import { mayBeArchived, type SnippetFacts } from './snippet-facts.ts';

/** How an action ended. */
export type Acted =
  | {
      readonly kind: 'copied' | 'changed' | 'deleted' | 'kept' | 'pushedAgain';
      readonly number: number;
    }
  | { readonly kind: 'nothingDeleted' }
  | NotAnswered;

export interface ActionParts extends ShownIn {
  readonly session: Session;
  readonly confirm: Confirm;
  readonly lastDeleted: LastDeleted;
}

export class SnippetActions {
  readonly #parts: ActionParts;

  constructor(parts: ActionParts) {
    this.#parts = parts;
  }

  async copyAddress({ number, address }: SnippetFacts): Promise<Acted> {
    await env.clipboard.writeText(address);
    window.setStatusBarMessage(
      l10n.t('$(check) Address of #{0} copied', number),
      limits.editor.copiedShownMs,
    );
    announce(l10n.t('The address of number {0} is on the clipboard.', number));
    return { kind: 'copied', number };
  }

  async copyCurl(snippet: SnippetFacts): Promise<Acted> {
    const { number } = snippet;
    await env.clipboard.writeText(curlLine(snippet));
    window.setStatusBarMessage(
      l10n.t('$(check) curl line of #{0} copied', number),
      limits.editor.copiedShownMs,
    );
    announce(l10n.t('The curl line of number {0} is on the clipboard.', number));
    return { kind: 'copied', number };
  }

  /** Changes who may read it, and with that its address. */
  async setVisibility(snippet: SnippetFacts, visibility: Visibility, command: CommandId): Promise<Acted> {
    const { number } = snippet;
    const answer = await this.#change(snippet, command, { visibility });
    if (answer.kind !== 'answered') return answer;
    const said = l10n.t('#{0} is {1} now', number, visibilityLabel(visibility, l10n.t));
    window.setStatusBarMessage(`$(check) ${said}`, limits.editor.copiedShownMs);
    announce(said);
    return { kind: 'changed', number };
  }

  /** Asks for another alias; none takes it away. */
  async renameAlias(snippet: SnippetFacts): Promise<Acted> {
    const { number } = snippet;
    const alias = await window.showInputBox({
      title: l10n.t('Alias of #{0}', number),
      prompt: l10n.t('A name of your own for its address. Empty: none.'),
      value: snippet.alias,
      validateInput: (text) =>
        text === '' || isAlias(text)
          ? undefined
          : l10n.t(
              'At most {0} of a-z 0-9 . _ - that begin with a letter or digit, not only digits, and no word that addresses need.',
              limits.aliasCharacters,
            ),
    });
    if (alias === undefined || alias === snippet.alias) return { kind: 'kept', number };
    const answer = await this.#change(snippet, 'pybin.renameAlias', { alias });
    return answer.kind === 'answered' ? { kind: 'changed', number } : answer;
  }

  /** Deletes it once that is meant. What is small enough can be brought back. */
  async delete(snippet: SnippetFacts): Promise<Acted> {
    const { number, sizeBytes } = snippet;
    const canUndo = sizeBytes < limits.editor.bigTextBytes;
    const isMeant = await this.#parts.confirm({
      message: l10n.t('Delete #{0}, “{1}”?', number, labelOf(snippet, l10n.t)),
      detail: [
        mayBeArchived(snippet)
          ? l10n.t('Its address stops working, and its record in your history goes, too.')
          : l10n.t('Its address stops working.'),
        canUndo
          ? l10n.t('Undo pushes it again, with a new number.')
          : l10n.t('It is too large to be brought back.'),
      ].join(' '),
      yes: l10n.t('Delete'),
    });
    return isMeant ? this.deleteAsMeant(snippet) : { kind: 'kept', number };
  }

  /** Deletes it without a question. One that is gone already counts as deleted. */
  async deleteAsMeant({ id, number, sizeBytes }: SnippetFacts): Promise<Acted> {
    const answer = await this.#ask('pybin.deleteSnippet', { id, number }, async (client, signal) => {
      // Before it is gone; where only this fails, there is nothing to delete either.
      const kept = sizeBytes < limits.editor.bigTextBytes ? await client.get(id, signal) : undefined;
      await client.delete(id, signal);
      return kept;
    });
    const isGone = answer.kind === 'refused' && answer.problem.code === 'not_found';
    if (answer.kind !== 'answered' && !isGone) return answer;
    this.#parts.stack.forget(number);
    this.#parts.log.info(`Deleted #${number}.`);
    const kept = answer.kind === 'answered' ? answer.value : undefined;
    const pushAgain = kept && toPushAgain(kept, Date.now(), crypto.randomUUID());
    this.#parts.lastDeleted.set(pushAgain);
    const said = l10n.t('Deleted #{0}.', number);
    if (pushAgain) show('information', said, button(l10n.t('Undo'), 'pybin.undoDelete'));
    else announce(said);
    return { kind: 'deleted', number };
  }

  /** Pushes again what was deleted last. */
  async undoDelete(): Promise<Acted> {
    const deleted = this.#parts.lastDeleted.push;
    if (!deleted) {
      show('information', l10n.t('Nothing was deleted here that could be brought back.'));
      return { kind: 'nothingDeleted' };
    }
    // Where another one has its alias by now, the text matters more.
    const isTaken = this.#parts.stack.snippets.some(({ alias }) => alias === deleted.alias);
    const push = isTaken ? { ...deleted, alias: '' } : deleted;
    const answer = await ask(this.#parts.session, {
      title: l10n.t('pybin: pushing again…'),
      command: 'pybin.undoDelete',
      isBig: false,
      call: (client, signal) => client.push(push, signal),
    });
    if (answer.kind !== 'answered') return answer;
    this.#parts.lastDeleted.set(undefined);
    await showPushed(answer.value, this.#parts);
    return { kind: 'pushedAgain', number: answer.value.number };
  }

  async #change(
    snippet: SnippetFacts,
    command: CommandId,
    change: { readonly visibility: Visibility } | { readonly alias: string },
  ): Promise<Answered<Snippet>> {
    const requestId = crypto.randomUUID();
    const { id } = snippet;
    const answer = await this.#ask(command, snippet, (client, signal) =>
      client.update({ id, ...change, requestId }, signal),
    );
    if (answer.kind === 'answered') this.#parts.stack.see(answer.value);
    return answer;
  }

  async #ask<Value>(
    command: CommandId,
    { id, number }: Pick<SnippetFacts, 'id' | 'number'>,
    call: (client: Client, signal: AbortSignal) => Promise<Value>,
  ): Promise<Answered<Value>> {
    const answer = await ask(this.#parts.session, {
      title: l10n.t('pybin: changing #{0}…', number),
      command,
      argument: id,
      isBig: false,
      notices: { not_found: { message: goneMessage(number) } },
      call,
    });
    if (answer.kind === 'refused' && answer.problem.code === 'not_found') this.#parts.stack.forget(number);
    return answer;
  }
}
