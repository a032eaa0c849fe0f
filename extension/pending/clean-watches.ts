// "Push When Clean": a push that waits goes by itself once its last finding is gone, and says so. Looked at again
// when something happened to its documents and nobody types any more; ends with its document, or when it is canceled.

import { type Disposable, l10n, Uri } from 'vscode';
import { limits } from '../../shared/limits.ts';
import { baseName } from '../base-name.ts';
import { announce, show } from '../messages.ts';
import type { PendingPush } from './pending-pushes.ts';
import { conclude, note, type Pushed, pushOnce, type PushParts } from '../push/run.ts';
import { showPushed } from '../push/show-pushed.ts';
import { getWaiting, reopenWaiting, showNothingWaits } from './getting.ts';
import { Hearing } from './hearing.ts';

export class CleanWatches implements Disposable {
  readonly #parts: PushParts;
  readonly #ends = new Map<string, () => void>();
  readonly #subscription: Disposable;

  constructor(parts: PushParts) {
    this.#parts = parts;
    const { pending } = parts;
    this.#subscription = pending.onDidChange(() => {
      for (const [documentUri, end] of this.#ends) {
        if (pending.get(documentUri)?.isWatched) continue;
        end();
        // Somebody relies on it, and the status bar tells nothing of it any more.
        if (pending.getEnd(documentUri)?.kind === 'closed') tellClosed(documentUri);
      }
    });
  }

  /** Resolves at once; what becomes of the push is told when it is known. */
  begin(documentUri: string | undefined): Pushed | { readonly kind: 'watching' } {
    const waiting = getWaiting(this.#parts.pending, documentUri);
    if (!waiting) return showNothingWaits(this.#parts.pending, documentUri);
    const key = waiting.frozen.uri.toString();
    this.#parts.pending.setWatched(key, true);
    if (!this.#ends.has(key)) void this.#watch(key);
    announce(l10n.t('It is pushed as soon as it is clean.'));
    return { kind: 'watching' };
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const end of this.#ends.values()) end();
  }

  async #watch(documentUri: string): Promise<void> {
    const { gate, pending, log } = this.#parts;
    const abort = new AbortController();
    const hearing = new Hearing(limits.editor.cleanPauseMs);
    const listening = gate.onDidHear((uri) => {
      const documents = pending.get(documentUri)?.frozen.parts.map(({ document }) => document.uri.toString());
      if (documents?.includes(uri.toString())) hearing.hear();
    });
    // Once it has ended another may begin, though what this one asked somebody is still open.
    const end = (): void => {
      this.#ends.delete(documentUri);
      abort.abort();
      hearing.dispose();
    };
    this.#ends.set(documentUri, end);
    try {
      while (!abort.signal.aborted && !(await this.#hasEnded(documentUri, abort.signal)))
        await hearing.next();
    } catch (error) {
      if (!abort.signal.aborted) log.error('Push When Clean', error);
    } finally {
      listening.dispose();
      if (!abort.signal.aborted) {
        end();
        pending.setWatched(documentUri, false);
      }
    }
  }

  /** Looks once, and pushes where it is clean. */
  async #hasEnded(documentUri: string, signal: AbortSignal): Promise<boolean> {
    const { pending } = this.#parts;
    const waiting = pending.get(documentUri);
    if (!waiting) return true;
    const source = await reopenWaiting(pending, waiting);
    if (!source) {
      show(
        'warning',
        l10n.t('Not pushed: what was selected is not there any more. Select it and push it again.'),
      );
      return true;
    }
    const outcome = await pushOnce(source, { ...this.#parts, options: waiting.options }, signal, () => {});
    return this.#conclude(outcome, waiting);
  }

  async #conclude(
    outcome: Awaited<ReturnType<typeof pushOnce>>,
    { frozen: { uri } }: PendingPush,
  ): Promise<boolean> {
    switch (outcome.kind) {
      case 'pushed': {
        note(outcome, uri, this.#parts);
        await showPushed(outcome.snippet, this.#parts);
        const { number } = outcome.snippet;
        show(
          'information',
          l10n.t('Clean, and pushed as number {0}. Its address is on the clipboard.', number),
        );
        return true;
      }
      case 'blocked':
      case 'unchecked':
        // It may have been given up while it was looked at.
        if (this.#parts.pending.get(uri.toString())) this.#parts.pending.add(outcome);
        return false;
      case 'nothing':
      case 'moving':
        return false;
      case 'canceled':
        return true;
      case 'queued':
      case 'queueFull':
      case 'refused':
      case 'secretKept':
        await conclude(outcome, uri, this.#parts);
        return true;
      default:
        return outcome satisfies never;
    }
  }
}

function tellClosed(documentUri: string): void {
  const name = baseName(Uri.parse(documentUri));
  show('warning', l10n.t('Not pushed: {0} was closed or renamed before it was clean.', name));
}
