// What the query of a push says of its text (`ttl=2h`, `description=…`). Pure. An option that is unknown,
// or there twice, is refused by name: it was meant for something.

import { languageOf } from '../../shared/language.ts';
import { accept, refuse, type Refusal, type Result } from '../../shared/problem.ts';
import {
  type DraftDetails,
  parseTtl,
  plainDetails,
  visibilities,
  type Visibility,
} from '../../shared/snippet.ts';

/** A request's query, as URLSearchParams has it. */
export type Query = Pick<URLSearchParams, 'get' | 'getAll'> & { keys(): Iterable<string> };

const emptyQuery: Query = { get: () => null, getAll: () => [], keys: () => [] };

/** Most pushes have no query: taking their addresses apart would cost them. */
export function queryOf(request: Request): Query {
  return request.url.includes('?') ? new URL(request.url).searchParams : emptyQuery;
}

/** What both a push and a replacement may say. */
interface CommonOptions {
  readonly description: string | undefined;
  readonly language: string | undefined;
  readonly visibility: Visibility | undefined;
  readonly ttlSeconds: number | undefined;
  readonly alias: string | undefined;
}

export interface PushOptions {
  readonly details: DraftDetails;
  /** Where the top has this very text, nothing is pushed. */
  readonly skipDuplicate: boolean;
}

const COMMON = ['description', 'language', 'ttl', 'visibility', 'alias'] as const;
const PUSH = [...COMMON, 'burn', 'duplicate'] as const;

/** @param fileName the name the text was pushed under; empty where it has none */
export function parsePushOptions(query: Query, fileName: string): Result<PushOptions> {
  const common = parseCommon(query, PUSH);
  if (!common.ok) return common;
  const burn = query.get('burn');
  const burnReads = burn === null ? plainDetails.burnReads : parseCount(burn);
  if (burnReads === undefined)
    return refuse('invalid_argument', 'Say after how many reads it burns, such as burn=1.', {
      field: 'burn',
    });
  const duplicate = query.get('duplicate');
  if (duplicate !== null && duplicate !== 'skip')
    return refuse('invalid_argument', 'All that can be done with a duplicate is duplicate=skip.', {
      field: 'duplicate',
    });
  const { description, language, visibility, ttlSeconds, alias } = common.value;
  return accept({
    details: {
      ...plainDetails,
      description: description ?? plainDetails.description,
      language: language ?? languageOf(fileName),
      visibility,
      ttlSeconds,
      alias: alias ?? plainDetails.alias,
      burnReads,
      fileName,
    },
    skipDuplicate: duplicate === 'skip',
  });
}

/** What is undefined stays as it is. */
export function parseReplaceOptions(query: Query): Result<CommonOptions> {
  return parseCommon(query, COMMON);
}

function parseCommon(query: Query, known: readonly string[]): Result<CommonOptions> {
  const refusal = refuseUnknown(query, known);
  if (refusal) return refusal;
  const ttlText = query.get('ttl');
  const ttl = ttlText === null ? accept(undefined) : parseTtl(ttlText);
  if (!ttl.ok) return ttl;
  const visibilityText = query.get('visibility');
  const visibility = visibilities.find((each) => each === visibilityText);
  if (visibilityText !== null && !visibility)
    return refuse('invalid_argument', `A visibility is one of ${visibilities.join(', ')}.`, {
      field: 'visibility',
    });
  return accept({
    description: query.get('description') ?? undefined,
    language: query.get('language') ?? undefined,
    visibility,
    ttlSeconds: ttl.value,
    alias: query.get('alias') ?? undefined,
  });
}

/** A count as people write it, or undefined. Nothing but digits: `1e1` and ` 1` mean nothing sure. */
function parseCount(text: string): number | undefined {
  return /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : undefined;
}

function refuseUnknown(query: Query, known: readonly string[]): Refusal | undefined {
  for (const name of new Set(query.keys())) {
    if (!known.includes(name))
      return refuse('invalid_argument', `There is no option "${name}". There are ${known.join(', ')}.`, {
        field: name,
      });
    if (query.getAll(name).length > 1)
      return refuse('invalid_argument', `The option "${name}" is there more than once.`, { field: name });
  }
  return undefined;
}
