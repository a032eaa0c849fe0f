// Where a project's Ruff is looked for, on Unix and on Windows.

import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  getConfigured,
  type Machine,
  ruffsAround,
  ruffsIn,
  ruffsOnPath,
} from '../../../extension/gate/ruff-places.ts';

const unix: Machine = { isWindows: false, path: posix, home: '/home/ada' };
const windows: Machine = { isWindows: true, path: win32, home: String.raw`C:\Users\ada` };

describe('an environment has its Ruff', () => {
  it.each([
    ['beside its interpreter', { executable: '/v/bin/python', prefix: '/v' }, unix, ['/v/bin/ruff']],
    [
      'in its folder where it has no interpreter',
      { executable: undefined, prefix: '/v' },
      unix,
      ['/v/bin/ruff'],
    ],
    [
      'in either place where they differ',
      { executable: '/usr/bin/python3', prefix: '/v' },
      unix,
      ['/usr/bin/ruff', '/v/bin/ruff'],
    ],
    [
      'in Scripts on Windows, as an .exe',
      { executable: String.raw`C:\conda\python.exe`, prefix: String.raw`C:\conda` },
      windows,
      [String.raw`C:\conda\ruff.exe`, String.raw`C:\conda\Scripts\ruff.exe`],
    ],
  ])('%s', (_name, environment, machine, expected) => {
    expect(ruffsIn(environment, machine)).toEqual(expected);
  });
});

describe('a project has its Ruff in .venv', () => {
  it.each<[string, string, string, Machine, string[]]>([
    [
      'of the folder nearest to the file',
      '/p/area/src/a.py',
      '/p',
      unix,
      ['/p/area/src/.venv/bin/ruff', '/p/area/.venv/bin/ruff', '/p/.venv/bin/ruff'],
    ],
    ['and in none outside', '/p/a.py', '/p', unix, ['/p/.venv/bin/ruff']],
    ['also where the project is all there is', '/a.py', '/', unix, ['/.venv/bin/ruff']],
    [
      'on Windows too',
      String.raw`C:\p\src\a.py`,
      String.raw`C:\p`,
      windows,
      [String.raw`C:\p\src\.venv\Scripts\ruff.exe`, String.raw`C:\p\.venv\Scripts\ruff.exe`],
    ],
  ])('%s', (_name, file, folder, machine, expected) => {
    expect(ruffsAround(file, folder, machine)).toEqual(expected);
  });
});

describe('PATH', () => {
  it('is looked through in its order, without folders that depend on where one stands', () => {
    expect(ruffsOnPath('/a/bin:.::bin:/b', unix)).toEqual(['/a/bin/ruff', '/b/ruff']);
    expect(ruffsOnPath(String.raw`C:\a;;bin`, windows)).toEqual([String.raw`C:\a\ruff.exe`]);
  });
});

describe('a configured path', () => {
  it.each<[string, unknown, string | undefined, string | undefined]>([
    ['that is absolute is taken as it is', '/opt/ruff', '/p', '/opt/ruff'],
    ['may be padded', ' /opt/ruff ', '/p', '/opt/ruff'],
    ['may name the home folder', '~/bin/ruff', '/p', '/home/ada/bin/ruff'],
    ['has no other person’s home folder', '~bob/ruff', '/p', '/p/~bob/ruff'],
    ['may name the project', '${workspaceFolder}/.venv/bin/ruff', '/p', '/p/.venv/bin/ruff'],
    ['that is relative is the project’s', '.venv/bin/ruff', '/p', '/p/.venv/bin/ruff'],
    ['that is relative stays so where there is no project', 'ruff', undefined, 'ruff'],
    ['that is empty is none', '', '/p', undefined],
    ['that is blank is none', '  ', '/p', undefined],
    ['that is no text is none', 7, '/p', undefined],
  ])('%s', (_name, setting, folder, expected) => {
    expect(getConfigured(setting, folder, unix)).toBe(expected);
  });
});
