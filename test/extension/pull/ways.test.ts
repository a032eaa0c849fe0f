// What can be done with a text depends on where it would go, and says so.

import { describe, expect, it } from 'vitest';
import { type Place, wayLabel, waysFor } from '../../../extension/pull/ways.ts';
import { translate } from '../translate.ts';

const here: Place = { fileName: 'a.py', cursors: 1, hasSelection: false };

describe('the ways to pull', () => {
  it('begin with the editor where there is one', () => {
    expect(waysFor({}, here)).toEqual(['insert', 'compare', 'newEditor', 'preview', 'clipboard']);
  });

  it('do without it where there is none', () => {
    expect(waysFor({}, undefined)).toEqual(['newEditor', 'preview', 'clipboard']);
  });

  it('end with the file that it came from, where it came from one', () => {
    expect(waysFor({ origin: { fileName: 'shop.py' } }, undefined).at(-1)).toBe('applyBack');
    expect(waysFor({ origin: { fileName: '' } }, here).at(-1)).toBe('clipboard');
  });

  it.each([
    ['insert', here, '$(insert) Insert at the Cursor'],
    ['insert', { ...here, cursors: 3 }, '$(insert) Insert at 3 Cursors'],
    ['insert', { ...here, hasSelection: true }, '$(insert) Replace the Selection'],
    ['insert', { ...here, hasSelection: true, cursors: 2 }, '$(insert) Replace 2 Selections'],
    ['compare', here, '$(diff) Compare with a.py'],
    ['compare', { ...here, hasSelection: true }, '$(diff) Compare with the Selection'],
    ['newEditor', undefined, '$(new-file) Open in a New Editor'],
    ['preview', undefined, '$(open-preview) Preview'],
    ['clipboard', undefined, '$(copy) Copy Text'],
    ['applyBack', undefined, '$(reply) Apply Back to shop.py'],
  ] as const)('%s at %o reads "%s"', (way, place, label) => {
    expect(wayLabel(way, { origin: { fileName: 'shop.py' } }, place, translate)).toBe(label);
  });
});
