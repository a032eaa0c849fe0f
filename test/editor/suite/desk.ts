// What the suites work with: the edge that the run started, its user, and documents in the editor.

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Pulled } from '../../../extension/pull/pull.ts';
import type { Pushed } from '../../../extension/push/run.ts';
import type { Kept } from '../../../extension/session/account-store.ts';
import { type Client, connect } from '../../../shared/client.ts';
import type { Result } from '../../../shared/problem.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';

export const endpoint = required('PYBIN_TEST_ENDPOINT');
export const userId = required('PYBIN_TEST_USER');
export const key = required('PYBIN_KEY');

/** The user's stack, seen by another program than the extension. */
export const stack: Client = connect({ endpoint, key });

/** What the extension gives to tests. */
export async function activated(): Promise<TestAccess> {
  const access = await vscode.extensions.getExtension<TestAccess>('pybin.pybin')?.activate();
  assert.ok(access, 'the extension gives tests no access');
  return access;
}

export async function push(): Promise<Pushed> {
  return vscode.commands.executeCommand<Pushed>('pybin.push');
}

export async function pullLatest(): Promise<Pulled> {
  return vscode.commands.executeCommand<Pulled>('pybin.pullLatest');
}

/** The key of a user who has pushed already: before an account's first push the extension asks who may read it. */
export async function signInPusher(name: string): Promise<string> {
  const pusher = await signInLocally(endpoint, name);
  const requestId = `the first of ${name}`;
  await connect({ endpoint, key: pusher.key }).push({ ...plainDetails, text: 'x = 1\n', requestId });
  return pusher.key;
}

/** From then on nobody is signed in, by the environment's key neither, and there is nobody to choose. Tells how far it reaches. */
export async function signOutAll({ session }: Pick<TestAccess, 'session'>): Promise<Result<Kept>> {
  const { others = [] } = (await session.accounts()) ?? {};
  for (const account of others) await session.signOut(account.userId);
  return session.signOut();
}

/** Signs somebody new in, whose stack and history the editor then shows: their key, and their stack past the extension. */
export async function signInNew(
  { session }: Pick<TestAccess, 'session'>,
  name: string,
): Promise<{ key: string; owner: Client }> {
  const signedIn = await signInLocally(endpoint, name);
  await session.signIn(signedIn.key);
  return { key: signedIn.key, owner: connect({ endpoint, key: signedIn.key }) };
}

/** Waits until the status bar shows a text of which `isIt` is true. */
export async function drawn(
  { statusBar }: Pick<TestAccess, 'statusBar'>,
  isIt: (text: string) => boolean,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (isIt(statusBar.shown?.text ?? '')) resolve();
  };
  const subscription = statusBar.onDidDraw(look);
  look();
  await promise;
  subscription.dispose();
}

/** Pushes past the extension. */
export async function pushFromElsewhere(text: string, language = 'python'): Promise<number> {
  const snippet = await stack.push({ ...plainDetails, text, language, requestId: crypto.randomUUID() });
  return snippet.number;
}

/** The number on top of the stack; 0 where it is empty. */
export async function topNumber(): Promise<number> {
  const [top] = await stack.list();
  return top?.number ?? 0;
}

/** That a stranger gets exactly these bytes at the user's address. A difference is told by its place, not by a diff. */
export async function assertPublic(expected: string | Buffer): Promise<void> {
  const response = await fetch(`${endpoint}/~${userId}`);
  assert.equal(response.status, 200);
  const bytes = Buffer.from(await response.arrayBuffer());
  const wanted = Buffer.from(expected);
  if (bytes.equals(wanted)) return;
  const at = wanted.findIndex((byte, index) => byte !== bytes[index]);
  const around = (of: Buffer): string =>
    JSON.stringify(of.subarray(Math.max(0, at - 20), at + 20).toString());
  assert.fail(
    `${bytes.length} bytes in place of ${wanted.length}: at ${at} ${around(bytes)}, not ${around(wanted)}`,
  );
}

/** The file system's path of a file in the opened folder. */
export function inWorkspace(name: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return path.join(folder.uri.fsPath, name);
}

/** Writes a file with exactly these bytes and opens it. */
export async function openBytes(name: string, bytes: string | Buffer): Promise<vscode.TextEditor> {
  await fs.writeFile(inWorkspace(name), bytes);
  return openFile(name);
}

/** Opens a file with nothing selected: an editor remembers what was selected in it before. */
export async function openFile(name: string): Promise<vscode.TextEditor> {
  const selection = new vscode.Range(0, 0, 0, 0);
  return vscode.window.showTextDocument(vscode.Uri.file(inWorkspace(name)), { selection });
}

export async function openUntitled(content: string, language = 'python'): Promise<vscode.TextEditor> {
  for (;;) {
    const document = await vscode.workspace.openTextDocument({ content, language });
    const editor = await vscode.window.showTextDocument(document);
    if (document.getText() === content) return editor;
    // It began with the backup of one of its name that was closed just now: soon that backup is gone.
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** The first place of a part of a document. */
export function rangeOf(document: vscode.TextDocument, part: string): vscode.Range {
  const offset = document.getText().indexOf(part);
  assert.notEqual(offset, -1, `not in the document: ${part}`);
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + part.length));
}

/** Selects the first place of a part of a document. */
export function select(editor: vscode.TextEditor, part: string): void {
  const { start, end } = rangeOf(editor.document, part);
  editor.selection = new vscode.Selection(start, end);
}

/** Types in place of a part of the document. */
export async function replace(document: vscode.TextDocument, part: string, by: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, part), by);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

/** Sets the endpoint of the editor; resolves once that counts. */
export async function useEndpoint(url: string): Promise<void> {
  await vscode.workspace.getConfiguration('pybin').update('endpoint', url, vscode.ConfigurationTarget.Global);
}

/** Runs a command of the list on show until `end` is there. */
export async function pressUntil(command: string, end: Thenable<unknown>): Promise<void> {
  const over = new AbortController();
  void Promise.resolve(end).finally(() => over.abort());
  while (!over.signal.aborted) await vscode.commands.executeCommand(command);
}

/** Closes every editor, unsaved ones without a question. Then an untitled document's name is free again. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.activeTextEditor)
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (!vscode.workspace.textDocuments.some(({ isUntitled }) => isUntitled)) resolve();
  };
  const subscription = vscode.workspace.onDidCloseTextDocument(look);
  look();
  await promise;
  subscription.dispose();
}

function required(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} is not set`);
  return value;
}
