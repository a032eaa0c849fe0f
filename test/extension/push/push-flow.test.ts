// A push from its frozen text to the stack: what is sent, when, how often, and what waits where it isn't.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { type Frozen, noOptions } from '../../../extension/push/draft.ts';
import { type Deliver, type Gate, type Outcome, push } from '../../../extension/push/push-flow.ts';
import type { Delivered } from '../../../extension/queue/deliver.ts';
import type { Push } from '../../../shared/client.ts';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { limits } from '../../../shared/limits.ts';
import { noProof } from '../../../shared/lint/proof.ts';
import type { PartFinding, Verdict } from '../../../shared/lint/verdict.ts';

const finding: PartFinding = {
  tool: 'Ruff',
  code: 'F821',
  message: 'Undefined name `x`',
  class: 'undefined-name',
  severity: 'error',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  origin: 'own',
  fix: 'none',
  part: 0,
};
const kept = { tool: 'Ruff', code: 'F401', message: '`os` imported but unused', line: 1, column: 8 };
const clean: Verdict = { kind: 'clean', kept: [kept], needs: ['np'], proof: noProof };
const blocked: Verdict = { kind: 'blocked', blocking: [finding], kept: [], needs: [], proof: noProof };
const moved = { kind: 'moved' } as const;

/** An editor whose text is another one at each look, and a gate that gives these verdicts one by one. */
function gateWith(verdicts: (Verdict | typeof moved)[], text = 'x = 1\r\n') {
  const checked: string[] = [];
  const gate: Gate<Frozen> = {
    freeze: () => ({
      text: text.replace('1', String(checked.length)),
      languageId: 'python',
      fileName: 'a.py',
    }),
    check: (frozen) => {
      checked.push(frozen.text);
      const verdict = verdicts[checked.length - 1];
      return verdict ? Promise.resolve(verdict) : Promise.reject(new Error('checked too often'));
    },
  };
  return { gate, checked };
}

/** A way to the edge on which each draft comes to the same end. */
function edgeWith(delivered: Delivered = { kind: 'pushed', snippet: create(SnippetSchema, { number: 7 }) }) {
  const sent: Push[] = [];
  const deliver: Deliver<Frozen> = (draft) => {
    sent.push(draft);
    return Promise.resolve(delivered);
  };
  return { deliver, sent };
}

const intent = { options: noOptions, requestId: 'request-1' };
const neverAborted = new AbortController().signal;

async function pushed(
  gate: Gate<Frozen>,
  edge: ReturnType<typeof edgeWith>,
  signal = neverAborted,
): Promise<Outcome<Frozen>> {
  return push(gate, edge.deliver, intent, signal, () => {});
}

describe('a push', () => {
  it('sends exactly the text that was found clean, with what was found in it', async () => {
    const edge = edgeWith();
    const outcome = await pushed(gateWith([clean]).gate, edge);
    expect(outcome).toMatchObject({ kind: 'pushed', snippet: { number: 7 } });
    expect(edge.sent).toEqual([
      {
        text: 'x = 0\r\n',
        requestId: 'request-1',
        language: 'python',
        fileName: 'a.py',
        findings: [kept],
        needs: ['np'],
        proof: noProof,
        description: '',
        visibility: undefined,
        ttlSeconds: undefined,
        alias: '',
        burnReads: 0,
      },
    ]);
  });

  it.each([
    ['the gate blocks it', blocked, { kind: 'blocked', findings: [finding], frozen: { text: 'x = 0\r\n' } }],
    [
      'the gate could not check it',
      { kind: 'failed', reason: 'It broke.' } as const,
      { kind: 'unchecked', reason: 'It broke.', frozen: { text: 'x = 0\r\n' } },
    ],
  ])('sends nothing where %s, and keeps the text', async (_, verdict, expected) => {
    const edge = edgeWith();
    expect(await pushed(gateWith([verdict]).gate, edge)).toMatchObject(expected);
    expect(edge.sent).toEqual([]);
  });

  it('freezes the text anew when its document changed during the check', async () => {
    const edge = edgeWith();
    const { gate, checked } = gateWith([moved, moved, clean]);
    expect(await pushed(gate, edge)).toMatchObject({ kind: 'pushed' });
    expect(checked).toEqual(['x = 0\r\n', 'x = 1\r\n', 'x = 2\r\n']);
    expect(edge.sent.map(({ text }) => text)).toEqual(['x = 2\r\n']);
  });

  it('gives up where the document changes during three checks', async () => {
    const edge = edgeWith();
    const { gate, checked } = gateWith([moved, moved, moved, clean]);
    expect(await pushed(gate, edge)).toEqual({ kind: 'moving' });
    expect(checked).toHaveLength(3);
    expect(edge.sent).toEqual([]);
  });

  it.each([
    ['no text', '', { kind: 'nothing' }],
    ['half a surrogate pair', 'x = "\uD83D"', { kind: 'refused', problem: { code: 'not_text' } }],
    [
      'more bytes than a snippet may have',
      'ä'.repeat(limits.textBytes / 2 + 1),
      { kind: 'refused', problem: { code: 'too_large', limit: limits.textBytes } },
    ],
  ])('is refused before it is checked: %s', async (_, text, expected) => {
    const edge = edgeWith();
    const { gate, checked } = gateWith([clean], text);
    expect(await pushed(gate, edge)).toMatchObject(expected);
    expect(checked).toEqual([]);
    expect(edge.sent).toEqual([]);
  });

  it('ends where it is given up during the check', async () => {
    const edge = edgeWith();
    const controller = new AbortController();
    const gate: Gate<Frozen> = {
      freeze: gateWith([]).gate.freeze,
      check: (_, signal) => {
        controller.abort();
        return Promise.reject(signal.reason);
      },
    };
    expect(await pushed(gate, edge, controller.signal)).toEqual({ kind: 'canceled' });
    expect(edge.sent).toEqual([]);
  });

  it.each<Delivered>([
    { kind: 'canceled' },
    { kind: 'queueFull' },
    { kind: 'refused', problem: { code: 'alias_taken', detail: '' } },
  ])('ends as its delivery does: $kind', async (delivered) => {
    expect(await pushed(gateWith([clean]).gate, edgeWith(delivered))).toEqual(delivered);
  });

  it('lets through what nobody expects', async () => {
    await expect(pushed(gateWith([]).gate, edgeWith())).rejects.toThrow('checked too often');
  });
});
