// A push beside linters as they are: late, twice, of another version of the document, of the saved one only.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { StatusBar } from '../../../extension/status/status-bar.ts';
import {
  activated,
  assertPublic,
  closeEditors,
  drawn,
  openBytes,
  openUntitled,
  push,
  replace,
  select,
  topNumber,
} from '../suite/desk.ts';
import {
  blockedBy,
  diagnosed,
  requirePushed,
  startLinter,
  startQuietLinter,
  stopLinters,
} from './linters.ts';

describe('a push beside a linter', () => {
  let statusBar: StatusBar;

  before(async () => {
    ({ statusBar } = await activated());
  });

  afterEach(async () => {
    await stopLinters();
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    await closeEditors();
  });

  describe('that is late', () => {
    it('waits for what it finds in the text just typed', async () => {
      const before = await topNumber();
      const { document } = await openUntitled('x = 1\n');
      await startLinter({ finds: 'wrong', code: 'W1', takesMs: 900 });
      await replace(document, '1', 'wrong()');
      assert.deepEqual(blockedBy(await push()), ['Ruff W1']);
      assert.equal(await topNumber(), before);
    });

    it('hears the slower of two', async () => {
      const { document } = await openUntitled('x = 1\n');
      await startQuietLinter();
      await startLinter({ source: 'Pylance', finds: 'wrong', takesMs: 300 });
      await replace(document, '1', '"wrong"');
      assert.deepEqual(blockedBy(await push()), ['Pylance']);
    });

    it('goes by itself once it has nothing to say any more', async () => {
      const before = await topNumber();
      const { document } = await openUntitled('x = "wrong"\n');
      await startLinter({ source: 'Pylance', finds: 'wrong', takesMs: 200 });
      assert.deepEqual(blockedBy(await push()), ['Pylance']);
      await vscode.commands.executeCommand('pybin.pushWhenClean');
      const pushed = drawn({ statusBar }, (text) => text.includes(`#${before + 1} · copied`));
      await replace(document, 'wrong', 'right');
      await pushed;
      await assertPublic('x = "right"\n');
    });
  });

  describe('that says things twice', () => {
    it('takes one finding of two linters for one', async () => {
      const editor = await openUntitled('print(nmae)\n');
      await startLinter({ source: 'Ruff', code: 'F821', finds: 'nmae' });
      await startLinter({ source: 'Ruff', code: 'F821', finds: 'nmae' });
      await startLinter({
        source: 'Pylance',
        code: 'reportUndefinedVariable',
        finds: 'nmae',
        severity: 'warning',
      });
      assert.equal(vscode.languages.getDiagnostics(editor.document.uri).length, 3);
      assert.deepEqual(blockedBy(await push()), ['Ruff F821']);
      assert.equal(statusBar.shown?.text, '$(warning) not pushed: 1 problem');
    });

    it('shows nothing of its own where another shows it', async () => {
      const { document } = await openUntitled('x = 1 +\n');
      await startLinter({ source: 'Pylance', finds: '+' });
      const outcome = await push();
      assert.ok(outcome.kind === 'blocked' && outcome.findings.some(({ origin }) => origin === 'own'));
      const sources = vscode.languages.getDiagnostics(document.uri).map(({ source }) => source);
      assert.deepEqual(sources, ['Pylance']);
    });
  });

  describe('that speaks of another version of the document', () => {
    it('is not blocked by what is corrected, though it is said once more', async () => {
      const { document } = await openUntitled('x = "wrong"\n');
      await startLinter({ finds: 'wrong', takesMs: 200, repeatsItself: true });
      assert.deepEqual(blockedBy(await push()), ['Ruff']);
      await replace(document, 'wrong', 'right');
      requirePushed(await push());
    });

    it('is not blocked by what has moved out of the selection', async () => {
      const editor = await openUntitled('x = "wrong"\ny = 2\n');
      await startLinter({ finds: 'wrong', takesMs: 200, repeatsItself: true });
      await replace(editor.document, 'x', 'z = 3\nx');
      select(editor, 'z = 3\n');
      requirePushed(await push());
      select(editor, 'x = "wrong"\n');
      assert.deepEqual(blockedBy(await push()), ['Ruff']);
    });

    it('is not blocked by what a slow one has not looked at again, where a quick one has', async () => {
      const { document } = await openUntitled('x = "wrong"\n');
      await startLinter({ source: 'Pylance', finds: 'wrong', takesMs: 900 });
      await startQuietLinter();
      assert.deepEqual(blockedBy(await push()), ['Pylance']);
      await replace(document, 'wrong', 'right');
      requirePushed(await push());
    });

    it('starts over where the text is edited while it waits, and sends what is there then', async () => {
      const { document } = await openUntitled('x = 1\n');
      await startLinter({ finds: 'wrong', takesMs: 300 });
      await replace(document, '1', '2');
      const pushing = push();
      await replace(document, '2', '"wrong"');
      assert.deepEqual(blockedBy(await pushing), ['Ruff']);

      await replace(document, '"wrong"', '3');
      const pushingAgain = push();
      await replace(document, '3', '4');
      requirePushed(await pushingAgain);
      await assertPublic('x = 4\n');
    });
  });

  describe('that looks at saved files only', () => {
    it('leaves out what it says of a text that is edited since', async () => {
      const { document } = await openBytes('save-only.py', 'x = "wrong"\n');
      await startLinter({ source: 'Mypy', code: 'assignment', finds: 'wrong', runs: 'on-save' });
      await startQuietLinter();
      assert.deepEqual(blockedBy(await push()), ['Mypy assignment']);
      await replace(document, 'wrong', 'right');
      assert.equal(vscode.languages.getDiagnostics(document.uri).length, 1);
      requirePushed(await push());
      await assertPublic('x = "right"\n');
    });

    it('hears it again once the file is saved', async () => {
      const { document } = await openBytes('save-again.py', 'x = "right"\n');
      await startLinter({ source: 'Mypy', code: 'assignment', finds: 'wrong', runs: 'on-save' });
      await startQuietLinter();
      await replace(document, 'right', 'wrong');
      requirePushed(await push());
      await document.save();
      await diagnosed(document, ({ length }) => length > 0);
      assert.deepEqual(blockedBy(await push()), ['Mypy assignment']);
    });

    it('waits after a save for one that has spoken of the file before', async () => {
      const { document } = await openBytes('save-slow.py', 'x = "wrong"\n');
      await startLinter({
        source: 'Mypy',
        code: 'assignment',
        finds: 'wrong',
        runs: 'on-save',
        takesMs: 700,
      });
      await startQuietLinter();
      await replace(document, 'wrong', 'right');
      requirePushed(await push());
      await document.save();
      requirePushed(await push());
    });
  });
});
