// The history as its user sees it: what was pushed from elsewhere is found while typing, restored, deleted once that
// was meant, and opened.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import {
  acceptQuickRow,
  clickDialogButton,
  clickRowButton,
  fillInput,
  quickLabels,
  runCommand,
  statusItem,
} from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';

let desks: Desks;
let owner: Client;

beforeAll(async () => {
  desks = await openDesks('historian');
  owner = connect(desks);
});

afterAll(async () => {
  await desks?.close();
});

/** An editor on a busy machine takes its time. */
const settled = { timeout: 30_000 };

it('finds what was pushed long ago, restores it, deletes it for good, and opens it', async () => {
  await push('load = read(path)\n', '', 'python');
  await push('export DATA=$(load) # $(sync)\n', '', 'shellscript');
  await push('def total(prices):\n    return sum(prices)  # loaded\n', 'the shop’s total', 'python');
  await push('unload()\n', '', 'python');
  const page = await desks.open('desk', { 'shop.py': 'x = 1\n' });
  await statusItem(page, statusItemId).filter({ hasText: '#4' }).waitFor();

  await runCommand(page, 'pybin: History');
  await expect.poll(() => labels(), settled).toHaveLength(4);
  await picture(page, 'history-1-open');
  await fillInput(page, 'load');
  const found = ['the shop’s total', 'export DATA=$(load) # $(sync)', 'load = read(path)'];
  await expect.poll(() => labels(), settled).toEqual(found);
  await picture(page, 'history-2-searched');

  await clickRowButton(page, 'load = read(path)', 'Restore');
  await statusItem(page, statusItemId).filter({ hasText: '#5 · copied' }).waitFor();
  expect((await owner.latest()).text).toBe('load = read(path)\n');

  await runCommand(page, 'pybin: History');
  await expect.poll(() => labels(), settled).toHaveLength(5);
  await clickRowButton(page, 'unload()', 'Delete');
  await picture(page, 'history-3-asked');
  await clickDialogButton(page, 'Cancel');
  await expect.poll(() => labels(), settled).toHaveLength(5);
  await clickRowButton(page, 'unload()', 'Delete');
  await clickDialogButton(page, 'Delete');
  await expect.poll(() => labels(), settled).toEqual(['load = read(path)', ...found]);
  await picture(page, 'history-4-deleted');
  expect((await owner.history({ query: 'unload' })).entries).toEqual([]);

  await fillInput(page, 'total pri');
  await expect.poll(() => labels(), settled).toEqual(['the shop’s total']);
  await acceptQuickRow(page, 'the shop’s total');
  await page.locator('.view-line').getByText('prices').first().waitFor();
  await picture(page, 'history-5-opened');

  async function labels(): Promise<string[]> {
    const shown = await quickLabels(page);
    return shown.map((label) => label.replaceAll('\u200B', '').replaceAll('\u00A0', ' '));
  }
});

async function push(text: string, description: string, language: string): Promise<void> {
  await owner.push({ ...plainDetails, text, description, language, requestId: crypto.randomUUID() });
}
