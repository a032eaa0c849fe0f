// The whole story as its user lives it, through the user interface of two real editors on two machines:
// a selection with an undefined name is refused and shown, corrected, pushed, fetched, pulled in the second.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Edge, startEdge } from '../../../worker/local/edge.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { launchBrowser } from '../host/browser.ts';
import { type Editor, makeEditorDirectory, startEditor } from '../host/editor.ts';
import { runNpm } from '../host/install.ts';
import {
  clickStatusItem,
  clickToastButton,
  editorOf,
  openFile,
  openFolder,
  runCommand,
  screenshot,
  selectLines,
  statusItem,
  typeText,
  waitForProblem,
  waitForToast,
} from '../host/user.ts';

const root = join(import.meta.dirname, '../../..');
const statusItemId = 'pybin.pybin.latest';

/** Where pictures of each step are left, for whoever wants to look. */
const pictures = process.env['PYBIN_STORY_PICTURES'];

let directory: string;
let edge: Edge;
let key: string;
let browser: Browser;
const editors: Editor[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pybin-story-'));
  await runNpm(['run', '--silent', 'package'], root);
  edge = await startEdge({ port: 0, stateDirectory: join(directory, 'edge'), localSignIn: true });
  ({ key } = await signInLocally(edge.url, 'ada'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await Promise.all(editors.map((editor) => editor.close()));
  await edge?.close();
  await rm(directory, { recursive: true, force: true });
});

const wrong = 'def total(prices):\n    return sum(prize for price in prices)\n';
const right = wrong.replace('prize', 'price');

it('goes from a refused selection on one machine to the same bytes on another', async () => {
  const desk = await openMachine('desk', { 'shop.py': `import os\n\n\n${wrong}\n\nprint(os.name)\n` });
  await openFile(desk, 'shop.py');
  await selectLines(desk, 4, 5);

  await runCommand(desk, 'pybin: Push');
  await waitForToast(desk, 'Not pushed');
  await picture(desk, '1-refused');
  expect((await fetch(`${edge.url}/~ada`)).status).toBe(404);

  await clickToastButton(desk, 'Not pushed', 'Show Problems');
  await waitForProblem(desk, 'prize');
  await picture(desk, '2-shown');

  await selectLines(desk, 5, 5);
  await typeText(desk, '    return sum(price for price in prices)');
  await selectLines(desk, 4, 5);
  await runCommand(desk, 'pybin: Push');
  await statusItem(desk, statusItemId).filter({ hasText: '#1' }).waitFor();
  await picture(desk, '3-pushed');

  const fetched = await fetch(`${edge.url}/~ada`);
  expect(await fetched.text()).toBe(right.trimEnd());

  const laptop = await openMachine('laptop', { 'cart.py': 'class Cart:\n    \n' });
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
  const saved = join(directory, 'laptop', 'cart.py');
  await expect
    .poll(() => readFile(saved, 'utf8'))
    .toBe('class Cart:\n    def total(prices):\n        return sum(price for price in prices)\n');

  await laptop.keyboard.press('Control+z');
  await laptop.keyboard.press('Control+s');
  await expect.poll(() => readFile(saved, 'utf8')).toBe('class Cart:\n    \n');
});

/** A machine of its own: its own editor with its own profile, the extension installed as its users get it. */
async function openMachine(name: string, files: Record<string, string>): Promise<Page> {
  const folder = join(directory, name);
  await mkdir(folder);
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  const editor = await startEditor({
    directory: await makeEditorDirectory(),
    settings: { 'pybin.endpoint': edge.url },
    extensions: [join(root, 'dist/pybin.vsix')],
    env: { PYBIN_KEY: key },
  });
  editors.push(editor);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await openFolder(page, editor.url, folder);
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await screenshot(page, join(pictures, `${name}.png`));
}
