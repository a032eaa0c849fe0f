// Runs the mocha suite inside an extension host of VS Code and writes down what came of it.
// The file is the proof: an extension host that dies early also ends with exit code 0.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** What a finished run leaves in a file of its own in the folder that `PYBIN_TEST_RESULTS` names. */
export interface SuiteResult {
  /** Tests by the file that declares them, skipped ones included. */
  testsByFile: Record<string, number>;
  passed: number;
  skipped: number;
  /** A stack opens with the error's name and message. */
  failures: { title: string; stack: string }[];
}

/** One test file: its name, and what declares its tests when called. */
export interface TestFile {
  name: string;
  load(): Promise<unknown>;
}

/** Opens each line of the report, which shares its console with the editor's own noise. */
export const reportMark = '[suite] ';

const testTimeoutMs = 30_000;

/** Runs every test of `files`; throws when one fails, as VS Code expects of a suite. */
export async function runSuite(name: string, files: readonly TestFile[]): Promise<void> {
  const results = process.env['PYBIN_TEST_RESULTS'];
  if (results === undefined) throw new Error('PYBIN_TEST_RESULTS names no folder');

  const result: SuiteResult = { testsByFile: {}, passed: 0, skipped: 0, failures: [] };
  const mocha = new Mocha({ ui: 'bdd', timeout: testTimeoutMs });
  for (const file of files) {
    const before = mocha.suite.total();
    // Gives the file its `describe` and `it`, as mocha does for files it loads by itself.
    mocha.suite.emit('pre-require', globalThis, file.name, mocha);
    await file.load().catch((error: unknown) => {
      result.failures.push({ title: `load ${file.name}`, stack: stackOf(error) });
    });
    result.testsByFile[file.name] = mocha.suite.total() - before;
  }
  await new Promise<number>((resolve) => {
    mocha.reporter(reporterInto(result)).run(resolve);
  });
  writeFileSync(join(results, `${name}.json`), JSON.stringify(result));
  if (result.failures.length > 0) throw new Error(`${result.failures.length} tests failed`);
}

/** A reporter that says each test as it ends, and counts it in `result`. */
function reporterInto(result: SuiteResult): Mocha.ReporterConstructor {
  return class extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      runner.on('pass', (test) => {
        result.passed += 1;
        say(`passed: ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      });
      runner.on('pending', (test) => {
        result.skipped += 1;
        say(`skipped: ${test.fullTitle()}`);
      });
      runner.on('fail', (test, error: unknown) => {
        result.failures.push({ title: test.fullTitle(), stack: stackOf(error) });
        say(`failed: ${test.fullTitle()}`);
      });
    }
  };
}

function say(line: string): void {
  console.log(reportMark + line);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
