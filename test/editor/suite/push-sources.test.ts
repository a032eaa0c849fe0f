// What else can be pushed than what is selected: files chosen in the explorer, one or several, and the clipboard.

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PushedFiles } from '../../../extension/push/push-files.ts';
import type { Pushed } from '../../../extension/push/run.ts';
import {
  assertPublic,
  closeEditors,
  endpoint,
  inWorkspace,
  openFile,
  stack,
  topNumber,
  userId,
} from './desk.ts';

describe('a push of', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    await closeEditors();
  });

  describe('files', () => {
    it('one, that is chosen in the explorer, is pushed whole without being opened', async () => {
      await write('chosen.py', 'x = 1\r\n');
      const pushed = await pushFile(uriOf('chosen.py'));
      assert.equal(pushed.kind, 'pushed');
      await assertPublic('x = 1\r\n');
      assert.equal(vscode.window.activeTextEditor, undefined);
    });

    it('the open one is pushed whole, whatever is selected in it', async () => {
      await write('open.py', 'x = 1\ny = 2\n');
      const editor = await openFile('open.py');
      editor.selection = new vscode.Selection(0, 0, 1, 0);
      assert.equal((await pushFile()).kind, 'pushed');
      await assertPublic('x = 1\ny = 2\n');
    });

    it('several are a snippet each, the last changed on top; what is blocked waits, the others go', async () => {
      const before = await topNumber();
      await write('newest.py', 'n = 3\n', 3);
      await write('broken.py', 'print(undefined_name)\n', 2);
      await write('oldest.py', 'o = 1\n', 1);
      await fs.writeFile(inWorkspace('data.bin'), Buffer.from([0, 1, 2, 0, 255, 254, 0]));
      await fs.mkdir(inWorkspace('folder'), { recursive: true });
      const names = ['newest.py', 'broken.py', 'oldest.py', 'data.bin', 'folder'];
      const uris = names.map(uriOf);
      const several = await pushFile(uris[0], uris);

      assert.ok(several.kind === 'several');
      assert.deepEqual(
        several.ends.map(({ name, end }) => `${name}: ${end.kind}`),
        ['oldest.py: pushed', 'broken.py: blocked', 'newest.py: pushed', 'data.bin: unreadable'],
      );
      assert.deepEqual(
        (await stack.list()).slice(0, 2).map(({ number, origin }) => [number, origin?.fileName]),
        [
          [before + 2, 'newest.py'],
          [before + 1, 'oldest.py'],
        ],
      );
      await assertPublic('n = 3\n');
      assert.equal(await vscode.env.clipboard.readText(), `${endpoint}/~${userId}/${before + 2}`);

      const editor = await openFile('broken.py');
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'undefined_name = 2\n'));
      assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.retryPush')).kind, 'pushed');
      await assertPublic('undefined_name = 2\nprint(undefined_name)\n');
    });

    it('several are each formatted first, where that is asked for', async () => {
      const formatter = vscode.languages.registerDocumentFormattingEditProvider('python', {
        provideDocumentFormattingEdits: (document) => [
          vscode.TextEdit.replace(new vscode.Range(0, 1, 0, document.lineAt(0).text.length), ' = 1'),
        ],
      });
      await vscode.workspace.getConfiguration('pybin').update('push.format', true, true);
      await write('a.py', 'a=1\n', 1);
      await write('b.py', 'b  =  1\n', 2);
      const several = await pushFile(uriOf('a.py'), ['a.py', 'b.py'].map(uriOf));
      await vscode.workspace.saveAll();
      await vscode.workspace.getConfiguration('pybin').update('push.format', undefined, true);
      formatter.dispose();
      assert.equal(several.kind, 'several');
      assert.deepEqual(
        (await stack.list()).slice(0, 2).map(({ firstLine }) => firstLine),
        ['b = 1', 'a = 1'],
      );
    });

    it('more than a stack keeps are not pushed', async () => {
      const before = await topNumber();
      const names = Array.from({ length: 21 }, (_, index) => `many-${index}.py`);
      await Promise.all(names.map((name) => write(name, 'x = 1\n')));
      assert.equal((await pushFile(uriOf('many-0.py'), names.map(uriOf))).kind, 'tooMany');
      assert.equal(await topNumber(), before);
      await Promise.all(names.map((name) => fs.rm(inWorkspace(name))));
    });
  });

  describe('the clipboard', () => {
    it('is pushed as it is, and its address takes its place', async () => {
      const text = 'import os\r\nfrom sys import path\n\nprint(os.sep, path)';
      const pushed = await pushClipboard(text);
      assert.ok(pushed.kind === 'pushed');
      assert.equal(pushed.snippet.language, 'python');
      assert.equal(pushed.snippet.origin?.fileName, '');
      await assertPublic(text);
      assert.equal(await vscode.env.clipboard.readText(), pushed.snippet.address);
    });

    it('with something that is no code is pushed without a language', async () => {
      const pushed = await pushClipboard('https://pybin.example/~ada/12');
      assert.ok(pushed.kind === 'pushed');
      assert.equal(pushed.snippet.language, '');
    });

    it('with lines of an open document has its language', async () => {
      const document = await vscode.workspace.openTextDocument({
        language: 'ini',
        content: 'a = 1\nb = 2\nc = 3\n',
      });
      await vscode.window.showTextDocument(document);
      const pushed = await pushClipboard('b = 2\nc = 3\n');
      assert.ok(pushed.kind === 'pushed');
      assert.equal(pushed.snippet.language, 'ini');
    });

    it('with a mistake is opened, waits there, and goes once it is corrected', async () => {
      const before = await topNumber();
      assert.equal((await pushClipboard('import os\n\nprint(undefined_name)\n')).kind, 'blocked');
      assert.equal(await topNumber(), before);
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.getText(), 'import os\n\nprint(undefined_name)\n');
      assert.equal(editor.document.languageId, 'python');
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'undefined_name = os.sep\n'));
      const pushed = await vscode.commands.executeCommand<Pushed>('pybin.retryPush');
      assert.equal(pushed.kind, 'pushed');
      await assertPublic('import os\nundefined_name = os.sep\n\nprint(undefined_name)\n');
    });

    it('that is empty pushes nothing', async () => {
      const before = await topNumber();
      assert.equal((await pushClipboard('')).kind, 'nothing');
      assert.equal(await topNumber(), before);
    });
  });
});

async function pushClipboard(text: string): Promise<Pushed> {
  await vscode.env.clipboard.writeText(text);
  return vscode.commands.executeCommand<Pushed>('pybin.pushClipboard');
}

/** As the explorer hands over what was clicked on and what is selected. */
async function pushFile(clicked?: vscode.Uri, selected?: vscode.Uri[]): Promise<PushedFiles> {
  return vscode.commands.executeCommand<PushedFiles>('pybin.pushFile', clicked, selected);
}

function uriOf(name: string): vscode.Uri {
  return vscode.Uri.file(inWorkspace(name));
}

/** @param changedAt in seconds, where it matters */
async function write(name: string, text: string, changedAt?: number): Promise<void> {
  await fs.writeFile(inWorkspace(name), text);
  if (changedAt !== undefined) await fs.utimes(inWorkspace(name), changedAt, changedAt);
}
