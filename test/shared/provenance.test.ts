// What may be said of by what a text was found clean, and of where it came from.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/limits.ts';
import { noProof, type Proof } from '../../shared/lint/proof.ts';
import { noOrigin, type Origin, withoutPassword } from '../../shared/provenance.ts';
import { checkDetails, plainDetails } from '../../shared/snippet.ts';

const check = (said: { proof?: Proof; origin?: Origin }) => checkDetails({ ...plainDetails, ...said });

const ruff: Proof = {
  linter: 'Ruff',
  linterVersion: '0.17.3',
  configurationSha256: 'a'.repeat(64),
  overrideReason: 'It is a test:\nit may.',
};

const here: Origin = {
  repository: 'https://git.example/ada/engine.git',
  commit: 'c0ffee'.repeat(6),
  path: 'src/näme/input.py',
  startLine: 3,
  endLine: 3,
};

describe('a proof', () => {
  it.each<[string, Partial<Proof>]>([
    ['all there is', {}],
    ['nothing', noProof],
    ['the longest of all', longestProof()],
    ['a version of any form', { linterVersion: '2026.11-rc.1+build 7' }],
  ])('may say %s', (_what, said) => {
    expect(check({ proof: { ...ruff, ...said } }).ok).toBe(true);
  });

  it.each<[string, Partial<Proof>, string]>([
    ['too long a linter', { linter: 'x'.repeat(limits.linterCharacters + 1) }, 'proof.linter'],
    ['a linter of two lines', { linter: 'Ruff\nx' }, 'proof.linter'],
    ['a linter that turns the line around', { linter: 'Ruff\u202e' }, 'proof.linter'],
    ['too long a version', { linterVersion: '1'.repeat(limits.linterCharacters + 1) }, 'proof.linterVersion'],
    ['a hash that is cut', { configurationSha256: 'a'.repeat(63) }, 'proof.configurationSha256'],
    ['a hash in capitals', { configurationSha256: 'A'.repeat(64) }, 'proof.configurationSha256'],
    ['a hash and a newline', { configurationSha256: `${'a'.repeat(64)}\n` }, 'proof.configurationSha256'],
    [
      'too long a reason',
      { overrideReason: 'x'.repeat(limits.overrideReasonCharacters + 1) },
      'proof.overrideReason',
    ],
    ['a reason that UTF-8 can’t say', { overrideReason: '\ud83d' }, 'proof.overrideReason'],
  ])('is refused with %s', (_what, said, field) => {
    expect(check({ proof: { ...ruff, ...said } })).toMatchObject({
      ok: false,
      problem: { code: 'invalid_argument', field },
    });
  });
});

describe('an origin', () => {
  it.each<[string, Partial<Origin>]>([
    ['all there is', {}],
    ['nothing', noOrigin],
    ['the longest of all', longestOrigin()],
    ['a commit in capitals', { commit: 'C0FFEE' }],
    ['an address as git takes it', { repository: 'git@git.example:ada/engine.git' }],
    ['no line', { startLine: 0, endLine: 0 }],
    ['the last line there can be', { startLine: 1, endLine: 2 ** 32 - 1 }],
  ])('may say %s', (_what, said) => {
    expect(check({ origin: { ...here, ...said } }).ok).toBe(true);
  });

  it.each<[string, Partial<Origin>, string]>([
    ['too long an address', { repository: 'x'.repeat(limits.repositoryCharacters + 1) }, 'origin.repository'],
    ['an address of two lines', { repository: 'a\nb' }, 'origin.repository'],
    ['an address that UTF-8 can’t say', { repository: '\udc00' }, 'origin.repository'],
    ['a commit that isn’t hex', { commit: 'main' }, 'origin.commit'],
    ['too long a commit', { commit: 'a'.repeat(limits.commitCharacters + 1) }, 'origin.commit'],
    ['too long a path', { path: 'x'.repeat(limits.pathCharacters + 1) }, 'origin.path'],
    ['a path with a NUL', { path: 'a\0' }, 'origin.path'],
    ['a path that UTF-8 can’t say', { path: '\ud83d' }, 'origin.path'],
    ['lines that run backwards', { startLine: 3, endLine: 2 }, 'origin.endLine'],
    ['a last line without a first', { startLine: 0, endLine: 2 }, 'origin.endLine'],
    ['a line that is negative', { startLine: -1, endLine: 2 }, 'origin.endLine'],
    ['half a line', { startLine: 1.5, endLine: 2 }, 'origin.endLine'],
    ['a line beyond all', { startLine: 1, endLine: 2 ** 32 }, 'origin.endLine'],
  ])('is refused with %s', (_what, said, field) => {
    expect(check({ origin: { ...here, ...said } })).toMatchObject({
      ok: false,
      problem: { code: 'invalid_argument', field },
    });
  });

  it.each([
    ['https://ada:secret@git.example/x.git', 'https://git.example/x.git'],
    ['https://ghp_token@git.example/x.git', 'https://git.example/x.git'],
    ['HTTP://a@b:c@git.example/x.git', 'HTTP://git.example/x.git'],
    ['https://git.example/@ada/x.git', 'https://git.example/@ada/x.git'],
    ['git@git.example:ada/x.git', 'git@git.example:ada/x.git'],
    ['ssh://git@git.example/x.git', 'ssh://git@git.example/x.git'],
  ])('is kept without who signs in there: %s', (repository, kept) => {
    expect(withoutPassword({ ...here, repository }).repository).toBe(kept);
  });
});

describe('whatever is said', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 400 });

  it('is taken only where it comes back as it went, by JSON and by UTF-8', () => {
    fc.assert(
      fc.property(
        fc.record({
          linter: anyText,
          linterVersion: anyText,
          configurationSha256: fc.oneof(anyText, fc.constant('0'.repeat(64))),
          overrideReason: anyText,
        }),
        fc.record({
          repository: anyText,
          commit: fc.oneof(anyText, fc.constant('abc')),
          path: anyText,
          startLine: fc.nat(),
          endLine: fc.nat(),
        }),
        (proof, origin) => {
          if (!check({ proof, origin }).ok) return;
          const said = JSON.stringify({ proof, origin });
          const carried = new TextDecoder().decode(new TextEncoder().encode(said));
          expect(JSON.parse(carried)).toEqual({ proof, origin });
          expect(`${proof.linter}${proof.linterVersion}`).toMatch(/^[ -~]*$/);
        },
      ),
    );
  });
});

function longestProof(): Proof {
  return {
    linter: '~'.repeat(limits.linterCharacters),
    linterVersion: ' '.repeat(limits.linterCharacters),
    configurationSha256: '0'.repeat(64),
    overrideReason: '\0'.repeat(limits.overrideReasonCharacters),
  };
}

function longestOrigin(): Origin {
  return {
    repository: '中'.repeat(limits.repositoryCharacters),
    commit: 'f'.repeat(limits.commitCharacters),
    path: '中'.repeat(limits.pathCharacters),
    startLine: 2 ** 32 - 1,
    endLine: 2 ** 32 - 1,
  };
}
