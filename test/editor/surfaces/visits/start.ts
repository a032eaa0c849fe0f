// What there is before anybody has signed in, and what the editor itself shows of the extension.

import type { Locator, Page } from 'playwright-core';
import {
  editorOf,
  fillInput,
  inputBox,
  openFile,
  pickQuickRow,
  runCommand,
  statusItem,
} from '../../host/user.ts';
import { statusItemId } from '../../story/desks.ts';
import { screen } from '../camera.ts';
import { clearToasts, type See, type Visit } from '../visit.ts';

const notebook = JSON.stringify({
  cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['import math'] }],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
});

/** As wide as a walkthrough must be to show its pictures. */
const wide = { width: screen.width * 1.4, height: screen.height * 1.4 };

export async function seeStart({ open, see }: Visit): Promise<void> {
  const page = await open(
    { 'shop.py': 'def total(prices):\n    return sum(prices)\n', 'circle.ipynb': notebook },
    { isSignedIn: false },
  );
  const item = statusItem(page, statusItemId);
  await item.filter({ hasText: 'sign in' }).waitFor();
  await runCommand(page, 'Explorer: Focus on pybin View');
  await page.getByText('Your stack carries code').waitFor();
  await see('signed-out', async () => {
    await page.mouse.move(450, 300);
    await item.hover();
    await page.locator('.monaco-hover:visible').filter({ hasText: 'How It Works' }).waitFor();
  });
  await page.mouse.move(450, 300);

  await page.keyboard.press('F1');
  await fillInput(page, '>pybin: ');
  await inputBox(page, 'Compare Latest').waitFor();
  await see('palette');
  await page.keyboard.press('Escape');
  await runCommand(page, 'pybin: Pull Latest');
  await page.locator('.notifications-toasts').getByText('Sign in to pybin first').waitFor();
  await see('signed-out-pull');
  await clearToasts(page);

  await seeMenus(page, see);
  await runCommand(page, 'View: Close All Editors');
  await seeOwnPages(page, see);
}

async function seeMenus(page: Page, see: See): Promise<void> {
  const menu = (label: string): Locator =>
    page.locator('.monaco-menu .action-item').filter({ hasText: label }).last();
  await openFile(page, 'shop.py');
  await editorOf(page, 'shop.py').getByText('total').click({ button: 'right' });
  await see('menu-editor', async () => {
    await menu('pybin').hover();
    await menu('Find on GitHub').waitFor();
  });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.locator('.explorer-folders-view .monaco-list-row').last().click({ button: 'right' });
  await menu('Push File to pybin').waitFor();
  await see('menu-explorer');
  await page.keyboard.press('Escape');
  await page.locator('.tab').filter({ hasText: 'shop.py' }).click({ button: 'right' });
  await menu('Push File to pybin').waitFor();
  await see('menu-tab');
  await page.keyboard.press('Escape');
  await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'circle' }).dblclick();
  await page.locator('.notebook-toolbar-container .action-label').first().waitFor();
  await page.setViewportSize(wide);
  await see('notebook');
  await page.setViewportSize(screen);
}

/** The pages that the editor makes of the manifest and the README. */
async function seeOwnPages(page: Page, see: See): Promise<void> {
  await page.keyboard.press('Control+b');
  await runCommand(page, 'Welcome: Open Walkthrough...');
  await pickQuickRow(page, 'Carry code');
  await page.setViewportSize(wide);
  for (const step of ['signIn', 'push', 'pull', 'stack']) {
    await page.locator(`.getting-started-step[data-step-id$="#${step}"]`).click();
    await page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('svg').waitFor();
    await see(`walkthrough-${step}`);
  }
  await runCommand(page, 'View: Close All Editors');

  await runCommand(page, 'Preferences: Open Settings (UI)');
  await page.locator('.settings-editor .suggest-input-container .view-line').click();
  await page.keyboard.type('@ext:pybin.pybin');
  await page.locator('.setting-item').filter({ hasText: 'Origin' }).first().waitFor();
  // What is suggested for the search lies over the tabs until the focus is elsewhere.
  await page.locator('.settings-toc-container .monaco-list-row').last().click();
  await see('settings');
  await page.locator('.settings-tabs-widget .action-label').filter({ hasText: 'Remote' }).click();
  await page.locator('.setting-item').filter({ hasText: 'Ruff Path' }).first().waitFor();
  await see('settings-remote');
  await runCommand(page, 'View: Close All Editors');

  await page.setViewportSize(screen);
  await page.keyboard.press('Control+b');
  await runCommand(page, 'Extensions: Show Installed Extensions');
  await page.locator('.extension-list-item').filter({ hasText: 'pybin' }).first().dblclick();
  await page.setViewportSize(wide);
  await page
    .frameLocator('iframe.webview.ready')
    .frameLocator('#active-frame')
    .locator('h1')
    .first()
    .waitFor();
  await see('extension-page');
}
