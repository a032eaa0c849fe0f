// A push from a real editor to a real edge: byte for byte, checked before it is sent, and never lost.

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { placeOfFinding } from '../../../extension/place.ts';
import type { Pushed } from '../../../extension/push/run.ts';
import {
  assertPublic,
  closeEditors,
  endpoint,
  inWorkspace,
  openBytes,
  openFile,
  openUntitled,
  push,
  topNumber,
  userId,
} from './desk.ts';

describe('push', () => {
  afterEach(closeEditors);

  it('sends the selection of a real file byte for byte, and puts its address on the clipboard', async () => {
    const editor = await openFile('input.py');
    const range = functionNamed(editor.document, 'IsPathSection');
    editor.selection = new vscode.Selection(range.start, range.end);
    const pushed = requirePushed(await push());

    await assertPublic(editor.document.getText(range));
    assert.equal(pushed.snippet.address, `${endpoint}/~${userId}/${pushed.snippet.number}`);
    assert.equal(await vscode.env.clipboard.readText(), pushed.snippet.address);
    assert.equal(pushed.snippet.language, 'python');
    assert.equal(pushed.snippet.origin?.fileName, 'input.py');
  });

  it('sends the whole file where nothing is selected', async () => {
    await openFile('input.py');
    requirePushed(await push());
    await assertPublic(await fs.readFile(inWorkspace('input.py')));
  });

  const files = [
    { name: 'CRLF', file: 'push-crlf.py', bytes: 'import os\r\n\r\nprint(os.sep)\r\n' },
    { name: 'no last line end', file: 'open-end.py', bytes: 'print("ä€😀")' },
    { name: 'a byte order mark', file: 'bom.py', bytes: '\uFEFFprint(1)\n' },
  ];
  for (const { name, file, bytes } of files)
    it(`sends a file with ${name} as it lies on the disk`, async () => {
      await openBytes(file, bytes);
      requirePushed(await push());
      await assertPublic(bytes);
    });

  it('asks before a text with a secret leaves this machine', async () => {
    const before = await topNumber();
    await openUntitled('password = "hunter2!x"\n');
    // No dialog is shown here: whoever asks for one is told so.
    await assert.rejects(push(), ({ message }: Error) => {
      assert.match(message, /seems to hold a secret/);
      assert.doesNotMatch(message, /hunter2/);
      return true;
    });
    assert.equal(await topNumber(), before);
  });

  it('sends an untitled text', async () => {
    await openUntitled('x = 1\n');
    const pushed = requirePushed(await push());
    await assertPublic('x = 1\n');
    assert.equal(pushed.snippet.origin?.fileName, '');
  });

  it('sends what is in the editor, not what was last saved', async () => {
    const editor = await openBytes('dirty.py', 'x = 1\n');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'y = 2\n'));
    requirePushed(await push());
    await assertPublic('y = 2\nx = 1\n');
  });

  it('keeps the names that the selection needs with it', async () => {
    const editor = await openUntitled('import os\n\n\ndef f():\n    return os.sep\n');
    editor.selection = new vscode.Selection(3, 0, 5, 0);
    const { snippet } = requirePushed(await push());
    assert.deepEqual(snippet.needs, ['os']);
  });

  it('keeps with it by what it was found clean', async () => {
    await openUntitled('x = 1\n');
    const { snippet } = requirePushed(await push());
    assert.equal(snippet.proof?.linter, 'Ruff');
    assert.match(snippet.proof.linterVersion, /^\d+\.\d+\.\d+$/);
    assert.match(snippet.proof.configurationSha256, /^[0-9a-f]{64}$/);
    assert.equal(snippet.proof.overrideReason, '');
  });
});

/** Writes `=` with one blank on each side. */
function tidied(document: vscode.TextDocument, range: vscode.Range): vscode.TextEdit[] {
  const text = document.getText(range).replaceAll(/ +=/g, ' =').replaceAll(/= +/g, '= ');
  return [vscode.TextEdit.replace(range, text)];
}

