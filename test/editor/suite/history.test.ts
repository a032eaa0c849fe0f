// The history in a real editor, on a real edge: listed, searched by the edge, read on, opened, copied, restored, deleted.

import * as assert from 'node:assert/strict';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { Code, ConnectError } from '@connectrpc/connect';
import { errorToJson } from '@connectrpc/connect/protocol-connect';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { HistoryEnd } from '../../../extension/history/history.ts';
import type { HistoryPick } from '../../../extension/history/history-pick.ts';
import type { Client, HistoryEntry } from '../../../shared/client.ts';
import { ProblemSchema } from '../../../shared/gen/pybin_pb.js';
import { limits } from '../../../shared/limits.ts';
import { toProblemMessage } from '../../../shared/message.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { type DraftDetails, plainDetails } from '../../../shared/snippet.ts';
import { activated, closeEditors, endpoint, key, signInNew, useEndpoint } from './desk.ts';
import { carryOn, startRoad, startRoadThatLosesAnAnswer } from './road.ts';

describe('the history', () => {
  let access: TestAccess;
  let owner: Client;
  let ownerKey: string;

  before(async () => {
    access = await activated();
  });

  /** Somebody new, whose history the editor then shows. */
  async function signInAs(userId: string): Promise<void> {
    ({ key: ownerKey, owner } = await signInNew(access, userId));
  }

  /** Pushes past the extension, as fast as the edge lets one. */
  async function pushed(text: string, details: Partial<DraftDetails> = {}): Promise<void> {
    const requestId = crypto.randomUUID();
    for (;;)
      try {
        await owner.push({ ...plainDetails, language: 'python', ...details, text, requestId });
        return;
      } catch (error) {
        const seconds = error instanceof ProblemError ? error.problem.retryAfterSeconds : undefined;
        if (seconds === undefined) throw error;
        await delay(seconds * 1000);
      }
  }

  async function newest(): Promise<HistoryEntry> {
    const { entries } = await owner.history({});
    assert.ok(entries[0], 'the history is empty');
    return entries[0];
  }

  /** Opens the history and waits until it shows rows of which `isIt` is true. */
  async function opened(isIt: (labels: readonly string[]) => boolean): Promise<Opened> {
    const end = access.history.show();
    while (!access.history.pick) await turn();
    const { pick } = access.history;
    await drawn(pick, isIt);
    return { pick, end };
  }

  afterEach(async () => {
    await vscode.commands.executeCommand('quickInput.hide');
    await closeEditors();
  });

  after(async () => {
    await useEndpoint(endpoint);
    await access.session.signIn(key);
  });

  it('says what to do where it is empty', async () => {
    await signInAs('history-empty');
    const { pick, end } = await opened(([label]) => label === 'Your history is empty: push something');
    pick.dismiss();
    assert.deepEqual(await end, { kind: 'dismissed' });
    assert.equal(access.history.pick, undefined);
  });

  it('shows the newest first, and opens what is accepted in its language', async () => {
    await signInAs('history-opens');
    await pushed('older = 1\n');
    await pushed('\uFEFFconst a = "ä€😀";\r\n', { language: 'javascript', description: 'the newest' });
    const { end } = await opened(([label]) => label === 'the newest');
    await vscode.commands.executeCommand('quickInput.accept');
    assert.deepEqual(await end, { kind: 'opened', number: 2 });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.equal(document?.languageId, 'javascript');
    assert.equal(document?.getText(), 'const a = "ä€😀";\r\n');
  });

  it('searches at the edge while one types, in the order of the pushes', async () => {
    await signInAs('history-search');
    await pushed('def load_input(path):\n    return path\n');
    await pushed('print(1)\n', { description: 'loads nothing' });
    await pushed('x = 1\n# loaded by hand\n');
    const { pick } = await opened(({ length }) => length === 3);
    pick.typed = 'load';
    await drawn(pick, ({ length }) => length === 3);
    pick.typed = 'loaded';
    await drawn(pick, (labels) => same(labels, ['x = 1']));
    pick.typed = 'load_in';
    await drawn(pick, (labels) => same(labels, ['def load_input(path):']));
    pick.typed = 'load';
    await drawn(pick, (labels) => same(labels, ['x = 1', 'loads nothing', 'def load_input(path):']));
    pick.typed = 'nowhere';
    await drawn(pick, (labels) => same(labels, ['Nothing found']));
    pick.typed = '';
    await drawn(pick, ({ length }) => length === 3);
  });

  it('goes on to older pages where its end is reached', async () => {
    await signInAs('history-pages');
    const { default: pageSize } = limits.history.pageSize;
    for (let number = 1; number <= pageSize + 2; number++) await pushed(`page = ${number}\n`);
    const { pick } = await opened((labels) => labels.at(-1) === 'More…');
    assert.equal(pick.labels.length, pageSize + 1);
    await vscode.commands.executeCommand('quickInput.last');
    await drawn(pick, ({ length }) => length === pageSize + 2);
    assert.equal(pick.labels.at(-1), 'page = 1');
  });

  it('puts a record’s text on the clipboard', async () => {
    await signInAs('history-copies');
    await pushed('copied = "ä€😀"\r\n');
    assert.deepEqual(await access.history.copy(await newest()), { kind: 'copied', number: 1 });
    assert.equal(await vscode.env.clipboard.readText(), 'copied = "ä€😀"\r\n');
  });

  it('restores a record that left the stack: on top again, its address on the clipboard, told as a push is', async () => {
    await signInAs('history-restores');
    await pushed('back = 1\r\n');
    const entry = await newest();
    await owner.pop({ requestId: crypto.randomUUID() });
    const end = await access.history.restore(entry);
    const address = `${endpoint}/~history-restores/2`;
    assert.deepEqual(end, { kind: 'restored', number: 2, address });
    assert.equal(await vscode.env.clipboard.readText(), address);
    assert.equal(access.statusBar.shown?.text, '$(check) #2 · copied');
    assert.equal((await owner.latest()).text, 'back = 1\r\n');
  });

  it('restores once where only the answer was lost', async () => {
    await signInAs('history-once');
    await pushed('once = 1\n');
    const entry = await newest();
    await using road = await startRoadThatLosesAnAnswer('RestoreHistorySnippet');
    await useEndpoint(road.url);
    await access.session.signIn(ownerKey);
    assert.equal(codeOf(await access.history.restore(entry)), 'unavailable');
    const end = await access.history.restore(entry);
    await useEndpoint(endpoint);
    assert.equal(end.kind === 'restored' && end.number, 2);
    assert.equal((await owner.list()).length, 2);
  });

  it('deletes a record for good, and not from the stack', async () => {
    await signInAs('history-deletes');
    await pushed('gone = 1\n');
    const entry = await newest();
    assert.deepEqual(await access.history.delete(entry), { kind: 'deleted', number: 1 });
    assert.deepEqual((await owner.history({})).entries, []);
    assert.equal((await owner.latest()).text, 'gone = 1\n');
  });

  it('says so where a record is gone already, which is as good as deleted', async () => {
    await signInAs('history-gone');
    await pushed('gone = 1\n');
    const entry = await newest();
    await owner.deleteHistory(entry.id);
    assert.equal(codeOf(await access.history.open(entry)), 'not_found');
    assert.equal(codeOf(await access.history.restore(entry)), 'not_found');
    assert.deepEqual(await access.history.delete(entry), { kind: 'deleted', number: 1 });
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('says so where the archive has lost a record', async () => {
    await signInAs('history-lost');
    await pushed('lost = 1\n');
    await using road = await startRoad(async (request) =>
      request.path.endsWith('/GetHistorySnippet') ? lostAnswer() : carryOn(request),
    );
    await useEndpoint(road.url);
    await access.session.signIn(ownerKey);
    const { end } = await opened(([label]) => label === 'lost = 1');
    await vscode.commands.executeCommand('quickInput.accept');
    assert.equal(codeOf(await end), 'lost');
    assert.equal(vscode.window.activeTextEditor, undefined);
    await useEndpoint(endpoint);
  });

  it('ends where the edge is away, and begins again with what was typed', async () => {
    await signInAs('history-away');
    await pushed('here = 1\n');
    await pushed('there = 1\n');
    let isAway = false;
    await using road = await startRoad(async (request) => (isAway ? undefined : carryOn(request)));
    await useEndpoint(road.url);
    await access.session.signIn(ownerKey);

    const { pick, end } = await opened(({ length }) => length === 2);
    isAway = true;
    pick.typed = 'here';
    assert.equal(codeOf(await end), 'unavailable');
    isAway = false;
    const again = await opened((labels) => same(labels, ['here = 1']));
    assert.equal(again.pick.typed, 'here');
    await useEndpoint(endpoint);
    assert.deepEqual(await again.end, { kind: 'dismissed' });
  });

  it('closes where somebody else signs in, and asks to sign in where nobody is', async () => {
    await signInAs('history-first');
    await pushed('mine = 1\n');
    const { end } = await opened(([label]) => label === 'mine = 1');
    await signInAs('history-second');
    assert.deepEqual(await end, { kind: 'dismissed' });
    await access.session.signOut();
    const command = vscode.commands.executeCommand<HistoryEnd>('pybin.showHistory');
    assert.deepEqual(await command, { kind: 'signedOut' });
  });
});

interface Opened {
  readonly pick: HistoryPick;
  readonly end: Promise<HistoryEnd>;
}

/** Waits until the editor shows rows of which `isIt` is true, one of them active. */
async function drawn(pick: HistoryPick, isIt: (labels: readonly string[]) => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (isIt(pick.labels) && pick.labels.includes(pick.activeLabel ?? '')) resolve();
  };
  const subscription = pick.onDidDraw(look);
  look();
  await promise;
  subscription.dispose();
}

function same(labels: readonly string[], expected: readonly string[]): boolean {
  return JSON.stringify(labels) === JSON.stringify(expected);
}

function codeOf(end: HistoryEnd): string | undefined {
  return end.kind === 'refused' ? end.problem.code : undefined;
}

/** What the edge answers where R2 has a record no more. */
function lostAnswer(): Response {
  const value = toProblemMessage({ code: 'lost', detail: 'Gone.' });
  const error = new ConnectError('Gone.', Code.DataLoss, undefined, [{ desc: ProblemSchema, value }]);
  return Response.json(errorToJson(error, undefined), { status: 500 });
}
