// A text goes back to its file in a real editor with a real git: at once where the place is as its commit had it,
// asked for where it isn't, and never unseen.

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Question } from '../../../extension/messages.ts';
import { applyBack, type ApplyBackParts } from '../../../extension/pull/back/apply-back.ts';
import type { Pulled } from '../../../extension/pull/pull.ts';
import type { Snippet } from '../../../shared/client.ts';
import { type OriginSchema, SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { plainDetails } from '../../../shared/snippet.ts';
import { activated, closeEditors, inWorkspace, openFile, pressUntil, stack } from './desk.ts';
import { makeRepository, type TestRepository } from './repository.ts';

const original = [
  'import os',
  '',
  'def total(cart):',
  '    sum = 0',
  '    for item in cart:',
  '        sum += item.price',
  '    return sum',
  '',
].join('\n');
const better = original.replace('item.price', 'item.price * item.count').split('\n').slice(2).join('\n');
const improved = original.replace('item.price', 'item.price * item.count');
/** A file for each test, all alike in the commit: an editor keeps a document for a while after it is closed. */
const names = Array.from({ length: 13 }, (_, index) => `cart-${index + 1}.py`);
const remote = 'https://github.com/ada/shop.git';

describe('apply back', () => {
  let access: TestAccess;
  let repository: TestRepository;
  let commit: string;
  let questions: Question[];
  let name: string;
  /** Its path on the disk. */
  let file: string;

  before(async () => {
    access = await activated();
    const files = Object.fromEntries(names.map((each) => [`src/${each}`, original]));
    repository = await makeRepository('shop', files, remote);
    ({ commit } = repository);
  });

  beforeEach(() => {
    questions = [];
    const [next] = names.splice(0, 1);
    assert.ok(next, 'there are more tests than files');
    name = next;
    file = inWorkspace(`shop/src/${name}`);
  });

  afterEach(closeEditors);

  after(async () => {
    await repository.remove();
  });

  function partsWith(answer: () => Promise<boolean>): ApplyBackParts {
    return {
      documents: access.documents,
      confirmBeside: async (question) => {
        questions.push(question);
        return answer();
      },
    };
  }

  /** A snippet of lines 3 to 7, as its owner's edge would give it. */
  function snippet(origin: MessageInitShape<typeof OriginSchema> = {}, text = better): Snippet {
    return create(SnippetSchema, {
      number: 12,
      text,
      language: 'python',
      origin: {
        fileName: name,
        repository: 'git@github.com:ada/shop.git',
        commit,
        path: `src/${name}`,
        startLine: 3,
        endLine: 7,
        ...origin,
      },
    });
  }

  it('puts the text back where the place is as its commit had it, as one undo step', async () => {
    const end = await applyBack(partsWith(refuseToAnswer), snippet());
    const { document, selection } = requireActive();
    assert.deepEqual({ kind: end.kind, name: document.fileName }, { kind: 'applied', name: file });
    assert.equal(document.getText(), improved);
    assert.equal(document.getText(selection), better.trimEnd());
    assert.equal(document.isDirty, true);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), original);
  });

  it('finds the place further down', async () => {
    await fs.writeFile(file, `# one\n# two\n${original}`);
    assert.equal((await applyBack(partsWith(refuseToAnswer), snippet())).kind, 'applied');
    assert.equal(requireActive().document.getText(), `# one\n# two\n${improved}`);
  });

  it('changes nothing where it stands already', async () => {
    await fs.writeFile(file, improved);
    assert.equal((await applyBack(partsWith(refuseToAnswer), snippet())).kind, 'unchanged');
    const { document, selection } = requireActive();
    assert.equal(document.isDirty, false);
    assert.equal(document.getText(selection), better.trimEnd());
  });

  const drifted = original.replace('sum = 0', 'sum = 0.0  # exact');

  it('shows the change and asks where the place was edited, and leaves it after a no', async () => {
    await fs.writeFile(file, drifted);
    const parts = partsWith(async () => {
      const { original: left, modified } = requireDiff();
      assert.equal(left.fsPath, file);
      assert.equal((await vscode.workspace.openTextDocument(modified)).getText(), improved);
      return false;
    });
    assert.deepEqual(await applyBack(parts, snippet()), { kind: 'canceled' });
    assert.equal(questions[0]?.yes, `Apply #12 to ${name}`);
    assert.equal((await openFile(`shop/src/${name}`)).document.getText(), drifted);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
  });

  it('applies it after a yes, as one undo step', async () => {
    await fs.writeFile(file, drifted);
    assert.equal(
      (
        await applyBack(
          partsWith(async () => true),
          snippet(),
        )
      ).kind,
      'applied',
    );
    const { document } = requireActive();
    assert.equal(document.getText(), improved);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), drifted);
  });

  it('applies nothing where the file is edited while it is asked about', async () => {
    await fs.writeFile(file, drifted);
    const uri = vscode.Uri.file(file);
    const parts = partsWith(async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(0, 0), '# late\n');
      return vscode.workspace.applyEdit(edit);
    });
    assert.deepEqual(await applyBack(parts, snippet()), { kind: 'moved' });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), `# late\n${drifted}`);
    // The editor soon shows what is edited and not saved, in whatever test runs by then.
    assert.ok(await document.save());
  });

  it('asks where the commit isn’t there', async () => {
    const unknown = { commit: '0123456789abcdef0123456789abcdef01234567' };
    assert.deepEqual(
      await applyBack(
        partsWith(async () => false),
        snippet(unknown),
      ),
      { kind: 'canceled' },
    );
    assert.equal(questions.length, 1);
  });

  it('finds the file by its path where its repository isn’t open', async () => {
    const elsewhere = { repository: 'https://gitlab.com/bob/shop' };
    assert.equal((await applyBack(partsWith(refuseToAnswer), snippet(elsewhere))).kind, 'applied');
  });

  it('asks which file where several have that name', async () => {
    await fs.mkdir(inWorkspace('other'), { recursive: true });
    await fs.writeFile(inWorkspace(`other/${name}`), 'x = 1\n');
    const byName = { repository: '', path: '', commit: '' };
    const end = applyBack(
      partsWith(async () => false),
      snippet(byName),
    );
    await pressUntil('workbench.action.closeQuickOpen', end);
    assert.deepEqual(await end, { kind: 'canceled' });
    assert.deepEqual(questions, []);
    await fs.rm(inWorkspace('other'), { recursive: true });
  });

  it('says so where no file is the one, or it came from none', async () => {
    const gone = { path: 'src/gone.py', fileName: 'gone.py' };
    assert.deepEqual(await applyBack(partsWith(refuseToAnswer), snippet(gone)), { kind: 'noPlace' });
    const none = { fileName: '', path: '', repository: '' };
    assert.deepEqual(await applyBack(partsWith(refuseToAnswer), snippet(none)), { kind: 'noPlace' });
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('shows both side by side where nothing tells where it belongs', async () => {
    await fs.writeFile(file, 'y = 2\n');
    const nowhere = { startLine: 0, endLine: 0 };
    assert.deepEqual(await applyBack(partsWith(refuseToAnswer), snippet(nowhere)), { kind: 'noPlace' });
    const { original: left, modified } = requireDiff();
    assert.equal((await vscode.workspace.openTextDocument(left)).getText(), better);
    assert.equal(modified.fsPath, file);
  });

  it('reaches no file outside of the repository', async () => {
    await fs.writeFile(inWorkspace('outside.py'), original);
    const outside = { path: '../outside.py', fileName: 'nowhere.py' };
    assert.deepEqual(await applyBack(partsWith(refuseToAnswer), snippet(outside)), { kind: 'noPlace' });
    await fs.rm(inWorkspace('outside.py'));
  });

  it('begins with the snippet that is on show, and with what the edge knows of its origin', async () => {
    const details = { ...plainDetails, language: 'python', fileName: name };
    const origin = { repository: remote, commit, path: `src/${name}`, startLine: 3, endLine: 7 };
    const { id } = await stack.push({ ...details, text: better, origin, requestId: crypto.randomUUID() });
    await stack.push({
      ...details,
      fileName: 'gone.py',
      text: 'newer = 1\n',
      requestId: crypto.randomUUID(),
    });
    const listed = (await stack.list()).find((each) => each.id === id);
    assert.ok(listed);
    await access.documents.open(listed);
    const end = await vscode.commands.executeCommand<Pulled>('pybin.applyBack');
    assert.equal(end.kind, 'applied');
    assert.equal(requireActive().document.getText(), improved);
  });
});

async function refuseToAnswer(): Promise<boolean> {
  throw new Error('nothing is to be asked');
}

function requireActive(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor, 'no editor is active');
  return editor;
}

function requireDiff(): vscode.TabInputTextDiff {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  assert.ok(input instanceof vscode.TabInputTextDiff, 'no comparison is active');
  return input;
}
