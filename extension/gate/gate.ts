// The gate: may this frozen text be pushed? It asks its own linters about exactly that text, waits until the
// editor's tools have had their say, and judges. It never looks at the live document's text.

import { namesAreAnswered, readEditorFindings } from '../../shared/lint/classes.ts';
import type { RawFinding } from '../../shared/lint/finding.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { heardSinceEdit, settleWaitMs } from '../../shared/lint/freshness.ts';
import type { ToolId } from '../../shared/lint/tools.ts';
import {
  type GatePolicy,
  judge,
  type OwnCheck,
  type Part,
  shownNowhere,
  type Verdict,
} from '../../shared/lint/verdict.ts';
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
  diagnostics(uri: FrozenDocument['uri']): readonly HeardFinding[];
  /** The tools whose extension is active and not switched off for this document. */
  activeTools(uri: FrozenDocument['uri']): ReadonlySet<ToolId>;
  /** Is a tool active, or has one spoken of this document, that only looks at saved files? */
  hasToolOnSave(uri: FrozenDocument['uri']): boolean;
  /** Is there any extension that might publish diagnostics for this language? */
  mayPublish(languageId: string): boolean;
}

export interface HeardFinding extends RawFinding {
  /** It was said before the text was edited last: its tool may be looking again. */
  readonly isOutdated: boolean;
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
    const knownToolIsThere = languageId === PYTHON && editor.activeTools(document.uri).size > 0;
    while (!hasMoved(document)) {
      const times = clock.times(uri, editor.hasToolOnSave(document.uri));
      // Nobody is there, and nobody has ever said anything of this document.
      if (!mayPublish && !clock.hasSpoken(uri)) return;
      if (!knownToolIsThere && clock.isPassedOver(uri)) return;
      const waitMs = settleWaitMs(times, startedAt, now());
      if (waitMs === 0) return;
      await clock.wait(uri, waitMs, signal);
    }
  }

  /** Have the tools that are active had the time to look at this version of the document? */
  function wereHeard(uri: string): boolean {
    return clock.isOlder(uri) || heardSinceEdit(clock.times(uri, false));
  }

  function heardOf(
    { uri }: FrozenDocument,
    languageId: string,
    counts: (finding: HeardFinding) => boolean,
  ): Pick<Part, 'editor' | 'namesAnswered'> {
    const isDirty = editor.getDocument(uri)?.isDirty ?? false;
    const raws = editor.diagnostics(uri);
    const active = wereHeard(uri.toString()) ? editor.activeTools(uri) : NO_TOOLS;
    return {
      editor: readEditorFindings(raws.filter(counts), isDirty),
      namesAnswered: languageId === PYTHON && namesAreAnswered(raws, active, isDirty),
    };
  }

  function judgeBy(
    { languageId, parts }: FrozenPush,
    own: OwnCheck,
    counts: (finding: HeardFinding) => boolean,
  ): Verdict {
    const heard = new Map<FrozenDocument, Pick<Part, 'editor' | 'namesAnswered'>>();
    return judge({
      policy: policy(),
      parts: parts.map((part) => {
        const { document } = part;
        const said = heard.get(document) ?? heardOf(document, languageId, counts);
        heard.set(document, said);
        return { ...said, range: rangeJudged(part), firstLine: part.firstLine };
      }),
      own,
    });
  }

  /** How long to wait for those to look again by whose words on an older text alone it would be blocked; 0 where it isn't. */
  function lookAgainMs(frozen: FrozenPush, own: OwnCheck, startedAt: number): number {
    const waits = documentsOf(frozen)
      .filter(({ uri }) => editor.diagnostics(uri).some(({ isOutdated }) => isOutdated))
      .map(({ uri }) => {
        const { editedAt } = clock.times(uri.toString(), editor.hasToolOnSave(uri));
        return settleWaitMs({ editedAt, publishedAt: undefined }, startedAt, now());
      });
    const waitMs = Math.max(0, ...waits);
    const isBlockedAnyhow = (): boolean =>
      judgeBy(frozen, own, ({ isOutdated }) => !isOutdated).kind === 'blocked';
    return waitMs === 0 || isBlockedAnyhow() ? 0 : waitMs;
  }

  function show(frozen: FrozenPush, verdict: Verdict): void {
    const { parts } = frozen;
    const blocking = verdict.kind === 'blocked' ? verdict.blocking : [];
    for (const document of documentsOf(frozen))
      problems.show(
        document.uri,
        shownNowhere(blocking.filter(({ part }) => parts[part]?.document === document)),
      );
  }

  return {
    async check(frozen, signal) {
      const documents = documentsOf(frozen);
      const startedAt = now();
      const settled = async (): Promise<void> => {
        await Promise.all(documents.map((each) => settle(each, frozen.languageId, startedAt, signal)));
      };
      const [own] = await Promise.all([checkOwn(frozen, linters, signal), settled()]);
      while (!documents.some(hasMoved)) {
        const verdict = judgeBy(frozen, own, () => true);
        const waitMs = verdict.kind === 'blocked' ? lookAgainMs(frozen, own, startedAt) : 0;
        if (waitMs === 0) {
          show(frozen, verdict);
          return verdict;
        }
        await Promise.race(documents.map(({ uri }) => clock.wait(uri.toString(), waitMs, signal)));
        await settled();
      }
      return { kind: 'moved' };
    },
  };
}

const NO_TOOLS: ReadonlySet<ToolId> = new Set();

/** Where a part lies; of a whole document, whatever lies behind its end too: that's where a missing bracket is missed. */
function rangeJudged({ range, isWhole }: FrozenPart): TextRange {
  if (!isWhole) return range;
  return { start: range.start, end: { line: Number.MAX_SAFE_INTEGER, character: 0 } };
}
