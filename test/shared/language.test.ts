// A file's ending tells its language, and a language its usual ending.

import { describe, expect, it } from 'vitest';
import { endingOf, languageOf } from '../../shared/language.ts';

describe('the language of a file', () => {
  it.each([
    ['a.py', 'python'],
    ['a.b.PYI', 'python'],
    ['notes.ipynb', 'json'],
    ['.py', 'python'],
    ['Makefile', ''],
    ['a.', ''],
    ['a.zig', ''],
  ])('%s is "%s"', (name, language) => {
    expect(languageOf(name)).toBe(language);
  });
});

describe('the ending of a language', () => {
  it.each([
    ['python', '.py'],
    ['json', '.json'],
    ['yaml', '.yaml'],
    ['typescript', '.ts'],
    ['zig', ''],
    ['', ''],
  ])('of "%s" is "%s"', (language, ending) => {
    expect(endingOf(language)).toBe(ending);
  });
});
