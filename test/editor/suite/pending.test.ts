// A push that waits, in a real editor: it goes by itself once it is clean, follows its selection through edits, grows
// to a statement, and ends when its author says so.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Expanded } from '../../../extension/pending/expand-command.ts';
import { freeze } from '../../../extension/gate/frozen.ts';
import { noOptions } from '../../../extension/push/draft.ts';
import { PendingPushes } from '../../../extension/pending/pending-pushes.ts';
import { reopen } from '../../../extension/push/source.ts';
import type { Pushed } from '../../../extension/push/run.ts';
import type { StatusBar } from '../../../extension/status/status-bar.ts';
import {
  activated,
  assertPublic,
  closeEditors,
  drawn,
  openUntitled,
  push,
  rangeOf,
  replace,
  topNumber,
} from './desk.ts';

const buttons = [
  'fixAllAndPush',
  'showProblems',
  'pushWhenClean',
  'expandToStatement',
  'pushAnyway',
  'retryPush',
  'discardPendingPush',
];

describe('a push that waits', () => {
  let statusBar: StatusBar;

  before(async () => {
    ({ statusBar } = await activated());
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    await closeEditors();
  });

  it('is told by the status bar, and a click on it offers what can be done', async () => {
    await openUntitled('print(nmae)\nprint(nmaes)\n');
    assert.equal((await push()).kind, 'blocked');
    assert.equal(statusBar.shown?.text, '$(warning) not pushed: 2 problems');
    assert.equal(statusBar.shown.command, 'pybin.showPendingPush');
  });

  it('went already, wherever a button that was shown before is pressed', async () => {
    const { document } = await openUntitled('print(nmae)\n');
    assert.equal((await push()).kind, 'blocked');
    await replace(document, 'nmae', '1');
    const pushed = await push();
    assert.ok(pushed.kind === 'pushed');
    const { number } = pushed.snippet;
    for (const action of buttons)
      assert.deepEqual(await vscode.commands.executeCommand(`pybin.${action}`, document.uri.toString()), {
        kind: 'nothingWaits',
        end: { kind: 'pushed', number },
      });
    assert.equal(await topNumber(), number);
  });

  it('was canceled, and says so to a button that was shown before', async () => {
    const { document } = await openUntitled('print(nmae)\n');
    assert.equal((await push()).kind, 'blocked');
    await vscode.commands.executeCommand('pybin.discardPendingPush', document.uri.toString());
    assert.deepEqual(await vscode.commands.executeCommand('pybin.retryPush', document.uri.toString()), {
      kind: 'nothingWaits',
      end: { kind: 'discarded' },
    });
  });

  describe('until it is clean', () => {
    it('goes by itself once its last finding is corrected', async () => {
      const before = await topNumber();
      const editor = await openUntitled('print(nmae)\nprint(nmaes)\n');
      await blockedThenWatched();
      assert.match(statusBar.shown?.text ?? '', /^\$\(eye\) pushes when clean: 2 problems$/);

      const pushed = pushedNext(statusBar, before);
      await replace(editor.document, 'nmaes', '1');
      await drawn({ statusBar }, (text) => text.endsWith('pushes when clean: 1 problem'));
      await replace(editor.document, 'nmae', '2');
      await pushed;
      await assertPublic('print(2)\nprint(1)\n');
      assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.retryPush')).kind, 'nothingWaits');
    });

    it('is the selection, wherever edits have moved it', async () => {
      const before = await topNumber();
      const editor = await openUntitled('x = 1\n\n\ndef f():\n    return nmae\n\n\ny = 2\n');
      editor.selection = new vscode.Selection(3, 0, 5, 0);
      await blockedThenWatched();
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      const pushed = pushedNext(statusBar, before);
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), 'import os\nimport re\n');
        edit.replace(rangeOf(editor.document, 'nmae'), 'os.sep');
      });
      await pushed;
      await assertPublic('def f():\n    return os.sep\n');
    });

    it('is the selection as it lies then, also where it is edited while it is checked', async () => {
      const editor = await openUntitled('x = 1\nprint(na)\ny = 2\n');
      const { document } = editor;
      const line = new vscode.Selection(1, 0, 1, 9);
      const frozen = freeze({ document, selections: [line] });
      const pending = new PendingPushes();
      try {
        pending.add({ kind: 'blocked', frozen, options: noOptions, findings: [] });
        const source = await reopen(frozen, () => pending.getRanges(document.uri.toString()));
        await editor.edit((edit) => edit.insert(new vscode.Position(1, 8), 'me'));
        assert.equal(source?.freeze().text, 'print(name)');
        await editor.edit((edit) => edit.delete(document.lineAt(1).range));
        assert.equal(source.freeze().text, '');
      } finally {
        pending.dispose();
      }
    });

    it('stays where its selection is deleted, and never becomes the whole file', async () => {
      const before = await topNumber();
      const editor = await openUntitled('x = 1\nprint(nmae)\ny = 2\n');
      editor.selection = new vscode.Selection(1, 0, 2, 0);
      await blockedThenWatched();
      const ended = drawn({ statusBar }, (text) => text.startsWith('$(warning) not pushed'));
      await editor.edit((edit) => edit.delete(new vscode.Range(1, 0, 2, 0)));
      await ended;
      assert.equal(await topNumber(), before);
    });

    it('does not go once it is canceled', async () => {
      const before = await topNumber();
      const editor = await openUntitled('print(nmae)\n');
      await blockedThenWatched();
      await vscode.commands.executeCommand('pybin.discardPendingPush');
      await replace(editor.document, 'nmae', '1');
      assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.retryPush')).kind, 'nothingWaits');
      // What was begun before would have to be sent before this.
      await push();
      assert.equal(await topNumber(), before + 1);
    });

    it('ends with its document', async () => {
      await openUntitled('print(nmae)\n');
      await blockedThenWatched();
      const ended = drawn({ statusBar }, (text) => /pull latest|empty/.test(text));
      await closeEditors();
      await ended;
    });
  });

  describe('for a statement', () => {
    it('grows to the smallest one around it, and goes when its author says so', async () => {
      const before = await topNumber();
      const editor = await openUntitled(
        'import os\n\n\ndef f(x):\n    if x:\n        return 1\n    else:\n        return os.sep\n\n\ny = 1\n',
      );
      editor.selection = new vscode.Selection(6, 0, 8, 0);
      assert.equal((await push()).kind, 'blocked');
      const expanded = await vscode.commands.executeCommand<Expanded>('pybin.expandToStatement');
      assert.deepEqual(expanded.kind === 'expanded' && expanded.ranges, [
        { start: { line: 4, character: 0 }, end: { line: 8, character: 0 } },
      ]);
      assert.deepEqual(editor.selection, new vscode.Selection(4, 0, 8, 0));
      assert.equal(await topNumber(), before);
      assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.retryPush')).kind, 'pushed');
      await assertPublic('    if x:\n        return 1\n    else:\n        return os.sep\n');
    });

    it('grows in every selection, and shows all of them', async () => {
      const editor = await openUntitled('if 1:\n    a = 1\nelse:\n    a = 2\n'.repeat(2));
      editor.selections = [new vscode.Selection(2, 0, 4, 0), new vscode.Selection(6, 0, 8, 0)];
      assert.equal((await push()).kind, 'blocked');
      await vscode.commands.executeCommand<Expanded>('pybin.expandToStatement');
      const grown = [new vscode.Selection(0, 0, 4, 0), new vscode.Selection(4, 0, 8, 0)];
      assert.deepEqual(editor.selections, grown);
    });

    it('takes the word of a tool that knows the smallest one', async () => {
      const editor = await openUntitled('x = [\n    1,\n    2,\n]\ny = 1\n');
      const tool = vscode.languages.registerSelectionRangeProvider('python', {
        provideSelectionRanges: () => [
          new vscode.SelectionRange(
            new vscode.Range(1, 4, 3, 1),
            new vscode.SelectionRange(new vscode.Range(0, 0, 3, 1)),
          ),
        ],
      });
      editor.selection = new vscode.Selection(1, 4, 3, 1);
      assert.equal((await push()).kind, 'blocked');
      await vscode.commands.executeCommand<Expanded>('pybin.expandToStatement');
      tool.dispose();
      assert.deepEqual(editor.selection, new vscode.Selection(0, 0, 4, 0));
    });

    it('stays as it is where nothing around it parses', async () => {
      const editor = await openUntitled('x = (\ny = 1\n');
      editor.selection = new vscode.Selection(0, 0, 1, 0);
      assert.equal((await push()).kind, 'blocked');
      assert.equal((await vscode.commands.executeCommand<Expanded>('pybin.expandToStatement')).kind, 'none');
    });
  });

  it('goes in spite of its findings only where the setting allows it', async () => {
    const before = await topNumber();
    await openUntitled('print(nmae)\n');
    assert.equal((await push()).kind, 'blocked');
    assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.pushAnyway')).kind, 'canceled');
    assert.equal(await topNumber(), before);
  });
});

async function blockedThenWatched(): Promise<void> {
  assert.equal((await push()).kind, 'blocked');
  await vscode.commands.executeCommand('pybin.pushWhenClean');
}

/** Resolves when the next snippet has come to lie on the stack, as the status bar says it. */
async function pushedNext(statusBar: StatusBar, before: number): Promise<void> {
  await drawn({ statusBar }, (text) => text.includes(`#${before + 1} · copied`));
}
