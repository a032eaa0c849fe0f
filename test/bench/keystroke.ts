// How long a push takes for whoever presses its keys: from the last key until the address is on the clipboard. No tool
// has anything more to say of the file, so that the gate waits for nobody.

import { EventEmitter, once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerFirstPush, openFile, selectLines } from '../editor/host/user.ts';
import { openDesk, PUSHES } from './desk.ts';
import { type Figures, figuresOf } from './statistics.ts';

const FILE = 'bench.py';
const LINES = 20;
/** 2 KB of Python each: every selection is another one. */
const BLOCKS = Array.from({ length: PUSHES + 1 }, (_, block) =>
  `value_${block} = "${'x'.repeat(85)}"\n`.repeat(LINES),
);

/** Calls back in Node once the page has put a text on the clipboard. */
const HEAR_CLIPBOARD = `
  const write = navigator.clipboard.writeText.bind(navigator.clipboard);
  navigator.clipboard.writeText = async (text) => {
    await write(text);
    benchCopied();
  };`;

/** Pushes of 2 KB, one after the other; the very first, which loads what a push needs and asks who may read it, is left out. */
export async function measureKeystroke(): Promise<Figures> {
  await using desk = await openDesk('bench-keystroke', (folder) =>
    writeFile(join(folder, FILE), BLOCKS.join('')),
  );
  const { page } = desk;
  // Without it the editor copies in a way of its own.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const heard = new EventEmitter();
  await page.exposeFunction('benchCopied', () => heard.emit('copied'));
  await page.evaluate(HEAR_CLIPBOARD);
  await openFile(page, FILE);
  const durationsMs: number[] = [];
  for (let block = 0; block <= PUSHES; block++) {
    await selectLines(page, block * LINES + 1, (block + 1) * LINES);
    const copied = once(heard, 'copied');
    await page.keyboard.press('Control+k');
    const startedMs = performance.now();
    await page.keyboard.press('b');
    if (block === 0) await answerFirstPush(page, 'Everybody');
    await copied;
    if (block > 0) durationsMs.push(performance.now() - startedMs);
  }
  return figuresOf(durationsMs);
}
