// Every command of pybin, and the one place that registers them. The manifest lists the same ids.

import type { Disposable, LogOutputChannel } from 'vscode';

export const commandIds = [
  'pybin.push',
  'pybin.pushWithOptions',
  'pybin.pushFile',
  'pybin.pushNotebook',
  'pybin.pushClipboard',
  'pybin.pullLatest',
  'pybin.compareLatest',
  'pybin.previewLatest',
  'pybin.openLatest',
  'pybin.copyLatest',
  'pybin.addImports',
  'pybin.applyBack',
  'pybin.pop',
  'pybin.findOnGitHub',
  'pybin.copyLatestAddress',
  'pybin.showHistory',
  'pybin.showStack',
  'pybin.refreshStack',
  'pybin.openSnippet',
  'pybin.insertSnippet',
  'pybin.compareSnippet',
  'pybin.openSnippetInEditor',
  'pybin.copySnippetText',
  'pybin.copySnippetAddress',
  'pybin.copySnippetCurl',
  'pybin.showQr',
  'pybin.makePublic',
  'pybin.makeUnlisted',
  'pybin.makePrivate',
  'pybin.renameAlias',
  'pybin.deleteSnippet',
  'pybin.undoDelete',
  'pybin.fixAllAndPush',
  'pybin.showProblems',
  'pybin.pushWhenClean',
  'pybin.expandToStatement',
  'pybin.pushAnyway',
  'pybin.showPendingPush',
  'pybin.retryPush',
  'pybin.discardPendingPush',
  'pybin.showQueue',
  'pybin.sendQueue',
  'pybin.signIn',
  'pybin.signInWithCode',
  'pybin.signInWithKey',
  'pybin.switchAccount',
  'pybin.signOut',
  'pybin.showLog',
] as const;

export type CommandId = (typeof commandIds)[number];

/**
 * What a command does. A button hands it the URI of the document it is about; palette and keyboard hand it none.
 * `given` is whatever the editor handed over: its menus hand over what was clicked on.
 */
export type Handler = (documentUri: string | undefined, given: readonly unknown[]) => unknown;

export type Handlers = Readonly<Record<CommandId, Handler>>;

/** Registers a handler for each id. What a handler throws is logged, and left to the editor to show. */
export function registerCommands(
  handlers: Handlers,
  register: (id: CommandId, handler: (...given: unknown[]) => Promise<unknown>) => Disposable,
  log: Pick<LogOutputChannel, 'error'>,
): Disposable[] {
  return commandIds.map((id) =>
    register(id, async (...given) => {
      try {
        const [documentUri] = given;
        return await handlers[id](typeof documentUri === 'string' ? documentUri : undefined, given);
      } catch (error) {
        log.error(id, error);
        throw error;
      }
    }),
  );
}
