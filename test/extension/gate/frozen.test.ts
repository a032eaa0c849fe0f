// What is frozen is what is selected, byte for byte.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeze, freezeNotebook, placeOfLine } from '../../../extension/gate/frozen.ts';
import { endOfText } from '../../../shared/lint/range.ts';
import { editorOn, nothing, rangeOf, uriOf } from './documents.ts';

const text = 'import os\r\n\r\n\r\nclass A:\r\n    def f(self):\r\n        return os\r\n';

describe('a frozen push', () => {
  it('is the whole file where nothing is selected', () => {
    const caret = { line: 4, character: 2 };
    expect(freeze(editorOn(text, { start: caret, end: caret }, { version: 7 }))).toMatchObject({
      languageId: 'python',
      fileName: 'area.py',
      text,
      extent: 'whole',
      parts: [
        {
          document: { version: 7, text },
          text,
          isWhole: true,
          indent: '',
          range: { start: { line: 0, character: 0 }, end: { line: 6, character: 0 } },
        },
      ],
    });
  });

  it('is the selection with the document’s own line ends', () => {
    const part = '    def f(self):\r\n        return os\r\n';
    expect(freeze(editorOn(text, rangeOf(text, part)))).toMatchObject({
      text: part,
      extent: 'selected',
      around: { kind: 'document' },
      parts: [
        {
          document: { text },
          text: part,
          isWhole: false,
          indent: '',
          range: { start: { line: 4, character: 0 }, end: { line: 6, character: 0 } },
        },
      ],
    });
  });

  it('is exactly what is selected where that begins at the first letter; the blanks before are known', () => {
    const part = 'def f(self):\r\n        return os';
    expect(freeze(editorOn(text, rangeOf(text, part)))).toMatchObject({
      text: part,
      parts: [{ text: part, indent: '    ' }],
    });
  });

  it('knows no blanks where a word precedes it', () => {
    expect(freeze(editorOn(text, rangeOf(text, 'os\r\n\r\n')))).toMatchObject({ parts: [{ indent: '' }] });
  });

  it.each([
    ['begins with the BOM of a whole file that has one', nothing, 'utf8bom', `\uFEFF${text}`],
    ['has no BOM in a file without', nothing, 'utf8', text],
    ['has no BOM in a selection', rangeOf(text, 'import os'), 'utf8bom', 'import os'],
  ])('%s', (_name, selection, encoding, expected) => {
    const frozen = freeze(editorOn(text, selection, { encoding }));
    expect(frozen.text).toBe(expected);
    expect(frozen.parts.map((part) => part.text)).toEqual([expected.replace('\uFEFF', '')]);
  });

  it.each([
    ['of a file', uriOf('/a/b/größe.py'), false, 'größe.py'],
    ['of no file', uriOf('Untitled-1', 'untitled'), true, ''],
    ['of a notebook’s cell', uriOf('/a/b.ipynb', 'vscode-notebook-cell'), false, ''],
    ['of a snippet’s file', uriOf('/12/shop.py', 'pybin'), false, 'shop.py'],
    ['of a snippet of no file', uriOf('/12/snippet-12.py', 'pybin'), false, ''],
    ['of a snippet of no file and no language', uriOf('/12/snippet-12', 'pybin'), false, ''],
    ['of a file that is called like one', uriOf('/12/snippet-12.py'), false, 'snippet-12.py'],
    ['that can’t be said', uriOf('/a/b\\c\n.py'), false, ''],
    ['that is too long', uriOf(`/a/${'x'.repeat(256)}`), false, ''],
  ])('has the name %s', (_name, uri, isUntitled, expected) => {
    expect(freeze(editorOn(text, nothing, { uri, isUntitled })).fileName).toBe(expected);
  });

  it.each([
    ['in its document', uriOf('/a/b.py'), { kind: 'document' }],
    ['of a stub elsewhere: they may come later', uriOf('/a/b.pyi'), { kind: 'elsewhere' }],
    [
      'of a cell whose notebook isn’t known in cells that aren’t',
      uriOf('/a/b.ipynb', 'vscode-notebook-cell'),
      { kind: 'notebook', cells: undefined },
    ],
  ])('has its names %s', (_name, uri, expected) => {
    expect(freeze(editorOn(text, nothing, { uri })).around).toMatchObject(expected);
  });
});

function select(...parts: string[]) {
  return freeze(
    editorOn(
      text,
      parts.map((part) => rangeOf(text, part)),
    ),
  );
}

