// What the page of an account shows, as plain data.

import type { Visibility } from '../../../shared/snippet.ts';

export interface ShownIdentity {
  /** Names it among all. */
  readonly name: string;
  /** What people know its provider by. */
  readonly provider: string;
  readonly linkedAtMs: number;
}

export interface ShownKey {
  readonly number: number;
  readonly name: string;
  readonly scope: 'read' | 'write';
  readonly createdAtMs: number;
  readonly endsAtMs: number | undefined;
  readonly lastUsedAtMs: number | undefined;
}

export interface ShownSession {
  readonly number: number;
  readonly startedAtMs: number;
  readonly lastUsedAtMs: number;
  /** Whether it is the browser that asks. */
  readonly isCurrent: boolean;
}

export interface ShownAccount {
  readonly userId: string;
  readonly defaultVisibility: Visibility;
  readonly defaultTtlSeconds: number;
  readonly isArchived: boolean;
  readonly identities: readonly ShownIdentity[];
  /** Who could be asked besides: those that this instance has. */
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly keys: readonly ShownKey[];
  readonly sessions: readonly ShownSession[];
}

/** A key as its form sends it. */
export interface TypedKey {
  readonly name: string;
  readonly scope: string;
  readonly ttl: string;
}

/** What is told above the page. What was typed into a form that was refused stays in it. */
export type Said =
  | { readonly kind: 'done' | 'refused'; readonly text: string }
  | { readonly kind: 'key refused'; readonly text: string; readonly key: TypedKey }
  | { readonly kind: 'erasure refused'; readonly text: string; readonly typed: string };
