// A pulled text stands where it is put, and nothing but its margin changes.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reindent, type Target } from '../../../extension/pull/reindent.ts';

/** A place on an otherwise empty line, at the end of its indentation. */
function at(indentation: string, rest: Partial<Target> = {}): Target {
  return { indentation, before: indentation, after: '', eol: '\n', ...rest };
}

const lines = (...texts: string[]): string => texts.join('\n');

interface Row {
  readonly name: string;
  readonly text: string;
  readonly target: Target;
  readonly expected: string;
  readonly language?: string;
}

const rows: Row[] = [
  {
    name: 'a block goes under a function’s indentation; its first line has it already',
    text: lines('if x:', '    y()', ''),
    target: at('    '),
    expected: lines('if x:', '        y()', ''),
  },
  {
    name: 'a method comes out of its class',
    text: lines('    def f(self):', '        return 1', ''),
    target: at(''),
    expected: lines('def f(self):', '    return 1', ''),
  },
  {
    name: 'a text whose margin is the target’s indentation only loses what the line has already',
    text: lines('    a = 1', '    b = 2'),
    target: at('    '),
    expected: lines('a = 1', '    b = 2'),
  },
  {
    name: 'in front of an indented line every line gets its indentation, the first too',
    text: lines('a = 1', 'b = 2', ''),
    target: { indentation: '    ', before: '', after: '    c = 3', eol: '\n' },
    expected: lines('    a = 1', '    b = 2', ''),
  },
  {
    name: 'in the middle of an indentation the first line gets what is missing',
    text: lines('a = 1', 'b = 2'),
    target: { indentation: '    ', before: '  ', after: '  c', eol: '\n' },
    expected: lines('  a = 1', '    b = 2'),
  },
  {
    name: 'what follows on the line keeps its indentation when whole lines are put before it',
    text: lines('a = 1', ''),
    target: { indentation: '    ', before: '    ', after: 'c = 3', eol: '\n' },
    expected: lines('a = 1', '    '),
  },
  {
    name: 'after other text on the line nothing moves',
    text: lines('1, # one', '    2'),
    target: { indentation: '    ', before: '    x = ', after: '', eol: '\n' },
    expected: lines('1, # one', '    2'),
  },
  {
    name: 'blank lines stay blank, and whitespace on them stays',
    text: lines('a = 1', '', '  ', 'b = 2'),
    target: at('        '),
    expected: lines('a = 1', '', '  ', '        b = 2'),
  },
  {
    name: 'a selection from after the first line’s indentation is put straight',
    text: lines('a = 1', '    b = 2', '    '),
    target: at('        '),
    expected: lines('a = 1', '        b = 2', '    '),
  },
  {
    name: 'a selection from after the indentation of a block is put straight where a later line shows it',
    text: lines('if a:', '            b()', '        c()'),
    target: at(''),
    expected: lines('if a:', '    b()', 'c()'),
  },
  {
    name: 'a block that is deeply indented was not cut',
    text: lines('if a:', '        b()'),
    target: at('    '),
    expected: lines('if a:', '            b()'),
  },
  {
    name: 'the inside of a triple-quoted string stays byte for byte',
    text: lines('    q = """', '    SELECT 1', '  ', 'FROM t"""', '    run(q)'),
    target: at(''),
    expected: lines('q = """', '    SELECT 1', '  ', 'FROM t"""', 'run(q)'),
  },
  {
    name: 'a string’s inside on the last line is no indentation',
    text: lines('q = """', '  '),
    target: at('    ', { after: 'x"""' }),
    expected: lines('q = """', '  '),
  },
  {
    name: 'a docstring moves with its function, but for lines that never had the margin',
    text: lines(
      '    def f():',
      '        """One.',
      '',
      '        Two.',
      'Three.',
      '        """',
      '        return 1',
    ),
    target: at(''),
    expected: lines('def f():', '    """One.', '', '    Two.', 'Three.', '    """', '    return 1'),
  },
  {
    name: 'a raw docstring is a docstring',
    text: lines('  def f():', '    r"""One.', '    \\d', '    """'),
    target: at(''),
    expected: lines('def f():', '  r"""One.', '  \\d', '  """'),
  },
  {
    name: 'a formatted string is a value, though it stands alone',
    text: lines('    f"""{run()}', '    """', '    a = 1'),
    target: at(''),
    expected: lines('f"""{run()}', '    """', 'a = 1'),
  },
  {
    name: 'a triple-quoted argument is a value, though it begins its line',
    text: lines('    run(', '        """', '    a', '    """', '    )'),
    target: at(''),
    expected: lines('run(', '    """', '    a', '    """', ')'),
  },
  {
    name: 'a quote in a comment opens nothing',
    text: lines('    # so: """', '    a = 1'),
    target: at(''),
    expected: lines('# so: """', 'a = 1'),
  },
  {
    name: 'an escaped quote closes nothing',
    text: lines("    a = 'it\\'s'", '    q = """\\"""', '    x"""', '    b = 1'),
    target: at(''),
    expected: lines("a = 'it\\'s'", 'q = """\\"""', '    x"""', 'b = 1'),
  },
  {
    name: 'a string that a backslash carries over stays as it is',
    text: lines("    a = 'one\\", "    two'", '    b = 1'),
    target: at(''),
    expected: lines("a = 'one\\", "    two'", 'b = 1'),
  },
  {
    name: 'a commented line at the edge doesn’t hold the others',
    text: lines('    a = 1', '# b = 2', '    c = 3'),
    target: at(''),
    expected: lines('a = 1', '# b = 2', 'c = 3'),
  },
  {
    name: 'comments alone have a margin too',
    text: lines('    # a', '    # b'),
    target: at(''),
    expected: lines('# a', '# b'),
  },
  {
    name: 'a continuation that hangs left of its statement stays where it is',
    text: lines('    a = [', '1,', '    ]'),
    target: at(''),
    expected: lines('a = [', '1,', ']'),
  },
  {
    name: 'tabs are taken off and put on as they are',
    text: lines('\tif x:', '\t\ty()'),
    target: at('\t\t\t'),
    expected: lines('if x:', '\t\t\t\ty()'),
  },
  {
    name: 'where tabs and spaces have no margin in common, none is taken',
    text: lines('\ta()', '    b()'),
    target: at('  '),
    expected: lines('\ta()', '      b()'),
  },
  {
    name: 'another language is moved by its lines alone',
    language: 'javascript',
    text: lines('  const a = """', '  b'),
    target: at(''),
    expected: lines('const a = """', 'b'),
  },
];

