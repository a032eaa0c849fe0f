// A text's language is guessed where it is sure, and left open otherwise.

import { describe, expect, it } from 'vitest';
import { guessLanguage } from '../../../extension/push/guess-language.ts';

describe('the language of a text', () => {
  it.each([
    ['python', 'a function', 'def total(prices):\n    return sum(prices)\n'],
    ['python', 'a class', 'class Cart(Base):\n    size = 3\n'],
    ['python', 'imports and a call', 'import os\n\nprint(os.sep)\n'],
    ['python', 'a function that is not whole', '    for x in y:\n        total += x\n        return x'],
    ['python', 'a script with an interpreter', '#!/usr/bin/env python3\nx\n'],
    ['python', 'Windows line ends', 'import os\r\nfrom x import y\r\n'],
    ['shellscript', 'a shell script', '#!/bin/sh\necho hello\n'],
    ['javascript', 'a script of Node', '#!/usr/bin/env node\nx\n'],
    ['json', 'an object', ' {"a": [1, 2]}\n'],
    ['html', 'a page', '<!doctype html>\n<title>x</title>'],
  ])('is %s: %s', (language, _, text) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it.each([
    ['a word', 'hello'],
    ['an address', 'https://pybin.example/~ada/12'],
    ['a sentence', 'Return the book, and import nothing.'],
    ['prose that begins with a keyword', 'import duties\nare due on arrival\n'],
    ['one assignment, as in any file of settings', 'name = value\nother = 2\n'],
    ['JavaScript', 'import os from "os";\nconst x = 1;\nreturn x\n'],
    ['Rust', 'fn main() {\n    let x = 1;\n}\n'],
    ['C', '#include <stdio.h>\nint main() {\n  return 0;\n}\n'],
    ['a list that is no JSON', '[draft] to do\n'],
    ['nothing', ''],
  ])('is left open: %s', (_, text) => {
    expect(guessLanguage(text)).toBe('');
  });

  it('is found in the time that a person doesn’t notice, whatever the text', () => {
    for (const text of [
      ' '.repeat(100_000),
      '\n'.repeat(100_000),
      'a '.repeat(50_000),
      'def '.repeat(50_000),
    ])
      expect(guessLanguage(text)).toBe('');
  });
});
