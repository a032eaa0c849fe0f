// What is held back, as its author sees it: a text with a secret, which goes only by a deliberate word, and a push that
// waits, with all that can be done about it.

import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import {
  clickDialogButton,
  clickStatusItem,
  clickToastButton,
  dialogText,
  editorOf,
  fillInput,
  focusedDialogButton,
  inputBox,
  openFile,
  pickQuickRow,
  quickLabels,
  runCommand,
  selectLines,
  statusItem,
  typeText,
  waitForProblem,
  waitForToast,
} from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';
import { filesWith } from './files-with.ts';

let desks: Desks;
let owner: Client;
let page: Page;

/** Put together here, so that no file holds one. */
const token = `ghp_${Array.from({ length: 36 }, () => randomInt(36).toString(36)).join('')}`;
const files = {
  'keys.py': `import os\n\n\ntoken = "${token}"\nprint(os.name)\n`,
  'shop.py': 'def total(prices):\n    return sum(prize for price in prices)\n',
  'branch.py': 'def sign(x):\n    if x < 0:\n        return -1\n    else:\n        return 1\n',
  'fixable.py': 'def is_a(x):\n    return x is "a"\n',
};
/** An editor on a busy machine takes its time. */
const settled = { timeout: 30_000 };

beforeAll(async () => {
  desks = await openDesks('holder');
  owner = connect(desks);
  await owner.push({ ...plainDetails, text: 'x = 0\n', requestId: 'the first' });
  git('init', '--quiet');
  git('remote', 'add', 'origin', 'git@github.com:ada/desk.git');
  git('commit', '--quiet', '--allow-empty', '--message', 'nothing yet');
  page = await desks.open('desk', files, {
    settings: {
      'pybin.lint.override': 'confirm',
      'pybin.lint.gate': 'warnings',
      'git.enabled': true,
      'git.openRepositoryInParentFolders': 'always',
    },
  });
});

afterAll(async () => {
  await desks?.close();
});

it('a text with a secret stays, until its author says why it may go', async () => {
  await openFile(page, 'keys.py');
  await selectLines(page, 4, 5);
  await newest(1);
  const before = await stateOf(page);

  await runCommand(page, 'pybin: Push');
  await expect.poll(() => dialogText(page), settled).toContain('Line 4, GitHub token: token = "••••••••"');
  expect(await focusedDialogButton(page)).toBe('Show It');
  await picture(page, 'held-1-secret');
  expect(await placesOf(token, 'keys.py')).toEqual([]);
  await page.keyboard.press('Escape');
  await dialogIsOver('keys.py');
  expect(await stateOf(page)).toEqual(before);
  expect(await owner.list()).toHaveLength(1);

  // A hasty Enter goes to the line.
  await runCommand(page, 'pybin: Push');
  await page.locator('.monaco-dialog-box').waitFor();
  await page.keyboard.press('Enter');
  await statusItem(page, 'status.editor.selection')
    .filter({ hasText: 'Ln 4, Col 51 (50 selected)' })
    .waitFor();
  expect(await owner.list()).toHaveLength(1);

  await runCommand(page, 'pybin: Push');
  await clickDialogButton(page, 'Push Anyway…');
  await inputBox(page, 'The reason is kept with the snippet').waitFor();
  await page.keyboard.press('Enter');
  await inputBox(page, 'Say why.').waitFor();
  await picture(page, 'held-2-reason');
  await page.keyboard.press('Escape');
  await inputBox(page, 'Say why.').waitFor({ state: 'hidden' });
  await dialogIsOver('keys.py');
  expect(await owner.list()).toHaveLength(1);

  await runCommand(page, 'pybin: Push');
  await clickDialogButton(page, 'Push Anyway…');
  await inputBox(page, 'The reason is kept with the snippet').waitFor();
  await fillInput(page, 'It was revoked.');
  await page.keyboard.press('Enter');
  // Asked once for a repository.
  await inputBox(page, 'What goes along?').waitFor();
  await picture(page, 'held-3-origin');
  await pickQuickRow(page, 'The text, and where it is from');
  await newest(2);
  const { text, proof, origin } = await owner.latest();
  expect(origin).toMatchObject({ repository: 'ssh://github.com/ada/desk.git', path: 'desk/keys.py' });
  expect({ text, reason: proof?.overrideReason }).toEqual({
    text: `token = "${token}"`,
    reason: 'It was revoked.',
  });

  expect(await placesOf(token, 'keys.py')).toEqual([]);
  expect(await filesWith(desks.profileOf('desk'), token)).toEqual([]);
});

it('a push that waits says so, and goes by itself as soon as it is clean', async () => {
  await openFile(page, 'shop.py');
  await selectLines(page, 1, 2);
  await runCommand(page, 'pybin: Push');
  await waitForToast(page, 'Not pushed: Undefined name `prize` (shop.py, line 2)');
  await says('not pushed: 1 problem');
  await picture(page, 'held-4-waits');
  await choose('Show Problems');
  await waitForProblem(page, 'prize');

  await clickStatusItem(page, statusItemId);
  await expect
    .poll(() => quickLabels(page), settled)
    .toEqual(['Show Problems', 'Push When Clean', 'Push Anyway…', 'Cancel']);
  await picture(page, 'held-5-choices');
  await pickQuickRow(page, 'Push When Clean');
  await says('pushes when clean: 1 problem');
  expect(await owner.list()).toHaveLength(2);
  await selectLines(page, 2, 2);
  await typeText(page, '    return sum(price for price in prices)');
  await waitForToast(page, 'Clean, and pushed as number 3.');
  await picture(page, 'held-6-clean');
  expect((await owner.latest()).text).toBe('def total(prices):\n    return sum(price for price in prices)');
});

