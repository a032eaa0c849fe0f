// A command hands its handler a document's URI or nothing, and what fails is logged and still fails.

import { describe, expect, it } from 'vitest';
import { type CommandId, commandIds, type Handlers, registerCommands } from '../../extension/commands.ts';

type Handle = (id: CommandId, documentUri: string | undefined) => unknown;

function registered(handle: Handle) {
  const commands = new Map<CommandId, (argument: unknown) => Promise<unknown>>();
  const logged: unknown[] = [];
  const each = (id: CommandId) => (documentUri: string | undefined) => handle(id, documentUri);
  const handlers: Handlers = {
    'pybin.push': each('pybin.push'),
    'pybin.pushWithOptions': each('pybin.pushWithOptions'),
    'pybin.pushFile': each('pybin.pushFile'),
    'pybin.pushNotebook': each('pybin.pushNotebook'),
    'pybin.pushClipboard': each('pybin.pushClipboard'),
    'pybin.pullLatest': each('pybin.pullLatest'),
    'pybin.compareLatest': each('pybin.compareLatest'),
    'pybin.previewLatest': each('pybin.previewLatest'),
    'pybin.openLatest': each('pybin.openLatest'),
    'pybin.copyLatest': each('pybin.copyLatest'),
    'pybin.addImports': each('pybin.addImports'),
    'pybin.applyBack': each('pybin.applyBack'),
    'pybin.pop': each('pybin.pop'),
    'pybin.findOnGitHub': each('pybin.findOnGitHub'),
    'pybin.copyLatestAddress': each('pybin.copyLatestAddress'),
    'pybin.showHistory': each('pybin.showHistory'),
    'pybin.showStack': each('pybin.showStack'),
    'pybin.refreshStack': each('pybin.refreshStack'),
    'pybin.openSnippet': each('pybin.openSnippet'),
    'pybin.insertSnippet': each('pybin.insertSnippet'),
    'pybin.compareSnippet': each('pybin.compareSnippet'),
    'pybin.openSnippetInEditor': each('pybin.openSnippetInEditor'),
    'pybin.copySnippetText': each('pybin.copySnippetText'),
    'pybin.copySnippetAddress': each('pybin.copySnippetAddress'),
    'pybin.copySnippetCurl': each('pybin.copySnippetCurl'),
    'pybin.showQr': each('pybin.showQr'),
    'pybin.makePublic': each('pybin.makePublic'),
    'pybin.makeUnlisted': each('pybin.makeUnlisted'),
    'pybin.makePrivate': each('pybin.makePrivate'),
    'pybin.renameAlias': each('pybin.renameAlias'),
    'pybin.deleteSnippet': each('pybin.deleteSnippet'),
    'pybin.undoDelete': each('pybin.undoDelete'),
    'pybin.fixAllAndPush': each('pybin.fixAllAndPush'),
    'pybin.showProblems': each('pybin.showProblems'),
    'pybin.pushWhenClean': each('pybin.pushWhenClean'),
    'pybin.expandToStatement': each('pybin.expandToStatement'),
    'pybin.pushAnyway': each('pybin.pushAnyway'),
    'pybin.showPendingPush': each('pybin.showPendingPush'),
    'pybin.retryPush': each('pybin.retryPush'),
    'pybin.discardPendingPush': each('pybin.discardPendingPush'),
    'pybin.showQueue': each('pybin.showQueue'),
    'pybin.sendQueue': each('pybin.sendQueue'),
    'pybin.signIn': each('pybin.signIn'),
    'pybin.signInWithCode': each('pybin.signInWithCode'),
    'pybin.signInWithKey': each('pybin.signInWithKey'),
    'pybin.switchAccount': each('pybin.switchAccount'),
    'pybin.signOut': each('pybin.signOut'),
    'pybin.showLog': each('pybin.showLog'),
  };
  registerCommands(
    handlers,
    (id, handler) => {
      commands.set(id, handler);
      return { dispose: () => {} };
    },
    { error: (...parts: unknown[]) => logged.push(...parts) },
  );
  return { run: async (id: CommandId, argument?: unknown) => commands.get(id)?.(argument), logged };
}

describe('a command', () => {
  it.each(commandIds)('%s gives its handler’s answer', async (id) => {
    expect(await registered((ran) => ran).run(id)).toBe(id);
  });

  it.each([
    ['a button', 'file:///a.py', 'file:///a.py'],
    ['the palette', undefined, undefined],
    ['a menu', { scheme: 'file', path: '/a.py' }, undefined],
  ])('run by %s is given the document it is about', async (_, argument, expected) => {
    expect(await registered((_id, documentUri) => documentUri).run('pybin.retryPush', argument)).toBe(
      expected,
    );
  });

  it('that fails is logged, and fails', async () => {
    const failure = new Error('broken');
    const { run, logged } = registered(() => Promise.reject(failure));
    await expect(run('pybin.push')).rejects.toBe(failure);
    expect(logged).toEqual(['pybin.push', failure]);
  });
});
