// Size of the extension's scripts, and the time that a real VS Code says it took to activate it, beside one that does
// nothing.

import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../editor/host/browser.ts';
import { makeEditorDirectory, startEditor } from '../editor/host/editor.ts';
import { installHost } from '../editor/host/install.ts';
import { requirePackage } from '../editor/host/packaged.ts';
import { copySampleWorkspace } from '../editor/host/sample-workspace.ts';
import { openFolder, runCommand, statusItem } from '../editor/host/user.ts';
import { medianOf } from './statistics.ts';

const root = join(import.meta.dirname, '../..');
const bundles = join(root, 'dist/extension');
const bareExtension = join(import.meta.dirname, 'bare-extension');
const STARTS = 5;

interface Activation {
  readonly activationMs: number;
  /** That of an extension that does nothing, in the same starts. */
  readonly bareActivationMs: number;
}

export interface ExtensionFigures extends Activation {
  /** Of the scripts that an editor with Node reads when it starts. */
  readonly startBytes: number;
  /** Of all that it may read. */
  readonly nodeBytes: number;
  /** Of all that an editor in a browser may read. */
  readonly browserBytes: number;
  readonly vsixBytes: number;
}

export async function measureExtension(): Promise<ExtensionFigures> {
  await installHost();
  const vsix = await requirePackage();
  const scripts = (await readdir(bundles)).filter((name) => name.endsWith('.cjs'));
  return {
    ...(await measureActivation(vsix)),
    startBytes: await bytesOf(await readAtStart('extension.cjs')),
    nodeBytes: await bytesOf(scripts.filter((name) => !isForBrowsers(name))),
    browserBytes: await bytesOf(scripts.filter(isForBrowsers)),
    vsixBytes: (await stat(vsix)).size,
  };
}

function isForBrowsers(script: string): boolean {
  return script.startsWith('browser');
}

async function bytesOf(scripts: Iterable<string>): Promise<number> {
  let bytes = 0;
  for (const name of scripts) bytes += (await stat(join(bundles, name))).size;
  return bytes;
}

/** A script and those that it requires at once; what is required in a call's brackets comes later, by an `import()`. */
async function readAtStart(script: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(script)) return seen;
  seen.add(script);
  const text = await readFile(join(bundles, script), 'utf8');
  for (const [, name] of text.matchAll(/(?<!\()require\("\.\/([^"]+)"\)/g))
    if (name !== undefined) await readAtStart(name, seen);
  return seen;
}

/** The medians over several starts of a fresh editor, as its own list of running extensions tells them. */
async function measureActivation(vsix: string): Promise<Activation> {
  const browser = await launchBrowser();
  const folder = await mkdtemp(join(tmpdir(), 'pybin-bench-folder-'));
  try {
    await copySampleWorkspace(folder);
    const starts: Activation[] = [];
    for (let start = 0; start < STARTS; start++) starts.push(await readActivations(browser, vsix, folder));
    return {
      activationMs: medianOf(starts.map(({ activationMs }) => activationMs)),
      bareActivationMs: medianOf(starts.map(({ bareActivationMs }) => bareActivationMs)),
    };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function readActivations(browser: Browser, vsix: string, folder: string): Promise<Activation> {
  const editor = await startEditor({
    directory: await makeEditorDirectory(),
    extensions: [vsix, bareExtension],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    await openFolder(page, editor.url, folder);
    await statusItem(page, 'pybin.pybin.latest').waitFor();
    await runCommand(page, 'Developer: Show Running Extensions');
    // Rows that can't be seen aren't there, and the quickest are the last.
    await page.setViewportSize({ width: 1280, height: 4000 });
    return {
      activationMs: await readActivation(page, 'pybin'),
      bareActivationMs: await readActivation(page, 'does nothing'),
    };
  } finally {
    await page.close();
    await editor.close();
  }
}

async function readActivation(page: Page, name: string): Promise<number> {
  const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: name });
  const told = await row.first().locator('.activation-time').innerText();
  const milliseconds = /(\d+)ms/.exec(told)?.[1];
  if (milliseconds === undefined) throw new Error(`the editor tells no activation time: ${told}`);
  return Number(milliseconds);
}
