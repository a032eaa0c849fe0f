// What pushes are measured on from end to end: an edge with one user, and an editor with the extension as its users
// get it, signed in.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startEdge } from '../../worker/local/edge.ts';
import { signInLocally } from '../../worker/local/sign-in.ts';
import { launchBrowser } from '../editor/host/browser.ts';
import { makeEditorDirectory, startEditor } from '../editor/host/editor.ts';
import { installHost } from '../editor/host/install.ts';
import { requirePackage } from '../editor/host/packaged.ts';
import { copySampleWorkspace } from '../editor/host/sample-workspace.ts';
import { openFolder, statusItem } from '../editor/host/user.ts';

export const PUSHES = 30;

export interface Desk extends AsyncDisposable {
  readonly endpoint: string;
  readonly key: string;
  /** Of a window in which the extension knows the stack. */
  readonly page: Page;
}

/** @param prepare puts more files into the folder that is open in the editor */
export async function openDesk(
  userId: string,
  prepare: (folder: string) => Promise<void> = async () => {},
): Promise<Desk> {
  await using begun = new AsyncDisposableStack();
  await installHost();
  const vsix = await requirePackage();
  const directory = await mkdtemp(join(tmpdir(), 'pybin-bench-desk-'));
  begun.defer(() => rm(directory, { recursive: true, force: true }));
  const edge = await startEdge({
    port: 0,
    stateDirectory: join(directory, 'edge'),
    localSignIn: true,
    rateLimit: false,
  });
  begun.defer(() => edge.close());
  const { key } = await signInLocally(edge.url, userId);
  const folder = join(directory, 'folder');
  await copySampleWorkspace(folder);
  await prepare(folder);
  const editor = await startEditor({
    directory: await makeEditorDirectory(),
    settings: { 'pybin.endpoint': edge.url },
    extensions: [vsix],
    env: { PYBIN_KEY: key },
  });
  begun.defer(() => editor.close());
  const browser = await launchBrowser();
  begun.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await openFolder(page, editor.url, folder);
  await statusItem(page, 'pybin.pybin.latest').filter({ hasText: 'empty' }).waitFor();
  const all = begun.move();
  return { endpoint: edge.url, key, page, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
