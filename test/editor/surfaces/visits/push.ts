// A push: the questions before it, what stops it, what can be done then, and how it ends.

import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
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
import type { See, Visit } from '../visit.ts';

/** Put together here, so that no file holds one. */
const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

const files = {
  'clean.py': 'def total(prices):\n    return sum(prices)\n',
  'shop.py': 'import math\n\n\ndef total(prices):\n    return sum(prize for price in prices) + tax\n',
  'keys.py': `import os\n\n\ntoken = "${token}"\nprint(os.name)\n`,
  'branch.py': 'def sign(x):\n    if x < 0:\n        return -1\n    else:\n        return 1\n',
  'circle.ipynb': JSON.stringify({
    cells: [
      { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['import math'] },
      {
        cell_type: 'code',
        execution_count: null,
        metadata: {},
        outputs: [],
        source: ['def area(r):\n', '    return math.pi * radius ** 2'],
      },
    ],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  }),
};

export async function seePush({ desks, open, see }: Visit): Promise<void> {
  git(desks.directory, 'init', '--quiet');
  git(desks.directory, 'remote', 'add', 'origin', 'git@github.com:ada/desk.git');
  git(desks.directory, 'commit', '--quiet', '--allow-empty', '--message', 'nothing yet');
  const page = await open(files, {
    settings: {
      'pybin.lint.override': 'confirm',
      'git.enabled': true,
      'git.openRepositoryInParentFolders': 'always',
    },
  });
  const item = statusItem(page, statusItemId);
  const says = (text: string): Promise<void> => item.filter({ hasText: text }).waitFor();
  // By its keys: in the palette, the rows move while others are found.
  const push = async (): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.keyboard.press('b');
  };
  const clear = (): Promise<void> => runCommand(page, 'Notifications: Clear All Notifications');
  await says('empty');
  await runCommand(page, 'Explorer: Focus on pybin View');
  await page.getByText('Nothing is on your stack').waitFor();
  await see('empty');

  await openFile(page, 'clean.py');
  await push();
  await inputBox(page, 'Who may read').waitFor();
  await see('first-push');
  await pickQuickRow(page, 'Everybody');
  await inputBox(page, 'What goes along?').waitFor();
  await see('origin');
  await pickQuickRow(page, 'Only the text');
  await says('#1 · copied');
  await see('pushed', async () => {
    await push();
    await says('copied');
  });

  await seeOptions(page, see);

  await openFile(page, 'shop.py');
  await push();
  await waitForToast(page, 'Not pushed');
  await see('blocked');
  await clickToastButton(page, 'Not pushed', 'Show Problems');
  await waitForProblem(page, 'prize');
  await clear();
  await see('problems');
  await runCommand(page, 'View: Toggle Panel Visibility');
  await see('pending-hover', async () => {
    await page.mouse.move(450, 300);
    await item.hover();
    await page.locator('.monaco-hover:visible').filter({ hasText: 'Not pushed' }).waitFor();
  });
  await page.mouse.move(450, 300);
  await clickStatusItem(page, statusItemId);
  await inputBox(page, 'A push waits').waitFor();
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
  await clear();

  await openFile(page, 'branch.py');
  await selectLines(page, 4, 5);
  await push();
  await waitForToast(page, 'branch.py');
  await see('blocked-part');
  await clickToastButton(page, 'branch.py', 'Expand to Statement');
  await waitForToast(page, 'whole statements');
  await see('expanded');
  await clear();

  await openFile(page, 'keys.py');
  await push();
  await page.locator('.monaco-dialog-box').waitFor();
  await see('secret');
  await clickDialogButton(page, 'Push Anyway…');
  await inputBox(page, 'Why may it leave').waitFor();
  await see('secret-reason');
  await page.keyboard.press('Escape');

  await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'circle' }).dblclick();
  await page.locator('.notebook-toolbar-container .action-label').first().waitFor();
  await runCommand(page, 'pybin: Push the Notebook’s Code to pybin');
  await waitForToast(page, 'radius');
  await see('notebook-blocked');
  await clear();
}

async function seeOptions(page: Page, see: See): Promise<void> {
  const change = (field: string): Promise<void> => pickQuickRow(page, field);
  const title = page.locator('.quick-input-title');
  const isBack = (): Promise<void> => title.filter({ hasText: 'Push with Options' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Alt+b');
  await isBack();
  await see('options');
  for (const field of ['Description', 'Lifetime', 'Who may read it', 'Alias', 'Burn']) {
    await change(field);
    await title.filter({ hasText: field }).waitFor();
    await see(`options-${field.toLowerCase().replaceAll(' ', '-')}`);
    await page.keyboard.press('Escape');
    await isBack();
  }
  await change('Alias');
  await fillInput(page, 'My Shop');
  await page.locator('.quick-input-widget .monaco-inputbox.error').waitFor();
  await see('options-alias-refused');
  await page.keyboard.press('Escape');
  await isBack();
  await change('Lifetime');
  await fillInput(page, '900d');
  await page.locator('.quick-input-list .codicon-error').waitFor();
  await see('options-lifetime-refused');
  await page.keyboard.press('Escape');
  await isBack();
  await page.keyboard.press('Escape');
}

function git(cwd: string, ...parameters: readonly string[]): void {
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  execFileSync('git', [...author, ...parameters], { cwd });
}
