// The extension in an editor that is all browser: a real VS Code whose extension host is a worker of Chromium.

import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Edge, startEdge } from '../../../worker/local/edge.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import { launchBrowser } from '../host/browser.ts';
import { type Editor, makeEditorDirectory, startEditor } from '../host/editor.ts';
import { requirePackage } from '../host/packaged.ts';
import { answerFirstPush } from '../host/user.ts';
import { type BrowserHostResult, resultMark } from './result.ts';

const root = join(import.meta.dirname, '../../..');
const suitePath = join(root, 'dist/test/editor/browser-host.cjs');

let edge: Edge;
let editor: Editor;

beforeAll(async () => {
  // The bundles are made for it.
  await requirePackage();
  const directory = await makeEditorDirectory();
  edge = await startEdge({ port: 0, stateDirectory: join(directory, 'edge'), localSignIn: true });
  const user = await signInLocally(edge.url, 'browser-host');
  await build({
    entryPoints: [join(import.meta.dirname, 'suite.ts')],
    outfile: suitePath,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2024',
    external: ['vscode'],
    define: { PYBIN_RUN: JSON.stringify({ endpoint: edge.url, ...user }) },
    logLevel: 'warning',
  });
  // Without the flag the workbench ignores the payload that names the suite.
  editor = await startEditor({
    directory,
    settings: { 'remote.extensionKind': { 'pybin.pybin': ['web'] } },
    flags: ['--vscode-option', 'enable-smoke-test-driver'],
  });
});

afterAll(async () => {
  await editor.close();
  await edge.close();
});

it('gates, pushes, pulls and hears of changes without a process beside it', async () => {
  const result = await runSuite();
  expect(result.failures).toEqual([]);
  expect(result.passed).toBe(6);
});

async function runSuite(): Promise<BrowserHostResult> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const { promise, resolve } = Promise.withResolvers<BrowserHostResult>();
    // The names by which a workbench under test calls its driver; both before the page loads.
    await page.exposeFunction('codeAutomationLog', (_type: string, parts: unknown[]) => {
      const line = parts.join(' ');
      const at = line.indexOf(resultMark);
      if (at >= 0) resolve(JSON.parse(line.slice(at + resultMark.length)));
    });
    await page.exposeFunction('codeAutomationExit', () => {});
    const payload = [
      ['extensionDevelopmentPath', editor.remotePath(root)],
      ['extensionTestsPath', editor.remotePath(suitePath)],
      ['skipWelcome', 'true'],
    ];
    await page.goto(`${editor.url}/?${new URLSearchParams({ payload: JSON.stringify(payload) }).toString()}`);
    await answerFirstPush(page, 'Everybody');
    return await promise;
  } finally {
    await browser.close();
  }
}
