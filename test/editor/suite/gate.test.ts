// The gate inside a real VS Code that has no other linter: the bundled Ruff in its thread, a project's own as a process,
// and fixes that stay within the selection.

import * as assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { freeze } from '../../../extension/gate/frozen.ts';
import type { GateVerdict } from '../../../extension/gate/gate.ts';
import { createLinters } from '../../../extension/gate/linters.ts';
import { type LintGate, registerGate } from '../../../extension/gate/register.ts';
import type { TextRange } from '../../../shared/lint/range.ts';
import { area, broken, whole } from '../../extension/gate/selections.ts';
import { rangeOf, select } from './desk.ts';

const unaborted = new AbortController().signal;
/** Small programs answer within it on a busy machine, too. */
const ruffTimeoutMs = 3_000;
const text = 'import os\n\n\ndef join(parts):\n    return os.sep.join(parts)\n';

describe('the gate', () => {
  const subscriptions: vscode.Disposable[] = [];
  let gate: LintGate;
  let folder: string;
  let count = 0;

  before(async () => {
    const extension = vscode.extensions.getExtension('pybin.pybin');
    assert.ok(extension);
    const linters = createLinters(extension.extensionUri, ruffTimeoutMs);
    gate = registerGate(
      { extension, subscriptions },
      async () => linters,
      () => 'errors',
    );
    folder = await mkdtemp(join(tmpdir(), 'pybin-gate-'));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const subscription of subscriptions) subscription.dispose();
    await rm(folder, { recursive: true });
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  /** A new file in an editor. */
  async function open(content: string | Uint8Array, name = 'area.py'): Promise<vscode.TextEditor> {
    count += 1;
    const path = join(folder, `${count}-${name}`);
    await writeFile(path, content);
    return vscode.window.showTextDocument(vscode.Uri.file(path));
  }

  /** Configures a program that says it is Ruff, and does this where it is asked to check. */
  async function useRuff(script: string): Promise<void> {
    const path = join(folder, `ruff-${(count += 1)}`);
    await writeFile(path, `#!/bin/sh\ncase $1 in --version) echo "ruff 0.16.9";; *) ${script};; esac\n`);
    await chmod(path, 0o755);
    await setRuffPath(path);
  }

  const check = (editor: vscode.TextEditor): Promise<GateVerdict> => gate.check(freeze(editor), unaborted);

  async function fixSelected(editor: vscode.TextEditor): Promise<readonly TextRange[] | string> {
    select(editor, 'b = f"b"\n');
    const outcome = await gate.fixAll(freeze(editor), unaborted);
    return outcome.kind === 'changed' ? outcome.ranges : outcome.kind;
  }

  describe('with nobody but the bundled Ruff', () => {
    it('stops what does not parse, shows it in Problems, and never reads that back', async () => {
      const editor = await open('x = (\n');
      const { uri } = editor.document;
      for (let round = 1; round <= 2; round += 1) {
        const verdict = await check(editor);
        assert.equal(verdict.kind, 'blocked');
        assert.ok(
          verdict.blocking.every((finding) => finding.origin === 'own' && finding.class === 'syntax'),
        );
        assert.equal(ownProblems(uri).length, verdict.blocking.length);
      }
    });

    it('takes its problems away with the first edit', async () => {
      const editor = await open('x = (\n');
      await check(editor);
      assert.notEqual(ownProblems(editor.document.uri).length, 0);
      await insert(editor, '# edited\n');
      assert.equal(ownProblems(editor.document.uri).length, 0);
    });

    it('takes its problems away where the text is clean', async () => {
      const editor = await open('x = 1\ny = (\n');
      await check(editor);
      select(editor, 'x = 1\n');
      assert.equal((await check(editor)).kind, 'clean');
      assert.equal(ownProblems(editor.document.uri).length, 0);
    });

    it('fails at what Ruff can’t read, and checks the next', async () => {
      const deep = await open(`x = ${'['.repeat(3000)}${']'.repeat(3000)}\n`);
      assert.equal((await check(deep)).kind, 'failed');
      const plain = await open('x = 1\n');
      assert.equal((await check(plain)).kind, 'clean');
    });

    it('checks a method alone, and says what it needs', async () => {
      const editor = await open('import os\n\n\nclass A:\n    def f(self):\n        return os.sep\n');
      select(editor, '        return os.sep\n');
      const verdict = await check(editor);
      assert.equal(verdict.kind, 'clean');
      assert.deepEqual(verdict.needs, ['os']);
      assert.equal(verdict.proof.linter, 'Ruff');
    });
  });

  describe('in a file with CRLFs, with a selection', () => {
    const lines = area.replaceAll('\n', '\r\n');

    for (const [what, part, needs] of whole)
      it(`that is ${what}, lets it pass as it is`, async () => {
        const editor = await open(lines);
        select(editor, part.replaceAll('\n', '\r\n'));
        const verdict = await check(editor);
        assert.ok(verdict.kind === 'clean', verdict.kind);
        assert.deepEqual(verdict.needs.toSorted(), needs.toSorted());
      });

    for (const [what, part] of broken)
      it(`that ${what}, stops it`, async () => {
        const editor = await open(lines);
        select(editor, part.replaceAll('\n', '\r\n'));
        const verdict = await check(editor);
        assert.ok(verdict.kind === 'blocked', verdict.kind);
        assert.ok(verdict.blocking.every((finding) => finding.class === 'syntax'));
      });
  });

  describe('with a Ruff of the project’s own', () => {
    afterEach(() => setRuffPath(undefined));

    it('fails where that fails, and says why', async () => {
      await useRuff('echo "  Cause: Failed to parse ruff.toml" >&2; exit 2');
      const verdict = await check(await open('x = 1\n'));
      assert.equal(verdict.kind, 'failed');
      assert.match(verdict.reason, /Failed to parse ruff\.toml/);
    });

    it('stops at the text’s beginning for what it finds at no place', async () => {
      const nowhere = {
        code: 'F821',
        message: 'Undefined name "x"',
        filename: null,
        location: null,
        end_location: null,
      };
      await useRuff(`echo '${JSON.stringify([nowhere])}'; exit 1`);
      const verdict = await check(await open('x = 1\ny = 2\n'));
      assert.ok(verdict.kind === 'blocked', verdict.kind);
      assert.deepEqual(
        verdict.blocking.map(({ code, range }) => [code, range.start]),
        [['F821', { line: 0, character: 0 }]],
      );
    });

    it('fails where it writes something else than a report', async () => {
      await useRuff('echo "All checks passed!"');
      assert.equal((await check(await open('x = 1\n'))).kind, 'failed');
    });

    it('is given up with its signal where it hangs', async () => {
      await useRuff('exec sleep 600');
      const abort = new AbortController();
      const checking = gate.check(freeze(await open('x = 1\n')), abort.signal);
      abort.abort(new Error('given up'));
      await assert.rejects(checking, /given up/);
    });

    it('fails where it hangs, and says so', async () => {
      await useRuff('exec sleep 600');
      const verdict = await check(await open('x = 1\n'));
      assert.equal(verdict.kind, 'failed');
      assert.match(verdict.reason, /it did not answer within 3 seconds\. Put that right and retry/);
    });

    it('fails where the setting names none', async () => {
      await setRuffPath(join(folder, 'none'));
      const verdict = await check(await open('x = 1\n'));
      assert.equal(verdict.kind, 'failed');
      assert.match(verdict.reason, /pybin\.lint\.ruffPath/);
    });

    it('does not ask it about a text that is no file', async () => {
      await useRuff('exit 2');
      const document = await vscode.workspace.openTextDocument({ content: 'x = 1\n', language: 'python' });
      const editor = await vscode.window.showTextDocument(document);
      assert.equal((await check(editor)).kind, 'clean');
    });
  });

  describe('freezes', () => {
    it('a whole file with its BOM and its line ends', async () => {
      const content = '\uFEFFimport os\r\nprint(os.sep)\r\n';
      const editor = await open(Buffer.from(content));
      const frozen = freeze(editor);
      assert.equal(frozen.text, content);
      assert.equal((await gate.check(frozen, unaborted)).kind, 'clean');
      select(editor, 'import os\r\n');
      assert.equal(freeze(editor).text, 'import os\r\n');
    });

    it('exactly what is selected, whichever way it was', async () => {
      const editor = await open(text);
      const { start, end } = rangeOf(editor.document, 'os.sep.join(parts)');
      editor.selection = new vscode.Selection(end, start);
      assert.equal(freeze(editor).text, 'os.sep.join(parts)');
    });
  });

  describe('fixes', () => {
    const unfixed = 'a = f"a"\n\nb = f"b"\n\nc = f"c"\n';
    const fixed = 'a = f"a"\n\nb = "b"\n\nc = f"c"\n';

    it('by the bundled Ruff, within the selection and in one step', async () => {
      const editor = await open(unfixed);
      assert.deepEqual(await fixSelected(editor), [
        { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } },
      ]);
      assert.equal(editor.document.getText(), fixed);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), unfixed);
    });

    it('by a tool that fixes the whole document, within the selection and in one step', async () => {
      const editor = await open(unfixed);
      const tool = fixAllProvider((document) => [
        [new vscode.Range(0, 0, document.lineCount, 0), unfixed.replaceAll('f"', '"')],
      ]);
      await fixSelected(editor);
      tool.dispose();
      assert.equal(editor.document.getText(), fixed);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), unfixed);
    });

    it('nothing where there is nothing to fix', async () => {
      const editor = await open(text);
      assert.deepEqual(await gate.fixAll(freeze(editor), unaborted), { kind: 'unchanged' });
      assert.equal(editor.document.isDirty, false);
    });

    it('nothing where the document changes meanwhile', async () => {
      const editor = await open(unfixed);
      const tool = fixAllProvider(async () => {
        await insert(editor, '# edited\n');
        return [[new vscode.Range(3, 4, 3, 5), '']];
      });
      assert.equal(await fixSelected(editor), 'moved');
      tool.dispose();
      assert.equal(editor.document.getText(), `# edited\n${unfixed}`);
    });
  });
});

/** Types at the document's beginning. */
async function insert({ document }: vscode.TextEditor, typed: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), typed);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

function ownProblems(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'pybin');
}

async function setRuffPath(path: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('pybin').update('lint.ruffPath', path, true);
}

type Replacements = readonly (readonly [vscode.Range, string])[];

/** A tool with one action that fixes all, for Python. */
function fixAllProvider(
  fix: (document: vscode.TextDocument) => Replacements | Promise<Replacements>,
): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { language: 'python' },
    {
      async provideCodeActions(document) {
        const action = new vscode.CodeAction('Fix all', vscode.CodeActionKind.SourceFixAll);
        action.edit = new vscode.WorkspaceEdit();
        for (const [range, replacement] of await fix(document))
          action.edit.replace(document.uri, range, replacement);
        return [action];
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.SourceFixAll] },
  );
}