describe('a push that is formatted first', () => {
  const unformatted = 'x = 1\n\ny  =  2\n\nz  =  3\n';
  let formatter: vscode.Disposable | undefined;

  beforeEach(() => vscode.workspace.getConfiguration('pybin').update('push.format', true, true));
  afterEach(async () => {
    formatter?.dispose();
    await vscode.workspace.getConfiguration('pybin').update('push.format', undefined, true);
    await closeEditors();
  });

  it('goes formatted, and its document is', async () => {
    formatter = vscode.languages.registerDocumentFormattingEditProvider('python', {
      provideDocumentFormattingEdits: (document) =>
        tidied(document, new vscode.Range(0, 0, document.lineCount, 0)),
    });
    const editor = await openUntitled(unformatted);
    requirePushed(await push());
    await assertPublic('x = 1\n\ny = 2\n\nz = 3\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), unformatted);
  });

  it('has its selection formatted alone, by who formats parts', async () => {
    formatter = vscode.languages.registerDocumentRangeFormattingEditProvider('python', {
      provideDocumentRangeFormattingEdits: tidied,
    });
    const editor = await openUntitled(unformatted);
    editor.selection = new vscode.Selection(2, 0, 3, 0);
    requirePushed(await push());
    await assertPublic('y = 2\n');
    assert.equal(editor.document.getText(), 'x = 1\n\ny = 2\n\nz  =  3\n');
  });

  it('has its selection formatted alone, by who formats whole documents', async () => {
    formatter = vscode.languages.registerDocumentFormattingEditProvider('python', {
      provideDocumentFormattingEdits: (document) =>
        tidied(document, new vscode.Range(0, 0, document.lineCount, 0)),
    });
    const editor = await openUntitled(unformatted);
    editor.selection = new vscode.Selection(2, 0, 3, 0);
    requirePushed(await push());
    await assertPublic('y = 2\n');
    assert.equal(editor.document.getText(), 'x = 1\n\ny = 2\n\nz  =  3\n');
  });

  it('goes as it is where nobody formats it', async () => {
    await openUntitled(unformatted);
    requirePushed(await push());
    await assertPublic(unformatted);
  });
});

describe('a push of several selections', () => {
  afterEach(closeEditors);

  it('sends them in the order of the document, as one snippet', async () => {
    const editor = await openUntitled('import os\n\n\ndef f():\n    return os.sep\n');
    editor.selections = [new vscode.Selection(3, 0, 5, 0), new vscode.Selection(0, 0, 0, 9)];
    const { snippet } = requirePushed(await push());
    await assertPublic('import os\ndef f():\n    return os.sep\n');
    assert.deepEqual(snippet.needs, []);
  });
});

async function openNotebook(...cells: string[]): Promise<vscode.NotebookEditor> {
  const data = new vscode.NotebookData(
    cells.map((source) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, 'python')),
  );
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
  return vscode.window.showNotebookDocument(notebook);
}

async function pushNotebook(): Promise<Pushed> {
  return vscode.commands.executeCommand<Pushed>('pybin.pushNotebook');
}

describe('a push from a notebook', () => {
  afterEach(closeEditors);

  it('sends the code of all cells', async () => {
    await openNotebook('import os', '%matplotlib inline\nprint(os.sep)');
    requirePushed(await pushNotebook());
    await assertPublic('import os\n%matplotlib inline\nprint(os.sep)');
  });

  it('sends the cell that is chosen, and needs what others define', async () => {
    const editor = await openNotebook('import os', 'print(os.sep)');
    editor.selection = new vscode.NotebookRange(1, 2);
    const { snippet } = requirePushed(await push());
    await assertPublic('print(os.sep)');
    assert.deepEqual(snippet.needs, ['os']);
  });

  it('sends the selected cells where there are several', async () => {
    const editor = await openNotebook('import os', 'x = 1', 'print(os.sep)');
    editor.selections = [new vscode.NotebookRange(0, 1), new vscode.NotebookRange(2, 3)];
    requirePushed(await push());
    await assertPublic('import os\nprint(os.sep)');
  });

  it('is stopped by a name that no cell defines', async () => {
    await openNotebook('import os', 'print(nmae)');
    const outcome = await pushNotebook();
    assert.ok(outcome.kind === 'blocked');
    const [finding] = outcome.findings;
    assert.ok(finding);
    assert.deepEqual(placeOfFinding(outcome.frozen, finding), { cell: 2, line: 1 });
    await vscode.commands.executeCommand('pybin.showProblems');
    assert.deepEqual(vscode.window.activeNotebookEditor?.selection, new vscode.NotebookRange(1, 2));
    await vscode.commands.executeCommand('pybin.discardPendingPush');
  });
});

