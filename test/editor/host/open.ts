// `npm run editor`: a real VS Code in the browser with the packaged extension in it, signed in to
// the edge on this machine, which it starts unless it runs already. Ctrl-C ends what it started.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startEdge } from '../../../worker/local/edge.ts';
import { localSettings } from '../../../worker/local/settings.ts';
import { requireLocalKey } from '../../../worker/local/sign-in.ts';
import { makeEditorDirectory, startEditor } from './editor.ts';
import { installHost } from './install.ts';
import { requirePackage } from './packaged.ts';
import { copySampleWorkspace } from './sample-workspace.ts';

const root = join(import.meta.dirname, '../../..');
const { port, stateDirectory, userId } = localSettings(process.env);
const editorPort = Number(process.env['EDITOR_PORT'] ?? 8788);
const workspace = join(root, '.pybin/workspace');
/** An edge on this machine answers in a few milliseconds. */
const healthTimeoutMs = 2_000;

const interrupted = new Promise<void>((end) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
});

await installHost();
console.log('packaging the extension');
const vsix = await requirePackage();

const running = `http://localhost:${port}`;
const edge = (await answersHealth(running))
  ? { url: running, close: () => Promise.resolve() }
  : await startEdge({ port, stateDirectory, localSignIn: true });
try {
  const key = await requireLocalKey(edge.url, stateDirectory, userId, 'editor');
  // What was edited there stays.
  if (!existsSync(workspace)) await copySampleWorkspace(workspace);
  const editor = await startEditor({
    directory: await makeEditorDirectory(),
    port: editorPort,
    settings: { 'pybin.endpoint': edge.url },
    extensions: [vsix],
    env: { PYBIN_KEY: key },
  });
  console.log(`
  VS Code   ${editor.url}/?folder=${encodeURIComponent(workspace)}
  edge      ${edge.url}
  user      ${userId}

Ctrl-C ends it.`);
  await interrupted;
  await editor.close();
} finally {
  await edge.close();
}

async function answersHealth(endpoint: string): Promise<boolean> {
  const signal = AbortSignal.timeout(healthTimeoutMs);
  const response = await fetch(`${endpoint}/health`, { signal }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok ?? false;
}
