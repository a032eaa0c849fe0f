// The line that fetches a snippet in a terminal. Pure. A key is never in it: where one is needed, the terminal's own is.

import type { SnippetFacts } from './snippet-facts.ts';

/** Addresses have no character that a shell sees more in. */
export function curlLine({
  address,
  visibility,
  readsLeft,
}: Pick<SnippetFacts, 'address' | 'visibility' | 'readsLeft'>): string {
  // Reading one that burns takes a POST, so that a preview can't burn it. Its address is its link.
  if (readsLeft > 0) return `curl -X POST ${address}/reveal`;
  if (visibility === 'private') return `curl -H "Authorization: Bearer $PYBIN_KEY" ${address}`;
  return `curl ${address}`;
}
