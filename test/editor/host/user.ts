// The editor as a person uses it: what is clicked, typed and seen in a page of a workbench. Every
// step waits for what it needs to be there, none for time to pass.
import type { Locator, Page } from 'playwright-core';

/** A workbench loads some 15 MB of script; on a busy machine that takes a while. */
const loadTimeoutMs = 60_000;

/** Opens `folder` in a window of the editor at `url`; resolves when its explorer shows the files. */
export async function openFolder(page: Page, url: string, folder: string): Promise<void> {
  await page.goto(`${url}/?${new URLSearchParams({ folder }).toString()}`);
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: loadTimeoutMs });
}

/** Opens a `.code-workspace` in a window of the editor at `url`; resolves when its explorer shows the folders. */
export async function openWorkspace(page: Page, url: string, path: string): Promise<void> {
  await page.goto(`${url}/?${new URLSearchParams({ workspace: path }).toString()}`);
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: loadTimeoutMs });
}

/** Opens a file of any folder by its name, and focuses it. */
export async function openByName(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await fillInput(page, name);
  await acceptQuickRow(page, name);
  await editorOf(page, name).locator('.view-line').first().waitFor();
}

/** Opens a file of the folder's top level from the explorer, to stay (not as a preview), and focuses it. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).dblclick();
  await editorOf(page, name).locator('.view-line').first().waitFor();
}

/** The text editor of a file, by the end of its path. */
export function editorOf(page: Page, name: string): Locator {
  return page.locator(`.monaco-editor[role="code"][data-uri$="/${name}"]`);
}

/** Runs a command by the title that the palette shows (`pybin: Push selection`). */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await fillInput(page, `>${title}`);
  await quickRow(page, title).first().click();
}

/** Fills the input that is open at the top (palette, quick pick or input box), without accepting it. */
export async function fillInput(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget:visible input[type=text]').fill(text);
}

/** Answers the open input box. */
async function answerInput(page: Page, text: string): Promise<void> {
  await fillInput(page, text);
  await page.keyboard.press('Enter');
}

/** Says who may read what an account pushes: the extension asks before its first push. */
export async function answerFirstPush(page: Page, label: string): Promise<void> {
  await inputBox(page, 'Who may read').waitFor();
  await pickQuickRow(page, label);
}

/** What is open at the top, by a text in it. */
export function inputBox(page: Page, text: string): Locator {
  return page.locator('.quick-input-widget:visible').filter({ hasText: text });
}

/** The labels of the rows of what is open at the top, from above: the page has them in the order they were drawn in. */
export async function quickLabels(page: Page): Promise<string[]> {
  const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  const drawn = await rows.evaluateAll((elements) =>
    elements.map((row) => ({
      index: Number(row.getAttribute('data-index')),
      label: row.querySelector('.quick-input-list-row .label-name')?.textContent ?? '',
    })),
  );
  return drawn.toSorted((one, other) => one.index - other.index).map(({ label }) => label);
}

/** Presses a button of a row, as its tooltip names it: it is there while the pointer is over the row. */
export async function clickRowButton(page: Page, label: string, button: string): Promise<void> {
  const row = quickRow(page, label);
  await row.hover();
  await row.getByRole('button', { name: button }).click();
}

/** Presses a button of the dialog that asks something. */
export async function clickDialogButton(page: Page, button: string): Promise<void> {
  await page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
}

/** What the dialog that asks something says. */
export async function dialogText(page: Page): Promise<string> {
  return page.locator('.monaco-dialog-box').innerText();
}

/** The button of the dialog that Enter presses. */
export async function focusedDialogButton(page: Page): Promise<string> {
  return page.locator('.monaco-dialog-box .monaco-button:focus').innerText();
}

/** Chooses a row of the quick pick that is open, icons aside. */
export async function pickQuickRow(page: Page, label: string): Promise<void> {
  const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  await rows.filter({ hasText: label }).first().click();
}

/** Waits until Enter would take the row with this label: a list has its rows a moment before one is the active one. */
export async function waitForActiveRow(page: Page, label: string): Promise<void> {
  const active = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row.focused');
  await active.filter({ hasText: label }).waitFor();
}

/** Presses Enter as soon as that takes the row with this label. */
export async function acceptQuickRow(page: Page, label: string): Promise<void> {
  await waitForActiveRow(page, label);
  await page.keyboard.press('Enter');
}

/** The row with exactly this label: the palette's order follows what was used last. */
function quickRow(page: Page, label: string): Locator {
  return page
    .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row')
    .filter({ has: page.locator('.quick-input-list-label').getByText(label, { exact: true }) });
}

/**
 * Selects whole lines of the active editor, from the start of `first` to the end of `last`, counted
 * from 1. There must be something in them.
 */
export async function selectLines(page: Page, first: number, last: number): Promise<void> {
  await page.keyboard.press('Control+g');
  await answerInput(page, `:${first}`);
  const position = statusItem(page, 'status.editor.selection');
  await position.filter({ hasText: `Ln ${first}, Col 1` }).waitFor();
  for (let line = first; line < last; line += 1) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+End');
  await position
    .filter({ hasText: `Ln ${last},` })
    .filter({ hasText: 'selected' })
    .waitFor();
}

/** Types into whatever has the focus. */
export async function typeText(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
}

/** An item of the status bar: `publisher.name.item` for one with an id, `publisher.name` for one without. */
export function statusItem(page: Page, id: string): Locator {
  return page.locator(`.statusbar-item[id="${id}"]`);
}

/** Clicks an item of the status bar, as it shows now. */
export async function clickStatusItem(page: Page, id: string): Promise<void> {
  await statusItem(page, id).locator('a').click();
}

/** Waits for a notification with this text. */
export async function waitForToast(page: Page, text: string): Promise<Locator> {
  const toast = page
    .locator('.notifications-toasts .notification-list-item')
    .filter({ hasText: text })
    .first();
  await toast.waitFor();
  return toast;
}

/** Clicks a button of the notification with this text. */
export async function clickToastButton(page: Page, text: string, button: string): Promise<void> {
  const toast = await waitForToast(page, text);
  await toast.getByRole('button', { name: button, exact: true }).click();
}

/** Takes a link of the notification with this text. */
export async function clickToastLink(page: Page, text: string, link: string): Promise<void> {
  const toast = await waitForToast(page, text);
  await toast.getByText(link, { exact: true }).click();
}

/** Waits until the problems panel is open and has a row with this text. */
export async function waitForProblem(page: Page, text: string): Promise<void> {
  await page.locator('.markers-panel .monaco-list-row').filter({ hasText: text }).first().waitFor();
}

/** Takes a picture as a person sees it when nothing fades in or out any more. */
export async function screenshot(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file, animations: 'disabled' });
}
