// Pieces of Python as people select them, checked by the real Ruff.

import { afterAll, describe, expect, it } from 'vitest';
import { type FreezableEditor, freeze, freezeNotebook } from '../../../extension/gate/frozen.ts';
import { checkOwn } from '../../../extension/gate/own-check.ts';
import type { Ruff } from '../../../extension/gate/linter.ts';
import type { TextRange } from '../../../shared/lint/range.ts';
import type { Verdict } from '../../../shared/lint/verdict.ts';
import { editorOn, nothing, rangeOf, uriOf } from './documents.ts';
import { judgeAlone } from './judging.ts';
import { onlyBundled, realRuff, unaborted } from './real-ruff.ts';
import { area, broken, whole } from './selections.ts';

const ruff = realRuff();
const linters = onlyBundled(ruff);
afterAll(() => linters.dispose());

/** The verdict on a part of a document where the editor has no tools. */
async function verdictOn(
  text: string,
  selection: TextRange | readonly TextRange[],
  fields: Partial<FreezableEditor['document']> = {},
  namesAnswered = false,
): Promise<Verdict> {
  const frozen = freeze(editorOn(text, selection, fields));
  return judgeAlone(frozen, await checkOwn(frozen, linters, unaborted), namesAnswered);
}

const clean = (needs: readonly string[] = []) => ({
  kind: 'clean',
  kept: [],
  needs,
  proof: expect.anything(),
});
const blockedBy = (code: string, line: number) => ({
  kind: 'blocked',
  blocking: [{ code, range: { start: { line } } }],
});

describe.each([
  ['LF', area],
  ['CRLF', area.replaceAll('\n', '\r\n')],
  ['tabs', area.replaceAll('    ', '\t')],
])('a selection in a document with %s', (name, text) => {
  const selected = (part: string): TextRange => {
    const tabbed = name === 'tabs' ? part.replaceAll('    ', '\t') : part;
    return rangeOf(text, name === 'CRLF' ? tabbed.replaceAll('\n', '\r\n') : tabbed);
  };

  it.each(whole)('that is %s is clean', async (_what, part, needs) => {
    const verdict = await verdictOn(text, selected(part));
    expect(verdict).toMatchObject({ kind: 'clean', kept: [] });
    if (verdict.kind === 'clean') expect(verdict.needs.toSorted()).toEqual(needs.toSorted());
  });

  it.each(broken)('that %s is blocked, at its place', async (_what, part, line) => {
    const range = selected(part);
    const verdict = await verdictOn(text, range);
    expect(verdict).toMatchObject({ kind: 'blocked' });
    if (verdict.kind !== 'blocked') return;
    expect(verdict.blocking.every((finding) => finding.class === 'syntax')).toBe(true);
    expect(verdict.blocking[0]?.range.start.line).toBeGreaterThanOrEqual(line - 1);
    expect(verdict.blocking[0]?.range.start.line).toBeLessThanOrEqual(range.end.line);
  });

  it('that is everything is clean', async () => {
    expect(await verdictOn(text, nothing)).toEqual(clean());
  });
});

describe('an undefined name', () => {
  const text = 'import os\n\n\ndef f(x):\n    return os.path.join(y, x)\n';
  const line = '    return os.path.join(y, x)\n';

  it('of the whole document blocks', async () => {
    expect(await verdictOn(text, nothing)).toMatchObject(blockedBy('F821', 4));
  });

  it('of the whole document blocks a selection; what the document defines is needed', async () => {
    expect(await verdictOn(text, rangeOf(text, line))).toMatchObject({
      ...blockedBy('F821', 4),
      needs: ['os', 'x'],
    });
  });

  it('is needed where a tool of the editor knows better', async () => {
    expect(await verdictOn(text, rangeOf(text, line), {}, true)).toEqual(clean(['os', 'y', 'x']));
    expect(await verdictOn(text, nothing, {}, true)).toEqual(clean(['y']));
  });

  it('passes with `# noqa`', async () => {
    expect(await verdictOn('print(y)  # noqa: F821\n', nothing)).toEqual(clean());
  });

  it('of a stub is needed: its names may come later', async () => {
    const uri = uriOf('/a/b.pyi');
    expect(await verdictOn('class A(B): ...\nclass B: ...\n', nothing, { uri })).toEqual(clean(['B']));
  });

  it('that is exported is undefined too', async () => {
    expect(await verdictOn('__all__ = ["gone"]\n', nothing)).toMatchObject(blockedBy('F822', 0));
    const defined = '__all__ = ["here"]\nhere = 1\n';
    expect(await verdictOn(defined, rangeOf(defined, '__all__ = ["here"]\n'))).toEqual(clean(['here']));
  });

  it('is not one that a function’s line above would only make local', async () => {
    const body = 'class A:\n    list = list\n';
    expect(await verdictOn(body, rangeOf(body, '    list = list\n'))).toEqual(clean());
  });
});

