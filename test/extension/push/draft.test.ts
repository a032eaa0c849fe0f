// What goes along with a text never stops it: what the edge would refuse of it is left out.

import { describe, expect, it } from 'vitest';
import { noOptions, toDraft } from '../../../extension/push/draft.ts';
import { limits } from '../../../shared/limits.ts';
import { checkDetails } from '../../../shared/snippet.ts';

const intent = { options: noOptions, requestId: 'r' };
const frozen = { text: 'x', languageId: 'python', fileName: 'a.py' };
const proof = { linter: 'Ruff', linterVersion: '0.17.3', configurationSha256: '', overrideReason: '' };
const finding = { tool: 'Ruff', code: 'F401', message: 'unused', line: 1, column: 1 };

describe('a draft', () => {
  it.each([
    ['a language of an unknown form', { languageId: 'my language' }, { language: '', fileName: 'a.py' }],
    ['a language that is too long', { languageId: 'x'.repeat(41) }, { language: '' }],
    ['a file name with a slash', { fileName: 'a/b.py' }, { fileName: '', language: 'python' }],
  ])('goes without %s', (_, change, expected) => {
    expect(toDraft({ ...frozen, ...change }, { kept: [], needs: [], proof }, intent)).toMatchObject(expected);
  });

  it('goes with as many findings and names as are kept', () => {
    const findings = Array.from({ length: limits.findings + 5 }, () => finding);
    const needs = Array.from({ length: limits.needs + 5 }, (_, index) => `name${index}`);
    const draft = toDraft(frozen, { kept: findings, needs, proof }, intent);
    expect(draft.findings).toHaveLength(limits.findings);
    expect(draft.needs).toEqual(needs.slice(0, limits.needs));
  });

  it('goes without the one finding and name that are too long', () => {
    const long = { ...finding, message: 'x'.repeat(limits.findingMessageCharacters + 1) };
    const draft = toDraft(
      frozen,
      { kept: [long, finding], needs: ['x'.repeat(limits.needCharacters + 1), 'np'], proof },
      intent,
    );
    expect(draft.findings).toEqual([finding]);
    expect(draft.needs).toEqual(['np']);
  });

  it('goes with its proof', () => {
    expect(toDraft(frozen, { kept: [], needs: [], proof }, intent).proof).toEqual(proof);
  });

  it('is always one that the edge takes', () => {
    const draft = toDraft(
      { ...frozen, languageId: 'ü', fileName: '\u0000' },
      { kept: [finding], needs: ['np'], proof: { ...proof, linterVersion: 'ü' } },
      intent,
    );
    expect(checkDetails(draft).ok).toBe(true);
  });
});
