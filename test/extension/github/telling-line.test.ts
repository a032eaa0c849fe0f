// The line that says most of what a text is: its own names, and no import, comment or string.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getTellingLine } from '../../../extension/github/telling-line.ts';

const lines = (...texts: string[]): string => texts.join('\n');

describe('the most telling line', () => {
  it.each([
    [
      'has the most names of its own',
      lines(
        'def total(cart):',
        '    for item in cart:',
        '        subtotal += item.price * item.count',
        '    return',
      ),
      'subtotal += item.price * item.count',
    ],
    [
      'is no import',
      lines('from collections import defaultdict, namedtuple', 'x = load_input(path)'),
      'x = load_input(path)',
    ],
    ['is no comment', lines('# a very long comment about interesting things', 'load(x)'), 'load(x)'],
    [
      'is none of a docstring',
      lines(
        'def run():',
        '    """Interesting words',
        '    and many more of them',
        '    """',
        '    start_engine()',
      ),
      'start_engine()',
    ],
    [
      'is none inside a string',
      lines('q = """', 'SELECT customer_name FROM customers', '"""', 'execute_query(q)'),
      'execute_query(q)',
    ],
    ['is the first of equals', lines('first_name = 1', 'other_name = 2'), 'first_name = 1'],
    [
      'counts a name once',
      lines('total = total + total + total', 'compute_sum(values)'),
      'compute_sum(values)',
    ],
    [
      'doesn’t count words that every program has',
      lines('return self if None else True', 'go(abc)'),
      'go(abc)',
    ],
    ['is the only one there is', '    load(x)', 'load(x)'],
  ])('%s', (_, text, expected) => {
    expect(getTellingLine(text, 'python')).toBe(expected);
  });

  it.each([
    ['an import of Go’s', 'use', lines('package main', 'fmt.Println(greeting)'), 'fmt.Println(greeting)'],
    [
      'a require',
      'javascript',
      lines("const lodash = require('lodash-interesting');", 'go(abc);'),
      'go(abc);',
    ],
    [
      'a comment with slashes',
      'javascript',
      lines('// interesting words here', '/* and here', ' * and more here', '*/', 'go(abc);'),
      'go(abc);',
    ],
    ['an include', 'c', lines('#include <interesting/header.h>', 'go(abc);'), 'go(abc);'],
  ])('is not %s', (_, language, text, expected) => {
    expect(getTellingLine(text, language)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['blank lines', ' \n\t\n'],
    ['imports', 'import os\nfrom pathlib import Path'],
    ['comments', '# words that tell\n# and more'],
    ['names that are anybody’s', 'x = y\npass\nreturn None'],
  ])('is none of %s', (_, text) => {
    expect(getTellingLine(text, 'python')).toBeUndefined();
  });

  it('is one of the text’s, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('python', 'javascript'),
        (text, language) => {
          const line = getTellingLine(text, language);
          if (line !== undefined) expect(text.split(/\r\n|\r|\n/).map((each) => each.trim())).toContain(line);
        },
      ),
    );
  });
});
