// Names that editors and devices give themselves.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { localProgramName, readDeviceName } from '../../../worker/identity/device-name.ts';

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

describe('a program on this machine', () => {
  it.each([
    ['a version', 'curl/8.5.0', 'curl on this machine'],
    ['a version and more', 'HTTPie/3.2 (x)', 'HTTPie on this machine'],
    ['a name alone', 'node', 'node on this machine'],
    ['what browsers say', 'Mozilla/5.0 (X11; Linux) Firefox/149.0', 'browser on this machine'],
    ['nothing', '', 'local sign-in'],
    ['no such line', null, 'local sign-in'],
    ['no product', '<script>/1', 'local sign-in'],
    ['a product that is too long', 'x'.repeat(31), 'local sign-in'],
  ])('that says %s', (_what, userAgent, expected) => {
    expect(localProgramName(userAgent, 'local sign-in')).toBe(expected);
  });
});