it('is given up, or goes by a reason that is kept with it', async () => {
  await selectLines(page, 2, 2);
  await typeText(page, '    return sum(prize for price in prices)');
  await selectLines(page, 1, 2);
  await runCommand(page, 'pybin: Push');
  await says('not pushed: 1 problem');
  await choose('Cancel');
  await newest(3);

  await runCommand(page, 'pybin: Push');
  await says('not pushed: 1 problem');
  await choose('Push Anyway…');
  await expect.poll(() => dialogText(page), settled).toContain('Line 2: Undefined name `prize`');
  expect(await focusedDialogButton(page)).toBe('Show Problems');
  await picture(page, 'held-7-anyway');
  await clickDialogButton(page, 'Push Anyway…');
  await inputBox(page, 'Why may it go as it is?').waitFor();
  await fillInput(page, 'It shows the mistake.');
  await page.keyboard.press('Enter');
  await newest(4);
  const { findings, proof } = await owner.latest();
  expect({ findings: findings.map(({ line }) => line), reason: proof?.overrideReason }).toEqual({
    findings: [2],
    reason: 'It shows the mistake.',
  });
});

it('grows to a statement, or is mended', async () => {
  await openFile(page, 'branch.py');
  await selectLines(page, 4, 5);
  await runCommand(page, 'pybin: Push');
  await clickToastButton(page, 'branch.py, line 4', 'Expand to Statement');
  await waitForToast(page, 'The selection is whole statements now.');
  await picture(page, 'held-8-expanded');
  await clickToastButton(page, 'The selection is whole statements now.', 'Push');
  await newest(5);
  expect((await owner.latest()).text).toBe(files['branch.py'].split('\n').slice(1, 5).join('\n') + '\n');

  await openFile(page, 'fixable.py');
  await runCommand(page, 'pybin: Push');
  await clickToastButton(page, 'fixable.py, line 2', 'Fix All and Push');
  await newest(6);
  expect((await owner.latest()).text).toBe(files['fixable.py'].replace(' is ', ' == '));
  expect(await readFile(join(desks.directory, 'desk/fixable.py'), 'utf8')).toBe(files['fixable.py']);
  await picture(page, 'held-9-mended');
});

it('says so where its file is closed before it is clean', async () => {
  await openFile(page, 'branch.py');
  await selectLines(page, 4, 5);
  await runCommand(page, 'pybin: Push');
  await says('not pushed:');
  await choose('Push When Clean');
  await says('pushes when clean:');
  await runCommand(page, 'View: Close Editor');
  await waitForToast(page, 'Not pushed: branch.py was closed or renamed before it was clean.');
  await newest(6);
});

function git(...parameters: readonly string[]): void {
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  execFileSync('git', [...author, ...parameters], { cwd: desks.directory });
}

async function newest(number: number): Promise<void> {
  await says(`#${number}`);
}

/** Waits until the status bar says it. */
async function says(text: string): Promise<void> {
  await statusItem(page, statusItemId).filter({ hasText: text }).waitFor();
}

/** Chooses what is to be done with the push that waits, by the status bar. */
async function choose(action: string): Promise<void> {
  await clickStatusItem(page, statusItemId);
  await inputBox(page, action).waitFor();
  await pickQuickRow(page, action);
}

/** Waits until there is no dialog any more, and the file's editor has the focus again. */
async function dialogIsOver(name: string): Promise<void> {
  await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
  await editorOf(page, name).and(page.locator('.focused')).waitFor();
}

/** What a push may change of what its author sees. */
async function stateOf(editor: Page): Promise<unknown> {
  return {
    lines: await editorOf(editor, 'keys.py').locator('.view-line').allInnerTexts(),
    selection: await statusItem(editor, 'status.editor.selection').innerText(),
    item: (await statusItem(editor, statusItemId).innerText()).replace(/now|\d+ min/, 'some time'),
    toasts: await editor.locator('.notifications-toasts .notification-list-item').count(),
  };
}

/**
 * Where in the page a text is, but in the editor of its file: hovers, and what only a screen reader reads, count, too.
 * The editor itself reads out the line that it is sent to.
 */
async function placesOf(text: string, name: string): Promise<string[]> {
  return page.evaluate(
    ([wanted, ending]) =>
      [...document.querySelectorAll('body *')]
        .filter((element) => !element.closest(`.monaco-editor[data-uri$="/${ending}"], .monaco-status`))
        .filter(
          (element) =>
            [...element.childNodes].some(
              (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.includes(wanted),
            ) || [...element.attributes].some(({ value }) => value.includes(wanted)),
        )
        .map((element) => `${element.tagName}.${element.className} in ${element.parentElement?.className}`),
    [text, name] as const,
  );
}
