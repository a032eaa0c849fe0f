// Signing in as a person does, through the user interface of a real editor and the pages of a real edge: by the browser
// and back, by a code typed on a phone, refused, and out again in two windows.

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  clickDialogButton,
  clickStatusItem,
  clickToastButton,
  clickToastLink,
  dialogText,
  inputBox,
  openFolder,
  pickQuickRow,
  quickLabels,
  runCommand,
  statusItem,
  waitForToast,
} from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';

let desks: Desks;
let desk: Page;

beforeAll(async () => {
  desks = await openDesks('story-owner');
  desk = await desks.open('desk', { 'shop.py': 'x = 1\n' }, { isSignedIn: false });
});

afterAll(async () => {
  await desks?.close();
});

/** An editor on a busy machine takes its time. */
const settled = { timeout: 30_000 };

it('goes from the status bar to the browser, and back with a key of its own', async () => {
  const item = statusItem(desk, statusItemId);
  await item.filter({ hasText: 'sign in' }).waitFor();
  const opened = desk.waitForEvent('popup');
  await clickStatusItem(desk, statusItemId);
  const page = await opened;
  await picture(desk, 'sign-in-1-waits');
  await signInAt(page, 'story-ada');
  await page.getByText(/ on /).first().waitFor();
  await picture(page, 'sign-in-2-consent');
  await page.getByRole('button', { name: 'Approve' }).click();
  await waitForToast(desk, 'Signed in as story-ada.');
  await picture(desk, 'sign-in-3-signed-in');
  await item.filter({ hasText: 'empty' }).waitFor();
  await picture(page, 'sign-in-4-back');
  await page.close();
});

it('by a code that is typed on a phone, another account signs in', async () => {
  await runCommand(desk, 'pybin: Sign In with a Code');
  const code = /[B-Z]{4}-[B-Z]{4}/.exec(await dialogText(desk))?.[0] ?? '';
  await picture(desk, 'sign-in-5-code');
  await clickDialogButton(desk, 'I’ll Type It Elsewhere');
  await waitForToast(desk, code);
  await picture(desk, 'sign-in-6-waits-for-code');

  const phone = await desks.openPhone();
  await phone.goto(`${desks.endpoint}/device`);
  await signInAt(phone, 'story-bob');
  await phone.getByLabel('Code').fill(code.toLowerCase().replace('-', ''));
  await phone.getByRole('button', { name: 'Continue' }).click();
  await picture(phone, 'sign-in-7-phone');
  await phone.getByRole('button', { name: 'Approve' }).click();
  await waitForToast(desk, 'Signed in as story-bob.');
  await phone.close();
});

it('switches between both', async () => {
  await runCommand(desk, 'pybin: Switch Account');
  await expect.poll(() => quickLabels(desk), settled).toHaveLength(3);
  await picture(desk, 'sign-in-8-accounts');
  await pickQuickRow(desk, 'story-ada');
  await runCommand(desk, 'pybin: Switch Account');
  await expect.poll(async () => (await quickLabels(desk))[0], settled).toContain('story-ada');
  await desk.keyboard.press('Escape');
});

it('says so where it is refused, and goes on by a code', async () => {
  const opened = desk.waitForEvent('popup');
  await runCommand(desk, 'pybin: Switch Account');
  await pickQuickRow(desk, 'Sign In to Another Account…');
  const page = await opened;
  await page.getByRole('button', { name: 'Refuse' }).click();
  await waitForToast(desk, 'refused on the page');
  await picture(desk, 'sign-in-9-refused');
  await page.close();

  const again = desk.waitForEvent('popup');
  await clickToastButton(desk, 'refused on the page', 'Try Again');
  await (await again).close();
  await clickToastLink(desk, 'your browser shows', 'Use a Code Instead');
  expect(await dialogText(desk)).toMatch(/[B-Z]{4}-[B-Z]{4}/);
  await clickDialogButton(desk, 'Cancel');
});

it('signs out in the other window, too', async () => {
  const other = await desk.context().newPage();
  await openFolder(other, new URL(desk.url()).origin, `${desks.directory}/desk`);
  await statusItem(other, statusItemId).filter({ hasText: 'empty' }).waitFor();
  await runCommand(desk, 'pybin: Sign Out');
  await pickQuickRow(desk, 'story-ada');
  await inputBox(desk, 'Whose stack is used').waitFor();
  await desk.keyboard.press('Escape');
  await statusItem(desk, statusItemId).filter({ hasText: 'choose account' }).waitFor();
  // In a browser windows share no keyring: this one is told by the edge that its key is known no more.
  await statusItem(other, statusItemId).filter({ hasText: 'sign in' }).waitFor();
  await picture(other, 'sign-in-10-other-window');
  await other.close();
});

it('is among the editor’s own accounts, and signs out there', async () => {
  const signOut = desk.locator('.monaco-menu .action-item').filter({ hasText: 'Sign Out' }).last();
  const shortly = { timeout: 2000 };
  // The editor draws this menu anew while it opens, and what was hovered by then is lost.
  await expect
    .poll(async () => {
      try {
        await openAccounts(desk);
        await accountOf(desk, 'story-bob').hover(shortly);
        await signOut.hover(shortly);
        return true;
      } catch {
        await desk.keyboard.press('Escape');
        return false;
      }
    }, settled)
    .toBe(true);
  await picture(desk, 'sign-in-11-accounts-menu');
  // A menu takes no click in its first moments.
  await desk.keyboard.press('Enter');
  await desk.locator('.monaco-dialog-box').waitFor();
  await picture(desk, 'sign-in-12-asked');
  await clickDialogButton(desk, 'Sign Out');
  await expect
    .poll(async () => {
      await openAccounts(desk);
      const count = await accountOf(desk, 'story-bob').count();
      await desk.keyboard.press('Escape');
      return count;
    }, settled)
    .toBe(0);
});

async function openAccounts(page: Page): Promise<void> {
  const menus = page.locator('.monaco-menu');
  while ((await menus.count()) > 0) await page.keyboard.press('Escape');
  await page.locator('.activitybar .codicon-accounts-view-bar-icon').first().click();
  await page.locator('.monaco-menu .action-item').first().waitFor();
}

function accountOf(page: Page, userId: string): Locator {
  return page.locator('.monaco-menu .action-item').filter({ hasText: userId }).first();
}

async function signInAt(page: Page, userId: string): Promise<void> {
  await page.getByLabel('User id').fill(userId);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
