// What a row of the history says of a record. Pure: now is passed in.

import type { HistoryEntry } from '../../shared/client.ts';
import { inOneLine, isolated } from '../one-line.ts';
import { ageLabel } from '../stack/age.ts';
import { toMs } from '../stack/snippet-facts.ts';
import { sizeLabel, type Translate } from '../words.ts';

/** The parts of a row, in the names that the editor has for them. */
export interface EntryWords {
  readonly label: string;
  /** Beside the label, paler. */
  readonly description: string;
  /** The line below. */
  readonly detail: string;
}

/** The record's description, else its first line; below it, which one it is. */
export function entryWords(entry: HistoryEntry, nowMs: number, t: Translate): EntryWords {
  const { number, language, lost, origin, sizeBytes } = entry;
  const description = inOneLine(entry.description);
  const firstLine = inOneLine(entry.firstLine);
  const facts = [
    `#${number}`,
    inOneLine(origin?.fileName ?? '') || language,
    ageLabel(toMs(entry.createTime), nowMs, t),
    sizeLabel(sizeBytes),
    lost ? t('lost') : '',
  ];
  const label = description || firstLine || t('(blank)');
  return {
    label: lost ? `$(warning) ${isolated(label)}` : isolated(label),
    description: description === '' ? '' : isolated(firstLine),
    detail: facts
      .filter((fact) => fact !== '')
      .map((fact) => isolated(fact))
      .join(' · '),
  };
}
