// A project's Ruff as a process, whose faults are played by small programs.

import { mkdtempSync, rmSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { LintedFile, ProjectRuff } from '../../../extension/gate/linter.ts';
import { createProjectRuff, identify } from '../../../extension/gate/ruff-process.ts';
import { translate } from '../translate.ts';
import { uriOf } from './documents.ts';
import { unaborted } from './real-ruff.ts';

const folder = mkdtempSync(join(tmpdir(), 'pybin-ruff-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

let count = 0;

/** A program that does this in place of checking. */
async function program(script: string): Promise<string> {
  count += 1;
  const path = join(folder, `program-${count}`);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

function ruffAt(path: string, timeoutMs = 20_000): ProjectRuff {
  return createProjectRuff({ program: path, version: '0.16.9', t: translate, timeoutMs });
}

function fileOf(...texts: string[]): LintedFile {
  return { uri: uriOf(join(folder, 'area.py')), texts, isNotebook: false };
}

const file = fileOf('x = 1\n');

describe.skipIf(process.platform === 'win32')('a Ruff', () => {
  it.each([
    [
      'that can’t read its settings',
      'echo "ruff failed" >&2; echo "  Cause: Failed to parse /p/ruff.toml" >&2; exit 2',
      'Failed to parse /p/ruff.toml.',
    ],
    [
      'that tells more than one cause',
      `echo 'ruff failed
  Cause: Failed to load configuration
  Cause: Failed to parse /p/ruff.toml
  Cause: TOML parse error at line 1, column 9
  |
1 | lint = [
  |         ^
unclosed array' >&2; exit 2`,
      ': Failed to parse /p/ruff.toml: TOML parse error at line 1, column 9: unclosed array. Put that right',
    ],
    ['that is called in a way it does not know', 'echo "error: unexpected argument" >&2; exit 2', 'argument'],
    ['that fails without a word', 'exit 2', 'the code 2'],
    ['that says nothing and calls it clean', 'exit 0', 'the code 0'],
    ['that writes no report', 'echo "All checks passed!"', 'the code 0'],
    ['that writes half a report', 'echo \'[{"code":\'; exit 1', 'the code 1'],
    ['that writes a report of another form', "echo '[{}]'; exit 1", 'the code 1'],
    ['that found something and doesn’t say what', 'echo "[]"; exit 1', 'the code 1'],
    ['that is killed', 'echo "[]"; kill -9 $$', 'ended before'],
    ['that never stops writing', 'yes "[]"', 'ended before'],
  ])('%s has failed', async (_name, script, reason) => {
    const answer = await ruffAt(await program(script)).check(file, unaborted);
    expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) });
  });

  it('that hangs is ended, and has failed', async () => {
    const answer = await ruffAt(await program('exec sleep 600'), 100).check(file, unaborted);
    expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringContaining('0.1 seconds') });
  });

  it('that isn’t there any more has failed', async () => {
    const answer = await ruffAt(join(folder, 'gone')).check(file, unaborted);
    expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringContaining('ENOENT') });
  });

  it('is ended with its signal', async () => {
    const abort = new AbortController();
    const checking = ruffAt(await program('exec sleep 600')).check(file, abort.signal);
    abort.abort(new Error('given up'));
    await expect(checking).rejects.toThrow('given up');
  });

  it('that reads nothing of a large text does no harm', async () => {
    const answer = await ruffAt(await program('echo "[]"')).check(
      fileOf('x = 1\n'.repeat(500_000)),
      unaborted,
    );
    expect(answer).toMatchObject({ kind: 'checked', diagnostics: [] });
  });

  it('is kept from writing its report elsewhere', async () => {
    vi.stubEnv('RUFF_OUTPUT_FILE', join(folder, 'report.json'));
    const path = await program('if [ -z "$RUFF_OUTPUT_FILE" ]; then echo "[]"; fi');
    expect(await ruffAt(path).check(file, unaborted)).toMatchObject({ kind: 'checked' });
  });

  it.each([
    ['a Ruff', 'echo "ruff 0.16.9"', { kind: 'ruff', version: '0.16.9' }],
    ['a Ruff of a day', 'echo "ruff 0.17.0+12 (abc 2026-01-01)"', { kind: 'ruff', version: '0.17.0+12' }],
    ['a Ruff that is too old', 'echo "ruff 0.4.10"', { kind: 'other' }],
    ['something else', 'echo "rough 1.0.0"', { kind: 'other' }],
    ['a shim without a Ruff', 'echo "ruff: command not found" >&2; exit 127', { kind: 'other' }],
  ])('is told from others: %s', async (_name, script, expected) => {
    const path = await program(script);
    expect(await identify({ program: path, t: translate }, unaborted)).toEqual(expected);
  });

  it.each([
    ['hangs', 'exec sleep 600', 100, 'it did not answer within 0.1 seconds. Put that right'],
    ['is killed', 'kill -9 $$', 20_000, 'it was ended before'],
  ])('that %s before it says what it is has failed', async (_name, script, timeoutMs, reason) => {
    const path = await program(script);
    const identified = await identify({ program: path, t: translate, timeoutMs }, unaborted);
    expect(identified).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) });
  });

  it('that may not be run has failed', async () => {
    const path = await program('echo "ruff 0.16.9"');
    await chmod(path, 0o644);
    expect(await identify({ program: path, t: translate }, unaborted)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('EACCES'),
    });
  });
});
