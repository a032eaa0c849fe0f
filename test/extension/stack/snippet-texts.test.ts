// What is made of a snippet to be looked at elsewhere: its curl line, its first lines, its push when it was deleted.

import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlLine } from '../../../extension/stack/curl-line.ts';
import { previewLines } from '../../../extension/stack/preview-lines.ts';
import { toPushAgain } from '../../../extension/stack/push-again.ts';
import { SnippetSchema, Visibility } from '../../../shared/gen/pybin_pb.js';
import { limits } from '../../../shared/limits.ts';
import { checkDetails } from '../../../shared/snippet.ts';
import { facts, HOUR, now } from './facts.ts';

describe('the curl line', () => {
  const link = 'https://pybin.example/s/AbCdEfGhIjKlMnOpQrStUv';
  it.each([
    { of: 'a public one', details: {}, line: 'curl https://pybin.example/~ada/12' },
    {
      of: 'an unlisted one',
      details: { visibility: 'unlisted', address: link } as const,
      line: `curl ${link}`,
    },
    {
      of: 'a private one, with the terminal’s key',
      details: { visibility: 'private', address: link } as const,
      line: `curl -H "Authorization: Bearer $PYBIN_KEY" ${link}`,
    },
    {
      of: 'one that burns, which takes a POST',
      details: { visibility: 'unlisted', address: link, readsLeft: 1 } as const,
      line: `curl -X POST ${link}/reveal`,
    },
  ])('of $of', ({ details, line }) => {
    expect(curlLine(facts(12, details))).toBe(line);
  });
});

describe('the first lines', () => {
  const { lines, characters } = limits.editor.preview;
  it.each([
    ['nothing', '', ''],
    ['nothing but blanks', ' \n\t\n', ''],
    ['one line without an end', 'x = 1', 'x = 1'],
    ['lines with other ends', 'a\r\nb\rc\n', 'a\nb\nc'],
    ['a byte order mark and blank lines before', '\uFEFF\n \n  x = 1\n', '  x = 1'],
    ['a line too long', 'x'.repeat(characters + 1), `${'x'.repeat(characters)}…`],
    [
      'a line too long that would end in half a character',
      `${'x'.repeat(characters - 1)}😀`,
      `${'x'.repeat(characters - 1)}…`,
    ],
    ['too many lines', 'x\n'.repeat(lines + 1), `${'x\n'.repeat(lines)}…`],
    ['as many lines as there is room for', 'x\n'.repeat(lines), 'x\n'.repeat(lines).trimEnd()],
  ])('of %s', (_, text, expected) => {
    expect(previewLines(text)).toBe(expected);
  });

  it('of anything fit', () => {
    assert(
      property(string({ maxLength: 2_000, unit: 'binary' }), (text) => {
        const shown = previewLines(text).split('\n');
        expect(shown.length).toBeLessThanOrEqual(lines + 1);
        for (const line of shown) expect(line.length).toBeLessThanOrEqual(characters + 1);
      }),
    );
  });
});

describe('a push that brings back what was deleted', () => {
  const snippet = create(SnippetSchema, {
    text: 'x = 1\r\n',
    description: 'one',
    language: 'python',
    alias: 'one',
    visibility: Visibility.PRIVATE,
    needs: ['np'],
    findings: [{ tool: 'Ruff', code: 'F821', message: 'np', line: 1, column: 5 }],
    origin: { fileName: 'one.py' },
    expireTime: timestampFromMs(now + HOUR),
    readsLeft: 0,
  });

  it('says all that was said of it, with what is left of its lifetime', () => {
    const push = toPushAgain(snippet, now, 'request');
    expect(push).toEqual({
      text: 'x = 1\r\n',
      description: 'one',
      language: 'python',
      alias: 'one',
      visibility: 'private',
      needs: ['np'],
      findings: [{ tool: 'Ruff', code: 'F821', message: 'np', line: 1, column: 5 }],
      fileName: 'one.py',
      ttlSeconds: 3600,
      burnReads: 0,
      requestId: 'request',
    });
    expect(checkDetails(push).ok).toBe(true);
  });

  it('has the shortest lifetime where less is left', () => {
    expect(toPushAgain(snippet, now + HOUR, 'request').ttlSeconds).toBe(limits.ttlSeconds.min);
  });
});
