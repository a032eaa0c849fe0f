// A pull into a real editor: where the cursor is, in one undo step, and never off the stack.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Pulled } from '../../../extension/pull/pull.ts';
import {
  closeEditors,
  endpoint,
  openBytes,
  openUntitled,
  pullLatest,
  pushFromElsewhere,
  topNumber,
  userId,
} from './desk.ts';

const snippet = 'if ready:\n    go()\n';

describe('pull latest', () => {
  afterEach(closeEditors);

  it('puts the newest snippet into an indented place, as one undo step', async () => {
    await pushFromElsewhere(snippet);
    const before = 'def f():\n    ';
    const editor = await openUntitled(before);
    placeCursor(editor, 1, 4);
    assert.equal((await pullLatest()).kind, 'inserted');
    assert.equal(editor.document.getText(), 'def f():\n    if ready:\n        go()\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
  });

  it('gives an untitled editor without a text and a language that of the snippet, and no other one', async () => {
    await pushFromElsewhere('x = 1\n');
    const empty = await openUntitled('', 'plaintext');
    await pullLatest();
    assert.equal(empty.document.languageId, 'python');
    const begun = await openUntitled('words\n', 'plaintext');
    await pullLatest();
    assert.equal(begun.document.languageId, 'plaintext');
  });

  it('leaves the cursor behind what came in', async () => {
    await pushFromElsewhere('x = 1');
    const editor = await openUntitled('()');
    placeCursor(editor, 0, 1);
    await pullLatest();
    assert.equal(editor.document.getText(), '(x = 1)');
    assert.deepEqual(editor.selection, new vscode.Selection(0, 6, 0, 6));
  });

  it('replaces the selection', async () => {
    await pushFromElsewhere(snippet);
    const editor = await openUntitled('def f():\n    old()\n    older()\nrest\n');
    editor.selection = new vscode.Selection(1, 0, 3, 0);
    await pullLatest();
    assert.equal(editor.document.getText(), 'def f():\n    if ready:\n        go()\nrest\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'def f():\n    old()\n    older()\nrest\n');
  });

  it('goes to every cursor, still as one undo step', async () => {
    await pushFromElsewhere('pass\n');
    const before = 'def f():\n    \ndef g():\n        \n';
    const editor = await openUntitled(before);
    editor.selections = [new vscode.Selection(1, 4, 1, 4), new vscode.Selection(3, 8, 3, 8)];
    await pullLatest();
    assert.equal(editor.document.getText(), 'def f():\n    pass\n\ndef g():\n        pass\n\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
  });

  it('takes the document’s line ends', async () => {
    await pushFromElsewhere(snippet);
    const editor = await openBytes('pull-crlf.py', 'x = 1\r\n');
    placeCursor(editor, 1, 0);
    await pullLatest();
    assert.equal(editor.document.getText(), 'x = 1\r\nif ready:\r\n    go()\r\n');
  });

  it('opens a new editor in the snippet’s language where none is active', async () => {
    await pushFromElsewhere('const a = 1;\n', 'javascript');
    await closeEditors();
    assert.equal((await pullLatest()).kind, 'opened');
    const opened = vscode.window.activeTextEditor?.document;
    assert.equal(opened?.isUntitled, true);
    assert.equal(opened?.languageId, 'javascript');
    assert.equal(opened?.getText(), 'const a = 1;\n');
  });

  it('opens a language that this editor doesn’t know as plain text', async () => {
    await pushFromElsewhere('    x\r\n', 'no-such-language');
    await closeEditors();
    await pullLatest();
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'plaintext');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), '    x\r\n');
  });

  it('opens a new editor beside one that can’t be written', async () => {
    await pushFromElsewhere('x = 1\n');
    const provider = vscode.workspace.registerTextDocumentContentProvider('suite-readonly', {
      provideTextDocumentContent: () => 'read only',
    });
    try {
      await vscode.window.showTextDocument(vscode.Uri.parse('suite-readonly:a.py'));
      assert.equal((await pullLatest()).kind, 'opened');
      assert.equal(vscode.window.activeTextEditor?.document.getText(), 'x = 1\n');
    } finally {
      provider.dispose();
    }
  });

  it('never takes anything off the stack', async () => {
    const number = await pushFromElsewhere('stays = 1\n');
    await openUntitled('');
    await pullLatest();
    await pullLatest();
    assert.equal(await topNumber(), number);
  });

  it('brings the bytes that were pushed, but for a byte order mark', async () => {
    await pushFromElsewhere('\uFEFFx = "ä€😀\u0000"\n');
    const editor = await openUntitled('');
    await pullLatest();
    assert.equal(editor.document.getText(), 'x = "ä€😀\u0000"\n');
  });
});

describe('copy address of latest', () => {
  it('puts the newest snippet’s address on the clipboard', async () => {
    const number = await pushFromElsewhere('x = 1\n');
    const copied = await vscode.commands.executeCommand<Pulled>('pybin.copyLatestAddress');
    const address = `${endpoint}/~${userId}/${number}`;
    assert.deepEqual(copied, { kind: 'copied', address });
    assert.equal(await vscode.env.clipboard.readText(), address);
  });
});

function placeCursor(editor: vscode.TextEditor, line: number, character: number): void {
  editor.selection = new vscode.Selection(line, character, line, character);
}
