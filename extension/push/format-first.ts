// "Format before push": where the setting asks for it, what will be pushed is formatted in its document first.

import { l10n, workspace } from 'vscode';
import { format } from '../gate/format.ts';
import { show } from '../messages.ts';
import { withSignal } from '../session/ask.ts';
import { isFormatAsked } from '../settings.ts';
import { fromRanges, type Source } from './source.ts';

/** Languages of which it was said that nobody formats them: once is enough. */
const said = new Set<string>();

/** Where the formatted text is pushed from. Without a formatter it is pushed as it is, which is said. */
export async function formatFirst(source: Source): Promise<Source> {
  const frozen = source.freeze();
  const { languageId } = frozen;
  if (!isFormatAsked(workspace.getConfiguration(undefined, { uri: source.uri, languageId }))) return source;
  const formatted = await withSignal(l10n.t('pybin: formatting…'), false, (signal) => format(frozen, signal));
  switch (formatted.kind) {
    case 'changed': {
      if (frozen.parts.every(({ isWhole }) => isWhole)) return source;
      return fromRanges(await workspace.openTextDocument(frozen.uri), formatted.ranges);
    }
    case 'noFormatter':
      sayNone(languageId);
      return source;
    case 'unchanged':
    case 'moved':
      // What it is now is checked next.
      return source;
    default:
      return formatted satisfies never;
  }
}

function sayNone(languageId: string): void {
  if (said.has(languageId)) return;
  said.add(languageId);
  show('information', l10n.t('No formatter answered for {0}: pushed as it is.', languageId));
}
