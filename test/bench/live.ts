// How long a push takes to be seen in the status bar of another editor: from before it is sent until the text is there.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../shared/client.ts';
import { plainDetails } from '../../shared/snippet.ts';
import { startEdge } from '../../worker/local/edge.ts';
import { signInLocally } from '../../worker/local/sign-in.ts';
import { launchBrowser } from '../editor/host/browser.ts';
import { makeEditorDirectory, startEditor } from '../editor/host/editor.ts';
import { installHost } from '../editor/host/install.ts';
import { requirePackage } from '../editor/host/packaged.ts';
import { copySampleWorkspace } from '../editor/host/sample-workspace.ts';
import { openFolder, statusItem } from '../editor/host/user.ts';
import { type Figures, figuresOf } from './statistics.ts';

const PUSHES = 30;
const TEXT = 'x = 1\n'.repeat(341);

/** Pushes of 2 KB, one after the other, to an editor with the extension as its users get it. */
export async function measureLive(): Promise<Figures> {
  await using begun = new AsyncDisposableStack();
  await installHost();
  const vsix = await requirePackage();
  const directory = await mkdtemp(join(tmpdir(), 'pybin-bench-live-'));
  begun.defer(() => rm(directory, { recursive: true, force: true }));
  const edge = await startEdge({
    port: 0,
    stateDirectory: join(directory, 'edge'),
    localSignIn: true,
    rateLimit: false,
  });
  begun.defer(() => edge.close());
  const { key } = await signInLocally(edge.url, 'bench-live');
  const folder = join(directory, 'folder');
  await copySampleWorkspace(folder);
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
  const item = statusItem(page, 'pybin.pybin.latest');
  await item.filter({ hasText: 'empty' }).waitFor();

  const owner = connect({ endpoint: edge.url, key });
  const durationsMs: number[] = [];
  for (let number = 1; number <= PUSHES; number++) {
    const startedMs = performance.now();
    const seen = item.filter({ hasText: `#${number} ` }).waitFor();
    await owner.push({ ...plainDetails, text: TEXT, requestId: crypto.randomUUID() });
    await seen;
    durationsMs.push(performance.now() - startedMs);
  }
  return figuresOf(durationsMs);
}
