// What an owner's credential may do: one RpcTarget per scope. The base refuses everything, and a scope
// gives by overriding: what was forgotten is refused, never open.

import { RpcTarget } from 'cloudflare:workers';
import { accept, type Refusal, type Result } from '../../shared/problem.ts';
import type { Account } from './account.ts';
import type { AlarmClock } from './alarm-clock.ts';
import type { Meters } from './meter.ts';
import { deleteSnippet, type Draft, type PushAnswer, pushDraft } from './push.ts';
import {
  nothingHere,
  type ReadAnswer,
  type ReadRequest,
  readText,
  readWhole,
  type WholeAnswer,
} from './read.ts';
import { firstDueMs } from './retention.ts';
import { factsOf, type SnippetFacts, type Which } from './snippets.ts';
import type { Tables } from './tables.ts';

/** What an authority works on. */
export interface Workplace {
  readonly tables: Tables;
  readonly meters: Meters;
  readonly alarm: AlarmClock;
}

export interface ListAnswer {
  readonly userId: string;
  /** Newest first. */
  readonly rows: readonly SnippetFacts[];
}

/** Every method refuses, with the reason given. */
export class Authority extends RpcTarget {
  readonly #refusal: Refusal;

  constructor(refusal: Refusal) {
    super();
    this.#refusal = refusal;
  }

  account(): Result<Account> {
    return this.#refusal;
  }

  /** One snippet's text, for whoever shows it as it is. */
  read(_request: ReadRequest): Result<ReadAnswer> {
    return this.#refusal;
  }

  /** One snippet with its text and its whole description. */
  get(_which: Which): Result<WholeAnswer> {
    return this.#refusal;
  }

  /** Newest first, without texts. */
  list(): Result<ListAnswer> {
    return this.#refusal;
  }

  /** Puts a draft on top. The answer comes after it is stored. */
  push(_draft: Draft): Result<PushAnswer> | Promise<Result<PushAnswer>> {
    return this.#refusal;
  }

  delete(_number: number): Result<null> | Promise<Result<null>> {
    return this.#refusal;
  }
}

/** A key with the scope `read`. */
export class Reader extends Authority {
  readonly #at: Workplace;

  constructor(at: Workplace, refusal: Refusal) {
    super(refusal);
    this.#at = at;
  }

  override account(): Result<Account> {
    return this.#counted(() => accept(this.#at.tables.accounts.require()));
  }

  override read(request: ReadRequest): Result<ReadAnswer> {
    return this.#counted((nowMs) => readText(this.#at.tables, request, 'owner', nowMs));
  }

  override get(which: Which): Result<WholeAnswer> {
    return this.#counted((nowMs) => readWhole(this.#at.tables, which, 'owner', nowMs));
  }

  override list(): Result<ListAnswer> {
    const { accounts, snippets } = this.#at.tables;
    return this.#counted((nowMs) =>
      accept({ userId: accounts.require().userId, rows: snippets.list(nowMs).map(factsOf) }),
    );
  }

  #counted<Value>(read: (nowMs: number) => Result<Value>): Result<Value> {
    const nowMs = Date.now();
    return this.#at.meters.reads.count(nowMs) ?? read(nowMs);
  }
}

/** A key with the scope `write`: it reads, too. */
export class Writer extends Reader {
  readonly #at: Workplace;

  constructor(at: Workplace, refusal: Refusal) {
    super(at, refusal);
    this.#at = at;
  }

  override async push(draft: Draft): Promise<Result<PushAnswer>> {
    const nowMs = Date.now();
    const refusal = this.#at.meters.writes.count(nowMs);
    if (refusal) return refusal;
    await this.#at.alarm.ready();
    const answer = pushDraft(this.#at.tables, draft, nowMs);
    await this.#at.alarm.wakeBy(firstDueMs(answer, nowMs));
    return accept(answer);
  }

  override async delete(number: number): Promise<Result<null>> {
    const nowMs = Date.now();
    const refusal = this.#at.meters.writes.count(nowMs);
    if (refusal) return refusal;
    await this.#at.alarm.ready();
    if (!deleteSnippet(this.#at.tables, number, nowMs)) return nothingHere();
    await this.#at.alarm.wakeBy(nowMs);
    return accept(null);
  }
}
