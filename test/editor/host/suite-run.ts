// All that a run of the suites needs whatever VS Code it runs in: the bundles, an edge of its own
// with a signed-in user, a workspace, and the check of what came of it.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SourceMap } from 'node:module';
import { build } from 'esbuild';
import { startEdge } from '../../../worker/local/edge.ts';
import { connect } from '../../../shared/client.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { signInLocally } from '../../../worker/local/sign-in.ts';
import type { SuiteResult } from '../suite/index.ts';
import { buildCompanion, type CompanionName } from './companions.ts';
import { makeEditorDirectory } from './editor.ts';
import { runProgram } from './program.ts';
import { copySampleWorkspace } from './sample-workspace.ts';

const root = join(import.meta.dirname, '../../..');
const editorTests = join(import.meta.dirname, '..');

/** By the folders of test/editor that their tests are in. */
const suites: readonly SuiteKind[] = [
  // Nobody but pybin: where nobody else might have something to say, its gate waits for nobody.
  { name: 'suite', companions: [] },
  { name: 'beside', companions: ['fake-linter', 'pyright'], last: 'pyright.test.ts' },
];

interface SuiteKind {
  readonly name: string;
  readonly companions: readonly CompanionName[];
  /** It wakes an extension, which nothing sends to sleep again: the others come before it. */
  readonly last?: string;
}

export interface SuiteRun {
  /** The folder to open: copies of real Python files. */
  workspace: string;
  /** To be run one after the other, each in an editor of its own. */
  suites: readonly Suite[];
  settings: Record<string, unknown>;
  env: Record<string, string>;
  /** Ends the edge. */
  close(): Promise<void>;
}

export interface Suite {
  /** Fit for the profile of an editor; gone when this process ends. */
  directory: string;
  extensionDevelopmentPath: string;
  /** The folders of the extensions beside it. */
  companions: readonly string[];
  extensionTestsPath: string;
  /** How long it may take in all. */
  timeoutMs: number;
  /**
   * Says what ran. Throws unless this run wrote its result, each test file declared a test, and
   * every declared test passed: whatever the editor's exit code said.
   */
  requireSuccess(): Promise<string>;
}

/** Prepares a run of all test files, or of those whose name contains `filter`. */
export async function prepareSuites(filter = ''): Promise<SuiteRun> {
  const extension = await runProgram(process.execPath, [join(root, 'extension/bundle.ts')], { cwd: root });
  if (!extension.ok) throw new Error(`the extension does not build\n${extension.printed}`);
  const directory = await makeEditorDirectory();
  const results = join(directory, 'results');
  await mkdir(results);
  const prepared = await Promise.all(suites.map((suite) => prepareSuite({ ...suite, filter, results })));
  if (prepared.every((suite) => suite === undefined)) {
    throw new Error(`no test file's name contains "${filter}"`);
  }

  const edge = await startEdge({ port: 0, stateDirectory: join(directory, 'edge'), localSignIn: true });
  try {
    const { userId, key } = await signInLocally(edge.url, 'editor-suite');
    await pushOnce({ endpoint: edge.url, key });
    const workspace = join(directory, 'workspace');
    await copySampleWorkspace(workspace);
    return {
      workspace,
      suites: prepared.filter((suite) => suite !== undefined),
      settings: { 'pybin.endpoint': edge.url },
      env: {
        PYBIN_KEY: key,
        PYBIN_TEST_RESULTS: results,
        PYBIN_TEST_ENDPOINT: edge.url,
        PYBIN_TEST_USER: userId,
      },
      close: () => edge.close(),
    };
  } catch (error) {
    await edge.close();
    throw error;
  }
}

/** Undefined where none of its files is to run. */
async function prepareSuite({
  name,
  companions,
  last,
  filter,
  results,
}: SuiteKind & { readonly filter: string; readonly results: string }): Promise<Suite | undefined> {
  const files = (await readdir(join(editorTests, name)))
    .filter((file) => file.endsWith('.test.ts') && file.includes(filter))
    .toSorted((one, other) => Number(one === last) - Number(other === last) || (one < other ? -1 : 1));
  if (files.length === 0) return undefined;
  const extensionTestsPath = join(root, `dist/test/editor/${name}.cjs`);
  await bundleSuite(name, files, extensionTestsPath);
  return {
    directory: await makeEditorDirectory(),
    extensionDevelopmentPath: root,
    companions: await Promise.all(companions.map(buildCompanion)),
    extensionTestsPath,
    timeoutMs: 300_000,
    requireSuccess: async () =>
      `${name}: ${await requireSuccess(join(results, `${name}.json`), files, extensionTestsPath)}`,
  };
}

/** Before an account's first push the extension asks who may read it: that is another story. */
async function pushOnce(account: { endpoint: string; key: string }): Promise<void> {
  await connect(account).push({ ...plainDetails, text: 'x = 1\n', requestId: crypto.randomUUID() });
}

/** One CommonJS file, as VS Code loads suites; each test file runs only when the suite loads it. */
async function bundleSuite(name: string, files: readonly string[], outfile: string): Promise<void> {
  const entries = files.map((file) => `{ name: '${file}', load: () => import('./${name}/${file}') }`);
  await build({
    stdin: {
      contents: `
        import { runSuite } from './suite/index.ts';
        export const run = () => runSuite('${name}', [${entries.join(', ')}]);`,
      resolveDir: editorTests,
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
  const place = new RegExp(`[^\\s(]+${basename(bundle, '.cjs')}\\.cjs:(\\d+):(\\d+)`);
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
