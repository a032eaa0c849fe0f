// Names that editors and devices give themselves.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { readDeviceName } from '../../../worker/identity/device-name.ts';

describe('a name', () => {
  it.each([
    ['as it is', 'VS Code on ada’s laptop 🐍', 'VS Code on ada’s laptop 🐍'],
    ['with space around it', '  laptop ', 'laptop'],
    ['on several lines', 'laptop\r\n\r\nApprove this', 'laptop Approve this'],
    ['that turns what follows it', 'laptop\u202Eevorppa', 'laptop evorppa'],
    ['that hides', '\u200B\u2060\uFEFF', 'an editor'],
    ['with controls', 'lap\u0000\u001B[31mtop', 'lap [31mtop'],
    ['of nothing', '', 'an editor'],
    ['that is too long', 'x'.repeat(500), 'x'.repeat(limits.keyNameCharacters)],
    ['that is cut before half a letter', `${'x'.repeat(59)}🐍🐍`, 'x'.repeat(59)],
  ])('%s', (_what, text, expected) => {
    expect(readDeviceName(text, 'an editor')).toBe(expected);
  });
});
