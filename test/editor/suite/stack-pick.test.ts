// The stack as a quick pick in a real editor: it follows the stack, and inserts what is accepted.

import * as assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { StackPick } from '../../../extension/stack/stack-pick.ts';
import type { Client } from '../../../shared/client.ts';
import { type DraftDetails, plainDetails } from '../../../shared/snippet.ts';
import { activated, closeEditors, key, openUntitled, signInNew } from './desk.ts';

describe('the stack as a quick pick', () => {
  let access: TestAccess;
  let owner: Client;

  before(async () => {
    access = await activated();
  });

  /** Somebody new, whose stack the editor then shows. */
  async function signInAs(userId: string): Promise<void> {
    ({ owner } = await signInNew(access, userId));
  }

  async function pushed(text: string, details: Partial<DraftDetails> = {}): Promise<void> {
    const requestId = crypto.randomUUID();
    await owner.push({ ...plainDetails, language: 'python', ...details, text, requestId });
  }

  /** Opens it and waits until it shows these rows. */
  async function opened(...labels: string[]): Promise<{ pick: StackPick; end: Promise<unknown> }> {
    const end = access.deeds.showStack.run();
    while (!access.deeds.showStack.pick) await turn();
    const { pick } = access.deeds.showStack;
    await shows(pick, labels, labels[0]);
    return { pick, end };
  }

  afterEach(async () => {
    await vscode.commands.executeCommand('quickInput.hide');
    await closeEditors();
  });

  after(async () => {
    await access.session.signIn(key);
  });

  it('inserts the newest on Enter, into the editor that is open', async () => {
    await signInAs('pick-inserts');
    await pushed('older = 1\n');
    await pushed('newer = 1\n', { description: 'the newer one' });
    const editor = await openUntitled('');
    const { end } = await opened('the newer one', 'older = 1');
    await vscode.commands.executeCommand('quickInput.accept');
    assert.deepEqual(await end, { kind: 'inserted', number: 2 });
    assert.equal(editor.document.getText(), 'newer = 1\n');
  });

  it('follows the stack while it is open, and stays on the row that one was on', async () => {
    await signInAs('pick-follows');
    await pushed('older = 1\n');
    await pushed('newer = 1\n');
    const editor = await openUntitled('');
    const { pick, end } = await opened('newer = 1', 'older = 1');
    await vscode.commands.executeCommand('quickInput.next');
    await shows(pick, ['newer = 1', 'older = 1'], 'older = 1');
    await pushed('newest = 1\n');
    await shows(pick, ['newest = 1', 'newer = 1', 'older = 1'], 'older = 1');
    // The editor would name the row that was there before.
    await vscode.commands.executeCommand('quickInput.accept');
    await drawnByEditor();
    await shows(pick, ['newest = 1', 'newer = 1', 'older = 1'], 'older = 1');
    await vscode.commands.executeCommand('quickInput.previous');
    await shows(pick, ['newest = 1', 'newer = 1', 'older = 1'], 'newer = 1');
    assert.deepEqual(await accepting(end), { kind: 'inserted', number: 2 });
    assert.equal(editor.document.getText(), 'newer = 1\n');
  });

  it('says what to do where it is empty', async () => {
    await signInAs('pick-empty');
    const { end } = await opened('Your stack is empty: push something');
    await vscode.commands.executeCommand('quickInput.hide');
    assert.equal(await end, undefined);
  });

  it('asks to sign in where nobody is', async () => {
    await signInAs('pick-nobody');
    await access.session.signOut();
    assert.equal(await vscode.commands.executeCommand('pybin.showStack'), undefined);
    assert.equal(access.deeds.showStack.pick, undefined);
  });
});

/** Waits until the pick shows exactly these rows, with this one active. */
async function shows(pick: StackPick, labels: readonly string[], active: string | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (JSON.stringify(pick.labels) === JSON.stringify(labels) && pick.activeLabel === active) resolve();
  };
  const subscription = pick.onDidDraw(look);
  look();
  await promise;
  subscription.dispose();
}

/** Presses Enter until that is taken. */
async function accepting<End>(command: Promise<End>): Promise<End> {
  const over = new AbortController();
  const end = command.finally(() => over.abort());
  while (!over.signal.aborted) await vscode.commands.executeCommand('quickInput.accept');
  return end;
}

/** What the extension set is on the editor's screen: it is sent with the next timer, and questions are answered in turn. */
async function drawnByEditor(): Promise<void> {
  for (let trip = 0; trip < 2; trip++) await vscode.commands.getCommands();
}
