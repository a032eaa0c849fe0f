// `npm run picture`: plays pybin's tale in two real editors over a real edge, and keeps it as the picture of the
// READMEs. Each frame is of a state that was waited for; how long it shows is said here, not measured.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { connect } from '../../../shared/client.ts';
import { limits } from '../../../shared/limits.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { installHost } from '../host/install.ts';
import { runProgram } from '../host/program.ts';
import {
  clickStatusItem,
  editorOf,
  fillInput,
  openFile,
  selectLines,
  statusItem,
  typeText,
  waitForActiveRow,
  waitForToast,
} from '../host/user.ts';
import { openDesks, statusItemId } from '../story/desks.ts';
import { encodeGif } from './gif.ts';
import { openStage, type Point, screen, stageHeight, stageWidth } from './stage.ts';

const file = join(import.meta.dirname, '../../../extension/media/story.gif');

/** Nothing on the screen but what the tale is about, and nothing that moves by itself. */
const settings = {
  'breadcrumbs.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.fontSize': 16,
  'editor.guides.indentation': false,
  'editor.hover.enabled': false,
  'editor.lightbulb.enabled': 'off',
  'editor.hideCursorInOverviewRuler': true,
  'editor.matchBrackets': 'never',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.overviewRulerBorder': false,
  'editor.overviewRulerLanes': 0,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.renderLineHighlight': 'none',
  'editor.renderWhitespace': 'none',
  'editor.scrollbar.vertical': 'hidden',
  'editor.selectionHighlight': false,
  'window.commandCenter': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.layoutControl.enabled': false,
};

const inBrowsersOnly = '[id="status.workbench.keyboardLayout"]';

const wrong = 'def total(prices):\n    return sum(prize for price in prices)\n';

await installHost();
const userId = 'ada';
const desks = await openDesks(userId);
try {
  const keyOf = async (name: string): Promise<string> =>
    (await signInLocally(desks.endpoint, userId, name)).key;
  const open = (name: string, key: string, files: Record<string, string>): Promise<Page> =>
    desks.open(name, files, { isSignedIn: false, env: { PYBIN_KEY: key }, settings, screen });
  const [deskKey, laptopKey] = [await keyOf('desk'), await keyOf('laptop')];
  // Who has pushed before isn't asked any more who may read it.
  const earlier = { ...plainDetails, text: 'rate = 0.19\n', language: 'python' };
  const { endpoint } = desks;
  await connect({ endpoint, key: laptopKey }).push({ ...earlier, requestId: crypto.randomUUID() });

  const desk = await open('desk', deskKey, { 'shop.py': `import os\n\n\n${wrong}\n\nprint(os.name)\n` });
  const laptop = await open('laptop', laptopKey, { 'cart.py': 'class Cart:\n    \n' });
  for (const [page, name] of [
    [desk, 'shop.py'],
    [laptop, 'cart.py'],
  ] as const) {
    await openFile(page, name);
    await page.keyboard.press('Control+b');
    await page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
    await statusItem(page, statusItemId).filter({ hasText: '#1' }).waitFor();
    // What only an editor in a browser has.
    await page.addStyleTag({ content: `${inBrowsersOnly} { display: none !important }` });
  }
  const stage = await openStage(desks.browser);
  const on =
    (shown: Page, machineName: string) =>
    (caption: string, shownMs: number, pointer?: Point): Promise<void> =>
      stage.show({ caption, machine: machineName, shown, pointer }, shownMs);
  const onDesk = on(desk, 'desk');
  const onLaptop = on(laptop, 'laptop');

  await onDesk('Select some code …', 600);
  await selectLines(desk, 4, 5);
  await onDesk('Select some code …', 800);
  await desk.keyboard.press('F1');
  await fillInput(desk, '>pybin: Push');
  await waitForActiveRow(desk, 'pybin: Push');
  await onDesk('… and push it.', 1_000);
  await desk.keyboard.press('Enter');
  await waitForToast(desk, 'Not pushed');
  await onDesk('What is wrong is shown first; nothing was sent.', 1_800);

  const toast = await waitForToast(desk, 'Not pushed');
  const whenClean = toast.getByRole('button', { name: 'Push When Clean' });
  await onDesk('It can go by itself once it is corrected.', 1_000, await middleOf(whenClean));
  await whenClean.click();
  await statusItem(desk, statusItemId).filter({ hasText: 'pushes when clean' }).waitFor();
  await editorOf(desk, 'shop.py').getByText('prize').dblclick();
  await statusItem(desk, 'status.editor.selection').filter({ hasText: '(5 selected)' }).waitFor();
  await onDesk('Correct it …', 800);
  for (const letter of 'price') {
    await typeText(desk, letter);
    // What was found goes with the first letter.
    await statusItem(desk, 'status.problems').and(desk.getByLabel('No Problems')).waitFor();
    await onDesk('Correct it …', 130);
  }
  await statusItem(desk, statusItemId).filter({ hasText: '#2 · copied' }).waitFor();
  await waitForToast(desk, 'Clean, and pushed');
  await onDesk('… and it is pushed; its address is on the clipboard.', 1_700);

  await laptop.keyboard.press('Control+End');
  await laptop.keyboard.press('ArrowUp');
  await laptop.keyboard.press('End');
  const item = statusItem(laptop, statusItemId);
  await item.filter({ hasText: '#2 · desk' }).waitFor();
  const pointer = await middleOf(item);
  await onLaptop('Your other editor has it at once …', 900);
  await onLaptop('Your other editor has it at once …', 200, { x: pointer.x + 60, y: pointer.y - 60 });
  await onLaptop('Your other editor has it at once …', 500, pointer);
  await clickStatusItem(laptop, statusItemId);
  await editorOf(laptop, 'cart.py').getByText('prices').first().waitFor();
  await onLaptop('… and a click inserts it, indented as it is there.', 1_800, pointer);

  const curl = await runProgram('curl', ['--silent', '--fail', `${desks.endpoint}/~${userId}`], {});
  if (!curl.ok) throw new Error(`curl failed: ${curl.printed}`);
  // Under `npm start` the edge has this port; here it has any.
  const lines = [`$ curl http://localhost:8787/~${userId}`, ...curl.printed.trimEnd().split('\n'), '$'];
  const caption = 'A terminal needs nothing but curl.';
  await stage.show({ caption, machine: 'anywhere', shown: lines.slice(0, 1) }, 500);
  await stage.show({ caption, machine: 'anywhere', shown: lines }, 2_200);

  const picture = encodeGif(stage.frames, stageWidth, stageHeight);
  if (picture.length > limits.pictureBytes) throw new Error(`the picture has ${picture.length} bytes`);
  await writeFile(file, picture);
  const seconds = stage.frames.reduce((sum, { shownMs }) => sum + shownMs, 0) / 1000;
  console.log(`${file}: ${stage.frames.length} frames, ${seconds} s, ${Math.ceil(picture.length / 1024)} KB`);
} finally {
  await desks.close();
}

async function middleOf(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('what is to be clicked is not in sight');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
