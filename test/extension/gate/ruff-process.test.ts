// A project's Ruff as a process. Its faults are played by small programs; what it reports is read from a real one,
// where the machine has one on its PATH: none is to be had from npm.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LintedFile, ProjectRuff } from '../../../extension/gate/linter.ts';
import { createProjectRuff, identify } from '../../../extension/gate/ruff-process.ts';
import { translate } from '../translate.ts';
import { uriOf } from './documents.ts';
import { unaborted } from './real-ruff.ts';

const folder = mkdtempSync(join(tmpdir(), 'pybin-ruff-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** A program that does this in place of checking. */
async function program(script: string): Promise<string> {
  count += 1;
  const path = join(folder, `program-${count}`);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

function ruffAt(path: string, timeoutMs = 20_000): ProjectRuff {
  return createProjectRuff({ program: path, version: '0.16.9', t: translate, timeoutMs });
}

function fileOf(...texts: string[]): LintedFile {
  return { uri: uriOf(join(folder, 'area.py')), texts, isNotebook: false };
}

const file = fileOf('x = 1\n');

describe.skipIf(process.platform === 'win32')('a Ruff', () => {
  it.each([
    [
      'that can’t read its settings',
      'echo "ruff failed" >&2; echo "  Cause: Failed to parse /p/ruff.toml" >&2; exit 2',
      'Failed to parse /p/ruff.toml',
    ],
    ['that fails without a word', 'exit 2', 'the code 2'],
    ['that says nothing and calls it clean', 'exit 0', 'the code 0'],
    ['that writes no report', 'echo "All checks passed!"', 'the code 0'],
    ['that writes half a report', 'echo \'[{"code":\'; exit 1', 'the code 1'],
    ['that writes a report of another form', "echo '[{}]'; exit 1", 'the code 1'],
    ['that found something and doesn’t say what', 'echo "[]"; exit 1', 'the code 1'],
    ['that is killed', 'echo "[]"; kill -9 $$', 'ended before'],
    ['that never stops writing', 'yes "[]"', 'ended before'],
  ])('%s has failed', async (_name, script, reason) => {
    const answer = await ruffAt(await program(script)).check(file, unaborted);
    expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) });
  });

  it('that hangs is ended, and has failed', async () => {
    const answer = await ruffAt(await program('exec sleep 600'), 100).check(file, unaborted);
    expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringContaining('0.1 seconds') });
  });

  it('that isn’t there any more has failed', async () => {
    const answer = await ruffAt(join(folder, 'gone')).check(file, unaborted);
    expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringContaining('ENOENT') });
  });

  it('is ended with its signal', async () => {
    const abort = new AbortController();
    const checking = ruffAt(await program('exec sleep 600')).check(file, abort.signal);
    abort.abort(new Error('given up'));
    await expect(checking).rejects.toThrow('given up');
  });

  it('that reads nothing of a large text does no harm', async () => {
    const answer = await ruffAt(await program('echo "[]"')).check(
      fileOf('x = 1\n'.repeat(500_000)),
      unaborted,
    );
    expect(answer).toMatchObject({ kind: 'checked', diagnostics: [] });
  });

  it('is kept from writing its report elsewhere', async () => {
    process.env['RUFF_OUTPUT_FILE'] = join(folder, 'report.json');
    const path = await program('if [ -z "$RUFF_OUTPUT_FILE" ]; then echo "[]"; fi');
    expect(await ruffAt(path).check(file, unaborted)).toMatchObject({ kind: 'checked' });
    delete process.env['RUFF_OUTPUT_FILE'];
  });

  it.each([
    ['a Ruff', 'echo "ruff 0.16.9"', { kind: 'ruff', version: '0.16.9' }],
    ['a Ruff of a day', 'echo "ruff 0.17.0+12 (abc 2026-01-01)"', { kind: 'ruff', version: '0.17.0+12' }],
    ['a Ruff that is too old', 'echo "ruff 0.4.10"', { kind: 'other' }],
    ['something else', 'echo "rough 1.0.0"', { kind: 'other' }],
    ['a shim without a Ruff', 'echo "ruff: command not found" >&2; exit 127', { kind: 'other' }],
  ])('is told from others: %s', async (_name, script, expected) => {
    expect(await identify(await program(script), unaborted)).toEqual(expected);
  });
});

function realProgram(): string | undefined {
  try {
    return execFileSync('which', ['ruff'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

/** A file in a folder with these settings. */
async function fileWith(settings: string, text: string, name = 'area.py'): Promise<LintedFile> {
  count += 1;
  const project = join(folder, `project-${count}`);
  await mkdir(join(project, 'src'), { recursive: true });
  await writeFile(join(project, 'ruff.toml'), settings);
  return { uri: uriOf(join(project, 'src', name)), texts: [text], isNotebook: false };
}

const real = realProgram();

describe.runIf(real)('a real Ruff', () => {
  const ruff = ruffAt(real ?? '');
  const codesIn = async (linted: LintedFile): Promise<unknown> => {
    const answer = await ruff.check(linted, unaborted);
    return answer.kind === 'checked'
      ? answer.diagnostics.map(({ code, cell }) => [code, cell])
      : answer.reason;
  };

  const broken = 'x = (';
  const undefinedName = 'print(nmae)\n';
  const quiet = 'lint.select = []\n';

  it.each([
    ['a clean text', quiet, 'x = 1\n', []],
    ['its project’s rules', 'lint.select = ["D100"]', 'x = 1\n', [['D100', null]]],
    ['its project’s own builtins', 'builtins = ["nmae"]\nlint.select = []', undefinedName, []],
    ['an excluded path', 'force-exclude = true\nexclude = ["src"]', broken, [['invalid-syntax', null]]],
    ['a project that fixes in place of reporting', `fix = true\n${quiet}`, undefinedName, [['F821', null]]],
    ['a project that only fixes', `fix-only = true\n${quiet}`, undefinedName, [['F821', null]]],
    [
      'a project that calls .py another language',
      'extension = { py = "markdown" }',
      broken,
      [['invalid-syntax', null]],
    ],
    [
      'rules without those of the gate',
      'lint.select = ["I"]\nlint.ignore = ["F"]',
      undefinedName,
      [['F821', null]],
    ],
    ['a name that is let pass', quiet, 'print(nmae)  # noqa: F821\n', []],
  ])('checks %s', async (_name, settings, text, expected) => {
    expect(await codesIn(await fileWith(settings, text))).toEqual(expected);
  });

  it('fails at broken settings, and says where', async () => {
    expect(await codesIn(await fileWith('lint = [', 'x = 1\n'))).toMatch(/ruff\.toml/);
  });

  it('has columns in UTF-16 units, and rows at CRLF', async () => {
    const answer = await ruff.check(await fileWith(quiet, 'x = 1\r\n"😀"; foo\r\n'), unaborted);
    expect(answer).toMatchObject({
      diagnostics: [{ start: { row: 2, column: 7 }, end: { row: 2, column: 10 } }],
      configurationSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('reads the cells of a notebook', async () => {
    const { uri } = await fileWith(quiet, '', 'area.ipynb');
    const texts = ['import os\n%matplotlib inline\nx = !ls', '%%bash\nls', 'print(nmae); display(x)'];
    expect(await codesIn({ uri, texts, isNotebook: true })).toEqual([['F821', 3]]);
  });

  it('reads a stub, whose names may come later', async () => {
    expect(await codesIn(await fileWith(quiet, 'class A(B): ...\nclass B: ...\n', 'area.pyi'))).toEqual([]);
  });
});
