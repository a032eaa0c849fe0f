// The extension: builds its parts, registers its commands, and leaves all work to them.

import { commands, type ExtensionContext, ExtensionMode, workspace } from 'vscode';
import { registerMcpServer } from './ai/mcp-server.ts';
import { registerTools } from './ai/tools.ts';
import { registerCommands } from './commands.ts';
import { keepContexts } from './contexts.ts';
import { SnippetDocuments } from './documents/snippet-documents.ts';
import { getEnvironmentKey } from './environment.ts';
import type { Linters } from './gate/linter.ts';
import { registerGate } from './gate/register.ts';
import { findOnGitHub, realGitHub } from './github/find-on-github.ts';
import { History } from './history/history.ts';
import { Attention } from './live/attention.ts';
import { createLog } from './log.ts';
import { confirm } from './messages.ts';
import { registerPending } from './pending/register.ts';
import { confirmBeside } from './pull/back/confirm-beside.ts';
import { ImportOffers } from './pull/imports/import-offers.ts';
import { Pop } from './pull/pop.ts';
import { copyLatestAddress, pull, pullLatest } from './pull/pull.ts';
import { applyAnyBack } from './pull/back/apply-any-back.ts';
import { OriginChoice } from './push/origin-choice.ts';
import { PendingPushes } from './pending/pending-pushes.ts';
import { pushActive, pushNotebook } from './push/push.ts';
import { PushWithOptions } from './push/push-with-options.ts';
import { pushClipboard } from './push/push-clipboard.ts';
import { pushFiles } from './push/push-files.ts';
import { CHOSEN_KEY, VisibilityChoice } from './push/visibility-choice.ts';
import { askVisibility } from './push/visibility-pick.ts';
import { createQueue } from './queue/create-queue.ts';
import type { Queue } from './queue/queue.ts';
import { sendQueue, showQueue } from './queue/queue-commands.ts';
import { tellPasses } from './queue/queue-messages.ts';
import { AccountStore } from './session/account-store.ts';
import { registerSession } from './session/register.ts';
import { Session } from './session/session.ts';
import { getGatePolicy } from './settings.ts';
import { getGivenId } from './stack/given-id.ts';
import { Newcomers } from './stack/newcomers.ts';
import { Previews } from './stack/previews.ts';
import { registerStack, type StackInSight } from './stack/register.ts';
import { Stack } from './stack/stack.ts';
import { Ticks } from './stack/ticks.ts';
import { StatusBar } from './status/status-bar.ts';

/**
 * What the tests inside an editor can't reach otherwise: a pasted key, a look at the stack, what the status bar
 * and the history show, and the buttons of the history.
 */
export interface TestAccess {
  readonly session: Session;
  /** The session as another window has it, over the same secrets. */
  readonly openSession: () => Session;
  readonly queue: Queue;
  /** The queue as another window has it, on the same disk. */
  readonly openQueue: () => Queue;
  readonly stack: Stack;
  readonly inSight: StackInSight;
  readonly statusBar: StatusBar;
  readonly history: History;
  readonly documents: SnippetDocuments;
}

/** @param linters what this extension host can run; disposed of with the rest */
export function start(context: ExtensionContext, linters: Linters): TestAccess | undefined {
  const log = createLog();
  const openSession = (): Session =>
    new Session(new AccountStore(context.secrets, getEnvironmentKey(), log), log);
  const session = openSession();
  const attention = new Attention();
  const stack = new Stack({ session, attention, kept: context.globalState, log });
  const ticks = new Ticks(stack, attention);
  const pending = new PendingPushes();
  // Who has chosen on one machine is not asked on the next.
  context.globalState.setKeysForSync([CHOSEN_KEY]);
  const choice = new VisibilityChoice(context.globalState, askVisibility);
  const openQueue = (): Queue => createQueue(context, { session, choice, stack, attention, log });
  const queue = openQueue();
  const newcomers = new Newcomers(stack, attention);
  const previews = new Previews(session);
  const statusBar = new StatusBar({ stack, ticks, newcomers, previews, pending, queue });
  const documents = new SnippetDocuments({ session, confirm });
  const gate = registerGate(context, linters, () => getGatePolicy(workspace.getConfiguration()));
  const history = new History({ session, stack, statusBar, log });
  const imports = new ImportOffers();
  const pullParts = { session, confirm, confirmBeside, documents, stack, imports };
  const pop = new Pop({ session, confirm, stack, imports, log });
  const origin = new OriginChoice(context.globalState);
  const parts = { session, gate, pending, choice, origin, queue, confirm, stack, statusBar, log };
  const withOptions = new PushWithOptions(parts, context.globalState);
  const waiting = registerPending(parts);
  const inSight = registerStack({
    session,
    stack,
    ticks,
    previews,
    statusBar,
    documents,
    confirm,
    log,
    pull: (snippet, way) => pull(pullParts, snippet, way),
  });

  const handlers = registerCommands(
    {
      'pybin.push': () => pushActive(parts),
      'pybin.pushWithOptions': () => withOptions.run(),
      'pybin.pushFile': (_, given) => pushFiles(parts, given),
      'pybin.pushNotebook': () => pushNotebook(parts),
      'pybin.pushClipboard': () => pushClipboard(parts),
      'pybin.pullLatest': () => pullLatest(pullParts, 'insert'),
      'pybin.compareLatest': () => pullLatest(pullParts, 'compare'),
      'pybin.previewLatest': () => pullLatest(pullParts, 'preview'),
      'pybin.openLatest': () => pullLatest(pullParts, 'newEditor'),
      'pybin.copyLatest': () => pullLatest(pullParts, 'clipboard'),
      'pybin.addImports': (documentUri) => imports.add(documentUri),
      'pybin.applyBack': (_, given) => applyAnyBack(pullParts, getGivenId(given[0])),
      'pybin.findOnGitHub': () => findOnGitHub(realGitHub),
      'pybin.pop': () => pop.run(),
      'pybin.copyLatestAddress': () => copyLatestAddress(pullParts),
      'pybin.showHistory': () => history.show(),
      ...inSight.handlers,
      ...waiting.handlers,
      'pybin.showQueue': () => showQueue(parts),
      'pybin.sendQueue': () => sendQueue(parts),
      ...registerSession(context, session, log),
      'pybin.showLog': () => log.show(),
    },
    commands.registerCommand,
    log,
  );
  const contexts = keepContexts({ session, pending, queue, stack, actions: inSight.actions }, (key, value) =>
    commands.executeCommand('setContext', key, value),
  );
  context.subscriptions.push(
    log,
    session,
    attention,
    stack,
    ticks,
    newcomers,
    pending,
    waiting,
    queue,
    tellPasses(queue, parts),
    statusBar,
    documents,
    inSight,
    imports,
    ...registerTools(parts),
    registerMcpServer(session),
    ...contexts,
    ...handlers,
  );
  return context.extensionMode === ExtensionMode.Test
    ? { session, openSession, queue, openQueue, stack, inSight, statusBar, history, documents }
    : undefined;
}
