// A pull by each way, what is asked on it, the history, and GitHub.

import { connect } from '../../../../shared/client.ts';
import {
  acceptQuickRow,
  clickDialogButton,
  clickRowButton,
  editorOf,
  fillInput,
  inputBox,
  openFile,
  pickQuickRow,
  runCommand,
  selectLines,
  statusItem,
  waitForToast,
} from '../../host/user.ts';
import { statusItemId } from '../../story/desks.ts';
import { clearToasts, pushAs, type Visit } from '../visit.ts';

const shop =
  'def total(cart):\n    sum = 0.0\n    for item in cart:\n        sum += item.price\n    return sum\n';
const better = shop.replace('0.0', '0').replace('item.price', 'item.price * item.count');

export async function seePull(visit: Visit): Promise<void> {
  const { desks, open, see } = visit;
  const owner = connect(desks);
  await pushAs(owner, 'SELECT name FROM users;\n', { language: 'sql' });
  await pushAs(owner, better, { fileName: 'shop.py' });
  const page = await open({ 'shop.py': shop, 'other.py': 'import os\n\nprint(os.name)\n' });
  const item = statusItem(page, statusItemId);
  await item.filter({ hasText: '#2' }).waitFor();

  await openFile(page, 'shop.py');
  await runCommand(page, 'pybin: Compare Latest with File or Selection');
  await page.locator('.monaco-diff-editor .char-insert, .monaco-diff-editor .line-insert').first().waitFor();
  await see('compare');
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'pybin: Preview Latest');
  await page.locator('.view-line').getByText('count').waitFor();
  await see('preview');
  await runCommand(page, 'View: Close All Editors');
  await openFile(page, 'shop.py');
  await runCommand(page, 'pybin: Apply Back to Where It Came From…');
  await inputBox(page, 'def total(cart):').waitFor();
  await see('apply-back-which');
  await acceptQuickRow(page, 'def total(cart):');
  await inputBox(page, 'Apply #2 to shop.py').waitFor();
  await see('apply-back');
  await page.keyboard.press('Escape');
  await page.locator('.tab').filter({ hasText: '↔' }).waitFor({ state: 'detached' });
  await runCommand(page, 'View: Close All Editors');

  await pushAs(owner, 'def origin():\n    return np.zeros(3)\n', { needs: ['np'] });
  await item.filter({ hasText: '#3' }).waitFor();
  await openFile(page, 'other.py');
  await page.keyboard.press('Control+End');
  await runCommand(page, 'pybin: Pull Latest');
  await waitForToast(page, 'lacks imports');
  await see('imports');
  await clearToasts(page);
  await runCommand(page, 'pybin: Pop Latest…');
  await page.locator('.monaco-dialog-box').waitFor();
  await see('pop');
  await clickDialogButton(page, 'Cancel');

  await openFile(page, 'shop.py');
  await selectLines(page, 1, 5);
  await runCommand(page, 'pybin: Find on GitHub…');
  await inputBox(page, 'Search in the Browser').waitFor();
  await see('github');
  await pickQuickRow(page, 'Change What Is Sent…');
  await inputBox(page, 'What GitHub gets').waitFor();
  await see('github-words');
  await page.keyboard.press('Escape');

  await runCommand(page, 'pybin: History');
  await inputBox(page, 'FROM users').waitFor();
  await see('history');
  await fillInput(page, 'zeros');
  await inputBox(page, 'FROM users').waitFor({ state: 'hidden' });
  await see('history-search');
  await fillInput(page, 'nowhere');
  await inputBox(page, 'Nothing found').waitFor();
  await see('history-none');
  await fillInput(page, '');
  await inputBox(page, 'FROM users').waitFor();
  await clickRowButton(page, 'SELECT name FROM users;', 'Delete from History…');
  await page.locator('.monaco-dialog-box').waitFor();
  await see('history-delete');
  await clickDialogButton(page, 'Cancel');
  await inputBox(page, 'FROM users').waitFor();
  await fillInput(page, 'zeros');
  await inputBox(page, 'FROM users').waitFor({ state: 'hidden' });
  await acceptQuickRow(page, 'def origin():');
  await editorOf(page, '').or(page.locator('.view-line').getByText('zeros')).first().waitFor();
  await see('history-opened');
}
