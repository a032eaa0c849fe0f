// What the query of a push says of its text (`ttl=2h`, `description=…`). Pure. An option that is unknown,
// or there twice, is refused by name: it was meant for something.

import { languageOf } from '../../shared/language.ts';
import { accept, refuse, type Refusal, type Result } from '../../shared/problem.ts';
import { type DraftDetails, parseTtl, plainDetails, visibilities } from '../../shared/snippet.ts';

const OPTIONS = ['description', 'language', 'ttl', 'visibility'] as const;

/** @param fileName the name the text was pushed under; empty where it has none */
export function parsePushOptions(query: URLSearchParams, fileName: string): Result<DraftDetails> {
  const refusal = refuseUnknown(query);
  if (refusal) return refusal;

  const ttlText = query.get('ttl');
  const ttl = ttlText === null ? accept(plainDetails.ttlSeconds) : parseTtl(ttlText);
  if (!ttl.ok) return ttl;

  const visibilityText = query.get('visibility');
  const visibility = visibilities.find((known) => known === visibilityText);
  if (visibilityText !== null && !visibility)
    return refuse('invalid_argument', `A visibility is one of ${visibilities.join(', ')}.`, {
      field: 'visibility',
    });

  return accept({
    ...plainDetails,
    description: query.get('description') ?? '',
    language: query.get('language') ?? languageOf(fileName),
    visibility,
    ttlSeconds: ttl.value,
    fileName,
  });
}

function refuseUnknown(query: URLSearchParams): Refusal | undefined {
  for (const name of new Set(query.keys())) {
    if (!OPTIONS.some((option) => option === name))
      return refuse('invalid_argument', `There is no option "${name}". There are ${OPTIONS.join(', ')}.`, {
        field: name,
      });
    if (query.getAll(name).length > 1)
      return refuse('invalid_argument', `The option "${name}" is there more than once.`, { field: name });
  }
  return undefined;
}
