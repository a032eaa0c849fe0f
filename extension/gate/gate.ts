// The gate: may this frozen text be pushed? It asks its own linters about exactly that text, waits until the
// editor's tools have had their say, and judges. It never looks at the live document's text.

import { namesAreAnswered, readEditorFindings } from '../../shared/lint/classes.ts';
import type { RawFinding } from '../../shared/lint/finding.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { heardSinceEdit, settleWaitMs } from '../../shared/lint/freshness.ts';
import type { ToolId } from '../../shared/lint/tools.ts';
import { type GatePolicy, judge, type Part, type Verdict } from '../../shared/lint/verdict.ts';
import type { DiagnosticsClock } from './diagnostics-clock.ts';
import { documentsOf, type FrozenDocument, type FrozenPart, type FrozenPush } from './frozen.ts';
import type { Linters } from './linter.ts';
import { checkOwn, PYTHON } from './own-check.ts';
import type { Problems } from './problems.ts';

export type GateVerdict =
  | Verdict
  /** A document was edited or closed meanwhile: what was frozen is no longer what its author sees. */
  | { readonly kind: 'moved' };

export interface Gate {
  /** Takes as long as the tools need, at most a few seconds. @throws the signal's reason once it is aborted */
  check(frozen: FrozenPush, signal: AbortSignal): Promise<GateVerdict>;
}

/** What the gate sees of the editor. */
export interface EditorView {
  /** Undefined once the document is closed. */
  getDocument(
    uri: FrozenDocument['uri'],
  ): { readonly version: number; readonly isDirty: boolean } | undefined;
  diagnostics(uri: FrozenDocument['uri']): readonly RawFinding[];
  /** The tools whose extension is active and not switched off for this document. */
  activeTools(uri: FrozenDocument['uri']): ReadonlySet<ToolId>;
  /** Is a tool active that only looks at saved files? */
  hasToolOnSave(uri: FrozenDocument['uri']): boolean;
  /** Is there any extension that might publish diagnostics for this language? */
  mayPublish(languageId: string): boolean;
}

export interface GateDeps {
  readonly linters: Pick<Linters, 'bundled' | 'getProjectRuff'>;
  readonly editor: EditorView;
  readonly clock: DiagnosticsClock;
  readonly problems: Problems;
  readonly policy: () => GatePolicy;
  readonly now: () => number;
}

export function createGate({ linters, editor, clock, problems, policy, now }: GateDeps): Gate {
  function hasMoved({ uri, version }: FrozenDocument): boolean {
    return editor.getDocument(uri)?.version !== version;
  }

  async function settle(
    document: FrozenDocument,
    languageId: string,
    startedAt: number,
    signal: AbortSignal,
  ): Promise<void> {
    const mayPublish = editor.mayPublish(languageId);
    const uri = document.uri.toString();
    while (!hasMoved(document)) {
      const times = clock.times(uri, editor.hasToolOnSave(document.uri));
      // Nobody is there, and nobody has ever said anything of this document.
      if (!mayPublish && !clock.hasSpoken(uri)) return;
      const waitMs = settleWaitMs(times, startedAt, now());
      if (waitMs === 0) return;
      await clock.wait(uri, waitMs, signal);
    }
  }

  /** Have the tools that are active had the time to look at this version of the document? */
  function wereHeard(uri: string): boolean {
    return clock.isOlder(uri) || heardSinceEdit(clock.times(uri, false));
  }

  function heardOf({ uri }: FrozenDocument, languageId: string): Pick<Part, 'editor' | 'namesAnswered'> {
    const isDirty = editor.getDocument(uri)?.isDirty ?? false;
    const raws = editor.diagnostics(uri);
    const active = wereHeard(uri.toString()) ? editor.activeTools(uri) : NO_TOOLS;
    return {
      editor: readEditorFindings(raws, isDirty),
      namesAnswered: languageId === PYTHON && namesAreAnswered(raws, active, isDirty),
    };
  }

  return {
    async check(frozen, signal) {
      const { languageId, parts } = frozen;
      const documents = documentsOf(frozen);
      const startedAt = now();
      const [own] = await Promise.all([
        checkOwn(frozen, linters, signal),
        ...documents.map((document) => settle(document, languageId, startedAt, signal)),
      ]);
      if (documents.some(hasMoved)) return { kind: 'moved' };

      const heard = new Map(documents.map((document) => [document, heardOf(document, languageId)]));
      const verdict = judge({
        policy: policy(),
        parts: parts.map((part) => ({
          ...(heard.get(part.document) ?? NOTHING_HEARD),
          range: rangeJudged(part),
          firstLine: part.firstLine,
        })),
        own,
      });
      const blocking = verdict.kind === 'blocked' ? verdict.blocking : [];
      for (const document of documents)
        problems.show(
          document.uri,
          blocking.filter(({ part }) => parts[part]?.document === document),
        );
      return verdict;
    },
  };
}

const NO_TOOLS: ReadonlySet<ToolId> = new Set();
const NOTHING_HEARD = { editor: [], namesAnswered: false } as const;

/** Where a part lies; of a whole document, whatever lies behind its end too: that's where a missing bracket is missed. */
function rangeJudged({ range, isWhole }: FrozenPart): TextRange {
  if (!isWhole) return range;
  return { start: range.start, end: { line: Number.MAX_SAFE_INTEGER, character: 0 } };
}