describe('several selections', () => {
  it('are joined in the order of the document, each as it is', () => {
    expect(select('        return os\r\n', 'import os\r\n').text).toBe('import os\r\n        return os\r\n');
  });

  it('have the document’s line end between them where one is missing', () => {
    expect(select('import os', 'class A:', 'return os').text).toBe('import os\r\nclass A:\r\nreturn os');
  });

  it('know the line that each begins', () => {
    const { parts } = select('import os\r\n\r\n', 'class A:', 'return os');
    expect(parts.map(({ firstLine }) => firstLine)).toEqual([0, 2, 3]);
  });

  it('know where each line of the text stands in its document', () => {
    const frozen = select('import os\r\n\r\n', 'class A:', 'return os');
    const documentLines = text.split('\r\n');
    for (const [line, content] of frozen.text.split('\r\n').entries())
      expect(documentLines[placeOfLine(frozen, line)?.line ?? -1]).toContain(content);
  });

  it('leave out carets among them', () => {
    expect(freeze(editorOn(text, [nothing, rangeOf(text, 'class A:')]))).toMatchObject({
      text: 'class A:',
      extent: 'selected',
    });
  });

  it('are the whole file where all are carets', () => {
    expect(freeze(editorOn(text, [nothing, nothing]))).toMatchObject({ text, extent: 'whole' });
  });

  it('joined and taken apart by their lines are what was selected', () => {
    const line = fc.constantFrom('x = 1', '    y', '', '😀', '# z');
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(60), { maxLength: 8 }),
        (lines, cuts) => {
          const documentText = lines.join('\n');
          const offsets = cuts.map((cut) => Math.min(cut, documentText.length)).toSorted((a, b) => a - b);
          const at = (offset: number) => endOfText({ line: 0, character: 0 }, documentText.slice(0, offset));
          const ranges = Array.from({ length: Math.floor(offsets.length / 2) }, (_, index) => ({
            start: at(offsets[index * 2] ?? 0),
            end: at(offsets[index * 2 + 1] ?? 0),
          }));
          const frozen = freeze(editorOn(documentText, ranges));
          const textLines = frozen.text.split('\n');
          for (const part of frozen.parts) {
            const own = part.text.split('\n');
            const there = textLines.slice(part.firstLine, part.firstLine + own.length);
            // A part that ends its line leaves the next line to the part behind it.
            if (own.at(-1) === '') expect(there.slice(0, -1)).toEqual(own.slice(0, -1));
            else expect(there).toEqual(own);
          }
        },
      ),
    );
  });
});

function cell(index: number, source: string, languageId = 'python') {
  const uri = uriOf('/a/b.ipynb', 'vscode-notebook-cell', `${index}`);
  return editorOn(source, nothing, { uri, languageId }).document;
}

describe('a notebook', () => {
  const cells = [cell(1, 'import os'), cell(2, ''), cell(3, 'select 1', 'sql'), cell(4, 'print(os)\n')];
  const notebook = {
    uri: uriOf('/a/b.ipynb'),
    cells: [
      { isCode: false, document: cell(0, '# Prose', 'markdown') },
      ...cells.map((document) => ({ isCode: true, document })),
    ],
  };

  it('is the code of its cells, in their order and in its language', () => {
    const frozen = freezeNotebook(notebook);
    expect(frozen).toMatchObject({
      text: 'import os\nprint(os)\n',
      languageId: 'python',
      fileName: '',
      extent: 'whole',
    });
    expect(frozen.parts.map(({ document, firstLine }) => [document.uri.fragment, firstLine])).toEqual([
      ['1', 0],
      ['4', 1],
    ]);
  });

  it('counts its cells as the editor does, prose too', () => {
    const whole = freezeNotebook(notebook);
    expect(whole.parts.map(({ document }) => document.cell)).toEqual([2, 5]);
    const one = freeze({ document: cell(0, '# Prose', 'markdown'), selections: [] }, notebook);
    expect(one.parts.map(({ document }) => document.cell)).toEqual([1]);
  });

  it('is the code of some of its cells', () => {
    expect(freezeNotebook(notebook, cells.slice(3))).toMatchObject({
      text: 'print(os)\n',
      extent: 'selected',
      around: { cells: [{ text: 'import os' }, { text: '' }, { text: 'print(os)\n' }] },
    });
  });

  it('without code is nothing', () => {
    expect(freezeNotebook({ ...notebook, cells: [] }).text).toBe('');
  });

  it('is around each of its cells', () => {
    const document = cells[3] ?? cell(4, '');
    expect(freeze({ document, selections: [] }, notebook).around).toMatchObject({
      kind: 'notebook',
      cells: [{ text: 'import os' }, {}, {}],
    });
  });
});
