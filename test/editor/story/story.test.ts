// The whole story as its user lives it, through the user interface of two real editors on two machines:
// a selection with an undefined name is refused and shown, corrected, pushed, fetched, pulled in the second.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  answerFirstPush,
  clickStatusItem,
  clickToastButton,
  editorOf,
  openFile,
  runCommand,
  selectLines,
  statusItem,
  typeText,
  waitForProblem,
  waitForToast,
} from '../host/user.ts';
import { type Desks, openDesks, picture, statusItemId } from './desks.ts';

let desks: Desks;

beforeAll(async () => {
  desks = await openDesks('ada');
});

afterAll(async () => {
  await desks?.close();
});

const wrong = 'def total(prices):\n    return sum(prize for price in prices)\n';
const right = wrong.replace('prize', 'price');

it('goes from a refused selection on one machine to the same bytes on another', async () => {
  const desk = await desks.open('desk', { 'shop.py': `import os\n\n\n${wrong}\n\nprint(os.name)\n` });
  await openFile(desk, 'shop.py');
  await selectLines(desk, 4, 5);

  await runCommand(desk, 'pybin: Push');
  await waitForToast(desk, 'Not pushed');
  await picture(desk, '1-refused');
  expect((await fetch(`${desks.endpoint}/~ada`)).status).toBe(404);

  await clickToastButton(desk, 'Not pushed', 'Show Problems');
  await waitForProblem(desk, 'prize');
  await picture(desk, '2-shown');

  await selectLines(desk, 5, 5);
  await typeText(desk, '    return sum(price for price in prices)');
  await selectLines(desk, 4, 5);
  await runCommand(desk, 'pybin: Push');
  await answerFirstPush(desk, 'Everybody');
  await statusItem(desk, statusItemId).filter({ hasText: '#1' }).waitFor();
  await picture(desk, '3-pushed');

  const fetched = await fetch(`${desks.endpoint}/~ada`);
  expect(await fetched.text()).toBe(right.trimEnd());

  const laptop = await desks.open('laptop', { 'cart.py': 'class Cart:\n    \n' });
  await openFile(laptop, 'cart.py');
  await laptop.keyboard.press('Control+End');
  await laptop.keyboard.press('ArrowUp');
  await laptop.keyboard.press('End');
  await statusItem(laptop, statusItemId).filter({ hasText: 'pull latest' }).waitFor();
  await picture(laptop, '4-waiting');
  await clickStatusItem(laptop, statusItemId);
  await editorOf(laptop, 'cart.py').getByText('prices').first().waitFor();
  await picture(laptop, '5-pulled');

  await laptop.keyboard.press('Control+s');
  const saved = join(desks.directory, 'laptop', 'cart.py');
  await expect
    .poll(() => readFile(saved, 'utf8'))
    .toBe('class Cart:\n    def total(prices):\n        return sum(price for price in prices)\n');

  await laptop.keyboard.press('Control+z');
  await laptop.keyboard.press('Control+s');
  await expect.poll(() => readFile(saved, 'utf8')).toBe('class Cart:\n    \n');
});
