// The stack in sight: its view, its quick pick, and the commands on its snippets.

import { Disposable, l10n } from 'vscode';
import type { CommandId, Handler } from '../commands.ts';
import type { SnippetDocuments } from '../documents/snippet-documents.ts';
import { show } from '../messages.ts';
import type { Way } from '../pull/ways.ts';
import { getGivenId } from './given-id.ts';
import type { Previews } from './previews.ts';
import { QrDocuments } from './qr-documents.ts';
import { type ActionParts, SnippetActions } from './snippet-actions.ts';
import type { SnippetFacts } from './snippet-facts.ts';
import { ShowStack } from './show-stack.ts';
import { StackView } from './stack-view.ts';
import type { Ticks } from './ticks.ts';

export interface StackParts extends ActionParts {
  readonly ticks: Ticks;
  readonly previews: Previews;
  readonly documents: SnippetDocuments;
  readonly pull: (snippet: SnippetFacts, way: Way) => unknown;
}

export interface StackInSight extends Disposable {
  readonly view: StackView;
  readonly actions: SnippetActions;
  readonly showStack: ShowStack;
  readonly handlers: Readonly<Record<StackCommandId, Handler>>;
}

type StackCommandId = Extract<
  CommandId,
  | 'pybin.showStack'
  | 'pybin.refreshStack'
  | 'pybin.openSnippet'
  | 'pybin.insertSnippet'
  | 'pybin.compareSnippet'
  | 'pybin.openSnippetInEditor'
  | 'pybin.copySnippetText'
  | 'pybin.copySnippetAddress'
  | 'pybin.copySnippetCurl'
  | 'pybin.showQr'
  | 'pybin.makePublic'
  | 'pybin.makeUnlisted'
  | 'pybin.makePrivate'
  | 'pybin.renameAlias'
  | 'pybin.deleteSnippet'
  | 'pybin.undoDelete'
>;

export function registerStack(parts: StackParts): StackInSight {
  const { stack, documents, ticks } = parts;
  const view = new StackView(stack, ticks, parts.previews);
  const actions = new SnippetActions(parts);
  const qrDocuments = new QrDocuments(stack);
  const showStack = new ShowStack({ ...parts, actions, qrDocuments });

  /** Does something to the snippet that is meant: the one that was clicked on, else the one that the keys are on, else that one. */
  const onSnippet =
    (
      act: (snippet: SnippetFacts, given: readonly unknown[]) => unknown,
      elseId: () => string | undefined = () => undefined,
    ): Handler =>
    (_, given) => {
      const id = getGivenId(given[0]) ?? view.selectedId ?? elseId();
      const snippet = stack.snippets.find((each) => each.id === id);
      if (snippet) return act(snippet, given);
      show('information', l10n.t('That snippet is not on your stack any more.'));
      return { kind: 'gone' };
    };

  const handlers = {
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
  } satisfies Record<StackCommandId, Handler>;
  const all = Disposable.from(view, actions, qrDocuments);
  return { view, actions, showStack, handlers, dispose: () => all.dispose() };
}

/** Whether the focus is to stay where it is. */
function isPreserving(given: unknown): boolean {
  return (
    typeof given === 'object' && given !== null && 'preserveFocus' in given && given.preserveFocus === true
  );
}
