// A push from its frozen text to the stack: what is sent, when, how often, and what waits where it isn't.

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { type Frozen, noOptions } from '../../../extension/push/draft.ts';
import { type Gate, type Outcome, push, type Send, send } from '../../../extension/push/push-flow.ts';
import type { Push } from '../../../shared/client.ts';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { limits } from '../../../shared/limits.ts';
import { noProof } from '../../../shared/lint/proof.ts';
import type { PartFinding, Verdict } from '../../../shared/lint/verdict.ts';
import { accept, isProblemCode, type ProblemCode, problems, refuse } from '../../../shared/problem.ts';

const finding: PartFinding = {
  tool: 'Ruff',
  code: 'F821',
  message: 'Undefined name `x`',
  class: 'undefined-name',
  severity: 'error',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  origin: 'own',
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

/** An edge that keeps what it is sent, or answers with a problem. */
function edgeWith(refusal?: ProblemCode) {
  const sent: Push[] = [];
  const sendDraft: Send = (draft) => {
    sent.push(draft);
    return Promise.resolve(refusal ? refuse(refusal, 'No.') : accept(create(SnippetSchema, { number: 7 })));
  };
  return { sendDraft, sent };
}

const intent = { options: noOptions, requestId: 'request-1' };
const neverAborted = new AbortController().signal;

async function pushed(
  gate: Gate<Frozen>,
  edge: ReturnType<typeof edgeWith>,
  signal = neverAborted,
): Promise<Outcome<Frozen>> {
  return push(gate, edge.sendDraft, intent, signal, () => {});
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

  it('ends where it is given up while it is sent', async () => {
    const controller = new AbortController();
    const sendDraft: Send = () => {
      controller.abort();
      return Promise.resolve(refuse('canceled', ''));
    };
    const { gate } = gateWith([clean]);
    const outcome = await push(gate, sendDraft, intent, controller.signal, () => {});
    expect(outcome).toEqual({ kind: 'canceled' });
  });

  it('lets through what nobody expects', async () => {
    await expect(pushed(gateWith([]).gate, edgeWith())).rejects.toThrow('checked too often');
  });
});

/** What becomes of a checked text that the edge answers with each code. */
const afterRefusal = {
  invalid_argument: 'refused',
  unauthenticated: 'unsent',
  forbidden: 'unsent',
  not_found: 'unsent',
  method_not_allowed: 'refused',
  alias_taken: 'refused',
  keys_full: 'refused',
  burning: 'refused',
  lost: 'refused',
  stale: 'refused',
  too_large: 'refused',
  not_text: 'refused',
  rate_limited: 'unsent',
  canceled: 'canceled',
  internal: 'unsent',
  unavailable: 'unsent',
} as const satisfies Record<ProblemCode, Outcome<Frozen>['kind']>;

describe('a push that the edge does not take', () => {
  it.each(Object.keys(problems).filter(isProblemCode))('%s: is kept where a retry can help', async (code) => {
    const outcome = await pushed(gateWith([clean]).gate, edgeWith(code));
    expect(outcome.kind).toBe(afterRefusal[code]);
  });

  it('is sent again as it was, under the same request id', async () => {
    const away = edgeWith('unavailable');
    const first = await pushed(gateWith([clean]).gate, away);
    if (first.kind !== 'unsent') throw new Error(first.kind);

    const back = edgeWith();
    expect(await send(first.frozen, first.draft, back.sendDraft, neverAborted)).toMatchObject({
      kind: 'pushed',
    });
    expect(back.sent).toEqual(away.sent);
  });
});
