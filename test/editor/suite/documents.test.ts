// Snippets as read-only documents of a real editor: opened, kept up to date, and never burned by being looked at.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Reader, readSnippet } from '../../../extension/documents/read-snippet.ts';
import { snippetAddress } from '../../../extension/documents/snippet-address.ts';
import type { TestAccess } from '../../../extension/extension.ts';
import { type Client, connect, type Snippet } from '../../../shared/client.ts';
import { type DraftDetails, plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { activated, closeEditors, endpoint, key } from './desk.ts';

describe('a snippet’s document', () => {
  let access: TestAccess;
  let owner: Client;

  before(async () => {
    access = await activated();
    const user = await signInLocally(endpoint, 'documents-suite');
    owner = connect({ endpoint, key: user.key });
    await access.session.signIn(user.key);
  });

  afterEach(closeEditors);

  after(async () => {
    await access.session.signIn(key);
  });

  async function pushed(text: string, details: Partial<DraftDetails> = {}): Promise<Snippet> {
    const requestId = crypto.randomUUID();
    await owner.push({ ...plainDetails, language: 'python', ...details, text, requestId });
    const [listed] = await owner.list();
    assert.ok(listed);
    return listed;
  }

  it('shows the text in its language, and can’t be written', async () => {
    const snippet = await pushed('\uFEFFx = "ä€😀"\n', { fileName: 'shop.py' });
    assert.deepEqual(await access.documents.open(snippet), { kind: 'opened', number: snippet.number });
    const editor = requireActive();
    assert.equal(editor.document.uri.path, `/${snippet.number}/shop.py`);
    assert.equal(editor.document.languageId, 'python');
    assert.equal(editor.document.getText(), 'x = "ä€😀"\n');
    const { version } = editor.document;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'y'));
    assert.equal(editor.document.version, version);
  });

  it('takes the language that was pushed over that of its name', async () => {
    const snippet = await pushed('a: 1\n', { fileName: 'config.lock', language: 'yaml' });
    await access.documents.open(snippet);
    assert.equal(requireActive().document.languageId, 'yaml');
  });

  it('shows a language that this editor doesn’t know as what its name says', async () => {
    await access.documents.open(await pushed('x\n', { fileName: 'a.py', language: 'no-such-language' }));
    assert.equal(requireActive().document.languageId, 'python');
  });

  it('is read once, however often it is opened', async () => {
    const snippet = await pushed('once = 1\n');
    await access.documents.open(snippet);
    await owner.delete(snippet.id);
    assert.equal((await access.documents.open(snippet)).kind, 'opened');
    assert.equal(requireActive().document.getText(), 'once = 1\n');
  });

  it('is read again where it was replaced meanwhile', async () => {
    const snippet = await pushed('old = 1\n');
    await access.documents.open(snippet);
    const { document } = requireActive();
    const changed = changeOf(document);
    await owner.update({ id: snippet.id, text: 'new = 2\n', requestId: crypto.randomUUID() });
    const [listed] = await owner.list();
    assert.ok(listed);
    await access.documents.open(listed);
    await changed;
    assert.equal(document.getText(), 'new = 2\n');
  });

  it('is read anew by an editor that knows no more than its address', async () => {
    const snippet = await pushed('yesterday = 1\n');
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from(snippetAddress(snippet)));
    assert.equal(document.getText(), 'yesterday = 1\n');
  });

  it('of what is gone says so, and opens nothing', async () => {
    const snippet = await pushed('gone = 1\n');
    await owner.delete(snippet.id);
    const opened = await access.documents.open(snippet);
    assert.equal(opened.kind === 'refused' && opened.problem.code, 'not_found');
    assert.equal(vscode.window.activeTextEditor, undefined);
    const document = vscode.workspace.openTextDocument(vscode.Uri.from(snippetAddress(snippet)));
    await assert.rejects(async () => document, /is not on your stack any more/);
  });

  it('of one that burns is read after a yes, which takes none of its reads', async () => {
    const snippet = await pushed('secret = 1\n', { burnReads: 1 });
    const asked: string[] = [];
    const answering = (yes: boolean): Reader => ({
      session: access.session,
      confirm: async ({ message }) => {
        asked.push(message);
        return yes;
      },
    });
    assert.deepEqual(await readSnippet(answering(false), snippet, 'pybin.pullLatest'), { kind: 'canceled' });
    const read = await readSnippet(answering(true), snippet, 'pybin.pullLatest');
    assert.equal(read.kind === 'answered' && read.value.text, 'secret = 1\n');
    assert.deepEqual(asked, [`Read #${snippet.number} here?`, `Read #${snippet.number} here?`]);
    assert.equal((await owner.get(snippet.id)).readsLeft, 1);
  });

  it('of one that burns is never read by the editor itself', async () => {
    const snippet = await pushed('secret = 1\n', { burnReads: 1 });
    const document = vscode.workspace.openTextDocument(vscode.Uri.from(snippetAddress(snippet)));
    await assert.rejects(async () => document, /is gone once it is read/);
  });
});

function requireActive(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor, 'no editor is active');
  return editor;
}

async function changeOf(changing: vscode.TextDocument): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document === changing && contentChanges.length > 0) resolve();
  });
  await promise;
  subscription.dispose();
}
