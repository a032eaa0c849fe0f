// What the gate makes of the tools that editors have, by how they sign and what their codes mean: in every language, in
// notebooks, and at the columns that editors count.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Pushed } from '../../../extension/push/run.ts';
import { assertPublic, closeEditors, openBytes, openUntitled, push, select } from '../suite/desk.ts';
import type { FakeLinter } from './fake-linter/linter.ts';
import {
  blockedBy,
  diagnosed,
  requirePushed,
  startLinter,
  startQuietLinter,
  stopLinters,
} from './linters.ts';

describe('what a tool says', () => {
  afterEach(async () => {
    await stopLinters();
    await setPolicy(undefined);
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    await closeEditors();
  });

  describe('of Python', () => {
    it('blocks by what it is about, however grave its tool calls it', async () => {
      const telling: readonly (Partial<FakeLinter> & Pick<FakeLinter, 'finds'>)[] = [
        { finds: 'warned', source: 'Pylance', code: 'reportUndefinedVariable', severity: 'warning' },
        { finds: 'unparsed', source: 'Pylance' },
        {
          finds: 'linked',
          source: 'Pylint',
          code: { value: 'E0602:undefined-variable', target: 'https://a.test/' },
        },
        { finds: 'undefined', source: 'Flake8', code: 'F821' },
        { finds: 'unknown', source: 'house rules', code: 7 },
      ];
      const editor = await openBytes('told.py', telling.map(({ finds }) => `x = "${finds}"\n`).join(''));
      for (const linter of telling) await startLinter(linter);
      for (const { finds } of telling) {
        select(editor, finds);
        assert.equal(blockedBy(await push()).length, 1, finds);
      }
    });

    it('goes along, and does not block: missing imports, style, warnings, whatever their tools call them', async () => {
      await openBytes('said.py', 'x = "told"\n');
      const passing: readonly Partial<FakeLinter>[] = [
        { source: 'Pylance', code: 'reportMissingImports' },
        { source: 'Pyright', code: 'reportMissingModuleSource', severity: 'warning' },
        { source: 'Mypy', code: 'import-not-found' },
        { source: 'Flake8', code: 'E501' },
        { source: 'Ruff', code: 'F401', severity: 'warning' },
        { source: 'house rules', severity: 'warning' },
      ];
      for (const linter of passing) await startLinter({ finds: 'told', ...linter });
      await startLinter({ source: 'Pylance', code: 'reportUnusedVariable', severity: 'hint', finds: 'x' });
      const { snippet } = requirePushed(await push());
      assert.deepEqual(snippet.findings.map(({ tool }) => tool).toSorted(), [
        'Flake8',
        'Pylance',
        'Ruff',
        'house rules',
      ]);
    });

    it('blocks by the setting: nothing but syntax, or warnings as well', async () => {
      await openUntitled('x = "told"\n');
      await startLinter({ source: 'ty', code: 'invalid-assignment', finds: 'told' });
      await setPolicy('syntax');
      requirePushed(await push());
      await stopLinters();
      await startLinter({ source: 'Ruff', code: 'E711', severity: 'warning', finds: 'told' });
      await setPolicy('warnings');
      assert.deepEqual(blockedBy(await push()), ['Ruff E711']);
    });

    it('counts where it touches the selection, and nowhere else', async () => {
      const editor = await openUntitled('import os\n\n\ndef join(parts):\n    return os.sep.join(parts)\n');
      await startLinter({ source: 'Pylance', finds: 'parts)\n' });
      select(editor, 'import os\n');
      requirePushed(await push());
      select(editor, 'return os.sep');
      requirePushed(await push());
      select(editor, 'def join(parts)');
      assert.equal(blockedBy(await push()).length, 1);
    });

    it('is taken at its word for names that only the bundled Ruff misses', async () => {
      const editor = await openUntitled('spark.read("area")\n');
      // Whoever runs on save has not looked at it.
      await startLinter({ source: 'Flake8', finds: 'area' });
      assert.deepEqual(blockedBy(await push()), ['Ruff F821']);
      await startLinter({ source: 'Pylance', finds: 'read', severity: 'information' });
      assert.deepEqual(requirePushed(await push()).snippet.needs, ['spark']);
      assert.equal(editor.document.isDirty, true);
    });
  });

  it('is placed in the editor’s columns: behind characters of two units, a byte order mark and CRLFs', async () => {
    const editor = await openBytes('columns.py', '\uFEFFx = 1\r\nprint("😀😀", "ä", told)\r\n');
    await startLinter({ source: 'Pylance', finds: 'told' });
    select(editor, '"ä"');
    requirePushed(await push());
    select(editor, 'told');
    assert.deepEqual(blockedBy(await push()), ['Pylance']);
    await stopLinters();

    // The bundled Ruff's undefined name, in the same columns.
    select(editor, '"ä"');
    requirePushed(await push());
    select(editor, 'told');
    const outcome = await push();
    assert.deepEqual(blockedBy(outcome), ['Ruff F821']);
    assert.deepEqual(outcome.kind === 'blocked' && outcome.findings[0]?.range, {
      start: { line: 1, character: 19 },
      end: { line: 1, character: 23 },
    });
  });

  describe('of other languages', () => {
    it('is all that counts: Python’s own check is not asked', async () => {
      const editor = await openBytes('notes.txt', 'def (\nwrong\n');
      await startQuietLinter();
      requirePushed(await push());
      await assertPublic('def (\nwrong\n');
      await startLinter({ source: 'prose', finds: 'wrong' });
      assert.deepEqual(blockedBy(await push()), ['prose']);
      select(editor, 'def (\n');
      requirePushed(await push());
    });

    it('blocks a JSON that the editor itself can’t parse', async () => {
      const { document } = await openBytes('broken.json', '{ "a": }\n');
      await diagnosed(document, ({ length }) => length > 0);
      assert.equal(blockedBy(await push()).length, 1);
    });
  });

  describe('of a notebook’s cells', () => {
    it('blocks the notebook at the cell that it is in, and no other cell', async () => {
      const editor = await openNotebook('x = 1', 'y = "wrong"', 'z = 3');
      await startLinter({ source: 'Pylance', finds: 'wrong' });
      const whole = await vscode.commands.executeCommand<Pushed>('pybin.pushNotebook');
      assert.deepEqual(blockedBy(whole), ['Pylance']);
      assert.equal(whole.kind === 'blocked' && whole.findings[0]?.part, 1);
      editor.selection = new vscode.NotebookRange(0, 1);
      requirePushed(await push());
      editor.selection = new vscode.NotebookRange(1, 2);
      assert.deepEqual(blockedBy(await push()), ['Pylance']);
    });
  });
});

async function setPolicy(policy: 'syntax' | 'warnings' | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('pybin')
    .update('lint.gate', policy, vscode.ConfigurationTarget.Global);
}

async function openNotebook(...cells: string[]): Promise<vscode.NotebookEditor> {
  const data = new vscode.NotebookData(
    cells.map((source) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, 'python')),
  );
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
  return vscode.window.showNotebookDocument(notebook);
}
