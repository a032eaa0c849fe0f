// A push: the questions before it, its options, the secrets that stop it, and how it ends.

import { execFileSync } from 'node:child_process';
import type { Locator, Page } from 'playwright-core';
import {
  clickDialogButton,
  fillInput,
  inputBox,
  openFile,
  pickQuickRow,
  runCommand,
  statusItem,
  waitForToast,
} from '../../host/user.ts';
import { statusItemId } from '../../story/desks.ts';
import { clearToasts, type Open, pushByKeys, type See, type Visit } from '../visit.ts';

/** Put together here, so that no file holds one. */
const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

const files = {
  'clean.py': 'def total(prices):\n    return sum(prices)\n',
  'shop.py': 'def total(prices):\n    return sum(prize for price in prices)\n',
  'keys.py': `import os\n\n\ntoken = "${token}"\nprint(os.name)\n`,
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
    settings: { 'git.enabled': true, 'git.openRepositoryInParentFolders': 'always' },
  });
  const item = statusItem(page, statusItemId);
  const says = (text: string): Promise<void> => item.filter({ hasText: text }).waitFor();
  await says('empty');
  await runCommand(page, 'Explorer: Focus on pybin View');
  await page.getByText('Nothing is on your stack').waitFor();
  await see('empty');

  await openFile(page, 'clean.py');
  await pushByKeys(page);
  await inputBox(page, 'Who may read').waitFor();
  await see('first-push');
  await pickQuickRow(page, 'Everybody');
  await inputBox(page, 'What goes along?').waitFor();
  await see('origin');
  await pickQuickRow(page, 'Only the text');
  await says('#1 · copied');
  await see('pushed', async () => {
    await pushByKeys(page);
    await says('copied');
  });

  await seeOptions(page, see);

  await openFile(page, 'keys.py');
  await pushByKeys(page);
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
  await clearToasts(page);

  const row = (name: string): Locator =>
    page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name });
  await row('clean.py').click();
  await row('keys.py').click({ modifiers: ['Control'] });
  await row('shop.py').click({ modifiers: ['Control'] });
  await row('shop.py').click({ button: 'right' });
  // A menu takes no click in its first moments.
  await page.locator('.monaco-menu .action-item').filter({ hasText: 'Push File to pybin' }).hover();
  await page.keyboard.press('Enter');
  await page.locator('.monaco-dialog-box').waitFor();
  await page.keyboard.press('Escape');
  await waitForToast(page, 'holds a secret');
  await see('several');
  await seeUnchecked(open, see);
}

/** A Ruff that was named and doesn't run: nobody knows whether the text is clean. */
async function seeUnchecked(open: Open, see: See): Promise<void> {
  const settings = JSON.stringify({ 'pybin.lint.ruffPath': '/no/ruff' });
  const page = await open({ 'clean.py': files['clean.py'], '.vscode/settings.json': settings });
  await statusItem(page, statusItemId).filter({ hasText: 'pull latest' }).waitFor();
  await openFile(page, 'clean.py');
  await pushByKeys(page);
  await waitForToast(page, 'could not be checked');
  await see('unchecked');
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
