// A text passes in spite of what was found only where all of that was seen, is allowed, and parses.

import { describe, expect, it } from 'vitest';
import { letPass, type Word } from '../../../extension/pending/let-pass.ts';
import type { GateVerdict } from '../../../extension/gate/gate.ts';
import { noProof } from '../../../shared/lint/proof.ts';
import type { PartFinding } from '../../../shared/lint/verdict.ts';

const finding: PartFinding = {
  tool: 'Ruff',
  code: 'F821',
  message: 'Undefined name `x`',
  class: 'undefined-name',
  severity: 'error',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  origin: 'own',
  fix: 'none',
  part: 0,
};
const kept = [{ tool: 'Ruff', code: 'F821', message: 'Undefined name `x`', line: 1, column: 1 }];
const proof = { ...noProof, linter: 'Ruff', linterVersion: '0.17.3' };
const blocked: GateVerdict = { kind: 'blocked', blocking: [finding], kept, needs: ['np'], proof };
const word: Word = { isSameText: true, override: 'confirm', reason: 'an example of it' };

describe('a blocked text', () => {
  it('passes with its findings and the reason', () => {
    expect(letPass(blocked, word)).toEqual({
      kind: 'clean',
      kept,
      needs: ['np'],
      proof: { ...proof, overrideReason: 'an example of it' },
    });
  });

  it.each<[string, GateVerdict, Word]>([
    ['that is another than the one that was seen', blocked, { ...word, isSameText: false }],
    ['where nobody may let it pass', blocked, { ...word, override: 'never' }],
    ['that does not parse', { ...blocked, blocking: [finding, { ...finding, class: 'syntax' }] }, word],
    ['that could not be checked', { kind: 'failed', reason: 'It broke.' }, word],
    ['that moved', { kind: 'moved' }, word],
    ['that is clean', { kind: 'clean', kept: [], needs: [], proof }, word],
  ])('%s stays as it is', (_name, verdict, given) => {
    expect(letPass(verdict, given)).toBe(verdict);
  });
});