describe('the document around a selection', () => {
  it('may be broken elsewhere', async () => {
    const text = 'x = (\n\ndef f():\n    return 1\n';
    expect(await verdictOn(text, rangeOf(text, 'def f():\n    return 1\n'))).toEqual(clean());
  });

  it('tells of a statement out of place', async () => {
    const text = 'x = 1\nreturn x\n';
    expect(await verdictOn(text, rangeOf(text, 'return x\n'))).toMatchObject(blockedBy('F706', 1));
    expect(await verdictOn(text, nothing)).toMatchObject(blockedBy('F706', 1));
  });

  it('fails the check where Ruff can’t read it', async () => {
    const text = `x = 1\ny = ${'['.repeat(3000)}${']'.repeat(3000)}\n`;
    expect(await verdictOn(text, rangeOf(text, 'x = 1\n'))).toMatchObject({ kind: 'failed' });
  });
});

describe('what Ruff finds', () => {
  it('blocks where it fails when it runs', async () => {
    expect(await verdictOn('print("%s %s" % (1,))\n', nothing)).toMatchObject(blockedBy('F507', 0));
  });

  it('is kept where it doesn’t, counted in UTF-16 units from the selection’s beginning', async () => {
    const text = 'def f(x):\n    "😀"; return x is "a"\n';
    const verdict = await verdictOn(text, rangeOf(text, 'return x is "a"\n'));
    expect(verdict).toMatchObject({
      kind: 'clean',
      needs: ['x'],
      kept: [{ tool: 'Ruff', code: 'F632', line: 1, column: 8 }],
    });
  });

  it('is not silenced by `# noqa` where it doesn’t parse', async () => {
    expect(await verdictOn('# ruff: noqa\nx = (  # noqa\n', nothing)).toMatchObject({ kind: 'blocked' });
  });

  it('is asked for once where everything is selected', async () => {
    const asked: string[] = [];
    const counting: Ruff = { ...ruff, check: (text) => (asked.push(text), ruff.check(text, unaborted)) };
    await checkOwn(freeze(editorOn(area, nothing)), onlyBundled(counting), unaborted);
    expect(asked).toEqual([area]);
  });

  it('is nothing in another language', async () => {
    const frozen = freeze(editorOn('not python at all', nothing, { languageId: 'plaintext' }));
    expect(await checkOwn(frozen, linters, unaborted)).toEqual({ kind: 'none' });
  });
});

describe('a notebook’s cell', () => {
  const uri = uriOf('/a/b.ipynb', 'vscode-notebook-cell');

  it.each([
    ['with commands', '%matplotlib inline\nfiles = !ls\n!pip install x\nprint(files)\n', []],
    ['with names of another cell', 'df.head()\n', ['df']],
    ['with `await` in no function', 'x = await y\n', ['y']],
    ['in another language', '%%bash\nfor f in *; do echo $f; done\n', []],
    ['with a text whose line begins with %', 'x = f"""\n%{name}\n"""\n', ['name']],
    ['whose expression goes on with %', 'x = ("%s"\n  % 1)\n', []],
  ])('%s is clean', async (_name, text, needs) => {
    expect(await verdictOn(text, nothing, { uri })).toEqual(clean(needs));
  });

  it('that does not parse is blocked, commands or not', async () => {
    expect(await verdictOn('%matplotlib inline\nx = (\n', nothing, { uri })).toMatchObject({
      kind: 'blocked',
    });
  });
});

function cell(index: number, source: string) {
  return editorOn(source, nothing, { uri: uriOf('/a/b.ipynb', 'vscode-notebook-cell', `${index}`) }).document;
}

/** The verdict on one cell among these, or on all of them. */
async function verdictAmong(sources: readonly string[], index?: number): Promise<Verdict> {
  const cells = sources.map((source, at) => ({ isCode: true, document: cell(at, source) }));
  const notebook = { uri: uriOf('/a/b.ipynb'), cells };
  const document = index === undefined ? undefined : cells[index]?.document;
  const frozen = document ? freeze({ document, selections: [] }, notebook) : freezeNotebook(notebook);
  return judgeAlone(frozen, await checkOwn(frozen, linters, unaborted));
}

