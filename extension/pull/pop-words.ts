// What is asked before a pop: what goes, where its text goes, and what stays. Pure: now is passed in.

import type { Question } from '../messages.ts';
import { spokenAge } from '../stack/age.ts';
import { mayBeArchived, type SnippetFacts } from '../stack/snippet-facts.ts';
import { sizeLabel, type Translate } from '../words.ts';
import type { Place } from './ways.ts';

/** @param place where its text goes; undefined: a new editor */
export function popQuestion(
  snippet: SnippetFacts,
  place: Place | undefined,
  nowMs: number,
  t: Translate,
): Question {
  const { number, description, firstLine, language, sizeBytes, createdAtMs } = snippet;
  const facts = [
    description.trim() || firstLine,
    language,
    sizeLabel(sizeBytes),
    spokenAge(createdAtMs, nowMs, t),
  ];
  return {
    message: t('Pop #{0} off your stack?', number),
    detail: [
      facts.filter((fact) => fact !== '').join(' · '),
      place ? t('Its text goes into {0}.', place.fileName) : t('Its text goes into a new editor.'),
      mayBeArchived(snippet)
        ? t('Its address stops working. Its record in your history stays, where your archive is on.')
        : t('Its address stops working, and your history has no record of it.'),
    ].join('\n'),
    yes: t('Pop'),
  };
}
