// What is frozen is what is selected, byte for byte.

import { describe, expect, it } from 'vitest';
import { freeze } from '../../../extension/gate/frozen.ts';
import { editorOn, nothing, rangeOf, uriOf } from './documents.ts';

const text = 'import os\r\n\r\n\r\nclass A:\r\n    def f(self):\r\n        return os\r\n';

describe('a frozen push', () => {
  it('is the whole file where nothing is selected', () => {
    const caret = { line: 4, character: 2 };
    expect(freeze(editorOn(text, { start: caret, end: caret }, { version: 7 }))).toMatchObject({
      version: 7,
      languageId: 'python',
      fileName: 'area.py',
      text,
      lintText: text,
      wholeFile: true,
      indent: '',
      range: { start: { line: 0, character: 0 }, end: { line: 6, character: 0 } },
    });
  });

  it('is the selection with the document’s own line ends', () => {
    const part = '    def f(self):\r\n        return os\r\n';
    expect(freeze(editorOn(text, rangeOf(text, part)))).toMatchObject({
      text: part,
      lintText: part,
      wholeFile: false,
      indent: '',
      documentText: text,
      range: { start: { line: 4, character: 0 }, end: { line: 6, character: 0 } },
    });
  });

  it('is exactly what is selected where that begins at the first letter; the blanks before are known', () => {
    const part = 'def f(self):\r\n        return os';
    expect(freeze(editorOn(text, rangeOf(text, part)))).toMatchObject({ text: part, indent: '    ' });
  });

  it('knows no blanks where a word precedes it', () => {
    expect(freeze(editorOn(text, rangeOf(text, 'os\r\n\r\n')))).toMatchObject({ indent: '' });
  });

  it.each([
    ['begins with the BOM of a whole file that has one', nothing, 'utf8bom', `\uFEFF${text}`],
    ['has no BOM in a file without', nothing, 'utf8', text],
    ['has no BOM in a selection', rangeOf(text, 'import os'), 'utf8bom', 'import os'],
  ])('%s', (_name, selection, encoding, expected) => {
    const frozen = freeze(editorOn(text, selection, { encoding }));
    expect(frozen.text).toBe(expected);
    expect(frozen.lintText).toBe(expected.replace('\uFEFF', ''));
  });

  it.each([
    ['of a file', uriOf('/a/b/größe.py'), false, 'größe.py'],
    ['of no file', uriOf('Untitled-1', 'untitled'), true, ''],
    ['of a notebook’s cell', uriOf('/a/b.ipynb', 'vscode-notebook-cell'), false, ''],
    ['that can’t be said', uriOf('/a/b\\c\n.py'), false, ''],
    ['that is too long', uriOf(`/a/${'x'.repeat(256)}`), false, ''],
  ])('has the name %s', (_name, uri, isUntitled, expected) => {
    expect(freeze(editorOn(text, nothing, { uri, isUntitled })).fileName).toBe(expected);
  });

  it.each([
    ['a file', uriOf('/a/b.py'), text],
    ['a stub, whose names may come later', uriOf('/a/b.pyi'), undefined],
    ['a cell, whose names may come from others', uriOf('/a/b.ipynb', 'vscode-notebook-cell'), undefined],
  ])('knows the document of %s', (_name, uri, expected) => {
    expect(freeze(editorOn(text, nothing, { uri })).documentText).toBe(expected);
  });
});
