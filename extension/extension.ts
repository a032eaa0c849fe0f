// The extension: builds its parts and registers its commands. At start it loads what keeps the status bar, the view and
// the documents true; what a command does is loaded when it is first run.

import { commands, type ExtensionContext, ExtensionMode, workspace } from 'vscode';
import { registerMcpServer } from './ai/mcp-server.ts';
import { registerTools } from './ai/tools.ts';
import {
  findCommands,
  historyCommands,
  logCommands,
  pendingCommands,
  pullCommands,
  pushCommands,
  queueCommands,
  registerWith,
  stackCommands,
} from './commands.ts';
import { keepContexts } from './contexts.ts';
import { SnippetDocuments } from './documents/snippet-documents.ts';
import { getEnvironmentKey } from './environment.ts';
import type { Linters } from './gate/linter.ts';
import { registerGate } from './gate/register.ts';
import type { History } from './history/history.ts';
import { Attention } from './live/attention.ts';
import { createLog } from './log.ts';
import { confirm } from './messages.ts';
import { once } from './once.ts';
import { PendingPushes } from './pending/pending-pushes.ts';
import { OriginChoice } from './push/origin-choice.ts';
import { CHOSEN_KEY, VisibilityChoice } from './push/visibility-choice.ts';
import { createQueue } from './queue/create-queue.ts';
import type { Queue } from './queue/queue.ts';
import { AccountStore } from './session/account-store.ts';
import { registerSession } from './session/register.ts';
import { Session } from './session/session.ts';
import { getGatePolicy } from './settings.ts';
import type { StackDeeds } from './stack/handlers.ts';
import { LastDeleted } from './stack/last-deleted.ts';
import { Newcomers } from './stack/newcomers.ts';
import { Previews } from './stack/previews.ts';
import { QrDocuments } from './stack/qr-documents.ts';
import { Stack } from './stack/stack.ts';
import { StackView } from './stack/stack-view.ts';
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
  readonly view: StackView;
  readonly deeds: StackDeeds;
  readonly statusBar: StatusBar;
  readonly history: History;
  readonly documents: SnippetDocuments;
}

/** @param loadLinters gives what this extension host can run; disposed of with the rest */
export function start(
  context: ExtensionContext,
  loadLinters: () => Promise<Linters>,
): Promise<TestAccess> | undefined {
  const { subscriptions, globalState } = context;
  const log = createLog();
  const register = registerWith(commands.registerCommand, log);
  const openSession = (): Session =>
    new Session(new AccountStore(context.secrets, getEnvironmentKey(), log), log);
  const session = openSession();
  const attention = new Attention();
  const stack = new Stack({ session, attention, kept: globalState, log });
  const ticks = new Ticks(stack, attention);
  const pending = new PendingPushes();
  // Who has chosen on one machine is not asked on the next.
  globalState.setKeysForSync([CHOSEN_KEY]);
  const choice = new VisibilityChoice(globalState, async (...whose) => {
    const { askVisibility } = await import('./on-demand.ts');
    return askVisibility(...whose);
  });
  const openQueue = (): Queue => createQueue(context, { session, choice, stack, attention, log });
  const queue = openQueue();
  const newcomers = new Newcomers(stack, attention);
  const previews = new Previews(session);
  const statusBar = new StatusBar({ stack, ticks, newcomers, previews, pending, queue });
  const documents = new SnippetDocuments({ session, confirm });
  const qrDocuments = new QrDocuments(stack);
  const view = new StackView(stack, ticks, previews);
  const lastDeleted = new LastDeleted();
  const gate = registerGate(context, loadLinters, () => getGatePolicy(workspace.getConfiguration()));
  const origin = new OriginChoice(globalState);
  const parts = { session, gate, pending, choice, origin, queue, confirm, stack, statusBar, log };

  const getPulls = once(async () => {
    const { createPulls } = await import('./on-demand.ts');
    const pulls = createPulls({ session, confirm, documents, stack, log });
    subscriptions.push(pulls);
    return pulls;
  });
  const getDeeds = once(async () => {
    const { createStackDeeds } = await import('./on-demand.ts');
    return createStackDeeds({
      session,
      stack,
      ticks,
      view,
      documents,
      qrDocuments,
      lastDeleted,
      statusBar,
      confirm,
      log,
      pull: async (snippet, way) => (await getPulls()).pull(snippet, way),
    });
  });
  const getHistory = once(async () => {
    const { History } = await import('./on-demand.ts');
    return new History({ session, stack, statusBar, log });
  });
  const getTeller = once(async () => {
    const { createTeller } = await import('./on-demand.ts');
    return createTeller({ stack });
  });

  subscriptions.push(
    log,
    session,
    attention,
    stack,
    ticks,
    newcomers,
    pending,
    queue,
    queue.onDidPass((passed) => {
      getTeller()
        .then((tell) => tell(passed))
        .catch((error: unknown) => log.error('What became of pushes that waited can’t be told.', error));
    }),
    statusBar,
    documents,
    qrDocuments,
    view,
    lastDeleted,
    ...registerTools(parts),
    registerMcpServer(session),
    ...keepContexts({ session, pending, queue, stack, lastDeleted }, (key, value) =>
      commands.executeCommand('setContext', key, value),
    ),
    ...register(
      pushCommands,
      once(async () => {
        const { createPushHandlers } = await import('./on-demand.ts');
        return createPushHandlers(parts, globalState);
      }),
    ),
    ...register(pullCommands, async () => (await getPulls()).handlers),
    ...register(findCommands, async () => {
      const { findOnGitHub, realGitHub } = await import('./on-demand.ts');
      return { 'pybin.findOnGitHub': () => findOnGitHub(realGitHub) };
    }),
    ...register(historyCommands, async () => {
      const history = await getHistory();
      return { 'pybin.showHistory': () => history.show() };
    }),
    ...register(stackCommands, async () => (await getDeeds()).handlers),
    ...register(
      pendingCommands,
      once(async () => {
        const { createPending } = await import('./on-demand.ts');
        const waiting = createPending(parts);
        subscriptions.push(waiting);
        return waiting.handlers;
      }),
    ),
    ...register(queueCommands, async () => {
      const { sendQueue, showQueue } = await import('./on-demand.ts');
      return { 'pybin.showQueue': () => showQueue(parts), 'pybin.sendQueue': () => sendQueue(parts) };
    }),
    ...register(logCommands, async () => ({ 'pybin.showLog': () => log.show() })),
  );
  registerSession(context, register, session, log);

  if (context.extensionMode !== ExtensionMode.Test) return undefined;
  return Promise.all([getDeeds(), getHistory()]).then(([deeds, history]) => ({
    session,
    openSession,
    queue,
    openQueue,
    stack,
    view,
    deeds,
    statusBar,
    history,
    documents,
  }));
}
