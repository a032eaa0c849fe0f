// The stack in sight, with every kind of row, and what is done from there.

import { connect } from '../../../../shared/client.ts';
import type { DraftDetails } from '../../../../shared/snippet.ts';
import { signInLocally } from '../../../../worker/local/sign-in.ts';
import {
  clickDialogButton,
  clickRowButton,
  clickToastButton,
  fillInput,
  inputBox,
  openByName,
  pickQuickRow,
  runCommand,
  statusItem,
  waitForToast,
} from '../../host/user.ts';
import { statusItemId } from '../../story/desks.ts';
import { pushAs, type Visit } from '../visit.ts';

const total = 'def total(cart):\n    return sum(item.price * item.count for item in cart)\n';

/** From the oldest on. */
const snippets: readonly [text: string, details: Partial<DraftDetails>][] = [
  ['SELECT name FROM users WHERE id = 7;\n', { language: 'sql', visibility: 'private' }],
  ['# Notes\n\n- to do\n', { language: 'markdown', description: 'notes of the week', alias: 'notes' }],
  ['password_hint = "the usual"\n', { burnReads: 1 }],
  ['for line in open("input.txt"):\n    print(line)\n', { ttlSeconds: 60 }],
  ['x = 1\n', { description: 'مجموع الأسعار', visibility: 'unlisted' }],
  [
    'import numpy as np\n',
    {
      description: 'what the whole team asked for in the meeting of last Tuesday, and some more',
      alias: 'team',
    },
  ],
  [total, { fileName: 'shop.py', description: 'the shop’s total', ttlSeconds: 7 * 86_400 }],
];

export async function seeStack({ desks, open, see }: Visit): Promise<void> {
  const { endpoint } = desks;
  const laptop = connect({ endpoint, key: (await signInLocally(endpoint, 'ada', 'laptop')).key });
  for (const [text, details] of snippets) await pushAs(laptop, text, details);
  const page = await open({ 'shop.py': total.replace('.count', '.number'), 'other.py': 'x = 1\n' });
  const item = statusItem(page, statusItemId);
  await item.filter({ hasText: '#7 · laptop' }).waitFor();
  await runCommand(page, 'Explorer: Focus on pybin View');
  // The view has the room of the files: what is looked at is its rows.
  await page
    .locator('.pane-header')
    .filter({ hasText: /^desk$/i })
    .click();
  const row = (label: string) =>
    page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row').filter({ hasText: label });
  await row('the shop’s total').waitFor();
  await see('view');
  const sash = page.locator('.monaco-sash.vertical:not(.disabled)').first();
  await sash.hover();
  await page.mouse.down();
  await page.mouse.move(620, 300);
  await page.mouse.up();
  await see('view-wide');
  await sash.dblclick();
  await row('notes of the week').click();
  await page.locator('.view-line').getByText('to do').waitFor();
  await see('document');
  await see('view-buttons', () => row('what the whole team').hover());
  await see('view-hover', async () => {
    await page.mouse.move(600, 300);
    await row('the shop’s total').locator('.label-name').hover();
    await page.locator('.monaco-hover:visible').filter({ hasText: 'item.price' }).waitFor();
  });
  await page.mouse.move(600, 300);
  await see('status-hover', async () => {
    await page.mouse.move(600, 300);
    await item.hover();
    await page.locator('.monaco-hover:visible img').waitFor();
  });
  await page.mouse.move(600, 300);
  await row('the shop’s total').click({ button: 'right' });
  await page.locator('.monaco-menu .action-item').filter({ hasText: 'Copy curl Line' }).waitFor();
  await see('view-menu');
  await page.keyboard.press('Escape');
  await row('password_hint').click();
  await page.locator('.monaco-dialog-box').waitFor();
  await see('burning');
  await clickDialogButton(page, 'Cancel');
  await runCommand(page, 'View: Close All Editors');

  await row('the shop’s total').click();
  await page.locator('.view-line').getByText('price').first().waitFor();
  await row('the shop’s total').click();
  await page.keyboard.press('F2');
  await inputBox(page, 'Alias of #7').waitFor();
  await see('alias');
  await fillInput(page, 'My Shop');
  await inputBox(page, 'At most').waitFor();
  await see('alias-refused');
  await page.keyboard.press('Escape');
  await row('SELECT name').click();
  await page.locator('.view-line').getByText('users').waitFor();
  await row('SELECT name').click();
  await page.keyboard.press('Delete');
  await page.locator('.monaco-dialog-box').waitFor();
  await see('delete');
  await clickDialogButton(page, 'Delete');
  await waitForToast(page, 'Deleted #1.');
  await see('deleted');
  await clickToastButton(page, 'Deleted #1.', 'Undo');
  await item.filter({ hasText: '#8' }).waitFor();
  await runCommand(page, 'View: Close All Editors');

  await openByName(page, 'shop.py');
  await runCommand(page, 'pybin: Pull from the Stack…');
  await inputBox(page, 'the shop’s total').waitFor();
  await see('pick');
  await clickRowButton(page, 'the shop’s total', 'Preview');
  await page.locator('.editor-group-container').nth(1).locator('.view-line').first().waitFor();
  await see('pick-preview');
  await fillInput(page, 'nothing like it');
  await see('pick-none');
  await fillInput(page, '');
  await clickRowButton(page, 'the shop’s total', 'Other Ways to Pull…');
  await inputBox(page, 'Insert at the Cursor').waitFor();
  await see('ways');
  await pickQuickRow(page, 'Copy Text');
  await runCommand(page, 'View: Close All Editors');

  await runCommand(page, 'pybin: Show QR Code');
  await page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('img').waitFor();
  await see('qr');
  await runCommand(page, 'View: Close All Editors');
}
