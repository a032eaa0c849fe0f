// The Stack: one Durable Object per owner, named by the owner's routing hash.
// Its public reads, its doors to authority, and alarm(); nothing else.

import { DurableObject } from 'cloudflare:workers';
import { limits } from '../../shared/limits.ts';
import { accept, refuse, type Result } from '../../shared/problem.ts';
import type { Account } from './account.ts';
import { AlarmClock } from './alarm-clock.ts';
import { Authority, Reader, type Workplace, Writer } from './authority.ts';
import { createMeters } from './meter.ts';
import { type ReadAnswer, type ReadRequest, readText } from './read.ts';
import { flushOutbox, getNextDueMs, sweepExpired } from './sweep.ts';
import { Tables } from './tables.ts';

/** What a bearer shows: which key it claims to have, and the SHA-256 of the key's secret. */
export interface ShownKey {
  readonly keyNumber: number;
  readonly secretHash: Uint8Array;
}

const badKey = refuse('unauthenticated', 'This key is unknown or was revoked. Sign in again for a new one.');
const readOnlyKey = refuse('forbidden', 'This key may only read. Use one that may write.');

export class Stack extends DurableObject<Env> {
  readonly #at: Workplace;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#at = {
      tables: new Tables(ctx.storage),
      meters: createMeters(env.RATE_LIMIT !== 'off', Date.now()),
      alarm: new AlarmClock(ctx.storage),
    };
  }

  /** What the bearer of a key may do. A key that isn't one of the owner's gets an authority that refuses. */
  as(key: ShownKey): Authority {
    const { tables } = this.#at;
    const scope = tables.created ? tables.keys.getScope(key.keyNumber, key.secretHash) : undefined;
    switch (scope) {
      case undefined:
        return new Authority(badKey);
      case 'read':
        return new Reader(this.#at, readOnlyKey);
      case 'write':
        return new Writer(this.#at, readOnlyKey);
      default:
        return scope satisfies never;
    }
  }

  /** A snippet for a stranger: only what is public. */
  readPublic(request: ReadRequest): Result<ReadAnswer> {
    return this.#readAs('stranger', request);
  }

  /** A snippet for the bearer of its link: anything but private. */
  readLinked(request: ReadRequest): Result<ReadAnswer> {
    return this.#readAs('link', request);
  }

  /**
   * Opens the account where there is none, and adds a key that may write: for sign-in, which has made sure
   * who asks. Over the limit of keys, the oldest goes.
   * @returns the key's number
   */
  signIn(account: Account, key: { secretHash: Uint8Array; name: string }): Result<number> {
    const { tables } = this.#at;
    const nowMs = Date.now();
    if (!tables.created) tables.create();
    return tables.transaction(() => {
      const known = tables.accounts.get();
      if (known && known.userId !== account.userId)
        return refuse('invalid_argument', 'This user id can’t be had. Choose another.', { field: 'userId' });
      if (!known) tables.accounts.create(account, nowMs);
      if (tables.keys.count() >= limits.keysPerUser) tables.keys.removeOldest();
      return accept(tables.keys.add({ ...key, scope: 'write' }, nowMs));
    });
  }

  /** At least once, perhaps late, and given up by the runtime after six throws: so it never throws and always sets itself again. */
  override async alarm(): Promise<void> {
    const { tables, alarm } = this.#at;
    alarm.rang();
    if (!tables.created) return;
    let soonestMs = 0;
    try {
      const nowMs = Date.now();
      sweepExpired(tables, nowMs);
      const errors = await flushOutbox(tables, this.env.ARCHIVE, this.ctx.id.name ?? '', nowMs);
      for (const error of errors) console.error('the archive could not be told', error);
    } catch (error) {
      console.error('the alarm failed and will ring again', error);
      soonestMs = Date.now() + limits.outboxRetryMs.min;
    }
    const nextMs = getNextDueMs(tables);
    await alarm.set(nextMs === undefined ? undefined : Math.max(nextMs, soonestMs));
  }

  #readAs(sight: 'stranger' | 'link', request: ReadRequest): Result<ReadAnswer> {
    const nowMs = Date.now();
    return this.#at.meters.reads.count(nowMs) ?? readText(this.#at.tables, request, sight, nowMs);
  }
}
