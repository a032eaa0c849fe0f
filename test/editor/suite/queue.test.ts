// What can't be sent waits on the disk, is shown, and goes once, in order, as soon as it can.

import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Passed } from '../../../extension/queue/pass.ts';
import type { Queue } from '../../../extension/queue/queue.ts';
import {
  activated,
  assertPublic,
  closeEditors,
  endpoint,
  key,
  openBytes,
  openUntitled,
  push,
  signOutAll,
  stack,
  topNumber,
  useEndpoint,
} from './desk.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { carryOn, type Carried, type Road, startRoad } from './road.ts';

const neverAborted = new AbortController().signal;

describe('the queue', () => {
  let access: TestAccess;
  let queue: Queue;
  let road: Road;
  /** What becomes of a push on its way to the edge. */
  let fate: 'stored' | 'away' | 'answer lost' | 'refused' | 'hangs' | 'all away';
  let sent: number;
  /** Lets go of what hangs. */
  let letGo: (() => void) | undefined;
  /** Told of each that begins to hang. */
  let onHung: (() => void) | undefined;

  before(async () => {
    access = await activated();
    ({ queue } = access);
    road = await startRoad(carry);
    await useEndpoint(road.url);
  });

  beforeEach(() => {
    fate = 'away';
    sent = 0;
  });

  afterEach(async () => {
    for (const { requestId } of queue.items) await queue.discard(requestId);
    await closeEditors();
  });

  after(async () => {
    await useEndpoint(endpoint);
    await road[Symbol.asyncDispose]();
  });

  async function carry(request: Carried): Promise<Response | undefined> {
    if (fate === 'all away') return undefined;
    if (!request.path.endsWith('/CreateSnippet')) return carryOn(request);
    if (fate === 'away') return undefined;
    if (fate === 'hangs') {
      onHung?.();
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    }
    if (fate === 'refused') request.headers.set('authorization', `Bearer pyb_${'a'.repeat(65)}`);
    sent += 1;
    const response = await carryOn(request);
    if (fate !== 'answer lost') return response;
    await response.arrayBuffer();
    return undefined;
  }

  it('keeps what was checked where the edge is away, shows it, and sends it as it was', async () => {
    const before = await topNumber();
    const editor = await openUntitled('kept = 1\n');
    const outcome = await push();
    assert.ok(outcome.kind === 'queued');
    assert.equal(typeof outcome.why === 'object' && outcome.why.code, 'unavailable');
    assert.equal(outcome.kept, 'disk');
    assert.match(access.statusBar.shown?.label ?? '', /1 push waits/);
    assert.equal(await topNumber(), before);

    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'later = 2\n'));
    fate = 'stored';
    const passed = await sendQueue();
    assert.equal(passed.sent.length, 1);
    await assertPublic('kept = 1\n');
    assert.equal(await topNumber(), before + 1);
    assert.equal(await vscode.env.clipboard.readText(), passed.sent[0]?.snippet.address);
    assert.equal(queue.items.length, 0);
    assert.doesNotMatch(access.statusBar.shown?.label ?? '', /waits/);
    assert.equal(await vscode.commands.executeCommand('pybin.sendQueue'), 'nothingWaits');
  });

  it('keeps what nobody can be asked about for the edge, not for a word', async () => {
    const somebody = await signInLocally(endpoint, 'queue-unasked');
    await access.session.signIn(somebody.key);
    fate = 'all away';
    await openUntitled('unasked = 1\n');
    const outcome = await push();
    fate = 'stored';
    await access.session.signIn(key);
    assert.ok(outcome.kind === 'queued' && typeof outcome.why === 'object');
    assert.equal(outcome.why.code, 'unavailable');
  });

  it('stores once what was stored already when only its answer was lost', async () => {
    const before = await topNumber();
    fate = 'answer lost';
    await openUntitled('once = 1\n');
    assert.equal((await push()).kind, 'queued');
    assert.equal(await topNumber(), before + 1);
    fate = 'stored';
    assert.equal((await sendQueue()).sent[0]?.snippet.number, before + 1);
    assert.equal(await topNumber(), before + 1);
    assert.equal(sent, 2);
  });

  it('keeps a push whose turn doesn’t come because the edge gives another one no answer', async () => {
    const before = await topNumber();
    await openUntitled('first = 1\n');
    await push();
    fate = 'hangs';
    const hung = new Promise<void>((resolve) => {
      onHung = resolve;
    });
    const sending = queue.sendNow(undefined, neverAborted);
    await hung;
    const keptBoth = new Promise<void>((resolve) => {
      const listening = queue.onDidChange(() => {
        if (queue.items.length < 2) return;
        listening.dispose();
        resolve();
      });
    });
    await openUntitled('second = 2\n');
    const pushing = push();
    await keptBoth;
    fate = 'stored';
    letGo?.();
    await sending;
    const pushed = await pushing;
    assert.ok(pushed.kind === 'pushed');
    assert.equal(pushed.snippet.number, before + 2);
    assert.equal(await topNumber(), before + 2);
    assert.equal(queue.items.length, 0);
  });

  it('sends by itself as soon as the edge is heard of again', async () => {
    const before = await topNumber();
    await openUntitled('by_itself = 1\n');
    await push();
    fate = 'stored';
    const gone = once(queue.onDidPass);
    await access.stack.refresh();
    assert.equal((await gone).sent.length, 1);
    assert.equal(await topNumber(), before + 1);
  });

  it('lets a later push lie on top of what waited', async () => {
    const before = await topNumber();
    for (const text of ['first = 1\n', 'second = 2\n']) {
      await openUntitled(text);
      assert.equal((await push()).kind, 'queued');
    }
    fate = 'stored';
    await openUntitled('third = 3\n');
    const pushed = await push();
    assert.ok(pushed.kind === 'pushed');
    assert.equal(pushed.snippet.number, before + 3);
    assert.equal(await vscode.env.clipboard.readText(), pushed.snippet.address);
    assert.deepEqual(
      (await stack.list()).slice(0, 3).map(({ firstLine }) => firstLine),
      ['third = 3', 'second = 2', 'first = 1'],
    );
  });

  it('asks where the file is another by now, and sends nothing else than was checked', async () => {
    const before = await topNumber();
    const editor = await openBytes('changed.py', 'was = 1\n');
    await push();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'now = 2\n'));
    fate = 'stored';
    const passed = await sendQueue();
    assert.deepEqual([passed.sent.length, passed.changed.length], [0, 1]);
    assert.equal(await topNumber(), before);
    assert.equal(queue.items.length, 1);
    await queue.sendNow(queue.items[0]?.requestId, neverAborted);
    await assertPublic('was = 1\n');
    assert.equal(queue.items.length, 0);
  });

  it('sends a selection though the file changed around it', async () => {
    const editor = await openBytes('around.py', 'a = 1\nb = 2\n');
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    await push();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'c = 3\n'));
    fate = 'stored';
    assert.equal((await sendQueue()).sent.length, 1);
    await assertPublic('b = 2\n');
  });

  it('waits where the key is refused, and goes with a good one', async () => {
    await openUntitled('a = 1\n');
    await push();
    fate = 'refused';
    assert.equal((await sendQueue()).stopped?.code, 'unauthenticated');
    assert.equal(queue.items.length, 1);

    fate = 'stored';
    const gone = once(queue.onDidPass);
    assert.ok((await access.session.signIn(key)).ok);
    assert.equal((await gone).sent.length, 1);
    assert.equal(queue.items.length, 0);
  });

  it('keeps what is pushed while nobody is signed in, and sends it to whoever signs in', async () => {
    const before = await topNumber();
    fate = 'stored';
    await signOutAll(access);
    await openUntitled('signed_out = 1\n');
    const outcome = await push();
    assert.ok(outcome.kind === 'queued');
    assert.equal(outcome.why, 'signedOut');
    assert.equal(sent, 0);
    const gone = once(queue.onDidPass);
    assert.ok((await access.session.signIn(key)).ok);
    assert.equal((await gone).sent.length, 1);
    assert.equal(await topNumber(), before + 1);
  });

  it('says so where the endpoint is no address, and goes once it is one', async () => {
    const before = await topNumber();
    fate = 'stored';
    await useEndpoint('no address');
    await openUntitled('nowhere = 1\n');
    const outcome = await push();
    assert.ok(outcome.kind === 'queued' && typeof outcome.why === 'object');
    assert.equal(outcome.why.field, 'pybin.endpoint');
    const gone = once(queue.onDidPass);
    await useEndpoint(road.url);
    assert.equal((await gone).sent.length, 1);
    assert.equal(await topNumber(), before + 1);
  });

  it('keeps nothing of what was given up, where nobody is signed in either', async () => {
    await access.session.signOut();
    const draft = { ...plainDetails, text: 'given_up = 1\n', requestId: crypto.randomUUID() };
    assert.deepEqual(await queue.send(draft, [], AbortSignal.abort()), { kind: 'canceled' });
    assert.deepEqual(queue.items, []);
    assert.ok((await access.session.signIn(key)).ok);
  });

  it('waits for the endpoint that it was pushed to', async () => {
    await openUntitled('there = 1\n');
    await push();
    fate = 'stored';
    await useEndpoint(endpoint);
    assert.equal((await sendQueue()).sent.length, 0);
    assert.equal(queue.items.length, 1);
    await queue.readdress(queue.items[0]?.requestId ?? '');
    assert.equal((await sendQueue()).sent.length, 1);
    await useEndpoint(road.url);
  });

  it('is there after a restart, for each window; of two that send at once, one does', async () => {
    const before = await topNumber();
    for (const text of ['one = 1\n', 'two = 2\n', 'three = 3\n']) {
      await openUntitled(text);
      await push();
    }
    fate = 'stored';
    const other = access.openQueue();
    try {
      const passes = await Promise.all([
        queue.sendNow(undefined, neverAborted),
        other.sendNow(undefined, neverAborted),
      ]);
      for (const passed of passes) assert.ok(passed !== 'signedOut');
      await queue.sendNow(undefined, neverAborted);
      assert.equal(await topNumber(), before + 3);
      assert.equal(sent, 3);
      assert.equal(queue.items.length, 0);
    } finally {
      other.dispose();
    }
  });
});

async function sendQueue(): Promise<Passed> {
  return vscode.commands.executeCommand<Passed>('pybin.sendQueue');
}

async function once<Value>(event: vscode.Event<Value>): Promise<Value> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      subscription.dispose();
      resolve(value);
    });
  });
}
