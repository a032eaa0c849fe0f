// "Expand to Statement": what waits grows to the statements around it. Nothing is sent: its author sees first what
// it has become.

import { l10n, workspace } from 'vscode';
import type { TextRange } from '../../shared/lint/range.ts';
import { button, show } from '../messages.ts';
import type { Pushed, PushParts } from '../push/run.ts';
import { fromRanges, showMoving } from '../push/source.ts';
import { withSignal } from '../session/ask.ts';
import { getWaiting, reopenWaiting, showNothingWaits } from './getting.ts';
import { reveal } from '../reveal.ts';

export type Expanded =
  | Extract<Pushed, { readonly kind: 'nothingWaits' | 'moving' }>
  | { readonly kind: 'none' }
  | { readonly kind: 'expanded'; readonly ranges: readonly TextRange[] };

export async function expandToStatement(
  { gate, pending }: Pick<PushParts, 'gate' | 'pending'>,
  documentUri: string | undefined,
): Promise<Expanded> {
  const waiting = getWaiting(pending, documentUri);
  if (!waiting) return showNothingWaits(pending, documentUri);
  const key = waiting.frozen.uri.toString();
  const source = await reopenWaiting(pending, waiting);
  if (!source) return showMoving();
  const frozen = source.freeze();
  const expanded = await withSignal(l10n.t('pybin: looking for statements…'), false, (signal) =>
    gate.expandToStatements(frozen, signal),
  );
  switch (expanded.kind) {
    case 'moved':
      return showMoving();
    case 'none':
      show('information', l10n.t('Nothing around the selection can be parsed either.'));
      return expanded;
    case 'expanded': {
      const { ranges } = expanded;
      pending.setRanges(key, ranges);
      const [first] = ranges;
      // It selects the first alone.
      if (first) await reveal(frozen.uri, first);
      await fromRanges(await workspace.openTextDocument(frozen.uri), ranges);
      show(
        'information',
        l10n.t('The selection is whole statements now.'),
        button(l10n.t('Push'), 'pybin.retryPush', key),
      );
      return expanded;
    }
    default:
      return expanded satisfies never;
  }
}
