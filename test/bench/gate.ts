// How long the gate takes for a verdict where the editor's tools have nothing to add: the bundled Ruff in its thread,
// on whole files of real Python and on one line selected in them.

import { DiagnosticsClock } from '../../extension/gate/diagnostics-clock.ts';
import { freeze, type FrozenPush } from '../../extension/gate/frozen.ts';
import { createGate } from '../../extension/gate/gate.ts';
import { documentOf, nowhere } from '../../extension/gate/nowhere.ts';
import { uriOf } from '../extension/gate/documents.ts';
import { onlyBundled, realRuff, unaborted } from '../extension/gate/real-ruff.ts';
import { realPython } from './python.ts';
import { medianOf } from './statistics.ts';

const SIZES = [100, 1_000, 10_000] as const;
const ROUNDS = 15;
/** More than 10,000 lines have. */
const CORPUS_BYTES = 1024 * 1024;

export interface GateFigures {
  readonly lines: number;
  readonly wholeMs: number;
  readonly selectionMs: number;
}

export interface GateMeasured {
  /** With the start of the thread. */
  readonly firstMs: number;
  readonly sizes: readonly GateFigures[];
}

export async function measureGate(): Promise<GateMeasured> {
  const linters = onlyBundled(realRuff());
  const clock = new DiagnosticsClock(() => performance.now(), []);
  const gate = createGate({
    linters,
    editor: nowhere,
    clock,
    problems: { show: () => {} },
    policy: () => 'errors',
    now: () => performance.now(),
  });
  const timed = async (frozen: FrozenPush): Promise<number> => {
    const startedAt = performance.now();
    await gate.check(frozen, unaborted);
    return performance.now() - startedAt;
  };
  const median = async (frozen: FrozenPush): Promise<number> => {
    const durationsMs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) durationsMs.push(await timed(frozen));
    return medianOf(durationsMs);
  };
  try {
    const lines = (await realPython(CORPUS_BYTES)).toString('utf8').split('\n');
    const firstMs = await timed(
      freeze({ document: documentOf('x = 1\n', 'python', uriOf('/a.py')), selections: [] }),
    );
    const sizes: GateFigures[] = [];
    for (const count of SIZES) {
      const text = wholeDefinitions(lines, count);
      const document = documentOf(text, 'python', uriOf('/a.py'));
      const line = { start: { line: count / 2, character: 0 }, end: { line: count / 2 + 1, character: 0 } };
      const wholeMs = await median(freeze({ document, selections: [] }));
      const selectionMs = await median(freeze({ document, selections: [{ ...line, isEmpty: false }] }));
      sizes.push({ lines: count, wholeMs, selectionMs });
    }
    return { firstMs, sizes };
  } finally {
    linters.dispose();
    clock.dispose();
  }
}

/** The first lines, up to a definition that would be cut: what doesn't parse is checked in no time. */
function wholeDefinitions(lines: readonly string[], count: number): string {
  const end = lines.slice(0, count).findLastIndex((line) => /^(?:def|class) /.test(line));
  return `${lines.slice(0, end).join('\n')}\n`;
}
