// What people wrote is no Markdown.

import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../extension/markdown.ts';

describe('a text in Markdown', () => {
  it.each([
    ['of words', 'the shop’s total', 'the shop’s total'],
    ['with a link', '[x](command:y)', String.raw`\[x\]\(command\:y\)`],
    ['with an address', 'https://a.example', String.raw`https\:\/\/a\.example`],
    ['with an icon', '$(trash)', String.raw`\$\(trash\)`],
    ['with HTML and an entity', '<b>&amp;', String.raw`\<b\>\&amp\;`],
    ['of several lines', ' # one\r\n\n  two\n', '\\# one  \ntwo'],
    ['with a backslash', '\\*', String.raw`\\\*`],
  ])('%s stays that text', (_, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});
