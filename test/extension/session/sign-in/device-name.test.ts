// A key's name says which editor on which machine has it.

import { describe, expect, it } from 'vitest';
import { deviceName } from '../../../../extension/session/sign-in/device-name.ts';
import { limits } from '../../../../shared/limits.ts';

describe('the name of a key', () => {
  it.each([
    ['Visual Studio Code', 'laptop', 'VS Code on laptop'],
    ['Visual Studio Code - Insiders', 'laptop.local', 'VS Code - Insiders on laptop'],
    ['VSCodium', 'build-7.example.org', 'VSCodium on build-7'],
    ['Visual Studio Code', undefined, 'VS Code'],
    ['code-server', '', 'code-server'],
    ['', 'laptop', 'VS Code on laptop'],
  ])('of "%s" on %s', (appName, hostName, expected) => {
    expect(deviceName(appName, hostName)).toBe(expected);
  });

  it('is never longer than the edge takes, and never half a character', () => {
    const name = deviceName('Code', '🖥'.repeat(100));
    expect(Array.from(name)).toHaveLength(limits.keyNameCharacters);
    expect(name.isWellFormed()).toBe(true);
  });
});
