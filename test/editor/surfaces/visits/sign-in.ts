// Signing in by each way, the accounts that are signed in then, and out again.

import { signInLocally } from '../../../../worker/local/sign-in.ts';
import {
  clickDialogButton,
  inputBox,
  pickQuickRow,
  runCommand,
  statusItem,
  waitForToast,
} from '../../host/user.ts';
import { statusItemId } from '../../story/desks.ts';
import { clearToasts, type Visit } from '../visit.ts';

export async function seeSignIn({ desks, open, see }: Visit): Promise<void> {
  const page = await open({ 'shop.py': 'x = 1\n' }, { isSignedIn: false });
  const item = statusItem(page, statusItemId);
  await item.filter({ hasText: 'sign in' }).waitFor();

  const opened = page.waitForEvent('popup');
  await runCommand(page, 'pybin: Sign In');
  const edge = await opened;
  await waitForToast(page, 'your browser shows');
  await see('by-browser');
  await edge.getByLabel('User id').fill('ada');
  await edge.getByRole('button', { name: 'Sign in', exact: true }).click();
  await edge.getByRole('button', { name: 'Refuse' }).click();
  await waitForToast(page, 'refused on the page');
  await see('refused');
  await edge.close();
  await clearToasts(page);

  await runCommand(page, 'pybin: Sign In with a Code');
  await page.locator('.monaco-dialog-box').waitFor();
  await see('by-code');
  await clickDialogButton(page, 'I’ll Type It Elsewhere');
  await waitForToast(page, 'Type the code');
  await see('by-code-waits');

  await runCommand(page, 'pybin: Sign In with a Key');
  await inputBox(page, 'Paste a key').waitFor();
  await see('by-key');
  await page.keyboard.type('pyb_abc');
  await inputBox(page, '65 letters').waitFor();
  await see('by-key-no-key');
  const signIn = async (userId: string, name: string): Promise<void> => {
    const { key } = await signInLocally(desks.endpoint, userId, name);
    await page.locator('.quick-input-widget:visible input').first().fill(key);
    await page.keyboard.press('Enter');
    await waitForToast(page, `Signed in as ${userId}.`);
  };
  await signIn('ada', 'desk');
  await item.filter({ hasText: 'empty' }).waitFor();
  await see('signed-in');
  await clearToasts(page);

  await runCommand(page, 'pybin: Sign In with a Key');
  await inputBox(page, 'Paste a key').waitFor();
  await signIn('grace', 'desk');
  await clearToasts(page);
  await runCommand(page, 'pybin: Switch Account');
  await inputBox(page, 'grace').waitFor();
  await see('accounts');
  await page.keyboard.press('Escape');
  await runCommand(page, 'pybin: Sign Out');
  await inputBox(page, 'Sign out which account').waitFor();
  await see('sign-out');
  await pickQuickRow(page, 'grace');
  await inputBox(page, 'Whose stack is used').waitFor();
  await see('whose-stack');
  await pickQuickRow(page, 'ada');
  await item.filter({ hasText: 'empty' }).waitFor();

  const account = page.locator('.activitybar .codicon-accounts-view-bar-icon').first();
  await account.click();
  await page.locator('.monaco-menu .action-item').filter({ hasText: 'ada' }).first().waitFor();
  await see('editors-accounts');
  await page.keyboard.press('Escape');
}