describe('reindent', () => {
  it.each(rows)('$name', ({ text, target, expected, language }) => {
    expect(reindent(text, language ?? 'python', target)).toBe(expected);
  });

  it.each([
    { eol: '\r\n', expected: 'a\r\nb\r\nc\r\n' },
    { eol: '\n', expected: 'a\nb\nc\n' },
  ] as const)('every line end becomes the document’s ($eol)', ({ eol, expected }) => {
    expect(reindent('a\nb\r\nc\r', 'python', at('', { eol }))).toBe(expected);
    expect(reindent('a\nb\r\nc\r', 'python', { indentation: '', before: 'x', after: '', eol })).toBe(
      expected,
    );
  });

  it('takes and gives 10 MB in one pass', () => {
    const line = '    value = compute("text", [1, 2, 3])  # a line of code\n';
    const text = line.repeat(Math.floor((10 * 1024 * 1024) / line.length));
    expect(reindent(text, 'python', at(''))).toBe(text.replaceAll('    value', 'value'));
  });
});

/** Code whose blocks nest properly: what any selection of whole statements is. */
const plainCode = fc
  .array(
    fc.record({
      deeper: fc.boolean(),
      back: fc.nat({ max: 3 }),
      text: fc.constantFrom(
        'a = 1',
        'run(b)',
        'return c  # why: so',
        "d = 'x: y'",
        '# only words',
        'e = [1, (2)]',
        '',
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) => {
    let depth = 0;
    const texts: string[] = [];
    for (const { deeper, back, text } of steps) {
      if (deeper) {
        texts.push('    '.repeat(depth) + 'if x:', '    '.repeat(depth + 1) + 'pass');
        depth += 1;
      } else {
        depth = Math.max(0, depth - back);
        texts.push(text === '' ? '' : '    '.repeat(depth) + text);
      }
    }
    return ['start()', ...texts].join('\n');
  });

const indentation = fc.constantFrom('', ' ', '  ', '    ', '        ', '\t', '\t\t', '\t  ');

/** All that the reading of Python looks at, in any order. */
const anyText = fc.string({
  unit: fc.constantFrom(' ', '\t', '\n', '\r\n', '"', "'", '#', '\\', ':', '(', ')', 'a', 'b'),
});

const words = (text: string): string[] => text.split(/\r\n|\r|\n/).map((line) => line.trim());

const fromLineStart = (indent: string): Target => ({ indentation: indent, before: '', after: '', eol: '\n' });

describe('reindent of any text', () => {
  it('changes nothing at column 0 where the text has no margin', () => {
    fc.assert(
      fc.property(plainCode, (code) => {
        expect(reindent(code, 'python', fromLineStart(''))).toBe(code);
      }),
    );
  });

  it('there and back again is the same text', () => {
    fc.assert(
      fc.property(plainCode, indentation, indentation, (code, here, there) => {
        const start = reindent(code, 'python', fromLineStart(here));
        const moved = reindent(start, 'python', fromLineStart(there));
        expect(reindent(moved, 'python', fromLineStart(here))).toBe(start);
      }),
    );
  });

  it('twice is the same as once', () => {
    fc.assert(
      fc.property(anyText, indentation, (text, indent) => {
        const once = reindent(text, 'python', fromLineStart(indent));
        expect(reindent(once, 'python', fromLineStart(indent))).toBe(once);
      }),
    );
  });

  it('keeps every line’s own words', () => {
    fc.assert(
      fc.property(anyText, indentation, (text, indent) => {
        expect(words(reindent(text, 'python', fromLineStart(indent)))).toEqual(words(text));
      }),
    );
  });
});
