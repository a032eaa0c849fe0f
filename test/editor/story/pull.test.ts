// Pulling as its user sees it: what is asked before a text is shown or taken off, both sides of a comparison, a text that
// goes back to its file, imports that are added, and what a browser is given to search for.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { type DraftDetails, plainDetails } from '../../../shared/snippet.ts';
import {
  acceptQuickRow,
  clickDialogButton,
  clickRowButton,
  clickToastButton,
  editorOf,
  openFile,
  quickLabels,
  runCommand,
  selectLines,
  statusItem,
  waitForActiveRow,
  waitForToast,
} from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';

let desks: Desks;
let owner: Client;

beforeAll(async () => {
  desks = await openDesks('puller');
  owner = connect(desks);
});

afterAll(async () => {
  await desks?.close();
});

/** An editor on a busy machine takes its time. */
const settled = { timeout: 30_000 };

const shop =
  'def total(cart):\n    sum = 0.0\n    for item in cart:\n        sum += item.price\n    return sum\n';
const better = shop.replace('0.0', '0').replace('item.price', 'item.price * item.count');

it('reads what burns after a yes, compares, applies back, adds imports, pops, and finds on GitHub', async () => {
  const page = await desks.open('desk', { 'shop.py': shop, 'other.py': 'import os\n\nprint(os.name)\n' });
  const text = async (name: string): Promise<string> => {
    const lines = await editorOf(page, name).last().locator('.view-line').allInnerTexts();
    return lines.map((line) => line.replaceAll('\u00A0', ' ')).join('\n');
  };

  await push('token = read_secret()\n', { burnReads: 1 });
  await newest(1);
  await openFile(page, 'other.py');
  await runCommand(page, 'pybin: Preview Latest');
  await page.locator('.monaco-dialog-box').waitFor();
  await picture(page, 'pull-1-burning');
  await clickDialogButton(page, 'Cancel');
  expect((await owner.latest()).readsLeft).toBe(1);
  await runCommand(page, 'pybin: Preview Latest');
  await clickDialogButton(page, 'Read');
  await page.locator('.view-line').getByText('read_secret').waitFor();
  await picture(page, 'pull-2-preview');
  expect((await owner.latest()).readsLeft).toBe(1);

  await push(better, { fileName: 'shop.py' });
  await newest(2);
  await openFile(page, 'shop.py');
  await runCommand(page, 'pybin: Compare Latest with File or Selection');
  await page.locator('.tab').filter({ hasText: '#2 ↔ shop.py' }).waitFor();
  await page.locator('.monaco-diff-editor .char-insert, .monaco-diff-editor .line-insert').first().waitFor();
  await picture(page, 'pull-3-compare');

  await runCommand(page, 'pybin: Pull from the Stack…');
  await expect.poll(() => quickLabels(page), settled).toHaveLength(2);
  await picture(page, 'pull-4-any');
  await clickRowButton(page, 'def total(cart):', 'Other Ways to Pull…');
  await expect.poll(async () => (await quickLabels(page)).at(-1), settled).toContain('Apply Back to shop.py');
  await picture(page, 'pull-5-ways');
  await waitForActiveRow(page, 'Insert at the Cursor');
  await page.keyboard.press('ArrowUp');
  await acceptQuickRow(page, 'Apply Back to shop.py');
  await expect.poll(async () => (await quickLabels(page))[0], settled).toContain('Apply #2 to shop.py');
  await picture(page, 'pull-6-drifted');
  await acceptQuickRow(page, 'Apply #2 to shop.py');
  await expect.poll(() => text('shop.py'), settled).toContain('item.price * item.count');
  await picture(page, 'pull-7-applied');

  await push('arr = np.zeros(3)\n', { needs: ['np'] });
  await newest(3);
  await openFile(page, 'other.py');
  await page.keyboard.press('Control+End');
  await runCommand(page, 'pybin: Pull Latest');
  const lack = 'other.py lacks imports of the pulled text: import numpy as np.';
  await waitForToast(page, lack);
  await picture(page, 'pull-8-imports');
  await clickToastButton(page, lack, 'Add Imports');
  await expect.poll(() => text('other.py'), settled).toContain('import numpy as np');

  await runCommand(page, 'pybin: Pop Latest…');
  await page.locator('.monaco-dialog-box').waitFor();
  await picture(page, 'pull-9-pop');
  await clickDialogButton(page, 'Pop');
  await expect.poll(async () => (await owner.list()).map(({ number }) => number), settled).toEqual([2, 1]);
  await expect.poll(async () => (await text('other.py')).split('zeros').length, settled).toBe(3);

  await openFile(page, 'shop.py');
  await selectLines(page, 1, 5);
  await runCommand(page, 'pybin: Find on GitHub…');
  await expect.poll(async () => (await quickLabels(page))[0], settled).toContain('Search in the Browser');
  await picture(page, 'pull-10-github');
  const words = '"item.price * item.count" language:python';
  const asked = page
    .context()
    .waitForEvent('request', (request) => request.url().startsWith('https://github.com'));
  await acceptQuickRow(page, 'Search in the Browser');
  await page.locator('.monaco-dialog-box').waitFor();
  await picture(page, 'pull-11-trusted');
  await clickDialogButton(page, 'Open');
  const address = new URL((await asked).url());
  expect(Object.fromEntries(address.searchParams)).toEqual({ type: 'code', q: words });

  async function newest(number: number): Promise<void> {
    await statusItem(page, statusItemId)
      .filter({ hasText: `#${number}` })
      .waitFor();
  }
});

async function push(text: string, details: Partial<DraftDetails>): Promise<void> {
  await owner.push({ ...plainDetails, language: 'python', ...details, text, requestId: crypto.randomUUID() });
}
