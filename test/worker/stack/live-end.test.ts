// The end of what a live socket was opened by: revoked, signed out, or over by time. The socket ends with it, and
// nothing more is told through it, however late the alarm is.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { SIGNED_OUT } from '../../../shared/live.ts';
import { ask, signIn, type User } from '../edge.ts';
import { type Browser, openBrowser } from '../session.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { createKey } from './as-holder.ts';
import { opened, ticketOf, upgrade, Watcher } from './watcher.ts';

useOwnClock();

const { seconds, renewAfterSeconds, perUser } = limits.session;

interface Scene {
  readonly ada: User;
  /** A browser of hers, and what else has a key that ends after a day. */
  readonly browser: Browser;
  readonly device: Pick<User, 'ask'>;
}

async function somebody(userId: string): Promise<Scene> {
  const ada = await signIn(userId);
  const { keyText } = await createKey(userId, { ttlSeconds: seconds });
  return {
    ada,
    browser: await openBrowser(userId),
    device: {
      ask(path, init = {}) {
        const headers = new Headers(init.headers);
        headers.set('authorization', `Bearer ${keyText}`);
        return ask(path, { ...init, headers });
      },
    },
  };
}

type Opens = (scene: Scene) => Promise<Watcher>;

const credentials: [string, string, Opens][] = [
  ['a key', 'key', ({ device }) => opened(device)],
  ['a session', 'session', ({ browser }) => opened(browser)],
  ['a ticket of a key', 'key-ticket', ({ device }) => openedByTicket(device)],
  ['a ticket of a session', 'ticket', ({ browser }) => openedByTicket(browser)],
];

describe.each(credentials)('the socket of %s whose time is over', (_what, name, open) => {
  it('is closed by the alarm, also of a Stack that was put away; others hear on', async () => {
    const scene = await somebody(`rings-${name}`);
    const inside = insideOf(`rings-${name}`);
    const watcher = await open(scene);
    const other = await opened(scene.ada);
    expect(await inside.alarm()).toBe(Date.now() + seconds * 1000);
    await inside.evict();
    atSeconds(seconds);
    await inside.ring();
    expect((await watcher.closed).code).toBe(SIGNED_OUT);
    await scene.ada.push('text');
    expect(await other.next()).toMatchObject({ pushed: { number: 1 } });
  });

  it('is told nothing more, and is closed, where the alarm is late', async () => {
    const scene = await somebody(`late-${name}`);
    const watcher = await open(scene);
    await insideOf(`late-${name}`).evict();
    atSeconds(seconds);
    await scene.ada.push('not for you');
    expect((await watcher.closed).code).toBe(SIGNED_OUT);
    expect(watcher.unheard).toEqual([]);
  });
});

describe('the socket of a session', () => {
  it('lasts as long as its browser is used', async () => {
    const { browser, ada } = await somebody('used-on');
    const watcher = await opened(browser);
    atSeconds(renewAfterSeconds);
    await browser.ask('/account', { headers: { accept: 'text/html' } });
    atSeconds(seconds);
    await insideOf('used-on').ring();
    await ada.push('text');
    expect(await watcher.next()).toMatchObject({ pushed: { number: 1 } });
    expect(await insideOf('used-on').rowsOf('sessions')).toHaveLength(1);
  });

  it('ends with a session that gives way to newer ones', async () => {
    const { browser } = await somebody('gives-way');
    const watcher = await opened(browser);
    const ticket = await ticketOf(browser);
    for (let count = 1; count <= perUser; count++) await openBrowser('gives-way');
    expect((await watcher.closed).code).toBe(SIGNED_OUT);
    expect((await ask(`/v1/live?ticket=${ticket}`, upgrade)).status).toBe(401);
  });
});

describe('a ticket', () => {
  it.each([
    ['a key', 'key', ({ device }: Scene) => device],
    ['a session', 'session', ({ browser }: Scene) => browser],
  ])('opens nothing once the time of %s that made it is over', async (_what, name, by) => {
    const scene = await somebody(`ticket-end-${name}`);
    atSeconds(seconds - 1);
    const ticket = await ticketOf(by(scene));
    atSeconds(seconds);
    expect((await ask(`/v1/live?ticket=${ticket}`, upgrade)).status).toBe(401);
  });
});

async function openedByTicket(opener: Pick<User, 'ask'>): Promise<Watcher> {
  const watcher = new Watcher(await ask(`/v1/live?ticket=${await ticketOf(opener)}`, upgrade));
  await watcher.next();
  return watcher;
}
