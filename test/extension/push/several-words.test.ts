// One message tells how several pushes ended: how many are there, and of each other why it isn't.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { type EndOfOne, severalMessage } from '../../../extension/push/several-words.ts';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { translate } from '../translate.ts';

const pushed = (name: string): EndOfOne => ({
  name,
  end: { kind: 'pushed', snippet: create(SnippetSchema) },
});

describe('the message about several pushes', () => {
  it('says how many lie on the stack', () => {
    expect(severalMessage([pushed('a.py'), pushed('b.py')], translate)).toBe(
      'Pushed 2 files. The address of the last one is on the clipboard.',
    );
  });

  it('lists what does not, and why', () => {
    const some: EndOfOne[] = [
      pushed('a.py'),
      { name: 'b.py', end: { kind: 'nothing' } },
      { name: 'c.bin', end: { kind: 'unreadable' } },
    ];
    expect(severalMessage(some, translate)).toBe(
      'Pushed 1 of 3 files; the address of the last one is on the clipboard. Not pushed: b.py (is empty), c.bin (can’t be opened as text).',
    );
  });

  it('says that nothing was pushed', () => {
    expect(
      severalMessage(
        [
          { name: 'a.py', end: { kind: 'moving' } },
          { name: 'b.py', end: { kind: 'canceled' } },
        ],
        translate,
      ),
    ).toBe('Nothing was pushed: a.py (changed meanwhile), b.py (given up).');
  });
});
