// A push that waits for its corrections: what is told of it, and all that can be done with it.

import { connect } from '../../../../shared/client.ts';
import { plainDetails } from '../../../../shared/snippet.ts';
import {
  clickDialogButton,
  clickStatusItem,
  clickToastButton,
  fillInput,
  inputBox,
  openFile,
  pickQuickRow,
  runCommand,
  selectLines,
  statusItem,
  waitForProblem,
  waitForToast,
} from '../../host/user.ts';
import { statusItemId } from '../../story/desks.ts';
import { clearToasts, pushByKeys, type Visit } from '../visit.ts';

const files = {
  'shop.py': 'import math\n\n\ndef total(prices):\n    return sum(prize for price in prices) + tax\n',
  'branch.py': 'def sign(x):\n    if x < 0:\n        return -1\n    else:\n        return 1\n',
};

export async function seePending({ desks, open, see }: Visit): Promise<void> {
  await connect(desks).push({ ...plainDetails, text: 'x = 0\n', requestId: 'the first' });
  const page = await open(files, { settings: { 'pybin.lint.override': 'confirm' } });
  const item = statusItem(page, statusItemId);
  const says = (text: string): Promise<void> => item.filter({ hasText: text }).waitFor();
  await says('#1');

  await openFile(page, 'shop.py');
  await pushByKeys(page);
  await waitForToast(page, 'Not pushed');
  await see('blocked');
  await clickToastButton(page, 'Not pushed', 'Show Problems');
  await waitForProblem(page, 'prize');
  await clearToasts(page);
  await see('problems');
  await runCommand(page, 'View: Toggle Panel Visibility');
  await see('pending-hover', async () => {
    await page.mouse.move(450, 300);
    await item.hover();
    await page.locator('.monaco-hover:visible').filter({ hasText: 'Not pushed' }).waitFor();
  });
  await page.mouse.move(450, 300);
  await clickStatusItem(page, statusItemId);
  await inputBox(page, 'Cancel').waitFor();
  await see('pending-pick');
  await pickQuickRow(page, 'Push When Clean');
  await says('pushes when clean');
  await see('pushes-when-clean');
  await runCommand(page, 'pybin: Push Anyway…');
  await page.locator('.monaco-dialog-box').waitFor();
  await see('anyway');
  await clickDialogButton(page, 'Push Anyway…');
  await inputBox(page, 'Why may it go').waitFor();
  await see('anyway-reason');
  await page.keyboard.press('Enter');
  await inputBox(page, 'Say why.').waitFor();
  await see('anyway-no-reason');
  await page.keyboard.press('Escape');
  await runCommand(page, 'Go to Line/Column...');
  await fillInput(page, ':5');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type('return sum(prices)');
  await waitForToast(page, 'Clean, and pushed');
  await see('clean-and-pushed');
  await clearToasts(page);

  await openFile(page, 'branch.py');
  await selectLines(page, 4, 5);
  await pushByKeys(page);
  await waitForToast(page, 'branch.py');
  await see('blocked-part');
  await clickToastButton(page, 'branch.py', 'Expand to Statement');
  await waitForToast(page, 'whole statements');
  await see('expanded');
  await clearToasts(page);
}
