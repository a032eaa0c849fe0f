// The edge is killed while a push is on its way, as its user lives it: the push waits, is seen, lies on the disk where
// nobody can read it, and is on the stack once when the edge is back.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { startLocalEdge } from '../../faults/local-edge.ts';
import { inputBox, openFile, runCommand, statusItem, waitForToast } from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';
import { filesWith } from './files-with.ts';
import { startWire, type Wire } from './wire.ts';

let wire: Wire;
let desks: Desks;
let owner: Client;
let page: Page;

/** What no file of the editor may have in it. */
const mark = 'kept_where_nobody_reads_it';
const files = {
  'small.py': `${mark} = 1\n`,
  // Much more than goes over a wire at once.
  'large.py': `${mark} = 1\n`.repeat(20_000),
};
/** An edge that comes back is found by trying again, each time later. */
const found = { timeout: 60_000 };

beforeAll(async () => {
  wire = await startWire();
  desks = await openDesks('ada', async (_port, stateDirectory) => {
    const edge = await startLocalEdge(stateDirectory);
    wire.to = Number(new URL(edge.url).port);
    return {
      url: wire.url,
      close: async () => {
        wire.to = undefined;
        await edge.end('SIGKILL');
      },
    };
  });
  owner = connect(desks);
  await owner.push({ ...plainDetails, text: 'x = 0\n', requestId: crypto.randomUUID() });
  page = await desks.open('desk', files);
  await statusItem(page, statusItemId).filter({ hasText: '#1' }).waitFor();
});

afterAll(async () => {
  await desks?.close();
  await wire?.[Symbol.asyncDispose]();
});

it.each([
  { when: 'after it stored a push, before its answer is there', at: 'answered', name: 'small.py', number: 2 },
  { when: 'in the middle of what is pushed', at: 'asked', name: 'large.py', number: 3 },
] as const)('is killed $when: it waits, and is there once', async ({ at, name, number }) => {
  const asked = wire.requestIds.length;
  await openFile(page, name);
  const stopped = wire.stopNextPush(at);
  await runCommand(page, 'pybin: Push');
  await stopped;
  await desks.endEdge();
  await waitForToast(page, `${name} waits to be pushed`);
  await picture(page, `killed-${number}-waits`);
  await runCommand(page, 'pybin: Show Pushes That Wait to Be Sent');
  await inputBox(page, name).waitFor();
  await page.keyboard.press('Escape');

  const profile = desks.profileOf('desk');
  expect(await readdir(join(profile, 'data/User/globalStorage/pybin.pybin/queue'))).toHaveLength(1);
  expect(await filesWith(profile, mark)).toEqual([]);

  await desks.beginEdge();
  await expect.poll(async () => (await owner.latest()).text === files[name], found).toBe(true);
  await statusItem(page, statusItemId)
    // It is this device's own: no other one is named.
    .filter({ hasText: new RegExp(`pull latest #${number} · (?:now|\\d+ min)`) })
    .waitFor();
  await waitForToast(page, `${name} is pushed: it had waited.`);
  await picture(page, `killed-${number}-sent`);
  expect((await owner.list()).map((each) => each.number)).toEqual(
    Array.from({ length: number }, (_, index) => number - index),
  );
  // It was asked for more than once, and known again.
  const ids = wire.requestIds.slice(asked);
  expect(ids.length).toBeGreaterThan(1);
  expect(new Set(ids).size).toBe(1);
});
