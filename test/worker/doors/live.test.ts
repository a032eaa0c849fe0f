// The door for watching: who is let in, by key or by a ticket that opens it once, and what isn't an upgrade.

import { env } from 'cloudflare:workers';
import { createExecutionContext, listDurableObjectIds } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { createKeySecret, writeKey } from '../../../worker/identity/key.ts';
import { routingHashOf } from '../../../worker/ids/routing-hash.ts';
import { answer } from '../../../worker/router.ts';
import { ask, origin, type User } from '../edge.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';
import { expectProblem } from './problem.ts';
import { nobody, numbersOf, pushed, somebody } from './pushed.ts';

useOwnClock();

const upgrade = { upgrade: 'websocket' };

interface Ticket {
  readonly ticket: string;
  readonly expireTime: string;
}

async function ticketOf(owner: User): Promise<Ticket> {
  return (await owner.ask('/v1/live/tickets', { method: 'POST' })).json<Ticket>();
}

const watchWith = (ticket: string, headers: Record<string, string> = upgrade) =>
  ask(`/v1/live?ticket=${encodeURIComponent(ticket)}`, { headers });

/** The numbers on the stack as the first message of a socket tells them. */
async function firstNumbers(opened: Response): Promise<number[]> {
  const socket = opened.webSocket;
  if (!socket) throw new Error(`no socket: ${opened.status} ${await opened.text()}`);
  const message = new Promise<string>((resolve) => {
    socket.addEventListener('message', ({ data }) => resolve(String(data)), { once: true });
  });
  socket.accept();
  const event: { stack: { snippets?: { number: number }[] } } = JSON.parse(await message);
  socket.close();
  return (event.stack.snippets ?? []).map(({ number }) => number);
}

describe('watching', () => {
  it('is opened by a key, and begins with the whole stack', async () => {
    const ada = await somebody();
    await ada.push('one');
    await ada.push('two', '?visibility=private');
    const opened = await ada.ask('/v1/live', { headers: upgrade });
    expect(opened.status).toBe(101);
    expect(await firstNumbers(opened)).toEqual([2, 1]);
  });

  it.each<[string, RequestInit]>([
    ['GET without an upgrade', {}],
    ['GET that upgrades to something else', { headers: { upgrade: 'h2c' } }],
    ['HEAD', { method: 'HEAD' }],
  ])('is not begun by a %s', async (_what, init) => {
    const ada = await somebody();
    const refused = await ada.ask('/v1/live', init);
    expect(refused.status).toBe(400);
    expect(refused.webSocket).toBeNull();
    if (init.method !== 'HEAD') await expectProblem(refused, { code: 'invalid_argument' });
  });

  it('is not begun by a HEAD that asks to be upgraded', async () => {
    const { ticket } = await ticketOf(await somebody());
    // Asked directly: on its way through the platform it would be a GET.
    const asked = new Request(`${origin}/v1/live?ticket=${ticket}`, { method: 'HEAD', headers: upgrade });
    expect((await answer(asked, env, createExecutionContext())).status).toBe(400);
    expect(await firstNumbers(await watchWith(ticket))).toEqual([]);
  });

  it('takes the case of "websocket" as it comes', async () => {
    const ada = await somebody();
    const opened = await ada.ask('/v1/live', { headers: { upgrade: 'WebSocket' } });
    expect(await firstNumbers(opened)).toEqual([]);
  });

  it('is for at most so many at a time, and more are told', async () => {
    const ada = await somebody();
    const opened: Response[] = [];
    for (let count = 0; count < limits.watchersPerStack; count++) {
      const watcher = await ada.ask('/v1/live', { headers: upgrade });
      watcher.webSocket?.accept();
      opened.push(watcher);
    }
    expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([101]));
    await expectProblem(await ada.ask('/v1/live', { headers: upgrade }), {
      code: 'rate_limited',
      limit: limits.watchersPerStack,
    });
    for (const { webSocket } of opened) webSocket?.close();
  });
});

describe('a ticket', () => {
  it('opens the socket once, without a key', async () => {
    const ada = await somebody();
    await ada.push('one');
    const { ticket } = await ticketOf(ada);
    expect(ticket).toMatch(/^pyt_[0-9A-Za-z]{65}$/);
    expect(await firstNumbers(await watchWith(ticket))).toEqual([1]);
    await expectProblem(await watchWith(ticket), { code: 'unauthenticated' });
  });

  it('opens it once for many who come at once', async () => {
    const { ticket } = await ticketOf(await somebody());
    const opened = await Promise.all(Array.from({ length: 5 }, () => watchWith(ticket)));
    expect(opened.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([101, 401, 401, 401, 401]);
    for (const { webSocket } of opened) {
      webSocket?.accept();
      webSocket?.close();
    }
  });

  it('says when it ends, and is good until then', async () => {
    const ada = await somebody();
    const { ticket, expireTime } = await ticketOf(ada);
    expect(Date.parse(expireTime) - Date.now()).toBe(limits.liveTicketSeconds * 1000);
    atSeconds(limits.liveTicketSeconds - 1);
    expect(await firstNumbers(await watchWith(ticket))).toEqual([]);
  });

  it('is of no use after its minute', async () => {
    const { ticket } = await ticketOf(await somebody());
    atSeconds(limits.liveTicketSeconds);
    await expectProblem(await watchWith(ticket), { code: 'unauthenticated' });
  });

  it('isn’t spent on what is no upgrade', async () => {
    const { ticket } = await ticketOf(await somebody());
    await expectProblem(await watchWith(ticket, {}), { code: 'invalid_argument' });
    expect(await firstNumbers(await watchWith(ticket))).toEqual([]);
  });

  it('is no key: it neither reads nor writes', async () => {
    const ada = await somebody();
    const { ticket } = await ticketOf(ada);
    const headers = { authorization: `Bearer ${ticket}` };
    await expectProblem(await ask('/v1/snippets', { headers }), { code: 'unauthenticated' });
    await expectProblem(await ask('/', { method: 'POST', body: 'x', headers }), { code: 'unauthenticated' });
    expect(await numbersOf(ada)).toEqual([]);
  });

  it('is nothing that can be made of what else is known', async () => {
    const ada = await somebody();
    const { id, deleteToken = '' } = await pushed(nobody, 'x');
    const before = await listDurableObjectIds(env.STACK);
    const { ticket } = await ticketOf(ada);
    const madeUp = [
      '',
      'x',
      ada.key,
      ada.key.replace('pyb_', 'pyt_'),
      deleteToken.replace('pyb_', 'pyt_'),
      `pyt_${'0'.repeat(65)}`,
      `pyt_${id}${'0'.repeat(43)}`,
      ticket.slice(0, -1),
      `${ticket}0`,
      ticket.toLowerCase(),
    ];
    for (const made of madeUp) await expectProblem(await watchWith(made), { code: 'unauthenticated' });
    expect(await listDurableObjectIds(env.STACK)).toHaveLength(before.length);
  });

  it('of a stack where none was made is refused there, too', async () => {
    const ada = await somebody();
    const place = { routingHash: routingHashOf(ada.userId), number: 0 };
    const forged = writeKey(env.INSTANCE_SECRETS, 'ticket', place, createKeySecret().secret);
    await expectProblem(await watchWith(forged), { code: 'unauthenticated' });
  });
});
