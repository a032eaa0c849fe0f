// The tags of texts (RFC 9110, 8.8.3). Pure.

import type { Body } from '../stack/body.ts';

/** The same text has another tag when it is sent compressed: a strong tag stands for exact bytes. */
export function tagOf(sha256: string, encoding: Body['encoding']): string {
  return encoding === 'identity' ? `"${sha256}"` : `"${sha256}-${encoding}"`;
}

/** SHA-256, in hex, of the texts that a list of tags names. */
export function knownTexts(tags: string): string[] {
  return [...tags.matchAll(/"([0-9a-f]{64})(?:-gzip)?"/g)].map((match) => match[1] ?? '');
}
