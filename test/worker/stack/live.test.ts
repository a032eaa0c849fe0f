// Watching a stack through the Worker: a hibernating WebSocket that begins with the whole stack and then tells every
// change in order, to those who may see it.

import { env, exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { createKeySecret, writeKey } from '../../../worker/identity/key.ts';
import { Keys } from '../../../worker/stack/keys.ts';
import { ask, origin, signIn, type User } from '../edge.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { opened, ticketOf, upgrade, watch, Watcher } from './watcher.ts';

useOwnClock();

describe('a watcher', () => {
  it('hears first of the whole stack, newest first, without texts', async () => {
    const ada = await signIn('watches');
    await ada.push('one', '?description=first');
    await ada.push('two', '?visibility=private');
    const watcher = await watch(ada);
    const first = await watcher.next();
    expect(first).toMatchObject({
      stack: {
        snippets: [
          {
            number: 2,
            visibility: 'VISIBILITY_PRIVATE',
            address: expect.stringMatching(/^http:\/\/localhost\/s\//),
          },
          { number: 1, description: 'first', address: 'http://localhost/~watches/1', firstLine: 'one' },
        ],
      },
    });
    expect(JSON.stringify(first)).not.toContain('"text"');
  });

  it('of an empty stack hears that it is empty', async () => {
    const watcher = await watch(await signIn('watches-none'));
    expect(await watcher.next()).toEqual({ stack: {} });
  });

  it('hears of no expired snippet, alarm or no alarm', async () => {
    const ada = await signIn('watches-expired');
    await ada.push('stays');
    await ada.push('goes', '?ttl=1m');
    atSeconds(61);
    expect(await (await watch(ada)).next()).toMatchObject({ stack: { snippets: [{ number: 1 }] } });
  });

  it('hears each change in order: pushed, replaced, deleted, popped', async () => {
    const ada = await signIn('hears');
    const watcher = await opened(ada);
    await ada.push('one', '?alias=mine');
    const pushed = await watcher.next();
    expect(pushed).toMatchObject({
      pushed: { number: 1, revision: 1, alias: 'mine', address: `${origin}/~hears/mine`, sizeBytes: 3 },
    });
    await ada.push('two', '?visibility=unlisted');
    expect(await watcher.next()).toMatchObject({
      pushed: { number: 2, address: expect.stringMatching(/^http:\/\/localhost\/s\/[0-9A-Za-z]{22}$/) },
    });
    const link = `/s/${idIn(pushed)}`;
    await ada.ask(link, { method: 'PUT', body: 'one and a half' });
    expect(await watcher.next()).toMatchObject({
      replaced: { number: 1, revision: 2, address: `${origin}/~hears/mine`, sizeBytes: 14 },
    });
    await ada.ask(link, { method: 'DELETE' });
    expect(await watcher.next()).toEqual({ left: { number: 1, reason: 'LEAVE_REASON_DELETED' } });
    await ada.ask('/v1/snippets/pop', { method: 'POST' });
    expect(await watcher.next()).toEqual({ left: { number: 2, reason: 'LEAVE_REASON_POPPED' } });
  });

  it('hears what was pushed out before what took its place', async () => {
    const ada = await signIn('hears-full');
    for (let number = 1; number <= limits.stackSnippets; number++) {
      atSeconds(number);
      await ada.push(`text ${number}`);
    }
    const watcher = await opened(ada);
    atSeconds(30);
    await ada.push('one more');
    expect(await watcher.next()).toEqual({ left: { number: 1, reason: 'LEAVE_REASON_PUSHED_OUT' } });
    expect(await watcher.next()).toMatchObject({ pushed: { number: limits.stackSnippets + 1 } });
  });

  it('hears of each that expired, when the alarm rings', async () => {
    const ada = await signIn('hears-end');
    for (const ttl of ['1m', '2m', '1h']) await ada.push(ttl, `?ttl=${ttl}`);
    const watcher = await opened(ada);
    atSeconds(121);
    await insideOf('hears-end').ring();
    expect(await watcher.next()).toEqual({ left: { number: 1, reason: 'LEAVE_REASON_EXPIRED' } });
    expect(await watcher.next()).toEqual({ left: { number: 2, reason: 'LEAVE_REASON_EXPIRED' } });
    await watcher.expectQuiet();
  });

  it('hears of what expired with the next push, where that comes before the alarm, and once only', async () => {
    const ada = await signIn('hears-end-late');
    await ada.push('goes', '?ttl=1m');
    const watcher = await opened(ada);
    atSeconds(61);
    await ada.push('comes');
    expect(await watcher.next()).toEqual({ left: { number: 1, reason: 'LEAVE_REASON_EXPIRED' } });
    expect(await watcher.next()).toMatchObject({ pushed: { number: 2 } });
    await insideOf('hears-end-late').ring();
    await watcher.expectQuiet();
  });

  it('hears that a snippet burnt with its last read, and of none before', async () => {
    const ada = await signIn('hears-burnt');
    const link = await ada.push('secret', '?burn=2');
    const watcher = await opened(ada);
    await ask(`${link}/reveal`, { method: 'POST' });
    await watcher.expectQuiet();
    await ask(`${link}/reveal`, { method: 'POST' });
    expect(await watcher.next()).toEqual({ left: { number: 1, reason: 'LEAVE_REASON_BURNT' } });
  });

  it.each<[string, string, (ada: User, path: string) => Promise<unknown>]>([
    ['a read', 'read', (_ada, path) => ask(path)],
    ['a push that was refused', 'refused', (ada) => ada.ask('/?ttl=never', { method: 'POST', body: 'x' })],
    ['a retry', 'retry', (ada) => ada.ask('/', retried)],
    [
      'a duplicate that was skipped',
      'duplicate',
      (ada) => ada.ask('/?duplicate=skip', { method: 'POST', body: 'text' }),
    ],
  ])('hears nothing of %s', async (_what, name, act) => {
    const ada = await signIn(`hears-no-${name}`);
    await ada.ask('/', retried);
    const path = await ada.push('text');
    const watcher = await opened(ada);
    await act(ada, path);
    await watcher.expectQuiet();
  });

  it('gets addresses as it reached the instance', async () => {
    const ada = await signIn('two-origins');
    const here = await opened(ada);
    const there = new Watcher(
      await exports.default.fetch(
        new Request('https://pybin.example/v1/live', {
          headers: { upgrade: 'websocket', authorization: `Bearer ${ada.key}` },
        }),
      ),
    );
    await there.next();
    await ada.push('text');
    expect(await here.next()).toMatchObject({ pushed: { address: `${origin}/~two-origins/1` } });
    expect(await there.next()).toMatchObject({
      pushed: { address: 'https://pybin.example/~two-origins/1' },
    });
  });

  it('hears nothing of another’s stack', async () => {
    const ada = await signIn('hears-own');
    const bob = await signIn('hears-own-too');
    const [ofAda, ofBob] = [await opened(ada), await opened(bob)];
    await ada.push('of ada');
    expect(await ofAda.next()).toMatchObject({ pushed: { number: 1 } });
    await ofBob.expectQuiet();
  });

  it('that comes back finds in its first message what it missed', async () => {
    const ada = await signIn('comes-back');
    const watcher = await opened(ada);
    watcher.socket.close(1000);
    await ada.push('missed');
    expect(await (await watch(ada)).next()).toMatchObject({ stack: { snippets: [{ number: 1 }] } });
  });
});

describe('a line that is quiet', () => {
  it('answers ping with pong, and the Stack sleeps on', async () => {
    const ada = await signIn('pings');
    const inside = insideOf('pings');
    const watcher = await opened(ada);
    await inside.evict();
    watcher.socket.send('ping');
    expect(await watcher.nextText()).toBe('pong');
    // What isn't awake can't be put away.
    await expect(inside.evict()).rejects.toThrow();
  });

  it('still tells of every change after the Stack was put away, with the addresses of before', async () => {
    const ada = await signIn('sleeps');
    const inside = insideOf('sleeps');
    const watcher = await opened(ada);
    await inside.evict();
    await ada.push('text', '?ttl=1m');
    expect(await watcher.next()).toMatchObject({ pushed: { number: 1, address: `${origin}/~sleeps/1` } });
    await inside.evict();
    atSeconds(61);
    await inside.ring();
    expect(await watcher.next()).toEqual({ left: { number: 1, reason: 'LEAVE_REASON_EXPIRED' } });
  });

  it('listens to nothing', async () => {
    const ada = await signIn('says-something');
    const watcher = await opened(ada);
    watcher.socket.send('{"push":"x"}');
    await ada.push('text');
    expect(await watcher.next()).toMatchObject({ pushed: { number: 1 } });
  });
});

describe('a watcher that closes its socket', () => {
  it.each([
    ['awake', false],
    ['asleep', true],
  ])('is answered, be the Stack %s', async (what, isAsleep) => {
    const watcher = await opened(await signIn(`closes-${what}`));
    if (isAsleep) await insideOf(`closes-${what}`).evict();
    watcher.socket.close(1000, 'done');
    expect(await watcher.closed).toEqual({ code: 1000, wasClean: true });
  });
});

describe('watchers of one stack', () => {
  it('are fifty at most, and one more once another has gone', async () => {
    const ada = await signIn('crowd');
    const watchers: Watcher[] = [];
    for (let count = 1; count <= limits.watchersPerStack; count++) watchers.push(await opened(ada));
    const refused = await ada.ask('/v1/live', upgrade);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', limit: limits.watchersPerStack });
    await ada.push('heard by all');
    for (const watcher of watchers) expect(await watcher.next()).toMatchObject({ pushed: { number: 1 } });

    watchers[0]?.socket.close(1000);
    atSeconds(1);
    expect((await ada.ask('/v1/live', upgrade)).status).toBe(101);
    expect((await ada.ask('/v1/live', upgrade)).status).toBe(429);
  });
});

describe('the live socket is opened', () => {
  it('by a key that may only read', async () => {
    const ada = await signIn('reads-live', 'private');
    const key = await readOnlyKeyOf('reads-live');
    const watcher = new Watcher(await ask('/v1/live', { headers: { ...upgrade.headers, ...bearer(key) } }));
    await watcher.next();
    await ada.push('text');
    expect(await watcher.next()).toMatchObject({ pushed: { number: 1 } });
  });

  it('by a ticket, once', async () => {
    const ada = await signIn('ticketed');
    const ticket = await ticketOf(ada);
    const watcher = new Watcher(await ask(`/v1/live?ticket=${ticket}`, upgrade));
    expect(await watcher.next()).toEqual({ stack: {} });
    await ada.push('text');
    expect(await watcher.next()).toMatchObject({ pushed: { number: 1 } });
    expect((await ask(`/v1/live?ticket=${ticket}`, upgrade)).status).toBe(401);
  });

  it('by one of many who show the same ticket at once', async () => {
    const ticket = await ticketOf(await signIn('ticket-race'));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ask(`/v1/live?ticket=${ticket}`, upgrade)),
    );
    expect(answers.filter(({ status }) => status === 101)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(9);
  });

  it('by a ticket that was made before the Stack was put away', async () => {
    const ticket = await ticketOf(await signIn('ticket-sleep'));
    await insideOf('ticket-sleep').evict();
    expect((await ask(`/v1/live?ticket=${ticket}`, upgrade)).status).toBe(101);
  });

  it.each([
    [59, 101],
    [60, 401],
    [3600, 401],
  ])('by a ticket after %i seconds: %i', async (seconds, status) => {
    const ada = await signIn(`ticket-${seconds}`);
    const ticket = await ticketOf(ada);
    atSeconds(seconds);
    expect((await ask(`/v1/live?ticket=${ticket}`, upgrade)).status).toBe(status);
  });

  it('by tickets of which none is kept that was used, or whose minute is over', async () => {
    const ada = await signIn('ticket-rows');
    const used = await ticketOf(ada);
    await ticketOf(ada);
    await ask(`/v1/live?ticket=${used}`, upgrade);
    expect(await insideOf('ticket-rows').rowsOf('tickets')).toHaveLength(1);
    atSeconds(60);
    await ticketOf(ada);
    expect(await insideOf('ticket-rows').rowsOf('tickets')).toHaveLength(1);
  });

  it.each<[string, number, (ada: User) => Promise<Response>]>([
    ['no key', 401, () => ask('/v1/live', upgrade)],
    [
      'a made-up key',
      401,
      () => ask('/v1/live', { headers: { ...upgrade.headers, ...bearer(`pyb_${'a'.repeat(65)}`) } }),
    ],
    [
      'a ticket in place of a key',
      401,
      async (ada) => ask('/v1/live', { headers: { ...upgrade.headers, ...bearer(await ticketOf(ada)) } }),
    ],
    ['a key in place of a ticket', 401, (ada) => ask(`/v1/live?ticket=${ada.key}`, upgrade)],
    ['an empty ticket', 401, () => ask('/v1/live?ticket=', upgrade)],
    ['a made-up ticket', 401, () => ask(`/v1/live?ticket=pyt_${'a'.repeat(65)}`, upgrade)],
    [
      'a ticket with another secret',
      401,
      async (ada) => ask(`/v1/live?ticket=${altered(await ticketOf(ada))}`, upgrade),
    ],
    ['a ticket of another instance', 401, async () => ask(`/v1/live?ticket=${foreignTicket()}`, upgrade)],
    [
      'the token of an anonymous push',
      403,
      async () => ask('/v1/live', { headers: { ...upgrade.headers, ...bearer(await deleteToken()) } }),
    ],
    ['a key, but not by a WebSocket', 400, (ada) => ada.ask('/v1/live')],
  ])('by no one who shows %s: %i', async (_what, status, open) => {
    const answer = await open(await signIn('no-one'));
    expect(answer.status).toBe(status);
    expect(answer.webSocket).toBeNull();
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
});

const retried = { method: 'POST', body: 'retried', headers: { 'idempotency-key': 'once' } };

function idIn(event: unknown): string {
  const id = /"id":"([0-9A-Za-z]{22})"/.exec(JSON.stringify(event))?.[1];
  if (id === undefined) throw new Error('the event names no id');
  return id;
}

function bearer(key: string): { authorization: string } {
  return { authorization: `Bearer ${key}` };
}

/** The same place, another secret. */
function altered(ticket: string): string {
  return `${ticket.slice(0, -1)}${ticket.endsWith('0') ? '1' : '0'}`;
}

function foreignTicket(): string {
  const place = { routingHash: insideOf('no-one').routingHash, number: 0 };
  return writeKey('another instance', 'ticket', place, createKeySecret().secret);
}

async function deleteToken(): Promise<string> {
  const pushed = await ask('/', { method: 'POST', body: 'anonymous' });
  return pushed.headers.get('pybin-delete-token') ?? '';
}

async function readOnlyKeyOf(userId: string): Promise<string> {
  const inside = insideOf(userId);
  const { secret, secretHash } = createKeySecret();
  const number = await inside.inStorage(({ sql }) =>
    new Keys(sql).add({ secretHash, scope: 'read', name: 'reader' }, Date.now()),
  );
  await inside.evict();
  return writeKey(env.INSTANCE_SECRETS, 'key', { routingHash: inside.routingHash, number }, secret);
}
