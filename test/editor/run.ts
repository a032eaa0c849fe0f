// The suites in a real VS Code from npm: code-server, opened in a headless Chromium, whose
// extension host runs them. `node test/editor/run.ts [part of a test file's name]`
import { readFile } from 'node:fs/promises';
import { launchBrowser } from './host/browser.ts';
import { meaningfulLines, startEditor, type Editor } from './host/editor.ts';
import { installHost } from './host/install.ts';
import { prepareSuites, type Suite, type SuiteRun } from './host/suite-run.ts';
import { reportMark } from './suite/index.ts';

/** What the workbench and its extension hosts said, for whoever has to find out why a run failed. */
const consoleLines: string[] = [];
const tailLines = 60;

// The editor, the browser and the directory go as this process exits, but not when a signal ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

await installHost();
const run = await prepareSuites(process.argv[2]);
try {
  for (const suite of run.suites) await runInEditor(suite, run);
} finally {
  await run.close();
}

async function runInEditor(suite: Suite, { settings, env, workspace }: SuiteRun): Promise<void> {
  const editor = await startEditor({
    directory: suite.directory,
    settings,
    env,
    extensions: suite.companions,
    // Without it the workbench ignores the payload that names the suite.
    flags: ['--vscode-option', 'enable-smoke-test-driver'],
  });
  try {
    await runInBrowser(editor, workspace, suite);
    console.log(await suite.requireSuccess());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(await logTail(editor));
    process.exitCode = 1;
  } finally {
    await editor.close();
  }
}

/** Opens the workbench with the suite and resolves when the extension host says that it has ended. */
async function runInBrowser(
  editor: Editor,
  workspace: string,
  { timeoutMs, ...paths }: Suite,
): Promise<void> {
  consoleLines.length = 0;
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const ended = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => ended.reject(new Error(`the suite did not end within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    page.once('crash', () => ended.reject(new Error('the page of the workbench crashed')));
    // The names by which a workbench under test calls its driver; both before the page loads.
    await page.exposeFunction('codeAutomationLog', (_type: string, parts: unknown[]) => {
      const line = parts.join(' ');
      if (line.startsWith(reportMark)) console.log(line.slice(reportMark.length));
      consoleLines.push(line);
    });
    await page.exposeFunction('codeAutomationExit', () => ended.resolve());
    const payload = [
      ['extensionDevelopmentPath', editor.remotePath(paths.extensionDevelopmentPath)],
      ['extensionTestsPath', editor.remotePath(paths.extensionTestsPath)],
      ['skipWelcome', 'true'],
    ];
    const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
    await page.goto(`${editor.url}/?${query.toString()}`);
    await ended.promise.finally(() => clearTimeout(timer));
  } finally {
    await browser.close();
  }
}

async function logTail(editor: Editor): Promise<string> {
  const server = await readFile(editor.logFile, 'utf8');
  return `--- console of the workbench\n${tail(consoleLines.join('\n'))}\n--- log of code-server\n${tail(server)}`;
}

function tail(log: string): string {
  return meaningfulLines(log).slice(-tailLines).join('\n');
}
