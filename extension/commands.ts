// Every command of pybin, by what it belongs to, and how they are registered. The manifest lists the same ids.

import type { Disposable, LogOutputChannel } from 'vscode';

export const pushCommands = [
  'pybin.push',
  'pybin.pushWithOptions',
  'pybin.pushFile',
  'pybin.pushNotebook',
  'pybin.pushClipboard',
] as const;

export const pullCommands = [
  'pybin.pullLatest',
  'pybin.compareLatest',
  'pybin.previewLatest',
  'pybin.openLatest',
  'pybin.copyLatest',
  'pybin.copyLatestAddress',
  'pybin.addImports',
  'pybin.applyBack',
  'pybin.pop',
] as const;

export const findCommands = ['pybin.findOnGitHub'] as const;

export const historyCommands = ['pybin.showHistory'] as const;

export const stackCommands = [
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
] as const;

export const pendingCommands = [
  'pybin.fixAllAndPush',
  'pybin.showProblems',
  'pybin.pushWhenClean',
  'pybin.expandToStatement',
  'pybin.pushAnyway',
  'pybin.showPendingPush',
  'pybin.retryPush',
  'pybin.discardPendingPush',
] as const;

export const queueCommands = ['pybin.showQueue', 'pybin.sendQueue'] as const;

export const sessionCommands = [
  'pybin.signIn',
  'pybin.signInWithCode',
  'pybin.signInWithKey',
  'pybin.switchAccount',
  'pybin.signOut',
] as const;

export const logCommands = ['pybin.showLog'] as const;

export const commandIds = [
  ...pushCommands,
  ...pullCommands,
  ...findCommands,
  ...historyCommands,
  ...stackCommands,
  ...pendingCommands,
  ...queueCommands,
  ...sessionCommands,
  ...logCommands,
] as const;

export type CommandId = (typeof commandIds)[number];

/**
 * What a command does. A button hands it the URI of the document it is about; palette and keyboard hand it none.
 * `given` is whatever the editor handed over: its menus hand over what was clicked on.
 */
export type Handler = (documentUri: string | undefined, given: readonly unknown[]) => unknown;

export type Handlers<Ids extends readonly CommandId[]> = Readonly<Record<Ids[number], Handler>>;

export type Register = <Ids extends readonly CommandId[]>(
  ids: Ids,
  getHandlers: () => Promise<Handlers<Ids>>,
) => Disposable[];

/**
 * Registers commands whose handlers are asked for when one of them is run. What a handler throws is logged, and left
 * to the editor to show.
 */
export function registerWith(
  registerCommand: (id: CommandId, run: (...given: unknown[]) => Promise<unknown>) => Disposable,
  log: Pick<LogOutputChannel, 'error'>,
): Register {
  return <Ids extends readonly CommandId[]>(ids: Ids, getHandlers: () => Promise<Handlers<Ids>>) =>
    ids.map((id: Ids[number]) =>
      registerCommand(id, async (...given) => {
        try {
          const [documentUri] = given;
          const handlers = await getHandlers();
          return await handlers[id](typeof documentUri === 'string' ? documentUri : undefined, given);
        } catch (error) {
          log.error(id, error);
          throw error;
        }
      }),
    );
}