describe('a notebook', () => {
  it.each<[string, string[], string[]]>([
    ['a cell before', ['df.head()', 'import pandas as pd\ndf = pd.DataFrame()'], ['df']],
    ['a cell behind', ['df.head()', 'x = 1', 'df = 2'], ['df']],
    ['a cell with commands', ['print(files)', '%cd ..\nfiles = !ls'], ['files']],
    ['IPython', ['display(get_ipython())', 'x = 1'], ['display', 'get_ipython']],
    ['a command, unseen', ['plot(x)', '%pylab inline'], ['plot', 'x']],
    ['a command that captures', ['out.show()', '%%capture out\nprint(1)'], ['out']],
  ])('has the names of a cell defined by %s', async (_name, sources, needs) => {
    expect(await verdictAmong(sources, 0)).toEqual(clean(needs));
  });

  it('has names of a cell that nothing defines', async () => {
    expect(await verdictAmong(['df.head()', 'df2 = 1'], 0)).toMatchObject(blockedBy('F821', 0));
  });

  it('has names of a cell defined by others though one doesn’t parse', async () => {
    const sources = ['df.head()\nnmae', 'x = (', 'df = 1'];
    expect(await verdictAmong(sources, 0)).toMatchObject({ ...blockedBy('F821', 1), needs: ['df'] });
    expect(await verdictAmong(sources, 1)).toMatchObject({
      kind: 'blocked',
      blocking: [{ class: 'syntax' }],
    });
  });

  it('may await in a cell', async () => {
    expect(await verdictAmong(['x = await y', 'y = 1'], 0)).toEqual(clean(['y']));
  });

  it('is clean as a whole, commands or not, and needs nothing of itself', async () => {
    expect(await verdictAmong(['import os', '%matplotlib inline\nx = 1', 'print(os, x)'])).toEqual(clean());
  });

  it('is blocked as a whole at the cell and the line that is wrong', async () => {
    const verdict = await verdictAmong(['import os', '%time\nx = 1', 'print(os)\nprint(nmae)']);
    expect(verdict).toMatchObject({
      blocking: [{ code: 'F821', part: 2, range: { start: { line: 1 } } }],
      kept: [{ line: 5, column: 7 }],
    });
  });

  it('is blocked as a whole where a name is used before its cell', async () => {
    expect(await verdictAmong(['print(x)', 'x = 1'])).toMatchObject({
      blocking: [{ code: 'F821', part: 0 }],
    });
  });
});

/** Parts of the area, selected. */
function inArea(...parts: string[]): TextRange[] {
  return parts.map((part) => rangeOf(area, part));
}

describe('several selections', () => {
  it.each<[string, string[], string[]]>([
    ['that each stand alone', ['import numpy as np\n', 'SCALE = 2\n'], []],
    [
      'of which one defines what the other needs',
      ['import numpy as np\n', '            yield np.abs(side) * SCALE\n'],
      ['side', 'SCALE'],
    ],
    [
      'that parse together alone',
      ['class Area:\n', '    def total(self, sides):\n        if not sides:\n            return 0\n'],
      [],
    ],
    ['from different depths', ['            return 0\n', 'SCALE = 2\n', '        return 1\n'], []],
    ['on one line', ['np.abs(side)', 'SCALE\n'], ['np', 'side', 'SCALE']],
    ['of columns', ['total', 'load'], ['total', 'load']],
  ])('%s are clean', async (_name, parts, needs) => {
    const verdict = await verdictOn(area, inArea(...parts));
    expect(verdict).toMatchObject({ kind: 'clean', kept: [] });
    if (verdict.kind === 'clean') expect(verdict.needs.toSorted()).toEqual(needs.toSorted());
  });

  it('are blocked by the one that does not parse in its place', async () => {
    const verdict = await verdictOn(
      area,
      inArea('SCALE = 2\n', '        else:\n            print("done")\n'),
    );
    if (verdict.kind !== 'blocked') throw new Error(verdict.kind);
    for (const finding of verdict.blocking) expect(finding).toMatchObject({ class: 'syntax', part: 1 });
  });

  it('are blocked by an undefined name at the line of the joined text', async () => {
    const text = 'import os\n\n\ndef f(x):\n    return os.path.join(y, x)\n\n\nz = 1\n';
    const ranges = ['import os\n', '    return os.path.join(y, x)\n', 'z = 1\n'].map((part) =>
      rangeOf(text, part),
    );
    expect(await verdictOn(text, ranges)).toMatchObject({
      blocking: [{ code: 'F821', part: 1, range: { start: { line: 4 } } }],
      kept: [{ line: 2, column: 25 }],
      needs: ['x'],
    });
  });
});
