// Each way to pull, in a real editor: of any snippet of the stack, and of the newest. None takes it off.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import { ImportOffers } from '../../../extension/pull/imports/import-offers.ts';
import { pull, type Pulled, pullLatest, type PullParts } from '../../../extension/pull/pull.ts';
import type { Way } from '../../../extension/pull/ways.ts';
import { type Client, connect, type Snippet } from '../../../shared/client.ts';
import { type DraftDetails, plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { activated, closeEditors, endpoint, key, openBytes, openUntitled } from './desk.ts';

describe('a pull', () => {
  let access: TestAccess;
  let owner: Client;
  let parts: PullParts;
  let asked: string[];

  before(async () => {
    access = await activated();
    const user = await signInLocally(endpoint, 'pull-ways-suite');
    owner = connect({ endpoint, key: user.key });
    await access.session.signIn(user.key);
  });

  beforeEach(() => {
    const { session, documents, stack } = access;
    asked = [];
    const imports = new ImportOffers();
    const confirm = async ({ message }: { message: string }): Promise<boolean> => {
      asked.push(message);
      return false;
    };
    parts = { session, documents, stack, confirm, confirmBeside: confirm, imports };
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

  /** Pulls one that is not the newest. */
  async function pulled(text: string, way: Way): Promise<Pulled> {
    const snippet = await pushed(text);
    await pushed('newest = 1\n');
    const end = await pull(parts, snippet, way);
    assert.ok('number' in end && end.number === snippet.number);
    assert.equal((await owner.get(snippet.id)).text, text);
    return end;
  }

  it('inserts at the cursor, re-indented', async () => {
    const editor = await openUntitled('def f():\n    ');
    editor.selection = new vscode.Selection(1, 4, 1, 4);
    assert.equal((await pulled('if x:\n    y()\n', 'insert')).kind, 'inserted');
    assert.equal(editor.document.getText(), 'def f():\n    if x:\n        y()\n');
  });

  it('opens a new editor, whichever is active', async () => {
    const editor = await openBytes('stays.py', 'stays');
    assert.equal((await pulled('x = 1\n', 'newEditor')).kind, 'opened');
    assert.equal(editor.document.getText(), 'stays');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'x = 1\n');
  });

  it('puts the text on the clipboard, byte for byte but for the mark of its encoding', async () => {
    assert.equal((await pulled('\uFEFFx = "ä€😀"\r\n', 'clipboard')).kind, 'textCopied');
    assert.equal(await vscode.env.clipboard.readText(), 'x = "ä€😀"\r\n');
  });

  it('shows a preview that can’t be written, and pulls into no preview', async () => {
    assert.equal((await pulled('x = 1\n', 'preview')).kind, 'previewed');
    const preview = vscode.window.activeTextEditor?.document;
    assert.equal(preview?.uri.scheme, 'pybin');
    assert.equal((await pulled('y = 2\n', 'insert')).kind, 'opened');
    assert.equal(preview?.getText(), 'x = 1\n');
  });

  it('compares with the file, which can be written in the comparison', async () => {
    const editor = await openBytes('compared.py', 'x = 1\ny = 2\n');
    assert.equal((await pulled('x = 1\n', 'compare')).kind, 'compared');
    const { original, modified, label } = requireDiff();
    assert.equal(modified.toString(), editor.document.uri.toString());
    assert.equal((await vscode.workspace.openTextDocument(original)).getText(), 'x = 1\n');
    assert.match(label, /^#\d+ ↔ compared\.py$/);
  });

  it('compares with the selection: the rest of the file is the same on both sides', async () => {
    const editor = await openBytes('selected.py', 'def f():\r\n    old()\r\nrest\r\n');
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    assert.equal((await pulled('new()\n', 'compare')).kind, 'compared');
    const { original, modified, label } = requireDiff();
    const proposal = await vscode.workspace.openTextDocument(original);
    assert.equal(proposal.getText(), 'def f():\r\n    new()\r\nrest\r\n');
    assert.equal(proposal.languageId, 'python');
    assert.equal(modified.toString(), editor.document.uri.toString());
    assert.match(label, /\(selection\)$/);
  });

  it('compares with nothing where no editor is active, and says so', async () => {
    const snippet = await pushed('x = 1\n');
    assert.deepEqual(await pull(parts, snippet, 'compare'), { kind: 'noPlace' });
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
  });

  it('of one that is gone says so, and changes nothing', async () => {
    const snippet = await pushed('x = 1\n');
    await owner.delete(snippet.id);
    const editor = await openUntitled('stays');
    const end = await pull(parts, snippet, 'insert');
    assert.equal(end.kind === 'refused' && end.problem.code, 'not_found');
    assert.equal(editor.document.getText(), 'stays');
  });

  it('of one that burns asks, and does nothing after a no', async () => {
    const snippet = await pushed('secret = 1\n', { burnReads: 2 });
    const editor = await openUntitled('stays');
    assert.deepEqual(await pull(parts, snippet, 'insert'), { kind: 'canceled' });
    assert.deepEqual(await pullLatest(parts, 'clipboard'), { kind: 'canceled' });
    assert.deepEqual(asked, [`Read #${snippet.number} here?`, `Read #${snippet.number} here?`]);
    assert.equal(editor.document.getText(), 'stays');
    assert.notEqual(await vscode.env.clipboard.readText(), 'secret = 1\n');
    assert.equal((await owner.get(snippet.id)).readsLeft, 2);
    await owner.delete(snippet.id);
  });

  for (const [command, kind] of [
    ['pybin.compareLatest', 'compared'],
    ['pybin.previewLatest', 'previewed'],
    ['pybin.openLatest', 'opened'],
    ['pybin.copyLatest', 'textCopied'],
  ] as const)
    it(`of the newest: ${command}`, async () => {
      const { number } = await pushed('latest = 1\n');
      await openUntitled('here\n');
      assert.deepEqual(await vscode.commands.executeCommand<Pulled>(command), { kind, number });
    });
});

function requireDiff(): { original: vscode.Uri; modified: vscode.Uri; label: string } {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  assert.ok(tab?.input instanceof vscode.TabInputTextDiff, 'no comparison is active');
  const { original, modified } = tab.input;
  return { original, modified, label: tab.label };
}
