// The bundled Ruff answers, or says that it failed; it never takes a failure for a clean text.

import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Ruff } from '../../../extension/gate/linter.ts';
import { threadsAt } from '../../../extension/gate/node-thread.ts';
import { createRuff } from '../../../extension/gate/ruff.ts';
import { translate } from '../translate.ts';
import { realRuff, unaborted } from './real-ruff.ts';

const started: Ruff[] = [];
const keep = (ruff: Ruff): Ruff => {
  started.push(ruff);
  return ruff;
};
afterAll(() => started.forEach((ruff) => ruff.dispose()));

const thread = (name: string): string => join(import.meta.dirname, 'threads', name);

describe('the bundled Ruff', () => {
  const ruff = keep(realRuff());

  it('answers', async () => {
    expect(await ruff.check('print(np)\n', unaborted)).toEqual({
      kind: 'checked',
      version: '0.17.3',
      configurationSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      diagnostics: [
        {
          code: 'F821',
          message: 'Undefined name `np`',
          start: { row: 1, column: 7 },
          end: { row: 1, column: 9 },
          edits: [],
          cell: null,
        },
      ],
    });
  });

  it('answers each of many at once', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `x = name_${index}\n`);
    const answers = await Promise.all(texts.map((text) => ruff.check(text, unaborted)));
    expect(
      answers.map((answer) => (answer.kind === 'checked' ? answer.diagnostics[0]?.message : answer.reason)),
    ).toEqual(texts.map((_, index) => `Undefined name \`name_${index}\``));
  });

  it.each([
    ['3,000 nested brackets', `${'['.repeat(3000)}${']'.repeat(3000)}`],
    ['10,000 terms', `x = ${'1 + '.repeat(10_000)}1`],
  ])('fails at %s, and answers the next', async (_name, text) => {
    const failed = await ruff.check(text, unaborted);
    expect(failed).toMatchObject({ kind: 'failed', reason: expect.stringContaining('could not check') });
    expect(await ruff.check('x = 1\n', unaborted)).toMatchObject({ kind: 'checked', diagnostics: [] });
  });

  it('counts columns in UTF-16 units, and rows at CRLF', async () => {
    expect(await ruff.check('x = 1\r\n"😀"; foo\r\n', unaborted)).toMatchObject({
      diagnostics: [{ start: { row: 2, column: 7 }, end: { row: 2, column: 10 } }],
    });
  });

  it('offers its safe fixes and no others', async () => {
    const answer = await ruff.check('x = f"a"\nprint({1: x, 1: x}, "{}".format(x, x))\n', unaborted);
    if (answer.kind !== 'checked') throw new Error(answer.reason);
    expect(answer.diagnostics.map(({ code, edits }) => [code, edits.length])).toEqual([
      ['F541', 1],
      ['F601', 0],
      ['F523', 0],
    ]);
  });

  it('reads the newest grammar', async () => {
    const text =
      'type A[T = int] = list[T]\nx = t"{A}"\ntry:\n    pass\nexcept OSError, ValueError:\n    pass\n';
    expect(await ruff.check(text, unaborted)).toMatchObject({ kind: 'checked', diagnostics: [] });
  });

  it('starts anew after its thread was let go', async () => {
    const idle = keep(realRuff({ idleMs: 0 }));
    await idle.check('x = 1\n', unaborted);
    expect(await idle.check('x = y\n', unaborted)).toMatchObject({ kind: 'checked', diagnostics: [{}] });
    idle.dispose();
    expect(await idle.check('x = 1\n', unaborted)).toMatchObject({ kind: 'checked' });
  });

  it('answers who waits behind a text that it fails at', async () => {
    const deep = `${'['.repeat(3000)}${']'.repeat(3000)}`;
    const answers = await Promise.all([ruff.check(deep, unaborted), ruff.check('x = 1\n', unaborted)]);
    expect(answers).toMatchObject([{ kind: 'failed' }, { kind: 'checked' }]);
  });
});

describe('a check that is given up', () => {
  it.each([
    ['before it began', async () => undefined],
    ['while it is under way', () => setImmediate()],
  ])('%s says so, and the next is answered', async (_name, begun) => {
    const ruff = keep(realRuff());
    const abort = new AbortController();
    const checking = ruff.check('x = 1\n', abort.signal);
    const outcome = expect(checking).rejects.toThrow('given up');
    await begun();
    abort.abort(new Error('given up'));
    await outcome;
    expect(await ruff.check('x = 1\n', unaborted)).toMatchObject({ kind: 'checked' });
  });
});

describe('a check fails', () => {
  it.each([
    ['where the thread never answers', 'silent.mjs', 'did not answer within 0.05 seconds'],
    ['where the thread ends', 'dies.mjs', 'its thread ended'],
    ['where the thread can’t start', 'throws.mjs', 'no memory left'],
    ['where there is no thread', 'none.mjs', 'none.mjs'],
    ['where the answer has another form', 'strange.mjs', 'in a form that is not known'],
    ['where the thread broke once, for it is not asked again', 'breaks-once.mjs', 'it overflowed'],
  ])('%s', async (_name, file, reason) => {
    const ruff = keep(
      createRuff({
        startThread: threadsAt(thread(file)),
        t: translate,
        timeoutMs: file === 'silent.mjs' ? 50 : 20_000,
      }),
    );
    for (let round = 1; round <= 2; round += 1)
      expect(await ruff.check('x = 1\n', unaborted)).toMatchObject({
        kind: 'failed',
        reason: expect.stringContaining(reason),
      });
  });

  it('and one that waits for its turn behind it is answered', async () => {
    const ruff = keep(createRuff({ startThread: threadsAt(thread('dies.mjs')), t: translate }));
    const answers = await Promise.all([ruff.check('a', unaborted), ruff.check('b', unaborted)]);
    expect(answers).toMatchObject([{ kind: 'failed' }, { kind: 'failed' }]);
  });
});
