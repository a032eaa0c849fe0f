// A push beside the real Pyright, under its own name: what it finds blocks by what it is about, what it knows is taken
// at its word, and nothing is judged by what it said before the last edit.

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import {
  activated,
  assertPublic,
  closeEditors,
  inWorkspace,
  openBytes,
  push,
  replace,
  select,
} from '../suite/desk.ts';
import { blockedBy, diagnosed, requirePushed } from './linters.ts';

describe('a push beside Pyright', () => {
  before(async () => {
    await activated();
    await fs.writeFile(inWorkspace('__builtins__.pyi'), 'spark: int\n');
    const pyright = vscode.extensions.getExtension('ms-pyright.pyright');
    assert.ok(pyright, 'Pyright is not there');
    await pyright.activate();
    // Its first answer takes longer than any push waits.
    await openRead('x: int = "text"\n');
    await closeEditors();
  });

  after(() => fs.rm(inWorkspace('__builtins__.pyi')));

  afterEach(async () => {
    await vscode.commands.executeCommand('pybin.discardPendingPush');
    await closeEditors();
  });

  it('is blocked, once, by each mistake that it touches, and by none elsewhere', async () => {
    const mistakes = [
      { line: 'x: int = "text"\n', code: 'reportAssignmentType' },
      { line: 'os.sepp\n', code: 'reportAttributeAccessIssue' },
      { line: 'print(nmae)\n', code: 'reportUndefinedVariable' },
    ];
    const editor = await openRead(`import os\n${mistakes.map(({ line }) => line).join('')}`);
    for (const { line, code } of mistakes) {
      select(editor, line.trimEnd());
      assert.deepEqual(blockedBy(await push()), [`Pyright ${code}`]);
    }
    select(editor, 'import os');
    requirePushed(await push());
  });

  it('is blocked by what it can’t parse', async () => {
    await openRead('x = (\n');
    const outcome = await push();
    assert.ok(outcome.kind === 'blocked');
    assert.ok(outcome.findings.every((finding) => finding.class === 'syntax'));
    assert.ok(outcome.findings.some(({ tool }) => tool === 'Pyright'));
  });

  it('goes where it has nothing to say but hints', async () => {
    await openRead('import os\n\nx: int = 1\n');
    assert.deepEqual(requirePushed(await push()).snippet.findings, []);
  });

  it('goes with a module that isn’t there, and keeps with it what was said of that', async () => {
    await openRead('import nowhere_to_be_found\n\nnowhere_to_be_found.call()\n');
    const { snippet } = requirePushed(await push());
    assert.deepEqual(
      snippet.findings.map(({ code }) => code),
      ['reportMissingImports'],
    );
  });

  it('goes with a name that only Pyright knows to be there', async () => {
    await openRead('import os\n\nprint(spark)\n');
    assert.deepEqual(requirePushed(await push()).snippet.needs, ['spark']);
  });

  describe('the moment after', () => {
    // On a machine that is busy enough, Pyright takes longer than any push waits for it.
    const tries = 2;
    /** So much that Pyright takes longer than pybin’s own check. A line of it is pushed. */
    let lengthy: string;

    before(async () => {
      lengthy = await fs.readFile(inWorkspace('easy_xml.py'), 'utf8');
    });

    it('a file was opened is blocked by what is found then', async function () {
      this.retries(tries);
      const editor = await openBytes('just-opened.py', `${lengthy}x: int = "text"\n`);
      select(editor, 'x: int = "text"\n');
      assert.deepEqual(blockedBy(await push()), ['Pyright reportAssignmentType']);
    });

    it('a mistake was corrected is not blocked by it', async function () {
      this.retries(tries);
      const editor = await openRead(`${lengthy}x: int = "text"\n`);
      select(editor, 'x: int = "text"\n');
      assert.equal(blockedBy(await push()).length, 1);
      await replace(editor.document, '"text"\n', '1\n');
      select(editor, 'x: int = 1\n');
      requirePushed(await push());
      await assertPublic('x: int = 1\n');
    });

    it('a mistake was made is blocked by it', async function () {
      this.retries(tries);
      const editor = await openRead(`${lengthy}x: int = 1\n`);
      select(editor, 'x: int = 1\n');
      requirePushed(await push());
      await replace(editor.document, 'x: int = 1\n', 'x: int = "text"\n');
      select(editor, 'x: int = "text"\n');
      assert.deepEqual(blockedBy(await push()), ['Pyright reportAssignmentType']);
    });
  });
});

let files = 0;

/** Opens a new file; resolves once Pyright has said something of it, if only a hint. */
async function openRead(text: string): Promise<vscode.TextEditor> {
  const editor = await openBytes(`read-${(files += 1)}.py`, text);
  await diagnosed(editor.document, (diagnostics) => diagnostics.some(({ source }) => source === 'Pyright'));
  return editor;
}
