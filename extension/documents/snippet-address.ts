// The address of a snippet as a document of the editor: `pybin:/{number}/{name}?{id}`. Pure.
// The number and the name are for people and tell the editor the language; the id alone says what it is.

import type { Snippet } from '../../shared/client.ts';
import { isLinkId } from '../../shared/address.ts';
import { endingOf } from '../../shared/language.ts';

export const snippetScheme = 'pybin';

/** What a list tells of a snippet: enough to open it, or to ask before it is opened. */
export type Listed = Pick<
  Snippet,
  'id' | 'number' | 'language' | 'origin' | 'sizeBytes' | 'readsLeft' | 'revision'
>;

/** The parts of an address, in the names that the editor's `Uri` has for them. */
export interface UriParts {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
}

/** The address of a snippet's document. */
export function snippetAddress(snippet: Pick<Listed, 'id' | 'number' | 'language' | 'origin'>): UriParts {
  return { scheme: snippetScheme, path: `/${snippet.number}/${documentName(snippet)}`, query: snippet.id };
}

/** The file's name where the snippet came from one, else one with its number and its language's ending. */
export function documentName({
  number,
  language,
  origin,
}: Pick<Listed, 'number' | 'language' | 'origin'>): string {
  return origin?.fileName || `snippet-${number}${endingOf(language)}`;
}

/** Whether a document has a name of its own: that of a snippet that came from no file is made up. */
export function isNamed({ scheme, path }: Pick<UriParts, 'scheme' | 'path'>): boolean {
  return scheme !== snippetScheme || !/^\/(\d+)\/snippet-\1(?:\.|$)/.test(path);
}

/** Which snippet a document shows; undefined where it is none. */
export function getSnippetOf(uri: UriParts): { readonly id: string; readonly number: number } | undefined {
  if (uri.scheme !== snippetScheme || !isLinkId(uri.query)) return undefined;
  const number = Number(/^\/(\d+)\//.exec(uri.path)?.[1]);
  return Number.isSafeInteger(number) ? { id: uri.query, number } : undefined;
}
