// The same suites in the desktop editor, for machines that can download it. `VSCODE_EXECUTABLE`
// names one that is there already. `node test/editor/desktop.ts [part of a test file's name]`
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { quietSettings } from './host/editor.ts';
import { prepareSuites, type Suite, type SuiteRun } from './host/suite-run.ts';

const vscodeExecutablePath = process.env['VSCODE_EXECUTABLE'] ?? (await download());
const run = await prepareSuites(process.argv[2]);
try {
  for (const suite of run.suites) await runInDesktop(suite, run);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await run.close();
}

async function runInDesktop(suite: Suite, { settings, env, workspace }: SuiteRun): Promise<void> {
  const profile = join(suite.directory, 'data');
  await mkdir(join(profile, 'User'), { recursive: true });
  await writeFile(join(profile, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }));

  // runTests answers an interrupt by closing the editor, which ends its promise.
  const timer = setTimeout(() => process.emit('SIGINT'), suite.timeoutMs);
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: [suite.extensionDevelopmentPath, ...suite.companions],
    extensionTestsPath: suite.extensionTestsPath,
    extensionTestsEnv: env,
    launchArgs: [workspace, '--user-data-dir', profile, '--extensions-dir', join(suite.directory, 'ext')],
  }).finally(() => clearTimeout(timer));
  console.log(await suite.requireSuccess());
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`VS Code can't be downloaded (${reason}). Name one in VSCODE_EXECUTABLE, or use run.ts.`);
    return process.exit(1);
  }
}
