// What the commands on the stack and its snippets do.

import { l10n } from 'vscode';
import type { Handler, Handlers, stackCommands } from '../commands.ts';
import type { SnippetDocuments } from '../documents/snippet-documents.ts';
import { show } from '../messages.ts';
import type { Way } from '../pull/ways.ts';
import { getGivenId } from './given-id.ts';
import type { QrDocuments } from './qr-documents.ts';
import { ShowStack } from './show-stack.ts';
import { type ActionParts, SnippetActions } from './snippet-actions.ts';
import type { SnippetFacts } from './snippet-facts.ts';
import type { StackView } from './stack-view.ts';
import type { Ticks } from './ticks.ts';

export interface StackParts extends ActionParts {
  readonly view: StackView;
  readonly qrDocuments: QrDocuments;
  readonly ticks: Ticks;
  readonly documents: SnippetDocuments;
  readonly pull: (snippet: SnippetFacts, way: Way) => unknown;
}

export interface StackDeeds {
  readonly actions: SnippetActions;
  readonly showStack: ShowStack;
  readonly handlers: Handlers<typeof stackCommands>;
}

export function createStackDeeds(parts: StackParts): StackDeeds {
  const { stack, view, documents, qrDocuments } = parts;
  const actions = new SnippetActions(parts);
  const showStack = new ShowStack({ ...parts, actions });

  /** Does something to the snippet that is meant: the one that was clicked on, else that one; unless said otherwise the one that the keys are on. */
  const onSnippet =
    (
      act: (snippet: SnippetFacts, given: readonly unknown[]) => unknown,
      getElseId: () => string | undefined | Promise<string | undefined> = () => view.getFocusedId(),
    ): Handler =>
    async (_, given) => {
      const id = getGivenId(given[0]) ?? (await getElseId());
      const snippet = stack.snippets.find((each) => each.id === id);
      if (snippet) return act(snippet, given);
      show('information', whyNone(id, stack.snippets.length));
      return { kind: 'gone' };
    };

  const handlers: Handlers<typeof stackCommands> = {
    'pybin.showStack': () => showStack.run(),
    'pybin.refreshStack': () => stack.refresh(),
    'pybin.openSnippet': onSnippet((snippet, given) =>
      documents.open(snippet, { preserveFocus: isPreserving(given[1]) }),
    ),
    'pybin.insertSnippet': onSnippet((snippet) => parts.pull(snippet, 'insert')),
    'pybin.compareSnippet': onSnippet((snippet) => parts.pull(snippet, 'compare')),
    'pybin.openSnippetInEditor': onSnippet((snippet) => parts.pull(snippet, 'newEditor')),
    'pybin.copySnippetText': onSnippet((snippet) => parts.pull(snippet, 'clipboard')),
    'pybin.copySnippetAddress': onSnippet((snippet) => actions.copyAddress(snippet)),
    'pybin.copySnippetCurl': onSnippet((snippet) => actions.copyCurl(snippet)),
    'pybin.showQr': onSnippet(
      (snippet) => qrDocuments.show(snippet),
      () => stack.top?.id,
    ),
    'pybin.makePublic': onSnippet((snippet) => actions.setVisibility(snippet, 'public', 'pybin.makePublic')),
    'pybin.makeUnlisted': onSnippet((snippet) =>
      actions.setVisibility(snippet, 'unlisted', 'pybin.makeUnlisted'),
    ),
    'pybin.makePrivate': onSnippet((snippet) =>
      actions.setVisibility(snippet, 'private', 'pybin.makePrivate'),
    ),
    'pybin.renameAlias': onSnippet((snippet) => actions.renameAlias(snippet)),
    'pybin.deleteSnippet': onSnippet((snippet) => actions.delete(snippet)),
    'pybin.undoDelete': () => actions.undoDelete(),
  };
  return { actions, showStack, handlers };
}

/** What to do where the snippet that is meant is none of those. */
function whyNone(id: string | undefined, count: number): string {
  if (id !== undefined) return l10n.t('That snippet is not on your stack any more.');
  return count === 0
    ? l10n.t('There is nothing on your stack: push something first.')
    : l10n.t('Go to the row of a snippet first.');
}

/** Whether the focus is to stay where it is. */
function isPreserving(given: unknown): boolean {
  return (
    typeof given === 'object' && given !== null && 'preserveFocus' in given && given.preserveFocus === true
  );
}
