// The command that pulls any of the stack: what is chosen is done, and where there is more to choose it is shown again.

import { commands, l10n, ViewColumn } from 'vscode';
import type { CommandId } from '../commands.ts';
import type { SnippetDocuments } from '../documents/snippet-documents.ts';
import { button, showProblem } from '../messages.ts';
import { pickWay } from '../pull/way-pick.ts';
import type { Way } from '../pull/ways.ts';
import { showSignedOut } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import type { QrDocuments } from './qr-documents.ts';
import type { SnippetActions } from './snippet-actions.ts';
import type { SnippetFacts } from './snippet-facts.ts';
import type { Stack } from './stack.ts';
import { StackPick } from './stack-pick.ts';
import type { Ticks } from './ticks.ts';

export interface ShowStackParts {
  readonly session: Session;
  readonly stack: Stack;
  readonly ticks: Ticks;
  readonly actions: SnippetActions;
  readonly qrDocuments: QrDocuments;
  readonly documents: SnippetDocuments;
  readonly pull: (snippet: SnippetFacts, way: Way) => unknown;
}

export class ShowStack {
  readonly #parts: ShowStackParts;
  #pick: StackPick | undefined;

  constructor(parts: ShowStackParts) {
    this.#parts = parts;
  }

  /** What is open now. */
  get pick(): StackPick | undefined {
    return this.#pick;
  }

  /** Resolves when something was done, with what that came to, or with undefined where it was closed. */
  async run(): Promise<unknown> {
    const { session, stack } = this.#parts;
    if (!(await session.get())) {
      await showSignedOut(session);
      return undefined;
    }
    const { state } = stack;
    if (state.kind === 'failed') {
      void stack.refresh();
      showProblem(state.problem, button(l10n.t('Retry'), 'pybin.showStack'));
      return undefined;
    }
    const pick = new StackPick(stack, this.#parts.ticks);
    this.#pick = pick;
    try {
      return await this.#serve(pick);
    } finally {
      pick.dispose();
      if (this.#pick === pick) this.#pick = undefined;
    }
  }

  async #serve(pick: StackPick): Promise<unknown> {
    const { actions, qrDocuments, documents, pull } = this.#parts;
    for (;;) {
      const choice = await pick.choose();
      switch (choice.kind) {
        case 'preview':
          // Beside the editor that a later choice goes to, and without the focus, which would close the pick.
          await documents.open(choice.snippet, { viewColumn: ViewColumn.Beside, preserveFocus: true });
          continue;
        case 'delete':
          pick.hide();
          await actions.delete(choice.snippet);
          continue;
        case 'insert':
          pick.hide();
          return pull(choice.snippet, 'insert');
        case 'more': {
          pick.hide();
          const way = await pickWay(choice.snippet);
          if (way) return pull(choice.snippet, way);
          continue;
        }
        case 'copyAddress':
          pick.hide();
          return actions.copyAddress(choice.snippet);
        case 'qr':
          pick.hide();
          return qrDocuments.show(choice.snippet);
        case 'push':
          pick.hide();
          return commands.executeCommand('pybin.push' satisfies CommandId);
        case 'history':
          pick.hide();
          return commands.executeCommand('pybin.showHistory' satisfies CommandId);
        case 'dismissed':
          return undefined;
        default:
          return choice satisfies never;
      }
    }
  }
}
