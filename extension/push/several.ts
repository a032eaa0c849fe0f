// Several texts, each a snippet of its own: pushed one after the other in one go, with one message about all.

import { l10n } from 'vscode';
import { button, show } from '../messages.ts';
import { withSignal } from '../session/ask.ts';
import { noOptions } from './draft.ts';
import { formatFirst } from './format-first.ts';
import { note, pushOnce, type PushParts } from './run.ts';
import { type EndOfOne, severalMessage } from './several-words.ts';
import { putOnClipboard } from './show-pushed.ts';
import { showNothing, type Source } from './source.ts';

/** One of several texts, or why there is none. */
export interface Chosen {
  readonly name: string;
  readonly source: Source | 'unreadable' | 'unsaved';
}

export type PushedSeveral =
  | { readonly kind: 'several'; readonly ends: readonly EndOfOne[] }
  | { readonly kind: 'nothing' };

/** Pushes them in this order, so that the last one comes to lie on top. What is blocked waits, the others go. */
export async function pushSeveral(chosen: readonly Chosen[], parts: PushParts): Promise<PushedSeveral> {
  if (chosen.length === 0) return showNothing();
  const ends = await withSignal('pybin', true, async (signal, report) => {
    const ended: EndOfOne[] = [];
    for (const [index, { name, source }] of chosen.entries()) {
      if (typeof source === 'string') {
        ended.push({ name, end: { kind: source } });
        continue;
      }
      report(l10n.t('pushing {0} of {1}: {2}', index + 1, chosen.length, name));
      // Who gives one up gives up the rest.
      const isOver = signal.aborted || ended.some((each) => each.end.kind === 'canceled');
      const end = isOver
        ? ({ kind: 'canceled' } as const)
        : await pushOnce(await formatFirst(source), { ...parts, options: noOptions }, signal, () => {});
      note(end, source.uri, parts);
      ended.push({ name, end });
    }
    return ended;
  });
  await say(ends, parts);
  return { kind: 'several', ends };
}

async function say(ends: readonly EndOfOne[], parts: PushParts): Promise<void> {
  const last = ends.findLast(({ end }) => end.kind === 'pushed')?.end;
  if (last?.kind === 'pushed') await putOnClipboard(last.snippet, parts);
  const blocked = ends.find(({ end }) => end.kind === 'blocked')?.end;
  show(
    ends.every(({ end }) => end.kind === 'pushed') ? 'information' : 'warning',
    severalMessage(ends, l10n.t),
    ...(blocked?.kind === 'blocked'
      ? [button(l10n.t('Show Problems'), 'pybin.showProblems', blocked.frozen.uri.toString())]
      : []),
  );
}