describe('a push that the gate blocks', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    await closeEditors();
  });

  for (const { name, text, code } of [
    { name: 'an undefined name', text: 'print(undefined_name)\n', code: 'F821' },
    { name: 'a syntax error', text: 'def f(:\n    pass\n', code: '' },
  ])
    it(`is not sent: ${name}`, async () => {
      const before = await topNumber();
      await openUntitled(text);
      const outcome = await push();
      assert.equal(outcome.kind, 'blocked');
      assert.equal(
        outcome.kind === 'blocked' && outcome.findings[0]?.code.replace('invalid-syntax', ''),
        code,
      );
      assert.equal(await topNumber(), before);
    });

  it('goes once it is corrected', async () => {
    const editor = await openUntitled('print(nothing)\n');
    assert.equal((await push()).kind, 'blocked');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'nothing = 0\n'));
    requirePushed(await vscode.commands.executeCommand<Pushed>('pybin.retryPush'));
    await assertPublic('nothing = 0\nprint(nothing)\n');
    assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.retryPush')).kind, 'nothingWaits');
  });

  it('"Fix All and Push" corrects the selection alone, then pushes it', async () => {
    await vscode.workspace.getConfiguration('pybin').update('lint.gate', 'warnings', true);
    const fixable = 'def f(x):\n    return x is "a"\n';
    const editor = await openUntitled(`${fixable}\n\n${fixable}`);
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    assert.equal((await push()).kind, 'blocked');
    requirePushed(await vscode.commands.executeCommand<Pushed>('pybin.fixAllAndPush'));
    const fixed = 'def f(x):\n    return x == "a"\n';
    await assertPublic(fixed);
    assert.equal(editor.document.getText(), `${fixed}\n\n${fixable}`);
    await vscode.workspace.getConfiguration('pybin').update('lint.gate', undefined, true);
  });

  it('"Fix All and Push" that can’t correct all sends nothing', async () => {
    const before = await topNumber();
    await openUntitled('print(undefined_name is "a")\n');
    assert.equal((await push()).kind, 'blocked');
    assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.fixAllAndPush')).kind, 'blocked');
    assert.equal(await topNumber(), before);
  });

  it('leaves nothing of pybin’s in Problems once it is canceled', async () => {
    const { document } = await openUntitled('print(undefined_name)\n');
    const shown = () =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'pybin').length;
    assert.equal((await push()).kind, 'blocked');
    assert.equal(shown(), 1);
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    assert.equal(shown(), 0);
  });

  it('"Show Problems" goes to the first of them', async () => {
    const editor = await openUntitled('x = 1\nprint(undefined_name)\n');
    assert.equal((await push()).kind, 'blocked');
    await vscode.commands.executeCommand('pybin.showProblems');
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
    assert.equal(
      vscode.window.activeTextEditor?.document.getText(vscode.window.activeTextEditor.selection),
      'undefined_name',
    );
    assert.ok(vscode.languages.getDiagnostics(editor.document.uri).some(({ code }) => code === 'F821'));
  });

  it('waits no longer once its document is closed', async () => {
    await openUntitled('print(undefined_name)\n');
    assert.equal((await push()).kind, 'blocked');
    const { document } = vscode.window.activeTextEditor ?? {};
    const closed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidCloseTextDocument((each) => {
        if (each !== document) return;
        subscription.dispose();
        resolve();
      });
    });
    await closeEditors();
    await closed;
    const uri = document?.uri.toString();
    assert.deepEqual(await vscode.commands.executeCommand<Pushed>('pybin.retryPush', uri), {
      kind: 'nothingWaits',
      end: { kind: 'closed' },
    });
  });

  it('waits no longer once a later push of its document succeeds', async () => {
    const editor = await openUntitled('x = 1\nprint(undefined_name)\n');
    assert.equal((await push()).kind, 'blocked');
    editor.selection = new vscode.Selection(0, 0, 1, 0);
    requirePushed(await push());
    assert.equal((await vscode.commands.executeCommand<Pushed>('pybin.retryPush')).kind, 'nothingWaits');
  });
});

describe('a push that no edge would take', () => {
  afterEach(closeEditors);

  it('is refused with half a surrogate pair in it', async () => {
    const editor = await openUntitled('x = "😀"\n');
    editor.selection = new vscode.Selection(0, 0, 0, 6);
    const outcome = await push();
    assert.equal(outcome.kind, 'refused');
    assert.equal(outcome.kind === 'refused' && outcome.problem.code, 'not_text');
  });
});

function requirePushed(outcome: Pushed): Extract<Pushed, { kind: 'pushed' }> {
  if (outcome.kind === 'pushed') return outcome;
  const why = outcome.kind === 'blocked' ? outcome.findings.map(({ message }) => message).join(', ') : '';
  throw new assert.AssertionError({ message: `not pushed, but ${outcome.kind} ${why}` });
}

/** The lines of a top-level function, with its last line end. */
function functionNamed(document: vscode.TextDocument, name: string): vscode.Range {
  const lines = document.getText().split('\n');
  const start = lines.findIndex((line) => line.startsWith(`def ${name}(`));
  const length = lines.slice(start + 1).findIndex((line) => /^\S/.test(line));
  assert.ok(start >= 0 && length > 0, `${name} is not there`);
  return new vscode.Range(start, 0, start + 1 + length, 0);
}
