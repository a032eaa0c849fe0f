// The commands of a push: what is pushed, what people hear of it, and what can be done with one that waits.

import { commands, l10n, Range, Selection, type TextEditor, type Uri, window, workspace } from 'vscode';
import { limits } from '../../shared/limits.ts';
import type { TextRange } from '../../shared/lint/range.ts';
import { type FrozenPush, freeze } from '../gate/frozen.ts';
import type { LintGate } from '../gate/register.ts';
import { button, buttonFor, show, showProblem } from '../messages.ts';
import { showSignedOut, withSignal } from '../session/ask.ts';
import type { Session } from '../session/session.ts';
import { wordsFor } from '../words.ts';
import type { PendingPush, PendingPushes } from './pending-pushes.ts';
import { pendingActions, pendingMessage } from './pending-words.ts';
import { type Outcome, push, type Send, send } from './push-flow.ts';
import { showPushed, type ShownIn } from './show-pushed.ts';

/** How a push command ended. */
export type Pushed = Outcome<FrozenPush> | { readonly kind: 'signedOut' } | { readonly kind: 'nothingWaits' };

export interface PushParts extends ShownIn {
  readonly session: Session;
  readonly gate: LintGate;
  readonly pending: PendingPushes;
}

/** Where a text is frozen from, again and again while its document changes. */
type Source = Pick<TextEditor, 'document' | 'selection'>;

/** Pushes the selection of the active editor, or all of it where nothing is selected. */
export async function pushActive(parts: PushParts): Promise<Pushed> {
  const editor = window.activeTextEditor;
  if (editor) return pushFrom(editor, parts);
  showNothing();
  return { kind: 'nothing' };
}

/** Does again what a push waits for: sends a checked text under the same request id, or checks it again. */
export async function retryPush(parts: PushParts, documentUri: string | undefined): Promise<Pushed> {
  const waiting = getWaiting(parts.pending, documentUri);
  switch (waiting?.kind) {
    case undefined:
      return showNothingWaits();
    case 'blocked':
    case 'unchecked': {
      const source = await reopen(waiting.frozen);
      return source ? pushFrom(source, parts) : showMoving();
    }
    case 'unsent':
      return run(parts, waiting.frozen.uri, isBig(waiting.draft.text), (sendDraft, signal, report) => {
        report(l10n.t('sending…'));
        return send(waiting.frozen, waiting.draft, sendDraft, signal);
      });
    default:
      return waiting satisfies never;
  }
}

/** Lets the editor's tools correct what they can of a blocked push, then pushes. */
export async function fixAllAndPush(parts: PushParts, documentUri: string | undefined): Promise<Pushed> {
  const waiting = getWaiting(parts.pending, documentUri);
  if (!waiting) return showNothingWaits();
  const source = await reopen(waiting.frozen);
  if (!source) return showMoving();
  const frozen = freeze(source);
  const fixed = await withSignal(l10n.t('pybin: fixing…'), false, (signal) =>
    parts.gate.fixAll(frozen, signal),
  );
  switch (fixed.kind) {
    case 'moved':
      return showMoving();
    case 'unchanged':
      return pushFrom(source, parts);
    case 'changed': {
      if (frozen.wholeFile) return pushFrom(source, parts);
      const range = toRange(fixed.range);
      if (!range.isEmpty) return pushFrom(await select(frozen.uri, range), parts);
      // An empty selection would stand for the whole file.
      showNothing();
      return { kind: 'nothing' };
    }
    default:
      return fixed satisfies never;
  }
}

/** Goes to the first of the problems that block a push, and opens the list of all. */
export async function showProblems(parts: PushParts, documentUri: string | undefined): Promise<void> {
  const waiting = getWaiting(parts.pending, documentUri);
  if (waiting?.kind === 'blocked') {
    const [first] = waiting.findings;
    const range = first && toRange(first.range);
    await window.showTextDocument(waiting.frozen.uri, range ? { selection: range } : {});
  }
  await commands.executeCommand('workbench.actions.view.problems');
}

export function discardPendingPush({ pending }: PushParts, documentUri: string | undefined): void {
  const waiting = getWaiting(pending, documentUri);
  if (waiting) pending.remove(waiting.frozen.uri.toString());
}

async function pushFrom(source: Source, parts: PushParts): Promise<Pushed> {
  const { document } = source;
  const gate = {
    freeze: () => freeze(source),
    check: (frozen: FrozenPush, signal: AbortSignal) => parts.gate.check(frozen, signal),
  };
  return run(parts, document.uri, isBig(document.getText()), (sendDraft, signal, report) =>
    push(gate, sendDraft, crypto.randomUUID(), signal, (step) =>
      report(step === 'checking' ? l10n.t('checking…') : l10n.t('sending…')),
    ),
  );
}

