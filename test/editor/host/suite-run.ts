// All that a run of the suite needs whatever VS Code it runs in: the bundles, an edge of its own
// with a signed-in user, a workspace, and the check of what came of it.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SourceMap } from 'node:module';
import { build } from 'esbuild';
import { startEdge } from '../../../worker/local/edge.ts';
import { connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import type { SuiteResult } from '../suite/index.ts';
import { makeEditorDirectory } from './editor.ts';
import { runProgram } from './program.ts';
import { copySampleWorkspace } from './sample-workspace.ts';

const root = join(import.meta.dirname, '../../..');
const suiteFolder = join(import.meta.dirname, '../suite');

export interface SuiteRun {
  /** Fit for the profile of an editor; gone when this process ends. */
  directory: string;
  /** The folder to open: copies of real Python files. */
  workspace: string;
  extensionDevelopmentPath: string;
  extensionTestsPath: string;
  settings: Record<string, unknown>;
  env: Record<string, string>;
  /** How long the suite may take in all. */
  timeoutMs: number;
  /**
   * Says what ran. Throws unless this run wrote its result, each test file declared a test, and
   * every declared test passed: whatever the editor's exit code said.
   */
  requireSuccess(): Promise<string>;
  /** Ends the edge. */
  close(): Promise<void>;
}

/** Prepares a run of all test files, or of those whose name contains `filter`. */
export async function prepareSuite(filter = ''): Promise<SuiteRun> {
  const files = (await readdir(suiteFolder))
    .filter((name) => name.endsWith('.test.ts') && name.includes(filter))
    .toSorted();
  if (files.length === 0) throw new Error(`no test file's name contains "${filter}"`);

  const extensionTestsPath = join(root, 'dist/test/editor/suite.cjs');
  const extension = await runProgram(process.execPath, [join(root, 'extension/bundle.ts')], { cwd: root });
  if (!extension.ok) throw new Error(`the extension does not build\n${extension.printed}`);
  await bundleSuite(files, extensionTestsPath);

  const directory = await makeEditorDirectory();
  const edge = await startEdge({ port: 0, stateDirectory: join(directory, 'edge'), localSignIn: true });
  try {
    const { userId, key } = await signInLocally(edge.url, 'editor-suite');
    await pushOnce({ endpoint: edge.url, key });
    const workspace = join(directory, 'workspace');
    await copySampleWorkspace(workspace);
    const results = join(directory, 'results.json');
    return {
      directory,
      workspace,
      extensionDevelopmentPath: root,
      extensionTestsPath,
      settings: { 'pybin.endpoint': edge.url },
      env: {
        PYBIN_KEY: key,
        PYBIN_TEST_RESULTS: results,
        PYBIN_TEST_ENDPOINT: edge.url,
        PYBIN_TEST_USER: userId,
      },
      timeoutMs: 300_000,
      requireSuccess: () => requireSuccess(results, files, extensionTestsPath),
      close: () => edge.close(),
    };
  } catch (error) {
    await edge.close();
    throw error;
  }
}

/** Before an account's first push the extension asks who may read it: that is another story. */
async function pushOnce(account: { endpoint: string; key: string }): Promise<void> {
  await connect(account).push({ ...plainDetails, text: 'x = 1\n', requestId: crypto.randomUUID() });
}

/** One CommonJS file, as VS Code loads suites; each test file runs only when the suite loads it. */
async function bundleSuite(files: readonly string[], outfile: string): Promise<void> {
  const entries = files.map((name) => `{ name: '${name}', load: () => import('./${name}') }`);
  await build({
    stdin: {
      contents: `
        import { runSuite } from './index.ts';
        export const run = () => runSuite([${entries.join(', ')}]);`,
      resolveDir: suiteFolder,
      sourcefile: 'entry.ts',
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    keepNames: true,
    sourcemap: 'linked',
    logLevel: 'warning',
    // mocha's parallel runner, which nobody starts here.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
}

async function requireSuccess(results: string, files: readonly string[], bundle: string): Promise<string> {
  if (!existsSync(results))
    throw new Error('the suite wrote no result: its extension host died or never ran it');
  const result: unknown = JSON.parse(await readFile(results, 'utf8'));
  if (!isSuiteResult(result)) throw new Error(`the suite wrote ${JSON.stringify(result)}`);

  const declared = Object.values(result.testsByFile).reduce((sum, count) => sum + count, 0);
  const empty = files.filter((name) => !result.testsByFile[name]);
  const inSources = await stackTranslator(bundle);
  const problems = [
    ...result.failures.map(({ title, stack }) => `failed: ${title}\n${inSources(stack)}`),
    ...empty.map((name) => `${name} declares no test`),
    ...(result.passed < declared
      ? [`only ${result.passed} of ${declared} tests passed (${result.skipped} skipped)`]
      : []),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n\n'));
  return `passed: ${result.passed}, test files: ${files.length}`;
}

/** Puts the places of the sources into a stack of the bundle, and leaves out those inside of mocha. */
async function stackTranslator(bundle: string): Promise<(stack: string) => string> {
  const map = new SourceMap(JSON.parse(await readFile(`${bundle}.map`, 'utf8')));
  const place = /[^\s(]+suite\.cjs:(\d+):(\d+)/;
  return (stack) =>
    stack
      .split('\n')
      .map((line) =>
        line.replace(place, (all, lineNumber: string, column: string) => {
          const origin = map.findOrigin(Number(lineNumber), Number(column));
          if (!('fileName' in origin)) return all;
          return `${resolve(dirname(bundle), origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`;
        }),
      )
      .filter((line) => !line.includes('/node_modules/mocha/') && !line.includes('(node:'))
      .join('\n');
}

function isSuiteResult(value: unknown): value is SuiteResult {
  return (
    typeof value === 'object' &&
    value !== null &&
    'testsByFile' in value &&
    typeof value.testsByFile === 'object' &&
    'passed' in value &&
    typeof value.passed === 'number' &&
    'failures' in value &&
    Array.isArray(value.failures)
  );
}
