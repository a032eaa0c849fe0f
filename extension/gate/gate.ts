// The gate: may this frozen text be pushed? It asks the bundled Ruff about exactly that text, waits until the
// editor's own tools have had their say, and judges. It never looks at the live document's text.

import { namesAreAnswered, readEditorFindings } from '../../shared/lint/classes.ts';
import type { RawFinding } from '../../shared/lint/finding.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { heardSinceEdit, settleWaitMs } from '../../shared/lint/freshness.ts';
import type { ToolId } from '../../shared/lint/tools.ts';
import { type GatePolicy, judge, type Verdict } from '../../shared/lint/verdict.ts';
import type { DiagnosticsClock } from './diagnostics-clock.ts';
import type { FrozenPush } from './frozen.ts';
import { checkOwn, PYTHON } from './own-check.ts';
import type { Problems } from './problems.ts';
import type { Ruff } from './ruff.ts';

export type GateVerdict =
  | Verdict
  /** The document was edited or closed meanwhile: what was frozen is no longer what its author sees. */
  | { readonly kind: 'moved' };

export interface Gate {
  /** Takes as long as the tools need, at most a few seconds. @throws the signal's reason once it is aborted */
  check(frozen: FrozenPush, signal: AbortSignal): Promise<GateVerdict>;
}

/** What the gate sees of the editor. */
export interface EditorView {
  /** Undefined once the document is closed. */
  getDocument(uri: FrozenPush['uri']): { readonly version: number; readonly isDirty: boolean } | undefined;
  diagnostics(uri: FrozenPush['uri']): readonly RawFinding[];
  /** The tools whose extension is active and not switched off for this document. */
  activeTools(uri: FrozenPush['uri']): ReadonlySet<ToolId>;
  /** Is a tool active that only looks at saved files? */
  hasToolOnSave(uri: FrozenPush['uri']): boolean;
  /** Is there any extension that might publish diagnostics for this language? */
  mayPublish(languageId: string): boolean;
}

export interface GateDeps {
  readonly ruff: Ruff;
  readonly editor: EditorView;
  readonly clock: DiagnosticsClock;
  readonly problems: Problems;
  readonly policy: () => GatePolicy;
  readonly now: () => number;
}

export function createGate({ ruff, editor, clock, problems, policy, now }: GateDeps): Gate {
  function hasMoved(frozen: FrozenPush): boolean {
    return editor.getDocument(frozen.uri)?.version !== frozen.version;
  }

  async function settle(frozen: FrozenPush, signal: AbortSignal): Promise<void> {
    const mayPublish = editor.mayPublish(frozen.languageId);
    const uri = frozen.uri.toString();
    const startedAt = now();
    while (!hasMoved(frozen)) {
      const times = clock.times(uri, editor.hasToolOnSave(frozen.uri));
      // Nobody is there, and nobody has ever said anything of this document.
      if (!mayPublish && times.publishedAt === undefined) return;
      const waitMs = settleWaitMs(times, startedAt, now());
      if (waitMs === 0) return;
      await clock.wait(uri, waitMs, signal);
    }
  }

  /** Have the tools that are active had the time to look at this version of the document? */
  function wereHeard(uri: string): boolean {
    return clock.isOlder(uri) || heardSinceEdit(clock.times(uri, false));
  }

  return {
    async check(frozen, signal) {
      const [own] = await Promise.all([checkOwn(frozen, ruff, signal), settle(frozen, signal)]);
      const document = editor.getDocument(frozen.uri);
      if (document === undefined || document.version !== frozen.version) return { kind: 'moved' };

      const raws = editor.diagnostics(frozen.uri);
      const active = wereHeard(frozen.uri.toString()) ? editor.activeTools(frozen.uri) : NO_TOOLS;
      const verdict = judge({
        policy: policy(),
        range: rangeJudged(frozen),
        editor: readEditorFindings(raws, document.isDirty),
        namesAnswered: frozen.languageId === PYTHON && namesAreAnswered(raws, active, document.isDirty),
        own,
      });
      problems.show(frozen.uri, verdict.kind === 'blocked' ? verdict.blocking : []);
      return verdict;
    },
  };
}

const NO_TOOLS: ReadonlySet<ToolId> = new Set();

/** The frozen range; of a whole document, whatever lies behind its end too: that's where a missing bracket is missed. */
function rangeJudged({ range, wholeFile, documentText, lintText }: FrozenPush): TextRange {
  if (!wholeFile && documentText !== lintText) return range;
  return { start: range.start, end: { line: Number.MAX_SAFE_INTEGER, character: 0 } };
}
