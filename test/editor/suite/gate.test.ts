// The gate inside a real VS Code: linters that are late, say things twice or speak of older text, documents
// that change meanwhile, the bundled Ruff in its thread, and fixes that stay within the selection.

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
import type { GatePolicy } from '../../../shared/lint/verdict.ts';

const unaborted = new AbortController().signal;
const text = 'import os\n\n\ndef join(parts):\n    return os.sep.join(parts)\n';

describe('the gate', () => {
  const subscriptions: vscode.Disposable[] = [];
  let policy: GatePolicy = 'errors';
  let gate: LintGate;
  let folder: string;
  let linter: FakeLinter;
  let count = 0;

  before(async () => {
    const extension = vscode.extensions.getExtension('pybin.pybin');
    assert.ok(extension);
    gate = registerGate({ extension, subscriptions }, createLinters(extension.extensionUri), () => policy);
    folder = await mkdtemp(join(tmpdir(), 'pybin-gate-'));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const subscription of subscriptions) subscription.dispose();
    await rm(folder, { recursive: true });
  });

  beforeEach(() => {
    policy = 'errors';
    linter = new FakeLinter();
  });

  afterEach(async () => {
    linter.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  /** A new file in an editor, of which the fake linter has spoken already. */
  async function open(content: string | Uint8Array, name = 'area.py'): Promise<vscode.TextEditor> {
    count += 1;
    const path = join(folder, `${count}-${name}`);
    await writeFile(path, content);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(path));
    // Whoever has had something to say is waited for.
    const hint = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), 'Hello', vscode.DiagnosticSeverity.Hint);
    await linter.publish(editor.document.uri, [hint]);
    await linter.publish(editor.document.uri, []);
    return editor;
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

  describe('with a linter', () => {
    it('hears what comes late', async () => {
      const editor = await open(text);
      linter.answerEdits(async (uri) => {
        await passed(700);
        await linter.publish(uri, [diagnosticAt(editor, 'parts')]);
      });
      await insert(editor, '# edited\n');
      const verdict = await check(editor);
      assert.equal(verdict.kind, 'blocked');
    });

    it('takes what is said twice for one finding', async () => {
      const editor = await open(text);
      const again = new FakeLinter();
      await linter.publish(editor.document.uri, [
        diagnosticAt(editor, 'parts'),
        diagnosticAt(editor, 'parts'),
      ]);
      await again.publish(editor.document.uri, [diagnosticAt(editor, 'parts')]);
      const verdict = await check(editor);
      again.dispose();
      assert.equal(verdict.kind, 'blocked');
      assert.equal(verdict.blocking.length, 1);
      assert.deepEqual(verdict.blocking[0]?.range.start, { line: 3, character: 9 });
    });

    it('does not stop for what is corrected, though it is said once more', async () => {
      const editor = await open(text);
      const stale = diagnosticAt(editor, 'parts');
      await linter.publish(editor.document.uri, [stale]);
      linter.answerEdits(async (uri) => {
        await passed(100);
        await linter.publish(uri, [stale]);
        await passed(100);
        await linter.publish(uri, []);
      });
      await insert(editor, '# corrected\n');
      assert.equal((await check(editor)).kind, 'clean');
    });

    it('leaves out what a tool that runs on save says of a dirty document', async () => {
      const editor = await open(text);
      await insert(editor, '# not saved\n');
      await linter.publish(editor.document.uri, [
        diagnosticAt(editor, 'parts', { source: 'Flake8', code: 'F821' }),
      ]);
      assert.equal((await check(editor)).kind, 'clean');
      assert.equal(await editor.document.save(), true);
      assert.equal((await check(editor)).kind, 'blocked');
    });

    it('stops for what touches the selection, and for nothing else', async () => {
      const editor = await open(text);
      await linter.publish(editor.document.uri, [diagnosticAt(editor, 'parts')]);
      select(editor, 'import os\n');
      assert.equal((await check(editor)).kind, 'clean');
      select(editor, 'def join(parts)');
      assert.equal((await check(editor)).kind, 'blocked');
    });

    it('takes its word for names that only Ruff misses', async () => {
      const editor = await open('spark.read("area")\n');
      assert.equal((await check(editor)).kind, 'blocked');
      await linter.publish(editor.document.uri, [
        diagnosticAt(editor, 'read', { source: 'Pylance', severity: vscode.DiagnosticSeverity.Information }),
      ]);
      const verdict = await check(editor);
      assert.equal(verdict.kind, 'clean');
      assert.deepEqual(verdict.needs, ['spark']);
    });

    it('asks it alone about another language', async () => {
      const editor = await open('def (\n', 'notes.txt');
      assert.equal((await check(editor)).kind, 'clean');
      await linter.publish(editor.document.uri, [diagnosticAt(editor, 'def', { source: 'prose' })]);
      assert.equal((await check(editor)).kind, 'blocked');
    });
  });

  describe('with a document that changes meanwhile', () => {
    it('says that it moved, and judges it frozen anew', async () => {
      const editor = await open(text);
      linter.answerEdits(async (uri) => {
        await passed(100);
        await linter.publish(uri, []);
      });
      await insert(editor, '# first\n');
      const checking = check(editor);
      await insert(editor, '# second\n');
      assert.deepEqual(await checking, { kind: 'moved' });
      assert.equal((await check(editor)).kind, 'clean');
    });

    it('says that it moved when its editor is closed', async () => {
      const editor = await open(text);
      await insert(editor, '# edited\n');
      const checking = check(editor);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      assert.deepEqual(await checking, { kind: 'moved' });
    });

    it('is given up with its signal', async () => {
      const editor = await open(text);
      await insert(editor, '# edited\n');
      const abort = new AbortController();
      const checking = gate.check(freeze(editor), abort.signal);
      abort.abort(new Error('given up'));
      await assert.rejects(checking, /given up/);
    });
  });

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

    it('shows nothing that a tool of the editor shows', async () => {
      const editor = await open('x = (\n');
      await linter.publish(editor.document.uri, [
        diagnosticAt(editor, 'x', { source: 'Pylance' }),
        diagnosticAt(editor, '(', { source: 'Ruff', code: 'invalid-syntax' }),
        new vscode.Diagnostic(new vscode.Range(1, 0, 1, 0), 'unexpected EOF'),
      ]);
      const verdict = await check(editor);
      assert.equal(verdict.kind, 'blocked');
      const lines = new Set(ownProblems(editor.document.uri).map(({ range }) => range.start.line));
      assert.equal(lines.has(0), false);
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

  describe('with a Ruff of the project’s own', () => {
    afterEach(() => setRuffPath(undefined));

    it('fails where that fails, and says why', async () => {
      await useRuff('echo "  Cause: Failed to parse ruff.toml" >&2; exit 2');
      const verdict = await check(await open('x = 1\n'));
      assert.equal(verdict.kind, 'failed');
      assert.match(verdict.reason, /Failed to parse ruff\.toml/);
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

/** A lint tool as editors see one: it publishes, now or when a document was edited. */
class FakeLinter {
  readonly #collection = vscode.languages.createDiagnosticCollection('fake');
  readonly #subscriptions: vscode.Disposable[] = [this.#collection];

  /** Resolves once VS Code has told everyone. */
  async publish(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const told = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((changed) => changed.toString() === uri.toString())) resolve();
    });
    this.#collection.set(uri, diagnostics);
    await promise;
    told.dispose();
  }

  answerEdits(answer: (uri: vscode.Uri) => Promise<void>): void {
    this.#subscriptions.push(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) void answer(document.uri);
      }),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

interface DiagnosticFields {
  readonly source?: string;
  readonly code?: string;
  readonly severity?: vscode.DiagnosticSeverity;
}

/** A diagnostic at the first place of a part of the document; an error of Ruff's if nothing else is said. */
function diagnosticAt(
  { document }: vscode.TextEditor,
  part: string,
  { source = 'Ruff', code, severity = vscode.DiagnosticSeverity.Error }: DiagnosticFields = {},
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(document, part), `Something about ${part}`, severity);
  diagnostic.source = source;
  if (code !== undefined) diagnostic.code = code;
  return diagnostic;
}

function rangeOf(document: vscode.TextDocument, part: string): vscode.Range {
  const offset = document.getText().indexOf(part);
  assert.notEqual(offset, -1, `not in the document: ${part}`);
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + part.length));
}

function select(editor: vscode.TextEditor, part: string): void {
  const { start, end } = rangeOf(editor.document, part);
  editor.selection = new vscode.Selection(start, end);
}

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

/** The time a slow linter takes. */
function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
