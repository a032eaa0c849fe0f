// Which settings are Ruff's for a file: the nearest, as Ruff itself looks for them.

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getSettingsSha256 } from '../../../extension/gate/ruff-settings.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pybin-settings-'));
  vi.stubEnv('XDG_CONFIG_HOME', join(root, 'personal'));
  vi.stubEnv('APPDATA', join(root, 'personal'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const ours = '[tool.ruff]\nline-length = 100\n';

describe('the settings of a file', () => {
  it.each<[string, Record<string, string>, string]>([
    ['are its folder’s', { 'a/b/ruff.toml': 'b', 'a/ruff.toml': 'a' }, 'b'],
    ['are those of a folder around it', { 'a/ruff.toml': 'a' }, 'a'],
    [
      'are the hidden ones before the others',
      { 'a/b/ruff.toml': 'seen', 'a/b/.ruff.toml': 'hidden' },
      'hidden',
    ],
    ['are ruff.toml’s before the project’s', { 'a/b/ruff.toml': 'own', 'a/b/pyproject.toml': ours }, 'own'],
    ['are the project’s', { 'a/b/pyproject.toml': ours }, ours],
    [
      'are in a part of the project’s',
      { 'a/pyproject.toml': '[ tool.ruff.lint ]\n' },
      '[ tool.ruff.lint ]\n',
    ],
    [
      'are not those of a project that has none',
      { 'a/b/pyproject.toml': '[tool.ruffle]\n', 'a/ruff.toml': 'a' },
      'a',
    ],
    ['are the person’s where no folder has any', { 'personal/ruff/ruff.toml': 'mine' }, 'mine'],
    ['are the folder’s before the person’s', { 'personal/ruff/ruff.toml': 'mine', 'a/ruff.toml': 'a' }, 'a'],
  ])('%s', async (_name, files, expected) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    expect(await getSettingsSha256(join(root, 'a/b'))).toBe(sha256(expected));
  });

  it('are none where there are none, though the folder isn’t there', async () => {
    expect(await getSettingsSha256(join(root, 'not/there'))).toBe('');
  });
});
