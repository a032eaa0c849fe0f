// Pushing onto the tables, in one transaction: replay or admit, then write the row.

import { limits } from '../../shared/limits.ts';
import { accept, refuse, type Refusal, type Result } from '../../shared/problem.ts';
import type { Visibility } from '../../shared/snippet.ts';
import type { PackedText } from './text.ts';
import { leaversFor } from './admission.ts';
import type { Body } from './body.ts';
import { type Change, leftChanges } from './changes.ts';
import { archiveDueAtMs } from './outbox.ts';
import { type FirstAnswer, type KnownPush, otherRequest, withoutProof } from './requests.ts';
import { firstDueMs } from './retention.ts';
import { factsOf, type SnippetFacts, type SnippetRow } from './snippet-row.ts';
import type { Tables } from './tables.ts';

/** A draft as it comes to the Stack: checked, counted and packed by the Worker. Flat, like what comes back. */
export interface Draft extends PackedText {
  /** The description's first characters. */
  readonly summary: string;
  /** The whole description, where it is longer than its summary. */
  readonly description: Body | undefined;
  readonly descriptionBytes: number;
  readonly language: string;
  /** Undefined: as the account's default says. */
  readonly visibility: Visibility | undefined;
  /** Undefined: as the account's default says. */
  readonly ttlSeconds: number | undefined;
  readonly fileName: string;
  /** See proof.ts. */
  readonly proof: string;
  /** Empty where it has none. */
  readonly alias: string;
  /** Gone after so many reads; 0 where reading leaves it. */
  readonly burnReads: number;
  /** Where the top has this very text, nothing is pushed. */
  readonly skipDuplicate: boolean;
  /** Empty: a push that is never retried. */
  readonly requestId: string;
}

/** What the Stack decides about a draft: all else the one who pushes knows, and it would cost to send it back. */
interface Placed extends Pick<
  SnippetFacts,
  'number' | 'visibility' | 'createdAtMs' | 'expiresAtMs' | 'device'
> {
  readonly kind: 'placed';
}

/** Nothing was pushed: it is there already, by a retry or as a duplicate. */
interface Known {
  readonly kind: 'known';
  readonly facts: SnippetFacts;
}

export type PushAnswer = (Placed | Known) & {
  readonly userId: string;
  /** The number of the snippet that was on top and has the same text; 0 where none. */
  readonly duplicateOf: number;
};

/** What is told of the snippet that a push was answered with. */
export function pushedFacts(draft: Draft, answer: PushAnswer): SnippetFacts {
  return answer.kind === 'known' ? answer.facts : placedFacts(draft, answer);
}

function placedFacts(draft: Draft, placed: Omit<Placed, 'kind'>): SnippetFacts {
  return {
    number: placed.number,
    revision: 1,
    summary: draft.summary,
    firstLine: draft.firstLine,
    language: draft.language,
    visibility: placed.visibility,
    fileName: draft.fileName,
    proof: draft.proof,
    alias: draft.alias,
    readsLeft: draft.burnReads,
    sha256: draft.sha256,
    textBytes: draft.sizeBytes,
    createdAtMs: placed.createdAtMs,
    updatedAtMs: placed.createdAtMs,
    expiresAtMs: placed.expiresAtMs,
    device: placed.device,
  };
}

/** What a write did: its answer, what watchers hear, and when something waits because of it. */
export interface Written<Answer> {
  readonly answer: Answer;
  readonly changes: readonly Change[];
  /** Infinity where nothing waits. */
  readonly dueMs: number;
}

/** A write that changed nothing. */
export function unchanged<Answer>(answer: Answer): Written<Answer> {
  return { answer, changes: [], dueMs: Infinity };
}

/**
 * Puts a draft on top. The same request id within 24 hours gives the first answer and changes nothing; within 31 days
 * it still changes nothing, and the answer says where the push was put.
 * @param device the name of the key that pushes; empty where none does
 */
export function pushDraft(
  tables: Tables,
  draft: Draft,
  device: string,
  nowMs: number,
): Result<Written<PushAnswer>> {
  return tables.transaction(() => {
    const { accounts, requests, snippets } = tables;
    const account = accounts.require();
    const { userId, defaultVisibility, defaultTtlSeconds } = account;
    const first = requests.getPush(draft.requestId, nowMs);
    if (first) return repeated(first, draft, userId);

    const residents = snippets.residents();
    const newest = residents.findLast(({ expiresAtMs }) => expiresAtMs > nowMs);
    const duplicateOf = newest?.sha256 === draft.sha256 ? newest.number : 0;
    if (duplicateOf > 0 && draft.skipDuplicate) {
      const row = snippets.get({ kind: 'number', number: duplicateOf }, 'owner', nowMs);
      if (row) {
        const facts = factsOf(row);
        requests.remember(
          draft.requestId,
          { kind: 'pushed', facts: withoutProof(facts), duplicateOf },
          nowMs,
        );
        return accept(unchanged({ kind: 'known', facts, userId, duplicateOf }));
      }
    }
    if (draft.alias !== '' && snippets.hasAlias(draft.alias, 0, nowMs)) return aliasTaken(draft.alias);

    const leavers = leaversFor(residents, draft.sizeBytes + draft.descriptionBytes, nowMs);
    snippets.leave([...leavers.expired, ...leavers.pushedOut], nowMs);

    const visibility = draft.burnReads > 0 ? 'unlisted' : (draft.visibility ?? defaultVisibility);
    const expiresAtMs = nowMs + (draft.ttlSeconds ?? defaultTtlSeconds) * 1000;
    const placed = { number: snippets.nextNumber(), visibility, createdAtMs: nowMs, expiresAtMs, device };
    const facts = placedFacts(draft, placed);
    const row: SnippetRow = {
      ...facts,
      textEncoding: draft.encoding,
      storedBytes: draft.bytes.byteLength,
      descriptionEncoding: draft.description?.encoding ?? null,
      descriptionBytes: draft.descriptionBytes,
      archiveDueAtMs: archiveDueAtMs(account, facts, nowMs),
    };
    snippets.add(row, draft.bytes, draft.description?.bytes);
    requests.remember(draft.requestId, { kind: 'pushed', facts: withoutProof(facts), duplicateOf }, nowMs);
    return accept({
      answer: { kind: 'placed', ...placed, userId, duplicateOf },
      changes: [
        ...leftChanges(leavers.expired, 'expired'),
        ...leftChanges(leavers.pushedOut, 'pushedOut'),
        { kind: 'pushed', facts },
      ],
      // What left is to be archived before it outgrows the stack itself.
      dueMs: snippets.leftBytes() > limits.stackBytes ? nowMs : firstDueMs(row),
    });
  });
}

/** The answer to a request id that was given before: nothing is pushed again. */
function repeated(first: FirstAnswer | KnownPush, draft: Draft, userId: string): Result<Written<PushAnswer>> {
  if (first.kind === 'pushed' && first.facts.sha256 === draft.sha256) {
    const facts = { ...first.facts, proof: draft.proof };
    return accept(unchanged({ kind: 'known', facts, userId, duplicateOf: first.duplicateOf ?? 0 }));
  }
  if (first.kind === 'known' && first.sha256 === draft.sha256) {
    const { duplicateOf } = first;
    return accept(unchanged({ kind: 'known', facts: placedFacts(draft, first), userId, duplicateOf }));
  }
  return otherRequest();
}

export function aliasTaken(alias: string): Refusal {
  return refuse(
    'alias_taken',
    `Another snippet on the stack is called "${alias}". Delete it, or take another name.`,
    {
      field: 'alias',
    },
  );
}
