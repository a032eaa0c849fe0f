// The stack's view in a real editor, on a real edge: its rows follow what happens, and what its rows can do is done.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Acted } from '../../../extension/stack/snippet-actions.ts';
import type { SnippetFacts } from '../../../extension/stack/snippet-facts.ts';
import type { Client, Snippet } from '../../../shared/client.ts';
import { type DraftDetails, plainDetails } from '../../../shared/snippet.ts';
import { activated, closeEditors, endpoint, key, signInNew } from './desk.ts';

describe('the view of the stack', () => {
  let access: TestAccess;
  let owner: Client;

  before(async () => {
    access = await activated();
  });

  /** Somebody new, whose stack the editor then shows. */
  async function signInAs(userId: string): Promise<void> {
    ({ owner } = await signInNew(access, userId));
  }

  async function pushed(text: string, details: Partial<DraftDetails> = {}): Promise<Snippet> {
    const requestId = crypto.randomUUID();
    return owner.push({ ...plainDetails, language: 'python', ...details, text, requestId });
  }

  /** Waits until the view has rows of which `isIt` is true, newest first. */
  async function shown(isIt: (rows: readonly SnippetFacts[]) => boolean): Promise<readonly SnippetFacts[]> {
    const { view } = access;
    // As the editor does while the view is open.
    const look = async (): Promise<readonly SnippetFacts[]> =>
      (await view.getChildren()).map(({ snippet }) => snippet);
    const { promise, resolve } = Promise.withResolvers<readonly SnippetFacts[]>();
    const check = async (): Promise<void> => {
      const rows = await look();
      if (isIt(rows)) resolve(rows);
    };
    const subscription = view.onDidChangeTreeData(() => void check());
    void check();
    try {
      return await promise;
    } finally {
      subscription.dispose();
    }
  }

  afterEach(closeEditors);

  after(async () => {
    await access.session.signIn(key);
  });

  it('shows what others push, newest first, in words for eyes and ears', async () => {
    await signInAs('view-shows');
    await pushed('older = 1\n', { description: 'the older one', visibility: 'private' });
    await pushed('newer = 1\n', { alias: 'newer', visibility: 'unlisted' });
    await shown(({ length }) => length === 2);
    const [newer, older] = await access.view.getChildren();
    assert.ok(newer && older);
    assert.equal(newer.words.label, 'newer = 1');
    assert.match(newer.words.description, /^#2 · newer · now · unlisted · 12 h left/);
    assert.match(
      older.words.spoken,
      /^number 1, the older one, python, pushed just now.*, private, 12 hours left/,
    );
    const item = access.view.getTreeItem(older);
    assert.equal(item.accessibilityInformation?.label, older.words.spoken);
    assert.equal(item.contextValue, 'snippet.private');
    assert.match(item.resourceUri?.path ?? '', /\.py$/);
  });

  it('loses at once what is deleted, popped or burnt elsewhere, and sees what is replaced', async () => {
    await signInAs('view-follows');
    const deleted = await pushed('deleted = 1\n');
    const replaced = await pushed('replaced = 1\n');
    const burning = await pushed('burning = 1\n', { burnReads: 1 });
    await pushed('popped = 1\n');
    await shown(({ length }) => length === 4);
    await owner.delete(deleted.id);
    await owner.pop({ requestId: crypto.randomUUID() });
    await fetch(`${burning.address}/reveal`, { method: 'POST' });
    const requestId = crypto.randomUUID();
    await owner.update({ id: replaced.id, description: 'as it is now', requestId });
    const [row] = await shown(
      ([first, ...others]) => others.length === 0 && first?.description === 'as it is now',
    );
    assert.equal(row?.number, 2);
  });

  it('keeps a row the same object while its words change, so that nothing flickers', async () => {
    await signInAs('view-keeps');
    const { id } = await pushed('x = 1\n');
    await shown(({ length }) => length === 1);
    const [before] = await access.view.getChildren();
    await owner.update({ id, alias: 'kept', requestId: crypto.randomUUID() });
    await shown(([row]) => row?.alias === 'kept');
    const [after] = await access.view.getChildren();
    assert.equal(after, before);
  });

  it('reads the first lines when somebody hovers, but never those of one that burns', async () => {
    await signInAs('view-hovers');
    await pushed('first = 1\nsecond = 2\n', { description: '*not* [bold](command:x)' });
    await pushed('secret = 1\nmore = 2\n', { burnReads: 1 });
    await shown(({ length }) => length === 2);
    const { view } = access;
    const [burning, plain] = await view.getChildren();
    assert.ok(burning && plain);
    const { token } = new vscode.CancellationTokenSource();
    const hover = await view.resolveTreeItem(view.getTreeItem(plain), plain, token);
    assert.ok(hover.tooltip instanceof vscode.MarkdownString);
    assert.match(hover.tooltip.value, /first = 1\nsecond = 2/);
    assert.doesNotMatch(hover.tooltip.value, /\[bold\]\(/);
    assert.equal(hover.tooltip.isTrusted, undefined);
    const burningHover = await view.resolveTreeItem(view.getTreeItem(burning), burning, token);
    assert.ok(burningHover.tooltip instanceof vscode.MarkdownString);
    assert.match(burningHover.tooltip.value, /gone after 1 read/);
    assert.doesNotMatch(burningHover.tooltip.value, /more = 2/);
  });

  it('opens a row as a read-only document in its language', async () => {
    await signInAs('view-opens');
    const { id } = await pushed('const a = 1;\n', { language: 'javascript' });
    await shown(({ length }) => length === 1);
    await run('pybin.openSnippet', id);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'pybin');
    assert.equal(document?.languageId, 'javascript');
    assert.equal(document?.getText(), 'const a = 1;\n');
  });

  it('puts an address and a curl line on the clipboard; both work', async () => {
    await signInAs('view-copies');
    const { id } = await pushed('copied = 1\n');
    await shown(({ length }) => length === 1);
    assert.deepEqual(await run('pybin.copySnippetAddress', id), { kind: 'copied', number: 1 });
    assert.equal(await vscode.env.clipboard.readText(), `${endpoint}/~view-copies/1`);
    assert.deepEqual(await run('pybin.copySnippetCurl', id), { kind: 'copied', number: 1 });
    assert.equal(await vscode.env.clipboard.readText(), `curl ${endpoint}/~view-copies/1`);
    assert.equal(await (await fetch(`${endpoint}/~view-copies/1`)).text(), 'copied = 1\n');
  });

  it('makes a snippet private, unlisted and public, and shows it', async () => {
    await signInAs('view-changes');
    const { id } = await pushed('x = 1\n', { visibility: 'public' });
    await shown(({ length }) => length === 1);
    for (const [command, visibility, status] of [
      ['pybin.makePrivate', 'private', 404],
      ['pybin.makeUnlisted', 'unlisted', 404],
      ['pybin.makePublic', 'public', 200],
    ] as const) {
      assert.deepEqual(await run(command, id), { kind: 'changed', number: 1 });
      await shown(([row]) => row?.visibility === visibility);
      assert.equal((await fetch(`${endpoint}/~view-changes/1`)).status, status);
    }
  });

  it('deletes what is meant, and pushes it again where it was not', async () => {
    await signInAs('view-deletes');
    await pushed('kept = 1\n');
    await pushed('gone = "ä€😀"\r\n', { description: 'all of it', alias: 'gone', visibility: 'private' });
    const [top] = await shown(({ length }) => length === 2);
    assert.ok(top);
    assert.deepEqual(await access.deeds.actions.deleteAsMeant(top), { kind: 'deleted', number: 2 });
    await shown(([first, ...others]) => first?.number === 1 && others.length === 0);
    assert.equal((await owner.list()).length, 1);

    assert.deepEqual(await run('pybin.undoDelete'), { kind: 'pushedAgain', number: 3 });
    await shown(([first]) => first?.number === 3);
    const { text, description, alias, visibility } = await owner.latest();
    assert.deepEqual(
      { text, description, alias, visibility },
      { text: 'gone = "ä€😀"\r\n', description: 'all of it', alias: 'gone', visibility: 3 },
    );
    assert.deepEqual(await run('pybin.undoDelete'), { kind: 'nothingDeleted' });
  });

  it('takes one that is gone already as deleted, and off the view', async () => {
    await signInAs('view-gone');
    const { id } = await pushed('x = 1\n');
    const [row] = await shown(({ length }) => length === 1);
    assert.ok(row);
    await owner.delete(id);
    assert.deepEqual(await access.deeds.actions.deleteAsMeant(row), { kind: 'deleted', number: 1 });
    await shown(({ length }) => length === 0);
    assert.deepEqual(await run('pybin.makePublic', id), { kind: 'gone' });
  });

  it('shows the QR code of an address as a page', async () => {
    await signInAs('view-qr');
    const { id } = await pushed('x = 1\n');
    await shown(({ length }) => length === 1);
    await run('pybin.showQr', id);
    await tabShown(/QR code of #1/);
    const page = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: 'pybin-qr', path: '/x.md', query: id }),
    );
    assert.match(page.getText(), /^!\[[^\]]+\]\(data:image\/svg\+xml;base64,/);
    assert.match(page.getText(), new RegExp(`<${endpoint}/~view-qr/1>`));
  });

  it('has no rows where nobody is signed in', async () => {
    await signInAs('view-leaves');
    await pushed('x = 1\n');
    await shown(({ length }) => length === 1);
    await access.session.signOut();
    await shown(({ length }) => length === 0);
  });
});

/** Runs a command on a row, as the view's menus do. */
async function run(command: string, id?: string): Promise<Acted> {
  return vscode.commands.executeCommand<Acted>(command, ...(id === undefined ? [] : [{ id }]));
}

/** Waits for a tab with such a label. */
async function tabShown(label: RegExp): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    if (tabs.some((tab) => label.test(tab.label))) resolve();
  };
  const subscription = vscode.window.tabGroups.onDidChangeTabs(look);
  look();
  await promise;
  subscription.dispose();
}
