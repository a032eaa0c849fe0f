// What a window knows of a snippet: plain data without the text, and how it is made of the contract's message.

import type { Snippet } from '../../shared/client.ts';
import type { Visibility } from '../../shared/snippet.ts';
import { getVisibility } from '../../shared/visibility.ts';

export interface SnippetFacts {
  /** The id of its link. */
  readonly id: string;
  readonly number: number;
  /** Rises with each replacement. */
  readonly revision: number;
  readonly address: string;
  /** Cut to a list's length. */
  readonly description: string;
  readonly language: string;
  readonly origin: Snippet['origin'];
  /** Undefined for one that only a newer contract knows. */
  readonly visibility: Visibility | undefined;
  /** Empty where it has none. */
  readonly alias: string;
  readonly sizeBytes: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Its first line that isn't blank, cut to a tooltip's width. */
  readonly firstLine: string;
  /** The name of the key that pushed it; empty where that has none. */
  readonly device: string;
  /** How often others have read it. */
  readonly readCount: number;
  /** How many more may read it before it is gone; 0 where reading leaves it. */
  readonly readsLeft: number;
}

export function toFacts(snippet: Snippet): SnippetFacts {
  const { id, number, revision, address, description, language, alias, sizeBytes } = snippet;
  const { firstLine, device, readCount, readsLeft, origin, visibility } = snippet;
  return {
    id,
    number,
    revision,
    address,
    description,
    language,
    origin,
    visibility: getVisibility(visibility),
    alias,
    sizeBytes,
    createdAtMs: toMs(snippet.createTime),
    expiresAtMs: toMs(snippet.expireTime),
    firstLine,
    device,
    readCount,
    readsLeft,
  };
}

/** Whether the history may have a record of it: what is private or burns is in no history. */
export function mayBeArchived({ visibility, readsLeft }: SnippetFacts): boolean {
  return readsLeft === 0 && visibility !== 'private';
}

/** A time of the contract in milliseconds since 1970. The contract's own library isn't loaded yet where this runs. */
export function toMs(time: Snippet['createTime']): number {
  return time ? Number(time.seconds) * 1000 + Math.floor(time.nanos / 1e6) : 0;
}
