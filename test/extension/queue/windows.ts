// Windows of an editor that share a disk and a keyring, and an edge that keeps what it is sent.

import { create } from '@bufbuild/protobuf';
import { type DeliverParts } from '../../../extension/queue/deliver.ts';
import type { Way } from '../../../extension/queue/pass.ts';
import type { QueuedPush } from '../../../extension/queue/queued-push.ts';
import { SealKeys } from '../../../extension/queue/seal-keys.ts';
import { Shelf } from '../../../extension/queue/shelf.ts';
import type { Push } from '../../../shared/client.ts';
import { SnippetSchema } from '../../../shared/gen/pybin_pb.js';
import { accept, type ProblemCode, refuse } from '../../../shared/problem.ts';
import { plainDetails } from '../../../shared/snippet.ts';
import { Keyring } from '../session/keyring.ts';
import { Disk } from './disk.ts';

export const leaseMs = 1000;
const endpoint = 'https://here.example';
export const neverAborted = new AbortController().signal;

export class Machine {
  readonly disk = new Disk();
  readonly keyring = new Keyring();
  nowMs = 1_000_000;
  readonly warnings: unknown[] = [];
  #windows = 0;

  /** Another window, or the same one after a restart. */
  open(): Shelf {
    this.#windows += 1;
    return new Shelf({
      folder: this.disk.folder,
      keys: new SealKeys(this.keyring),
      log: { warn: (...parts: unknown[]) => this.warnings.push(parts) },
      now: () => this.nowMs,
      windowId: this.#windows.toString(16).padStart(8, '0'),
      leaseMs,
    });
  }

  pushed(text: string, changes: Partial<QueuedPush> & { details?: Partial<Push> } = {}): QueuedPush {
    this.nowMs += 1;
    const { details, ...rest } = changes;
    return {
      draft: { ...plainDetails, text, requestId: crypto.randomUUID(), ...details },
      queuedAtMs: this.nowMs,
      to: { endpoint, userId: 'ada' },
      from: [],
      asItWas: false,
      refusal: undefined,
      ...rest,
    };
  }
}

/** What one call to the edge comes to. */
export type Fate = 'stored' | 'answer lost' | ProblemCode;

export class Edge {
  /** By request id, in the order it was stored in. */
  readonly stored = new Map<string, Push>();
  /** Every draft that was sent, again and again. */
  readonly sent: Push[] = [];
  readonly fates: Fate[] = [];
  fate: Fate = 'stored';

  get texts(): string[] {
    return [...this.stored.values()].map(({ text }) => text);
  }

  way(userId = 'ada'): Way {
    return {
      endpoint,
      userId,
      push: async (draft) => {
        this.sent.push(draft);
        const fate = this.fates.shift() ?? this.fate;
        if (fate !== 'stored' && fate !== 'answer lost') return refuse(fate, 'No.');
        if (!this.stored.has(draft.requestId)) this.stored.set(draft.requestId, draft);
        if (fate === 'answer lost') return refuse('unavailable', 'Nobody knows.');
        const number = [...this.stored.keys()].indexOf(draft.requestId) + 1;
        return accept(create(SnippetSchema, { number }));
      },
    };
  }
}

export function partsOf(shelf: Shelf, edge: Edge, changes: Partial<DeliverParts> = {}): DeliverParts {
  return {
    shelf,
    way: edge.way(),
    isUnchanged: () => Promise.resolve(true),
    maySend: () => true,
    now: () => 1_000_000,
    stored: new Map(),
    keepAfterMs: 60_000,
    ...changes,
  };
}

export async function keptTexts(shelf: Shelf): Promise<string[]> {
  const texts: string[] = [];
  for (const { requestId } of await shelf.list({ free: false })) {
    const look = await shelf.look(requestId);
    texts.push(look.kind === 'whole' ? look.queued.draft.text : look.kind);
  }
  return texts;
}
