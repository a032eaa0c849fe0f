// An import is offered where it can be only that one, and where the file doesn't know the name in any way.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getKnownImport } from '../../../../extension/pull/imports/known-imports.ts';
import { missingImports, stillMissing } from '../../../../extension/pull/imports/missing-imports.ts';

describe('a known import', () => {
  it.each([
    ['np', 'np.zeros(3)', 'import numpy as np'],
    ['np', 'f(np)', undefined],
    ['json', 'json.loads(x)', 'import json'],
    ['json', 'json = json or {}', undefined],
    ['Path', 'p: Path = f()', 'from pathlib import Path'],
    ['time', 'time.sleep(1)', 'import time'],
    ['time', 'time.hour', undefined],
    ['queue', 'queue.put(x)', undefined],
    ['queue', 'queue.Queue()', 'import queue'],
    ['datetime', 'datetime.datetime.now()', 'import datetime'],
    ['datetime', 'datetime.now()', 'from datetime import datetime'],
    ['datetime', 'datetime(2026, 1, 1)', 'from datetime import datetime'],
    ['datetime', 'datetime.now() - datetime.timedelta(1)', undefined],
    ['pd', 'pd . DataFrame()', 'import pandas as pd'],
    ['pd', 'self.pd.x', undefined],
    ['self', 'self.x', undefined],
    ['__proto__', '__proto__.x', undefined],
  ])('of %s in "%s" is %s', (name, code, expected) => {
    expect(getKnownImport(name, code)).toBe(expected);
  });
});

describe('missing imports', () => {
  const text = 'arr = np.array(json.loads(raw))\n';
  const needs = ['np', 'json', 'raw'];

  it.each([
    ['all that is certain, sorted', '', ['import json', 'import numpy as np']],
    ['what isn’t imported already', 'import numpy as np\n', ['import json']],
    ['not what is defined in another way', 'def f(json):\n    np = 1\n', []],
    ['what stands in comments and strings only', '# np\nx = "json"\n', ['import json', 'import numpy as np']],
    ['what is another’s attribute only', 'a.np\nb.json\n', ['import json', 'import numpy as np']],
    ['nothing where a star may bring it', 'from shop import *\n', []],
  ])('%s', (_, before, expected) => {
    expect(missingImports({ text, needs }, before, undefined)).toEqual(expected);
  });

  it('are as the file has them that the text came from', () => {
    const source = {
      text: 'import ujson as json\nfrom .io import raw\nimport numpy as np\n',
      isNeighbour: true,
    };
    const expected = ['from .io import raw', 'import numpy as np', 'import ujson as json'];
    expect(missingImports({ text, needs }, '', source)).toEqual(expected);
  });

  it('leave out what is relative to another folder', () => {
    const source = { text: 'from .io import raw\n', isNeighbour: false };
    expect(missingImports({ text, needs: ['raw'] }, '', source)).toEqual([]);
  });

  it('are missing no more once they are there', () => {
    const statements = ['import json', 'import numpy as np', 'from a import b'];
    expect(stillMissing(statements, 'from a import b\nimport numpy as np\n')).toEqual(['import json']);
  });

  it('are never of a name that is nowhere needed, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), fc.string(), (anyText, anyNeeds, before) => {
        const statements = missingImports({ text: anyText, needs: anyNeeds }, before, undefined);
        expect(statements.length).toBeLessThanOrEqual(anyNeeds.length);
      }),
    );
  });
});
