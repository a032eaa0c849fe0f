// What a project's Ruff finds, with the project's settings: by the stand-in, and by a real one where the machine has one
// on its PATH.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LintedFile, ProjectRuff } from '../../../extension/gate/linter.ts';
import { createProjectRuff, identify } from '../../../extension/gate/ruff-process.ts';
import { installRuff } from '../../ruff/install.ts';
import { translate } from '../translate.ts';
import { uriOf } from './documents.ts';
import { unaborted } from './real-ruff.ts';

const folder = mkdtempSync(join(tmpdir(), 'pybin-ruff-'));
afterAll(() => rmSync(folder, { recursive: true }));

const root = join(import.meta.dirname, '../../..');
const standIn = await installRuff(root, join(folder, 'stand-in'), 'area');
const real = getRealProgram();

function getRealProgram(): string | undefined {
  try {
    return execFileSync('which', ['ruff'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

let count = 0;

/** A file in a folder with these settings. */
async function fileWith(
  settings: string,
  text: string,
  { name = 'area.py', settingsName = 'ruff.toml' } = {},
): Promise<LintedFile> {
  count += 1;
  const project = join(folder, `project-${count}`);
  await mkdir(join(project, 'src'), { recursive: true });
  await writeFile(join(project, settingsName), settings);
  return { uri: uriOf(join(project, 'src', name)), texts: [text], isNotebook: false };
}

function ruffAt(program: string): ProjectRuff {
  return createProjectRuff({ program, version: '0.16.9', t: translate });
}

async function codesIn(ruff: ProjectRuff, linted: LintedFile): Promise<unknown> {
  const answer = await ruff.check(linted, unaborted);
  return answer.kind === 'checked' ? answer.diagnostics.map(({ code, cell }) => [code, cell]) : answer.reason;
}

const broken = 'x = (';
const undefinedName = 'print(nmae)\n';
const quiet = 'lint.select = []\n';
const invalid = [['invalid-syntax', null]];

const programs = [
  { who: 'the stand-in', program: standIn.program },
  ...(real === undefined ? [] : [{ who: 'a real Ruff', program: real }]),
];

describe.skipIf(process.platform === 'win32').each(programs)('$who', ({ program }) => {
  const ruff = ruffAt(program);

  it('says that it is one', async () => {
    expect(await identify({ program, t: translate }, unaborted)).toMatchObject({ kind: 'ruff' });
  });

  it.each([
    ['a clean text', quiet, 'x = 1\n', []],
    ['a text that does not parse', quiet, broken, invalid],
    ['its project’s rules', 'lint.select = ["D100"]', 'x = 1\n', [['D100', null]]],
    ['its project’s own builtins', 'builtins = ["nmae"]\nlint.select = []', undefinedName, []],
    [
      'rules without those of the gate',
      'lint.select = ["I"]\nlint.ignore = ["F"]',
      undefinedName,
      [['F821', null]],
    ],
    [
      'rules of the gate that its project ignores',
      'lint.select = ["E", "D100"]\nlint.ignore = ["F821", "D100"]',
      undefinedName,
      [['F821', null]],
    ],
    ['a name that is let pass', quiet, 'print(nmae)  # noqa: F821\n', []],
  ])('checks %s', async (_name, settings, text, expected) => {
    expect(await codesIn(ruff, await fileWith(settings, text))).toEqual(expected);
  });

  it('reads the settings of a project that keeps them with all others', async () => {
    const settings = '[tool.ruff]\nbuiltins = ["nmae"]\n\n[tool.other]\nbuiltins = 1\n';
    const linted = await fileWith(settings, undefinedName, { settingsName: 'pyproject.toml' });
    expect(await codesIn(ruff, linted)).toEqual([]);
  });

  it.each([
    ['that can’t be read', 'lint = ['],
    ['that it does not know', 'nonsense = 1'],
    ['of another version', 'required-version = ">=99"'],
  ])('fails at settings %s, and says where and what to do', async (_name, settings) => {
    const reason = await codesIn(ruff, await fileWith(settings, 'x = 1\n'));
    expect(reason).toMatch(/project-\d+\/ruff\.toml.*: .*\. Put that right and retry/);
  });

  it('has columns in UTF-16 units, and rows at CRLF', async () => {
    const answer = await ruff.check(await fileWith(quiet, 'x = 1\r\n"😀"; foo\r\n'), unaborted);
    expect(answer).toMatchObject({
      diagnostics: [{ start: { row: 2, column: 7 }, end: { row: 2, column: 10 } }],
      configurationSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('reads a text with a byte order mark, and one of a megabyte', async () => {
    expect(await codesIn(ruff, await fileWith(quiet, '\uFEFFx = 1\r\n'))).toEqual([]);
    // Of comments: to read it is the matter here, not how long Ruff looks at it.
    const megabyte = `${'#'.repeat(1023)}\n`.repeat(1024);
    expect(await codesIn(ruff, await fileWith(quiet, megabyte + undefinedName))).toEqual([['F821', null]]);
  });
});

// What only Ruff itself can show.
describe.runIf(real)('a real Ruff looks at', () => {
  const ruff = ruffAt(real ?? '');

  it.each([
    ['an excluded path', 'force-exclude = true\nexclude = ["src"]', broken, invalid],
    ['a project that fixes in place of reporting', `fix = true\n${quiet}`, undefinedName, [['F821', null]]],
    ['a project that only fixes', `fix-only = true\n${quiet}`, undefinedName, [['F821', null]]],
    [
      'no file that its project lets pass',
      'lint.per-file-ignores = { "src/*" = ["F821"] }',
      undefinedName,
      [],
    ],
    ['a project that calls .py another language', 'extension = { py = "markdown" }', broken, invalid],
  ])('%s', async (_name, settings, text, expected) => {
    expect(await codesIn(ruff, await fileWith(settings, text))).toEqual(expected);
  });

  it('the cells of a notebook', async () => {
    const { uri } = await fileWith(quiet, '', { name: 'area.ipynb' });
    const texts = ['import os\n%matplotlib inline\nx = !ls', '%%bash\nls', 'print(nmae); display(x)'];
    expect(await codesIn(ruff, { uri, texts, isNotebook: true })).toEqual([['F821', 3]]);
  });

  it('a stub, whose names may come later', async () => {
    const stub = await fileWith(quiet, 'class A(B): ...\nclass B: ...\n', { name: 'area.pyi' });
    expect(await codesIn(ruff, stub)).toEqual([]);
  });
});
