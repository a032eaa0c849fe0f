// Puts the gate together inside VS Code: its clock listens from here on; the gate itself and its linters are loaded
// when something is first checked.

import {
  type Disposable,
  type Event,
  EventEmitter,
  type ExtensionContext,
  languages,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { GatePolicy } from '../../shared/lint/verdict.ts';
import { once } from '../once.ts';
import type { EditOutcome } from './apply.ts';
import { DiagnosticsClock } from './diagnostics-clock.ts';
import type { ExpandOutcome } from './expand.ts';
import type { FrozenPush } from './frozen.ts';
import type { Gate } from './gate.ts';
import type { Linters } from './linter.ts';
import { createProblems, type OwnProblems } from './problems.ts';

export interface LintGate extends Gate {
  /** Fixes what can be fixed within the frozen range. @throws the signal's reason once it is aborted */
  fixAll(frozen: FrozenPush, signal: AbortSignal): Promise<EditOutcome>;
  /** Finds the statements around parts that don't parse. @throws the signal's reason once it is aborted */
  expandToStatements(frozen: FrozenPush, signal: AbortSignal): Promise<ExpandOutcome>;
  /** Takes away what pybin itself shows of the findings in it. */
  clearProblems(frozen: FrozenPush): void;
  /** A document was edited or saved, or a tool spoke of it: a verdict may be another now. */
  readonly onDidHear: Event<Uri>;
  /** Checks a text that lies in no document, by the bundled Ruff alone. @throws the signal's reason once it is aborted */
  readonly checkAlone: Gate['check'];
}

/**
 * Registers what the gate needs in the context's subscriptions.
 * @param loadLinters gives what this extension host can run; disposed of with the rest
 * @param policy asked anew at each check
 */
export function registerGate(
  context: Pick<ExtensionContext, 'extension' | 'subscriptions'>,
  loadLinters: () => Promise<Linters>,
  policy: () => GatePolicy,
): LintGate {
  const problems = createProblems();
  const clock = new DiagnosticsClock(now, workspace.textDocuments.map(keyOf));
  const heard = new EventEmitter<Uri>();
  context.subscriptions.push(problems, clock, heard, ...listen(clock, problems, heard));
  const getLinters = once(async () => {
    const linters = await loadLinters();
    context.subscriptions.push(linters);
    return linters;
  });
  const getGates = once(async () => {
    const [linters, { createGates }] = await Promise.all([getLinters(), import('../on-demand.ts')]);
    return createGates({ self: context.extension, linters, clock, problems, policy, now });
  });
  return {
    check: async (frozen, signal) => (await getGates()).inEditor.check(frozen, signal),
    async fixAll(frozen, signal) {
      const { fixAll } = await import('../on-demand.ts');
      return fixAll(frozen, await getLinters(), signal);
    },
    async expandToStatements(frozen, signal) {
      const { expandToStatements } = await import('../on-demand.ts');
      return expandToStatements(frozen, (await getLinters()).bundled, signal);
    },
    clearProblems({ parts }) {
      for (const { document } of parts) problems.clear(document.uri);
    },
    onDidHear: heard.event,
    checkAlone: async (frozen, signal) => (await getGates()).alone.check(frozen, signal),
  };
}

function listen(clock: DiagnosticsClock, problems: OwnProblems, heard: EventEmitter<Uri>): Disposable[] {
  return [
    workspace.onDidOpenTextDocument((document) => clock.opened(keyOf(document))),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // An event without changes tells of a new dirty state.
      if (contentChanges.length === 0) return;
      clock.edited(keyOf(document));
      problems.clear(document.uri);
      heard.fire(document.uri);
    }),
    workspace.onDidSaveTextDocument((document) => {
      clock.saved(keyOf(document));
      heard.fire(document.uri);
    }),
    workspace.onDidCloseTextDocument((document) => {
      clock.closed(keyOf(document));
      problems.clear(document.uri);
    }),
    languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) {
        if (problems.changedAlone(uri)) continue;
        clock.published(uri.toString(), () => problems.ofOthers(uri));
        heard.fire(uri);
      }
    }),
  ];
}

function now(): number {
  return performance.now();
}

function keyOf({ uri }: TextDocument): string {
  return uri.toString();
}
