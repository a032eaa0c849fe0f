// A push while the edge is away, as its user lives it: it waits, over a restart of the editor, is seen in every window,
// and is on the stack once when the edge is back.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { inputBox, openFile, openFolder, runCommand, statusItem, waitForToast } from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';

let desks: Desks;
let owner: Client;

beforeAll(async () => {
  desks = await openDesks('traveller');
  owner = connect(desks);
});

afterAll(async () => {
  await desks?.close();
});

/** An edge that comes back is found by trying again, each time later. */
const found = { timeout: 60_000 };

it('waits over a restart, in two windows, and goes once', async () => {
  await owner.push({ ...plainDetails, text: 'x = 0\n', requestId: 'the first' });
  const page = await desks.open('desk', { 'shop.py': 'x = 1\n' });
  await openFile(page, 'shop.py');
  await statusItem(page, statusItemId).filter({ hasText: '#1' }).waitFor();

  await desks.endEdge();
  await runCommand(page, 'pybin: Push');
  await waitForToast(page, 'shop.py waits to be pushed');
  await picture(page, 'queue-1-waits');

  const address = new URL(page.url());
  await openFolder(page, address.origin, address.searchParams.get('folder') ?? '');
  const other = await page.context().newPage();
  await openFolder(other, address.origin, address.searchParams.get('folder') ?? '');
  for (const window of [page, other]) {
    await runCommand(window, 'pybin: Show Pushes That Wait to Be Sent');
    await inputBox(window, 'shop.py').waitFor();
    await picture(window, window === page ? 'queue-2-after-restart' : 'queue-3-other-window');
    await window.keyboard.press('Escape');
  }

  await desks.beginEdge();
  await statusItem(page, statusItemId).filter({ hasText: '#2' }).waitFor(found);
  await expect.poll(async () => (await owner.latest()).text, found).toBe('x = 1\n');
  await picture(page, 'queue-4-sent');
  await runCommand(other, 'pybin: Show Pushes That Wait to Be Sent');
  await waitForToast(other, 'No push waits');
  expect(await owner.list()).toHaveLength(2);
});
