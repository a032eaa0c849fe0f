// A notebook's commands are taken out of its cells, line by line.

import { describe, expect, it } from 'vitest';
import { mayBindUnseen, withoutMagics } from '../../../shared/lint/magics.ts';

describe('a cell', () => {
  it.each([
    ['with a line magic', '%matplotlib inline\nx = 1', 'pass\nx = 1'],
    ['with a shell command', 'if x:\n    !ls -l\r\ny', 'if x:\n    pass\r\ny'],
    ['with a magic’s result assigned', 'files = !ls\nt = %timeit -o f()', 'files = None\nt = None'],
    ['with a question before', '?len', 'pass'],
    ['with a question behind', 'df.head??', 'pass'],
    ['that is timed', '%%time\nx = 1', 'pass\nx = 1'],
    ['in another language', '%%bash\nls -l', ''],
    ['without commands', 'x = a % b\ny = x != 1\nz = (a or\n  b)', 'x = a % b\ny = x != 1\nz = (a or\n  b)'],
  ])('%s', (_name, cell, expected) => {
    expect(withoutMagics(cell)).toBe(expected);
  });
});

describe('names may be bound unseen', () => {
  it.each([
    ['by a command that runs a file', 'x = 1\n%run other.py', true],
    ['by pylab', '%pylab inline', true],
    ['by what is stored', '    %store -r x', true],
    ['by what is captured', '%%capture out\nprint(1)', true],
    ['by the output of a script', '%%bash --out text\nls', true],
  ])('%s', (_name, cell, expected) => {
    expect(mayBindUnseen(cell)).toBe(expected);
  });

  it.each(['%matplotlib inline', '%%time\nx = 1', 'x = a %store', '%%capture\nprint(1)', 'running = 1'])(
    'not by %j',
    (cell) => {
      expect(mayBindUnseen(cell)).toBe(false);
    },
  );
});
