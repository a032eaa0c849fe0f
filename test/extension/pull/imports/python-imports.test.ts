// What a Python file imports is read as Python reads it, and another import goes where people would write it.

import { describe, expect, it } from 'vitest';
import { codeOf, importPlace, readImports } from '../../../../extension/pull/imports/python-imports.ts';

const lines = (...texts: string[]): string => texts.join('\n');

describe('the imports of a file', () => {
  it.each([
    ['import os', ['os: import os']],
    ['import os, sys as s', ['os: import os', 's: import sys as s']],
    ['import os.path', ['os: import os.path']],
    ['import a.b as c', ['c: import a.b as c']],
    ['from pathlib import Path', ['Path: from pathlib import Path']],
    ['from a.b import (c,\n    d as e,  # why\n)', ['c: from a.b import c', 'e: from a.b import d as e']],
    ['from a import \\\n  b', ['b: from a import b']],
    ['from .cart import total', ['total: from .cart import total']],
    ['from ..  import shop', ['shop: from .. import shop']],
    ['import a; import b', ['a: import a', 'b: import b']],
    ['try:\n    import c\nexcept ImportError:\n    c = None', ['c: import c']],
    ['"""\nimport no\n"""\n# import no\nx = "import no"', []],
    ['imports = 1\nimportlib.reload(x)\nfrom_ = 2', []],
  ])('%s', (text, expected) => {
    expect(readImports(text).names.map(({ name, statement }) => `${name}: ${statement}`)).toEqual(expected);
  });

  it('tell a relative one, and a star', () => {
    expect(
      readImports('from .a import b\nfrom c import d').names.map(({ isRelative }) => isRelative),
    ).toEqual([true, false]);
    expect(readImports('from a import *').hasStar).toBe(true);
    expect(readImports('from a import b').hasStar).toBe(false);
  });
});

describe('a text’s code', () => {
  it.each([
    ['a = "np.x" + np', 'a =   + np'],
    ["b = 'it\\'s np'  # np", 'b =     '],
    ['c = """np\n"np" """ + d', 'c =   + d'],
    ['e = """never closed np', 'e =  '],
  ])('%s', (text, expected) => {
    expect(codeOf(text)).toBe(expected);
  });
});

describe('the place of another import', () => {
  it.each([
    [
      'after the last of the first imports',
      lines('import a', 'from b import (', '    c,', ')', '', 'x = 1'),
      4,
    ],
    ['not after one that comes later', lines('import a', '', 'x = 1', 'import b'), 1],
    [
      'before what is tried',
      lines('import a', 'try:', '    import b', 'except ImportError:', '    b = None'),
      1,
    ],
    ['after the docstring', lines('"""What it is.', '', 'More.', '"""', '', 'x = 1'), 4],
    ['after the docstring’s imports', lines('"""What."""', 'from __future__ import annotations', 'x = 1'), 2],
    ['after the first comments', lines('#!/usr/bin/env python', '# -*- coding: utf-8 -*-', 'x = 1'), 2],
    ['at the start', 'x = 1\n', 0],
    ['at the start of nothing', '', 0],
  ])('is %s', (_, text, line) => {
    expect(importPlace(text).line).toBe(line);
  });

  it.each([
    ['import a\nx = 1', { blankBefore: false, blankAfter: true }],
    ['import a\n\nx = 1', { blankBefore: false, blankAfter: false }],
    ['"""What."""\nx = 1', { blankBefore: true, blankAfter: true }],
    ['# what\n\nx = 1', { blankBefore: true, blankAfter: false }],
    ['x = 1', { blankBefore: false, blankAfter: true }],
    ['', { blankBefore: false, blankAfter: false }],
  ])('of %j is parted by %j', (text, expected) => {
    expect(importPlace(text)).toMatchObject(expected);
  });
});
