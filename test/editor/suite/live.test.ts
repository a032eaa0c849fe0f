// The stack in a real editor, kept right by the edge's live socket: in two windows, over lines that break, while nobody
// looks, and by a key that is revoked.

import * as assert from 'node:assert/strict';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import * as vscode from 'vscode';
import type { TestAccess } from '../../../extension/extension.ts';
import type { Session } from '../../../extension/session/session.ts';
import { Stack } from '../../../extension/stack/stack.ts';
import type { Client, Snippet } from '../../../shared/client.ts';
import { ListSnippetsResponseSchema } from '../../../shared/gen/pybin_pb.js';
import { plainDetails } from '../../../shared/snippet.ts';
import { activated, endpoint, key, signInNew, useEndpoint } from './desk.ts';
import { carryOn, startRoad } from './road.ts';

describe('the stack, live', () => {
  let access: TestAccess;
  let owner: Client;
  let ownerKey: string;

  before(async () => {
    access = await activated();
  });

  /** Somebody new, whose stack the editor then shows. */
  async function signInAs(userId: string): Promise<void> {
    ({ key: ownerKey, owner } = await signInNew(access, userId));
    await told(access.stack, (stack) => stack.state.kind === 'known');
  }

  async function pushed(): Promise<Snippet> {
    return owner.push({ ...plainDetails, text: 'x = 1\n', requestId: crypto.randomUUID() });
  }

  after(async () => {
    await useEndpoint(endpoint);
    await access.session.signIn(key);
  });

  it('is seen in two windows as it happens, without a question', async () => {
    await signInAs('live-two');
    using session = disposing(access.openSession());
    using window = openWindow(session.it, true);
    await told(window.stack, (stack) => stack.state.kind === 'known');
    const { id } = await pushed();
    await Promise.all([told(access.stack, hasTop(1)), told(window.stack, hasTop(1))]);
    await owner.delete(id);
    await Promise.all([told(access.stack, hasTop(undefined)), told(window.stack, hasTop(undefined))]);
  });

  it('is asked for where no socket can be had, and live again where one can', async () => {
    await signInAs('live-falls-back');
    let lists = 0;
    await using road = await startRoad(async (request) => {
      if (request.path.endsWith('/ListSnippets')) lists += 1;
      return carryOn(request);
    });
    await useEndpoint(road.url);
    await access.session.signIn(ownerKey);
    await told(access.stack, (stack) => stack.state.kind === 'known');
    await pushed();
    await told(access.stack, hasTop(1));
    assert.equal(lists, 0);

    road.takesSockets = false;
    road.cutSockets();
    await pushed();
    await told(access.stack, hasTop(2));
    assert.ok(lists > 0);

    const socketCarried = road.nextSocket();
    road.takesSockets = true;
    await socketCarried;
    const before = lists;
    await pushed();
    await told(access.stack, hasTop(3));
    assert.equal(lists, before);
    await useEndpoint(endpoint);
  });

  it('asks once and is silent in a window that nobody looks at, and right as soon as somebody does', async () => {
    await signInAs('live-silent');
    const asked: string[] = [];
    await using road = await startRoad(async (request) => {
      asked.push(request.path.split('/').at(-1) ?? '');
      return carryOn(request);
    });
    await useEndpoint(road.url);
    await access.session.signIn(ownerKey);
    await told(access.stack, (stack) => stack.state.kind === 'known');
    using session = disposing(access.openSession());
    await session.it.get();
    asked.length = 0;

    using window = openWindow(session.it, false);
    await told(window.stack, (stack) => stack.state.kind === 'known');
    await pushed();
    // The other window, which somebody looks at, has heard of it by then.
    await told(access.stack, hasTop(1));
    assert.ok(hasTop(undefined)(window.stack));
    assert.deepEqual(asked, ['ListSnippets']);

    const lookedAtMs = Date.now();
    window.look(true);
    await told(window.stack, hasTop(1));
    assert.ok(Date.now() - lookedAtMs < 1_000, 'it took over a second');
    assert.deepEqual(asked, ['ListSnippets', 'CreateLiveTicket']);

    window.look(false);
    await pushed();
    await told(access.stack, hasTop(2));
    assert.ok(hasTop(1)(window.stack));
    await useEndpoint(endpoint);
  });

  it('leads to signing in as soon as the key is revoked', async () => {
    await signInAs('live-revoked');
    await pushed();
    await told(access.stack, hasTop(1));
    const revoked = await fetch(`${endpoint}/v1/keys/revoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ keyText: ownerKey }),
    });
    assert.equal(revoked.status, 200);
    await told(access.stack, (stack) => stack.state.kind === 'signedOut');
    assert.deepEqual(access.stack.snippets, []);
    assert.equal(access.statusBar.shown?.command, 'pybin.signIn');
  });

  it('drops a snippet at the end of its lifetime, without having asked', async () => {
    await signInAs('live-expires');
    await pushed();
    let lists = 0;
    // The shortest lifetime at the edge is a minute.
    await using road = await startRoad(async (request) => {
      const response = await carryOn(request);
      if (!request.path.endsWith('/ListSnippets')) return response;
      lists += 1;
      return withLifetimes(response, Date.now() + 1_000);
    });
    await useEndpoint(road.url);
    await access.session.signIn(ownerKey);
    using session = disposing(access.openSession());
    using window = openWindow(session.it, false);
    await told(window.stack, hasTop(1));
    await told(window.stack, hasTop(undefined));
    assert.equal(lists, 1);
    await useEndpoint(endpoint);
  });
});

interface Window extends Disposable {
  readonly stack: Stack;
  /** Somebody looks at it, or nobody does any more. */
  look(isPaid: boolean): void;
}

/** A window of the same editor, of which the test says whether somebody looks at it. */
function openWindow(session: Session, isPaid: boolean): Window {
  const changed = new vscode.EventEmitter<void>();
  const attention = { isPaid, onDidChange: changed.event };
  const kept = { get: () => undefined, update: async () => {} };
  const log = vscode.window.createOutputChannel('pybin, another window', { log: true });
  const stack = new Stack({ session, attention, kept, log });
  return {
    stack,
    look: (at) => {
      attention.isPaid = at;
      changed.fire();
    },
    [Symbol.dispose]: () => {
      stack.dispose();
      log.dispose();
    },
  };
}

/** Waits until a stack is as it should be. */
async function told(stack: Stack, isIt: (stack: Stack) => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (isIt(stack)) resolve();
  };
  const subscription = stack.onDidChange(look);
  look();
  await promise;
  subscription.dispose();
}

function hasTop(number: number | undefined): (stack: Stack) => boolean {
  return ({ state, top }) => state.kind === 'known' && top?.number === number;
}

function disposing<It extends { dispose(): void }>(it: It): Disposable & { readonly it: It } {
  return { it, [Symbol.dispose]: () => it.dispose() };
}

/** An answer with the whole stack, each of whose lifetimes ends then. */
async function withLifetimes(response: Response, endMs: number): Promise<Response> {
  const stack = fromBinary(ListSnippetsResponseSchema, new Uint8Array(await response.arrayBuffer()));
  for (const snippet of stack.snippets) snippet.expireTime = timestampFromMs(endMs);
  const { headers } = response;
  return new Response(Uint8Array.from(toBinary(ListSnippetsResponseSchema, stack)), { headers });
}
