// The stack in sight as its user sees it: what another device pushes is there by itself; a row is renamed and deleted by
// keys, and what was deleted by mistake comes back.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import {
  clickDialogButton,
  clickToastButton,
  fillInput,
  inputBox,
  runCommand,
  statusItem,
  waitForToast,
} from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';

let desks: Desks;
let owner: Client;

beforeAll(async () => {
  desks = await openDesks('stacker');
  owner = connect(desks);
});

afterAll(async () => {
  await desks?.close();
});

it('shows what another device pushes, in two windows; a row is renamed, deleted, and brought back', async () => {
  await push('older = 1\n');
  const [desk, laptop] = [
    await desks.open('desk', { 'shop.py': 'x = 1\n' }),
    await desks.open('laptop', { 'shop.py': 'x = 1\n' }),
  ];
  await runCommand(desk, 'Explorer: Focus on pybin View');
  const row = (label: string) =>
    desk.locator('.tree-explorer-viewlet-tree-view .monaco-list-row').filter({ hasText: label });
  await row('older = 1').waitFor();
  await push('newer = 1\n');
  await row('newer = 1').waitFor();
  for (const page of [desk, laptop]) await statusItem(page, statusItemId).filter({ hasText: '#2' }).waitFor();
  await picture(desk, 'stack-1-view');

  // The key of the one, with the focus on it.
  await row('newer = 1').click();
  await desk.keyboard.press('F2');
  await fillInput(desk, 'renamed');
  await desk.keyboard.press('Enter');
  await row('renamed').waitFor();
  expect((await owner.latest()).alias).toBe('renamed');

  // Arrow keys move the focus, not what is selected.
  await desk.keyboard.press('ArrowDown');
  await desk.keyboard.press('F2');
  await inputBox(desk, 'Alias of #1').waitFor();
  await desk.keyboard.press('Escape');

  await row('newer = 1').click();
  await desk.keyboard.press('Delete');
  await picture(desk, 'stack-2-asked');
  await clickDialogButton(desk, 'Cancel');
  await row('newer = 1').waitFor();
  await desk.keyboard.press('Delete');
  await clickDialogButton(desk, 'Delete');
  await waitForToast(desk, 'Deleted #2.');
  await row('newer = 1').waitFor({ state: 'detached' });
  await statusItem(laptop, statusItemId).filter({ hasText: '#1' }).waitFor();

  await clickToastButton(desk, 'Deleted #2.', 'Undo');
  await statusItem(laptop, statusItemId).filter({ hasText: '#3' }).waitFor();
  const { text, alias } = await owner.latest();
  expect({ text, alias }).toEqual({ text: 'newer = 1\n', alias: 'renamed' });
  await picture(desk, 'stack-3-back');
});

async function push(text: string): Promise<void> {
  const requestId = crypto.randomUUID();
  await owner.push({ ...plainDetails, language: 'python', text, requestId });
}
