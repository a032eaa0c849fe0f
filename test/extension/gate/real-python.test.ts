// Real Python, function by function as people select them: each stands alone.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freeze } from '../../../extension/gate/frozen.ts';
import { checkOwn } from '../../../extension/gate/own-check.ts';
import type { Ruff, RuffAnswer } from '../../../extension/gate/linter.ts';
import type { TextRange } from '../../../shared/lint/range.ts';
import { editorOn, nothing } from './documents.ts';
import { judgeAlone } from './judging.ts';
import { onlyBundled, realRuff, unaborted } from './real-ruff.ts';

const folder = join(import.meta.dirname, '../../../node_modules/node-gyp/gyp/pylib/gyp');
const ruff = realRuff();
afterAll(() => ruff.dispose());

/** Ruff's answer on the document is the same for all of its functions. */
const remembering: Ruff = (() => {
  const answers = new Map<string, Promise<RuffAnswer>>();
  return {
    check(text, signal) {
      const answer = answers.get(text) ?? ruff.check(text, signal);
      answers.set(text, answer);
      return answer;
    },
    dispose: () => ruff.dispose(),
  };
})();

interface Definition {
  readonly name: string;
  readonly indent: number;
  readonly from: number;
  /** The line after its signature's last. */
  readonly body: number;
  /** The line after its last. */
  readonly to: number;
}

const indentOf = (line: string): number => line.search(/\S/);

/** Functions and methods at any depth, with their decorators. */
function definitionsIn(lines: readonly string[]): Definition[] {
  return lines.flatMap((line, index) => {
    const name = /^\s*(?:async )?def (\w+)/.exec(line)?.[1];
    if (name === undefined) return [];
    const indent = indentOf(line);
    let from = index;
    while (lines[from - 1]?.startsWith(`${' '.repeat(indent)}@`)) from -= 1;
    const body = lines.findIndex((text, at) => at >= index && /:\s*(#.*)?$/.test(text)) + 1;
    let to = body;
    let inDocstring = false;
    for (let next = to; next < lines.length; next += 1) {
      const text = lines[next] ?? '';
      const isBlank = text.trim() === '';
      if (!isBlank && indentOf(text) <= indent && !inDocstring) break;
      if ((text.match(/"""/g)?.length ?? 0) % 2 === 1) inDocstring = !inDocstring;
      if (!isBlank) to = next + 1;
    }
    return [{ name, indent, from, body, to }];
  });
}

async function verdictOn(text: string, selection: TextRange): Promise<string> {
  const frozen = freeze(editorOn(text, selection));
  const verdict = judgeAlone(frozen, await checkOwn(frozen, onlyBundled(remembering), unaborted));
  return verdict.kind === 'blocked' ? JSON.stringify(verdict.blocking) : verdict.kind;
}

describe.each([
  ['input.py', 50],
  ['common.py', 40],
  ['xcodeproj_file.py', 100],
  ['generator/msvs.py', 100],
])('%s', (file, leastDefinitions) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const lines = text.split('\n');
  const definitions = definitionsIn(lines);

  it('has many functions, nested ones and methods too', () => {
    expect(definitions.length).toBeGreaterThan(leastDefinitions);
    expect(definitions.some((definition) => definition.indent > 0)).toBe(true);
  });

  it('is clean as a whole', async () => {
    expect(await verdictOn(text, nothing)).toBe('clean');
  });

  it.each(definitions)('$name is clean by whole lines', async ({ from, to }) => {
    const selection = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
    expect(await verdictOn(text, selection)).toBe('clean');
  });

  it.each(definitions)('$name is clean from its first letter to its last', async ({ from, to, indent }) => {
    const end = { line: to - 1, character: lines[to - 1]?.length ?? 0 };
    expect(await verdictOn(text, { start: { line: from, character: indent }, end })).toBe('clean');
  });

  it.each(definitions)('the body of $name is clean', async ({ body, to }) => {
    const selection = { start: { line: body, character: 0 }, end: { line: to, character: 0 } };
    expect(await verdictOn(text, selection)).toBe('clean');
  });
});
