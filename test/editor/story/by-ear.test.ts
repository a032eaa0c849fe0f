// pybin without a look at the screen: by keys alone, and by what a screen reader is given: what interrupts (alerts), and
// what is read where the focus is (labels).

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { editorOf, openFile, runCommand, selectLines, statusItem, typeText } from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';

let desks: Desks;
let laptop: Client;
let page: Page;

/** An editor on a busy machine takes its time. */
const settled = { timeout: 30_000 };

beforeAll(async () => {
  desks = await openDesks('listener');
  const { endpoint } = desks;
  laptop = connect({ endpoint, key: (await signInLocally(endpoint, 'listener', 'laptop')).key });
  await pushElsewhere('older = 1\n');
  page = await desks.open(
    'desk',
    { 'shop.py': 'def total(prices):\n    return sum(prize for price in prices)\n\n\nx = 1\n' },
    { settings: { 'editor.accessibilitySupport': 'on' } },
  );
  await listen(page);
  await openFile(page, 'shop.py');
});

afterAll(async () => {
  await desks?.close();
});

it('says how a push and a pull ended, by keys alone', async () => {
  await itemIs(/^pull latest: number 1, pushed .* ago|just now/);
  await selectLines(page, 5, 5);
  await press('Control+k', 'b');
  await heard('Info: Pushed number 2, its address is on the clipboard.');
  await picture(page, 'ear-1-pushed');

  await selectLines(page, 1, 2);
  await press('Control+k', 'b');
  await heard('Warning: Not pushed: Undefined name `prize` (shop.py, line 2)');
  await itemIs(/^pybin: not pushed: 1 problem/);
  await runCommand(page, 'pybin: Cancel the Pending Push');

  await selectLines(page, 1, 2);
  await typeText(page, 'y = 1');
  await press('Control+k', 'Shift+B');
  await heard('Info: Pulled number 2.');
});

it('interrupts nobody when another device pushes, and tells it in labels', async () => {
  await runCommand(page, 'Explorer: Focus on pybin View');
  await page.getByRole('treeitem', { name: /^number 2, x = 1/ }).waitFor();
  await openFile(page, 'shop.py');
  await editorOf(page, 'shop.py').and(page.locator('.focused')).waitFor();
  const before = await alerts();

  await pushElsewhere('from_elsewhere = 1\n');
  await itemIs(/^pull latest: number 3, pushed just now from laptop/);
  const spoken = /^number 3, from_elsewhere = 1, python, pushed just now from laptop/;
  await page.getByRole('treeitem', { name: spoken }).waitFor();
  // The hover has its text once all is done that a newcomer makes happen.
  await expect.poll(() => hoverHas('from_elsewhere = 1'), settled).toBe(true);
  await page.mouse.move(0, 0);
  await press('Control+k', 'Shift+B');
  await heard('Info: Pulled number 3.');
  expect(await alerts()).toEqual([...before, 'Info: Pulled number 3.']);
  await picture(page, 'ear-2-arrived');
});

it('has a name for all that can be pressed', async () => {
  await runCommand(page, 'pybin: Pull from the Stack…');
  await page.getByRole('option', { name: /from_elsewhere = 1/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => nameless('.quick-input-widget'), settled).toEqual([]);
  // Tab comes from the list to the buttons of its row.
  const stops: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    await page.keyboard.press('Tab');
    stops.push(await focusedName());
  }
  expect(stops).toContain('Preview');
  await picture(page, 'ear-3-stack');
  await page.keyboard.press('Escape');
  await page.getByRole('treeitem', { name: /^number 3, / }).click();
  expect(await nameless('.explorer-viewlet .tree-explorer-viewlet-tree-view')).toEqual([]);
  expect(await nameless(`[id="${statusItemId}"]`)).toEqual([]);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Copy curl Line' }).waitFor();
  await picture(page, 'ear-4-menu');
  await page.keyboard.press('Escape');
});

async function pushElsewhere(text: string): Promise<void> {
  await laptop.push({ ...plainDetails, language: 'python', text, requestId: crypto.randomUUID() });
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits until the status bar item's label is this. */
async function itemIs(label: RegExp): Promise<void> {
  await expect
    .poll(() => statusItem(page, statusItemId).locator('a').getAttribute('aria-label'), settled)
    .toMatch(label);
}

/** Whether hovering over the status bar item shows a text. */
async function hoverHas(text: string): Promise<boolean> {
  await page.mouse.move(0, 0);
  await statusItem(page, statusItemId).hover();
  const shown = page.locator('.monaco-hover:visible').filter({ hasText: text });
  return shown
    .waitFor({ timeout: 2000 })
    .then(() => true)
    .catch(() => false);
}

/** From now on, all that the editor has its screen reader say at once is noted. */
async function listen(editor: Page): Promise<void> {
  await editor.evaluate(() => {
    const noted: string[] = [];
    Object.assign(globalThis, { noted });
    for (const region of document.querySelectorAll('.monaco-alert'))
      new MutationObserver(() => {
        if (region.textContent) noted.push(region.textContent);
      }).observe(region, { childList: true, characterData: true, subtree: true });
  });
}

/** What was noted since, in order. */
async function alerts(): Promise<string[]> {
  return page.evaluate(() => {
    const noted: unknown = Reflect.get(globalThis, 'noted');
    return Array.isArray(noted) ? noted.map(String) : [];
  });
}

async function heard(alert: string): Promise<void> {
  await expect.poll(alerts, settled).toContain(alert);
}

/** What can be pressed in a part of the page and has no name. */
async function nameless(part: string): Promise<string[]> {
  return page.evaluate(
    (selector) =>
      [
        ...document.querySelectorAll(
          `:is(${selector}) :is(a, button, [role=button], [role=option], [role=treeitem])`,
        ),
      ]
        .filter((element) => element instanceof HTMLElement && element.checkVisibility())
        .filter((element) => !(element.getAttribute('aria-label') || element.textContent?.trim()))
        .map((element) => element.outerHTML.slice(0, 200)),
    part,
  );
}

async function focusedName(): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}