async function run(
  parts: PushParts,
  documentUri: Uri,
  canBeGivenUp: boolean,
  task: (
    sendDraft: Send,
    signal: AbortSignal,
    report: (message: string) => void,
  ) => Promise<Outcome<FrozenPush>>,
): Promise<Pushed> {
  const connection = await parts.session.get();
  if (!connection) {
    showSignedOut();
    return { kind: 'signedOut' };
  }
  const sendDraft: Send = (draft, signal) =>
    connection.call((client, given) => client.push(draft, given), signal);
  const outcome = await withSignal('pybin', canBeGivenUp, (signal, report) =>
    task(sendDraft, signal, report),
  );
  await conclude(outcome, documentUri.toString(), parts);
  return outcome;
}

async function conclude(outcome: Outcome<FrozenPush>, documentUri: string, parts: PushParts): Promise<void> {
  const { log, pending } = parts;
  switch (outcome.kind) {
    case 'pushed':
      pending.remove(documentUri);
      await showPushed(outcome.snippet, parts);
      return;
    case 'blocked':
    case 'unchecked':
    case 'unsent':
      log.warn(`Not pushed: ${reasonOf(outcome)}`);
      pending.add(outcome);
      showPending(outcome);
      return;
    case 'refused':
      log.warn(`Refused: ${outcome.problem.code}. ${outcome.problem.detail}`);
      showProblem(outcome.problem, button(l10n.t('Retry'), 'pybin.push'));
      return;
    case 'nothing':
      showNothing();
      return;
    case 'moving':
      showMoving();
      return;
    case 'canceled':
      return;
    default:
      outcome satisfies never;
  }
}

/** For the log: codes and counts, none of the text. */
function reasonOf(pending: PendingPush): string {
  switch (pending.kind) {
    case 'blocked':
      return pending.findings
        .map(({ tool, code, range }) => `${tool} ${code} in line ${range.start.line + 1}`)
        .join(', ');
    case 'unchecked':
      return pending.reason;
    case 'unsent':
      return `${pending.problem.code}. ${pending.problem.detail}`;
    default:
      return pending satisfies never;
  }
}

function showPending(pending: PendingPush): void {
  const documentUri = pending.frozen.uri.toString();
  const message = pendingMessage(pending, l10n.t);
  const retry = button(l10n.t('Retry'), 'pybin.retryPush', documentUri);
  switch (pending.kind) {
    case 'blocked':
      show(
        'warning',
        message,
        ...pendingActions(pending, l10n.t)
          .filter(({ command }) => command !== 'pybin.discardPendingPush')
          .map(({ title, command }) => button(title, command, documentUri)),
      );
      return;
    case 'unchecked':
      show('error', message, retry, button(l10n.t('Show Log'), 'pybin.showLog'));
      return;
    case 'unsent':
      show(
        'error',
        message,
        ...wordsFor(pending.problem, l10n.t).actions.map((action) => buttonFor(action, retry)),
      );
      return;
    default:
      pending satisfies never;
  }
}

function showNothing(): void {
  show('information', l10n.t('There is no text to push. Open a file, or select what to push.'));
}

function showMoving(): { readonly kind: 'moving' } {
  show('warning', l10n.t('Not pushed: the text changed meanwhile. Push it again.'));
  return { kind: 'moving' };
}

function showNothingWaits(): { readonly kind: 'nothingWaits' } {
  show('information', l10n.t('No push waits.'));
  return { kind: 'nothingWaits' };
}

/** What waits of the named document; of the active one, or of any, where none is named. */
function getWaiting(pending: PendingPushes, documentUri: string | undefined): PendingPush | undefined {
  if (documentUri !== undefined) return pending.get(documentUri);
  const active = window.activeTextEditor?.document.uri.toString();
  return (active === undefined ? undefined : pending.get(active)) ?? pending.all.at(-1);
}

/** The place of a text that waits; undefined where its document changed and nothing says what of it is meant now. */
async function reopen(frozen: FrozenPush): Promise<Source | undefined> {
  const document = await workspace.openTextDocument(frozen.uri);
  if (frozen.wholeFile) return { document, selection: new Selection(0, 0, 0, 0) };
  if (document.version === frozen.version) return select(frozen.uri, toRange(frozen.range));
  return window.visibleTextEditors.find(
    (editor) => editor.document === document && !editor.selection.isEmpty,
  );
}

async function select(uri: Uri, selection: Range): Promise<TextEditor> {
  return window.showTextDocument(uri, { selection });
}

function toRange({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function isBig(text: string): boolean {
  // A character has at least one byte: near enough to show a button.
  return text.length >= limits.editor.bigTextBytes;
}
