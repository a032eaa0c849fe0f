// What people select of a class: pieces that are whole though they stand alone nowhere, and pieces that are not.

export const area = `import numpy as np

SCALE = 2


class Area:
    """Sides and what they enclose."""

    def total(self, sides):
        if not sides:
            return 0
        for side in sides:
            if side is None:
                continue
            yield np.abs(side) * SCALE
        else:
            print("done")
        return 1

    async def load(self):
        """Reads them.

starts in column 0
"""
        return await self.read(
            SCALE)

    @property
    def name(self):
        return __class__.__name__
`;

/** With the names that each takes from around it. */
export const whole: readonly (readonly [what: string, part: string, needs: readonly string[]])[] = [
  ['a method’s body with `return`', '        if not sides:\n            return 0\n', ['sides']],
  ['a line with `return` alone', '            return 0\n', []],
  ['a loop’s body with `continue`', '            if side is None:\n                continue\n', ['side']],
  ['a line with `yield`', '            yield np.abs(side) * SCALE\n', ['np', 'side', 'SCALE']],
  ['a statement with `await`', '        return await self.read(\n            SCALE)\n', ['self', 'SCALE']],
  [
    'a generator’s body that returns a value',
    '        for side in sides:\n            if side is None:\n                continue\n            yield np.abs(side) * SCALE\n        else:\n            print("done")\n        return 1\n',
    ['sides', 'np', 'SCALE'],
  ],
  ['a method', '    @property\n    def name(self):\n        return __class__.__name__\n', []],
  [
    'a method whose docstring has lines in column 0',
    '    async def load(self):\n        """Reads them.\n\nstarts in column 0\n"""\n        return await self.read(\n            SCALE)\n',
    ['SCALE'],
  ],
  [
    'a method with the blank line before it',
    '\n    @property\n    def name(self):\n        return __class__.__name__\n',
    [],
  ],
  ['a method from its first letter on', 'def name(self):\n        return __class__.__name__', []],
  ['a body from its first letter on', 'if not sides:\n            return 0', ['sides']],
  ['half a line that is an expression', 'np.abs(side)', ['np', 'side']],
  ['half a line with its blank', ' np.abs(side)', ['np', 'side']],
  ['an expression over two lines', 'self.read(\n            SCALE)', ['self', 'SCALE']],
  ['a statement of the module', 'SCALE = 2\n', []],
  ['nothing but blank lines', '\n\n\n', []],
];

/** With the line of `area`, from 1, that each begins in. */
export const broken: readonly (readonly [what: string, part: string, line: number])[] = [
  ['starts at `else:`', '        else:\n            print("done")\n', 15],
  ['starts with half a line', 'side in sides:\n            if side is None:\n                continue\n', 11],
  ['is a block’s first line alone', '    def total(self, sides):\n', 8],
  ['is a decorator alone', '    @property\n', 27],
  ['ends in the middle of an expression', '        return await self.read(\n', 25],
  ['ends in the middle of a docstring', '        """Reads them.\n', 20],
];
