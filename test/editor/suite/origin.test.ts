// Where a push is from, in a real editor with a real Git: told to its owner where that was allowed, and to nobody else.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Pushed } from '../../../extension/push/run.ts';
import type { OriginPolicy } from '../../../extension/settings.ts';
import {
  activated,
  closeEditors,
  endpoint,
  openFile,
  openUntitled,
  pressUntil,
  push,
  stack,
  topNumber,
  userId,
} from './desk.ts';
import { makeRepository, type TestRepository } from './repository.ts';

const file = 'origins/src/cart.py';
const lines = ['def total(cart):', '    return sum(cart)', '', '', 'x = 1', ''];
/** An address as people copy it, with a password in it. */
const remote = 'https://ada:open-sesame@github.com/ada/origins.git';

describe('where a push is from', () => {
  let repository: TestRepository;

  before(async () => {
    await activated();
    repository = await makeRepository('origins', { 'src/cart.py': lines.join('\n') }, remote);
  });

  afterEach(async () => {
    await setPolicy(undefined);
    await closeEditors();
  });

  after(async () => {
    await repository.remove();
  });

  it('is told to its owner, with the lines, where it always may; without the password of the address', async () => {
    await setPolicy('always');
    const editor = await openFile(file);
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    await requirePushed(push());
    assert.deepEqual(await latestOrigin(), {
      fileName: 'cart.py',
      repository: 'https://github.com/ada/origins.git',
      commit: repository.commit,
      path: 'src/cart.py',
      startLine: 1,
      endLine: 2,
    });
  });

  it('is not told to others who may read it', async () => {
    await setPolicy('always');
    await openFile(file);
    await requirePushed(push());
    const seen = await fetch(`${endpoint}/~${userId}`, { headers: { accept: 'text/html' } });
    const page = await seen.text();
    assert.match(page, /total/);
    assert.doesNotMatch(page, /github\.com|src\/cart/);
  });

  it('is the lines as they are in the editor, saved or not', async () => {
    await setPolicy('always');
    const editor = await openFile(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# new\n'));
    editor.selection = new vscode.Selection(5, 0, 5, 5);
    await requirePushed(push());
    const { startLine, endLine } = await latestOrigin();
    assert.deepEqual({ startLine, endLine }, { startLine: 6, endLine: 6 });
  });

  it('is not told where it never may', async () => {
    await setPolicy('never');
    await openFile(file);
    await requirePushed(push());
    assert.deepEqual(await latestOrigin(), nothingButTheName);
  });

  it('is nothing for a text of no file', async () => {
    await setPolicy('always');
    await openUntitled('x = 1\n');
    await requirePushed(push());
    assert.deepEqual(await latestOrigin(), { ...nothingButTheName, fileName: '' });
  });

  it('is asked about once for a repository: nothing goes without an answer, and a no is kept', async () => {
    await setPolicy('ask');
    await openFile(file);
    const before = await topNumber();
    const unanswered = push();
    await pressUntil('workbench.action.closeQuickOpen', unanswered);
    assert.equal((await unanswered).kind, 'canceled');
    assert.equal(await topNumber(), before);

    const first = push();
    // The first row is the one that says no.
    await pressUntil('workbench.action.acceptSelectedQuickOpenItem', first);
    await requirePushed(first);
    assert.deepEqual(await latestOrigin(), nothingButTheName);
    await requirePushed(push());
    assert.deepEqual(await latestOrigin(), nothingButTheName);
  });
});

const nothingButTheName = {
  fileName: 'cart.py',
  repository: '',
  commit: '',
  path: '',
  startLine: 0,
  endLine: 0,
};

async function setPolicy(policy: OriginPolicy | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('pybin');
  await configuration.update('push.origin', policy, vscode.ConfigurationTarget.Global);
}

async function requirePushed(outcome: Promise<Pushed>): Promise<void> {
  assert.equal((await outcome).kind, 'pushed');
}

/** As its owner is told. */
async function latestOrigin() {
  const { origin } = await stack.latest();
  assert.ok(origin, 'no origin');
  const { fileName, repository, commit, path, startLine, endLine } = origin;
  return { fileName, repository, commit, path, startLine, endLine };
}
