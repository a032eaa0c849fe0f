// What can’t be done now: the edge is away, a push waits for it, the key isn’t taken any more.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '../../../../shared/client.ts';
import { plainDetails } from '../../../../shared/snippet.ts';
import {
  clickDialogButton,
  clickToastButton,
  inputBox,
  openFile,
  openFolder,
  pickQuickRow,
  runCommand,
  statusItem,
  waitForToast,
} from '../../host/user.ts';
import { statusItemId } from '../../story/desks.ts';
import { clearToasts, pushByKeys, type Visit } from '../visit.ts';

export async function seeAway({ desks, open, see }: Visit): Promise<void> {
  const owner = connect(desks);
  await owner.push({ ...plainDetails, text: 'x = 0\n', requestId: 'the first' });
  const page = await open({ 'shop.py': 'x = 1\n', 'cart.py': 'y = 1\n' });
  const item = statusItem(page, statusItemId);
  await item.filter({ hasText: '#1' }).waitFor();
  await runCommand(page, 'Explorer: Focus on pybin View');
  await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row').first().waitFor();

  await desks.endEdge();
  await runCommand(page, 'pybin: Pull Latest');
  await waitForToast(page, 'can’t be reached');
  await see('pull-fails');
  await clearToasts(page);
  await openFile(page, 'shop.py');
  await pushByKeys(page);
  await waitForToast(page, 'shop.py waits to be pushed');
  await see('queued');
  await clearToasts(page);
  await openFile(page, 'cart.py');
  await pushByKeys(page);
  await waitForToast(page, 'cart.py waits to be pushed');
  await clearToasts(page);
  await writeFile(join(desks.directory, 'desk/cart.py'), 'y = 2\n');
  await see('status-hover', async () => {
    await page.mouse.move(600, 300);
    await item.hover();
    await page.locator('.monaco-hover:visible').filter({ hasText: 'wait' }).waitFor();
  });
  await page.mouse.move(600, 300);
  await runCommand(page, 'pybin: Show Pushes That Wait to Be Sent');
  await inputBox(page, 'shop.py').waitFor();
  await see('queue');
  await pickQuickRow(page, 'cart.py');
  await inputBox(page, 'Discard').waitFor();
  await see('queue-deeds');
  await pickQuickRow(page, 'Discard…');
  await page.locator('.monaco-dialog-box').waitFor();
  await see('queue-discard');
  await clickDialogButton(page, 'Cancel');

  const address = new URL(page.url());
  await openFolder(page, address.origin, address.searchParams.get('folder') ?? '');
  await page.getByText('Your stack can’t be reached').waitFor();
  await see('never-reached');

  await desks.beginEdge();
  await waitForToast(page, 'it had waited');
  await see('sent-later');
  await clearToasts(page);
  await owner.revoke();
  await waitForToast(page, 'Signed out');
  await see('revoked');
  await clickToastButton(page, 'Signed out', 'Sign In');
}
