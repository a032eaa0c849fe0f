// What is said of a push, through the user interface: the question before an account's first one, by keyboard alone,
// and the options of those after it.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { Visibility } from '../../../shared/gen/pybin_pb.js';
import {
  acceptQuickRow,
  answerFirstPush,
  fillInput,
  inputBox,
  openFile,
  pickQuickRow,
  quickLabels,
  runCommand,
  statusItem,
} from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';

let desks: Desks;
let owner: Client;

beforeAll(async () => {
  desks = await openDesks('optionist');
  owner = connect(desks);
});

afterAll(async () => {
  await desks?.close();
});

it('asks once who may read, takes no hasty Enter for an answer, and pushes with what is said', async () => {
  const page = await desks.open('desk', { 'shop.py': 'x = 1\n' });
  await openFile(page, 'shop.py');

  await runCommand(page, 'pybin: Push');
  await inputBox(page, 'Who may read').waitFor();
  await page.keyboard.press('Enter');
  await picture(page, 'options-1-first-push');
  await page.keyboard.press('Escape');
  await inputBox(page, 'Who may read').waitFor({ state: 'hidden' });
  expect(await owner.list()).toEqual([]);

  await runCommand(page, 'pybin: Push');
  await answerFirstPush(page, 'Only you');
  await statusItem(page, statusItemId).filter({ hasText: '#1' }).waitFor();
  expect((await owner.latest()).visibility).toBe(Visibility.PRIVATE);
  expect((await owner.account()).defaultVisibility).toBe('private');

  await runCommand(page, 'pybin: Push with Options…');
  await inputBox(page, 'Push with Options').waitFor();
  await picture(page, 'options-2-open');
  await pickQuickRow(page, 'Description');
  await fillInput(page, 'the shop’s total');
  await page.keyboard.press('Enter');
  await inputBox(page, 'Push with Options').filter({ hasText: 'the shop’s total' }).waitFor();

  await pickQuickRow(page, 'Alias');
  await fillInput(page, 'My Shop');
  await inputBox(page, 'beginning with a letter or digit').waitFor();
  await picture(page, 'options-3-refused');
  await fillInput(page, 'shop');
  await page.keyboard.press('Enter');

  await pickQuickRow(page, 'Lifetime');
  await fillInput(page, '90m');
  await expect.poll(() => quickLabels(page), { timeout: 30_000 }).toEqual(['90 minutes']);
  await acceptQuickRow(page, '90 minutes');
  await pickQuickRow(page, 'Who may read it');
  await pickQuickRow(page, 'Whoever has the link');
  await inputBox(page, 'Push with Options').filter({ hasText: '90 minutes' }).waitFor();
  await picture(page, 'options-4-said');
  await page.keyboard.press('Enter');
  await statusItem(page, statusItemId).filter({ hasText: '#2' }).waitFor();

  const pushed = await owner.latest();
  expect(pushed).toMatchObject({
    description: 'the shop’s total',
    alias: 'shop',
    visibility: Visibility.UNLISTED,
    text: 'x = 1\n',
  });
  expect(Number(pushed.expireTime?.seconds) - Number(pushed.createTime?.seconds)).toBe(90 * 60);

  await runCommand(page, 'pybin: Push with Options…');
  const again = inputBox(page, 'Push with Options');
  await again.filter({ hasText: '90 minutes' }).filter({ hasText: 'Whoever has the link' }).waitFor();
  expect(await again.innerText()).not.toContain('the shop’s total');
  await page.keyboard.press('Escape');
  expect(await owner.list()).toHaveLength(2);
});
