// What a row says of a snippet, to the eye and to a screen reader. Pure: now is passed in.

import { limits } from '../../shared/limits.ts';
import type { Visibility } from '../../shared/snippet.ts';
import { inOneLine, isolated, shortened } from '../one-line.ts';
import type { Translate } from '../words.ts';
import { ageLabel, leftLabel, spokenAge, spokenLeft } from './age.ts';
import type { SnippetFacts } from './snippet-facts.ts';

export interface RowWords {
  /** Its description, else its first line, a notebook's file name; cut so that there is room for the rest. */
  readonly label: string;
  /** Which one it is, and how it is with it: the most useful first, because rows are cut. */
  readonly description: string;
  /** All of it in words. */
  readonly spoken: string;
}

export function rowWords(snippet: SnippetFacts, device: string, nowMs: number, t: Translate): RowWords {
  const { number, alias, origin, createdAtMs, expiresAtMs, readCount } = snippet;
  const label = labelOf(snippet, t);
  const fileName = inOneLine(origin?.fileName ?? '');
  const shown = [
    `#${number}`,
    alias,
    fileName === label ? '' : fileName,
    ageLabel(createdAtMs, nowMs, t),
    readersLabel(snippet, t),
    leftLabel(expiresAtMs, nowMs, t),
    device,
    readCount > 0 ? readsLabel(readCount, t) : '',
  ];
  const spoken = [
    t('number {0}', number),
    label,
    alias && t('alias {0}', alias),
    fileName === label ? snippet.language : fileName || snippet.language,
    device
      ? t('pushed {0} from {1}', spokenAge(createdAtMs, nowMs, t), device)
      : t('pushed {0}', spokenAge(createdAtMs, nowMs, t)),
    readersLabel(snippet, t),
    spokenLeft(expiresAtMs, nowMs, t),
    readsLabel(readCount, t),
  ];
  return {
    label: isolated(shortened(label, limits.editor.rowCharacters)),
    description: joined(
      shown.map((part) => isolated(part)),
      ' · ',
    ),
    spoken: joined(spoken, ', '),
  };
}

/** What names a snippet where there is one line for it. */
export function labelOf({ description, firstLine, language, origin }: SnippetFacts, t: Translate): string {
  const fileName = inOneLine(origin?.fileName ?? '');
  // The first line of a whole notebook is that of its JSON, and says nothing.
  const isNotebook = language === 'json' && fileName.endsWith('.ipynb');
  return inOneLine(description) || (isNotebook ? fileName : inOneLine(firstLine)) || t('(blank)');
}

/** Who may read it, or, of one that burns, how often. */
export function readersLabel(
  { visibility, readsLeft }: Pick<SnippetFacts, 'visibility' | 'readsLeft'>,
  t: Translate,
): string {
  return readsLeft > 0 ? burnLabel(readsLeft, t) : visibilityLabel(visibility, t);
}

/** Empty for one that only a newer contract knows. */
export function visibilityLabel(visibility: Visibility | undefined, t: Translate): string {
  switch (visibility) {
    case 'public':
      return t('public');
    case 'unlisted':
      return t('unlisted');
    case 'private':
      return t('private');
    case undefined:
      return '';
    default:
      return visibility satisfies never;
  }
}

export function burnLabel(readsLeft: number, t: Translate): string {
  return readsLeft === 1 ? t('gone after 1 read') : t('gone after {0} reads', readsLeft);
}

export function readsLabel(readCount: number, t: Translate): string {
  if (readCount === 0) return t('never read');
  return readCount === 1 ? t('read once') : t('{0} reads', readCount);
}

function joined(parts: readonly string[], separator: string): string {
  return parts.filter((part) => part !== '').join(separator);
}
