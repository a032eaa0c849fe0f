// Size of the extension's bundles, and the time that a real VS Code says it took to activate it.

import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../editor/host/browser.ts';
import { makeEditorDirectory, startEditor } from '../editor/host/editor.ts';
import { installHost } from '../editor/host/install.ts';
import { requirePackage } from '../editor/host/packaged.ts';
import { copySampleWorkspace } from '../editor/host/sample-workspace.ts';
import { openFolder, runCommand } from '../editor/host/user.ts';
import { medianOf } from './statistics.ts';

const root = join(import.meta.dirname, '../..');
const bundles = join(root, 'dist/extension');
const STARTS = 5;

export interface ExtensionFigures {
  readonly activationMs: number;
  /** Bytes of each script. */
  readonly scripts: Readonly<Record<string, number>>;
  /** Of those for an editor with Node: one in a browser loads others in their place. */
  readonly nodeScriptBytes: number;
  readonly vsixBytes: number;
}

export async function measureExtension(): Promise<ExtensionFigures> {
  await installHost();
  const vsix = await requirePackage();
  const scripts: Record<string, number> = {};
  for (const name of await readdir(bundles))
    if (name.endsWith('.cjs')) scripts[name] = (await stat(join(bundles, name))).size;
  return {
    activationMs: await measureActivation(vsix),
    scripts,
    nodeScriptBytes: Object.entries(scripts)
      .filter(([name]) => !name.startsWith('browser'))
      .reduce((sum, [, bytes]) => sum + bytes, 0),
    vsixBytes: (await stat(vsix)).size,
  };
}

/** The median over several starts of a fresh editor, as its own list of running extensions tells it. */
async function measureActivation(vsix: string): Promise<number> {
  const browser = await launchBrowser();
  const folder = await mkdtemp(join(tmpdir(), 'pybin-bench-folder-'));
  try {
    await copySampleWorkspace(folder);
    const activationsMs: number[] = [];
    for (let start = 0; start < STARTS; start++)
      activationsMs.push(await readActivation(browser, vsix, folder));
    return medianOf(activationsMs);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function readActivation(browser: Browser, vsix: string, folder: string): Promise<number> {
  const editor = await startEditor({ directory: await makeEditorDirectory(), extensions: [vsix] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    await openFolder(page, editor.url, folder);
    await page.locator('.statusbar-item[id="pybin.pybin.latest"]').waitFor();
    await runCommand(page, 'Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'pybin' });
    const told = await row.first().locator('.activation-time').innerText();
    const milliseconds = /(\d+)ms/.exec(told)?.[1];
    if (milliseconds === undefined) throw new Error(`the editor tells no activation time: ${told}`);
    return Number(milliseconds);
  } finally {
    await page.close();
    await editor.close();
  }
}
