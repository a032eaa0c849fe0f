// What an owner's credential may do: one RpcTarget per scope. The base refuses everything, and a scope
// gives by overriding: what was forgotten is refused, never open.

import { RpcTarget } from 'cloudflare:workers';
import { SIGNED_OUT } from '../../shared/live.ts';
import { accept, refuse, type Refusal, type Result } from '../../shared/problem.ts';
import type { Account, AccountChange } from './account.ts';
import { type Bearer, sessionBearer } from './bearer.ts';
import { endSessions } from './browsers.ts';
import { eraseAccount, type Receipt } from './erase.ts';
import { type Contents, contentsOf, exportedText } from './export.ts';
import type { HistoryEntry, HistoryQuery } from './history.ts';
import { addKey, type ListedKey, listKeys, type NewKey, revokeKeys } from './keyring.ts';
import type { KeyFacts } from './keys.ts';
import type { Meters } from './meter.ts';
import { type Draft, type PushAnswer, pushDraft, pushedFacts, type Written } from './push.ts';
import {
  changeAccount,
  deleteRecord,
  draftOfRecord,
  flushWaiting,
  type RecordAnswer,
  readRecord,
  type RestoreAnswer,
} from './records.ts';
import {
  nothingHere,
  type ReadAnswer,
  type ReadRequest,
  readText,
  readWhole,
  type WholeAnswer,
} from './read.ts';
import type { ReadCount } from './read-counts.ts';
import type { LinkedIdentity } from './identities.ts';
import { linkIdentity, type NewIdentity, unlinkIdentity } from './linking.ts';
import type { SessionFacts, SessionState } from './sessions.ts';
import { factsOf, type SnippetFacts } from './snippet-row.ts';
import type { Which } from './snippets.ts';
import type { Tables } from './tables.ts';
import { deleteSnippet, popSnippet } from './take.ts';
import { type Update, type UpdateAnswer, updateSnippet } from './update.ts';
import type { Workplace } from './workplace.ts';

export interface ListAnswer {
  readonly userId: string;
  /** Newest first. */
  readonly rows: readonly ListedSnippet[];
}

/** The session that asks, and whose it is. */
export interface SessionAnswer extends SessionState {
  readonly account: Account;
}

/** A session as its owner is told of it. */
export interface ListedSession extends SessionFacts {
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean;
}

export interface ListedSnippet extends SnippetFacts {
  /** How often others have read it. */
  readonly readCount: number;
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

  /** How often others have read what was pushed, month by month. */
  readCounts(): Result<ReadCount[]> {
    return this.#refusal;
  }

  /** Opens a watcher's socket, reached at this origin. */
  watch(_origin: string): Result<Response> {
    return this.#refusal;
  }

  /** Makes a ticket for the live socket, by the SHA-256 of its secret; gives when it ends. */
  createTicket(_secretHash: Uint8Array): Result<number> {
    return this.#refusal;
  }

  /** Puts a draft on top. The answer comes after it is stored. */
  push(_draft: Draft): Result<PushAnswer> | Promise<Result<PushAnswer>> {
    return this.#refusal;
  }

  /** Replaces what is given of a snippet. */
  update(_update: Update): Result<UpdateAnswer> | Promise<Result<UpdateAnswer>> {
    return this.#refusal;
  }

  /** Takes the newest off and gives it. @param _meant the number that has to be on top; 0: whichever is */
  pop(_meant: number, _requestId: string): Result<WholeAnswer> | Promise<Result<WholeAnswer>> {
    return this.#refusal;
  }

  delete(_number: number, _requestId: string): Result<null> | Promise<Result<null>> {
    return this.#refusal;
  }

  updateAccount(_change: AccountChange): Result<Account> {
    return this.#refusal;
  }

  /** What the archive's index has, newest first. */
  history(_query: HistoryQuery): Result<HistoryEntry[]> | Promise<Result<HistoryEntry[]>> {
    return this.#refusal;
  }

  /** A record with its text. */
  record(_number: number): Result<RecordAnswer> | Promise<Result<RecordAnswer>> {
    return this.#refusal;
  }

  /** Pushes a record's text anew. */
  restore(_number: number, _requestId: string): Result<RestoreAnswer> | Promise<Result<RestoreAnswer>> {
    return this.#refusal;
  }

  /** Deletes a record for good. What lies on the stack stays there. */
  deleteRecord(_number: number): Result<null> | Promise<Result<null>> {
    return this.#refusal;
  }

  /** What an export is made of: everything on the stack and in the history, without texts. */
  contents(): Result<Contents> | Promise<Result<Contents>> {
    return this.#refusal;
  }

  /** The text of one piece of an export; undefined where it is gone by now. Not counted: an export asks for many. */
  exported(
    _from: 'stack' | 'history',
    _number: number,
  ): Result<Uint8Array | undefined> | Promise<Result<Uint8Array | undefined>> {
    return this.#refusal;
  }

  /** Newest first, without their secrets. */
  listKeys(): Result<ListedKey[]> {
    return this.#refusal;
  }

  /** Makes a key. Who may not is told where one may, reached at this origin. */
  createKey(_key: NewKey, _origin: string): Result<KeyFacts> | Promise<Result<KeyFacts>> {
    return this.#refusal;
  }

  /** Revokes a key: its next use is refused, its live sockets close. */
  deleteKey(_number: number): Result<null> {
    return this.#refusal;
  }

  /** Erases the account with all that belongs to it. Its user id is said once more, because nothing comes back. */
  erase(_userId: string): Result<Receipt> | Promise<Result<Receipt>> {
    return this.#refusal;
  }

  /** The session that asks; its end is put off where that is due. */
  session(): Result<SessionAnswer> {
    return this.#refusal;
  }

  /** Newest first. */
  listSessions(): Result<ListedSession[]> {
    return this.#refusal;
  }

  /** Ends a session; the one that asks where none is named. */
  endSession(_number?: number): Result<null> {
    return this.#refusal;
  }

  /** By whose word the owner signs in, oldest first. */
  listIdentities(): Result<LinkedIdentity[]> {
    return this.#refusal;
  }

  /** Adds a way to sign in: for sign-in, which has made sure whose it is. */
  link(_identity: NewIdentity): Result<null> | Promise<Result<null>> {
    return this.#refusal;
  }

  /** Takes a way to sign in off; the last one stays. */
  unlink(_name: string): Result<null> | Promise<Result<null>> {
    return this.#refusal;
  }

  /** Ends all sessions, keys and live sockets. */
  signOutEverywhere(): Result<null> {
    return this.#refusal;
  }
}

/** A key with the scope `read`. */
export class Reader extends Authority {
  readonly #at: Workplace;
  readonly #bearer: Bearer;

  constructor(at: Workplace, refusal: Refusal, bearer: Bearer) {
    super(refusal);
    this.#at = at;
    this.#bearer = bearer;
  }

  override account(): Result<Account> {
    return this.#counted(({ accounts }) => accept(accounts.require()));
  }

  override read(request: ReadRequest): Result<ReadAnswer> {
    return this.#counted((tables, nowMs) => readText(tables, request, 'owner', nowMs));
  }

  override get(which: Which): Result<WholeAnswer> {
    return this.#counted((tables, nowMs) => readWhole(tables, which, nowMs));
  }

  override list(): Result<ListAnswer> {
    return this.#counted(({ accounts, readCounts, snippets }, nowMs) => {
      const totals = readCounts.totals();
      const rows = snippets
        .list(nowMs)
        .map((row) => ({ ...factsOf(row), readCount: totals.get(row.number) ?? 0 }));
      return accept({ userId: accounts.require().userId, rows });
    });
  }

  override readCounts(): Result<ReadCount[]> {
    return this.#counted(({ readCounts }) => accept(readCounts.list()));
  }

  override watch(origin: string): Result<Response> {
    return this.#counted((_tables, nowMs) => this.#at.watchers.accept(origin, this.#bearer.tag, nowMs));
  }

  override createTicket(secretHash: Uint8Array): Result<number> {
    return this.#counted(({ tickets }, nowMs) => accept(tickets.add(secretHash, this.#bearer.tag, nowMs)));
  }

  override async history(query: HistoryQuery): Promise<Result<HistoryEntry[]>> {
    const nowMs = Date.now();
    const refusal = this.#at.meters.reads.count(nowMs);
    if (refusal) return refusal;
    // What was pushed a moment ago is looked for, too.
    if (query.beforeNumber === undefined) await flushWaiting(this.#at, nowMs);
    return accept(this.#at.tables.history.list(query, nowMs));
  }

  override async record(number: number): Promise<Result<RecordAnswer>> {
    const nowMs = Date.now();
    return this.#at.meters.reads.count(nowMs) ?? readRecord(this.#at, number, nowMs);
  }

  override async contents(): Promise<Result<Contents>> {
    const nowMs = Date.now();
    const refusal = this.#at.meters.reads.count(nowMs);
    if (refusal) return refusal;
    await flushWaiting(this.#at, nowMs);
    return accept(contentsOf(this.#at.tables, nowMs));
  }

  override async exported(
    from: 'stack' | 'history',
    number: number,
  ): Promise<Result<Uint8Array | undefined>> {
    return accept(await exportedText(this.#at, from, number, Date.now()));
  }

  // A key that leaked could else outlive its own revocation.
  override createKey(_key: NewKey, origin: string): Result<KeyFacts> | Promise<Result<KeyFacts>> {
    return refuse('forbidden', `A key can’t make another one. Sign in at ${origin}/account to make one.`);
  }

  #counted<Value>(read: (tables: Tables, nowMs: number) => Result<Value>): Result<Value> {
    const nowMs = Date.now();
    return this.#at.meters.reads.count(nowMs) ?? read(this.#at.tables, nowMs);
  }
}

/** A key with the scope `write`: it reads, too. */
export class Writer extends Reader {
  readonly #at: Workplace;
  readonly #bearer: Bearer;

  constructor(at: Workplace, refusal: Refusal, bearer: Bearer) {
    super(at, refusal, bearer);
    this.#at = at;
    this.#bearer = bearer;
  }

  override async push(draft: Draft): Promise<Result<PushAnswer>> {
    return write(this.#at, (tables, nowMs) => pushDraft(tables, draft, this.#bearer.device, nowMs));
  }

  override async update(update: Update): Promise<Result<UpdateAnswer>> {
    return write(this.#at, (tables, nowMs) => updateSnippet(tables, update, this.#bearer.device, nowMs));
  }

  override async pop(meant: number, requestId: string): Promise<Result<WholeAnswer>> {
    return write(this.#at, (tables, nowMs) => popSnippet(tables, meant, requestId, nowMs));
  }

  override async delete(number: number, requestId: string): Promise<Result<null>> {
    return write(this.#at, (tables, nowMs) => deleteSnippet(tables, number, requestId, nowMs));
  }

  override updateAccount(change: AccountChange): Result<Account> {
    const refusal = this.#at.meters.writes.count(Date.now());
    if (refusal) return refusal;
    return accept(changeAccount(this.#at.tables, change));
  }

  override async restore(number: number, requestId: string): Promise<Result<RestoreAnswer>> {
    const draft = await draftOfRecord(this.#at, number, requestId, Date.now());
    if (!draft.ok) return draft;
    const { device } = this.#bearer;
    const pushed = await write(this.#at, (tables, nowMs) => pushDraft(tables, draft.value, device, nowMs));
    return pushed.ok
      ? accept({ userId: pushed.value.userId, facts: pushedFacts(draft.value, pushed.value) })
      : pushed;
  }

  override async deleteRecord(number: number): Promise<Result<null>> {
    return write(this.#at, (tables, nowMs) => deleteRecord(tables, number, nowMs));
  }

  override listKeys(): Result<ListedKey[]> {
    const nowMs = Date.now();
    const { meters, tables } = this.#at;
    return meters.reads.count(nowMs) ?? accept(listKeys(tables, this.#bearer.keyNumber, nowMs));
  }

  override deleteKey(number: number): Result<null> {
    const refusal = this.#at.meters.writes.count(Date.now());
    if (refusal) return refusal;
    return revokeKeys(this.#at, [number]).length > 0 ? accept(null) : nothingHere();
  }

  override async erase(userId: string): Promise<Result<Receipt>> {
    return eraseAccount(this.#at, userId, Date.now());
  }
}

/** Who has signed in: may do all that an owner may, and makes keys. */
class Holder extends Writer {
  readonly #at: Workplace;

  constructor(at: Workplace, refusal: Refusal, bearer: Bearer) {
    super(at, refusal, bearer);
    this.#at = at;
  }

  override async createKey(key: NewKey): Promise<Result<KeyFacts>> {
    const nowMs = Date.now();
    const { alarm, meters } = this.#at;
    const refusal = meters.writes.count(nowMs);
    if (refusal) return refusal;
    await alarm.ready();
    const added = addKey(this.#at, key, nowMs);
    if (added.ok) await alarm.wakeBy(added.value.endsAtMs ?? Infinity);
    return added;
  }

  override listIdentities(): Result<LinkedIdentity[]> {
    const { meters, tables } = this.#at;
    return meters.reads.count(Date.now()) ?? accept(tables.identities.list());
  }

  override async link(identity: NewIdentity): Promise<Result<null>> {
    const nowMs = Date.now();
    return this.#at.meters.writes.count(nowMs) ?? linkIdentity(this.#at, identity, nowMs);
  }

  override async unlink(name: string): Promise<Result<null>> {
    return this.#at.meters.writes.count(Date.now()) ?? unlinkIdentity(this.#at, name);
  }

  override signOutEverywhere(): Result<null> {
    const { meters, tables, watchers } = this.#at;
    const refusal = meters.writes.count(Date.now());
    if (refusal) return refusal;
    tables.transaction(() => tables.endAllCredentials());
    watchers.closeAll(SIGNED_OUT, 'Signed out everywhere.');
    return accept(null);
  }
}

/** What whoever shows a session that is no more is told. */
export const badSession = refuse('unauthenticated', 'This session has ended. Sign in again.');

/** Who has signed in by a browser, in the session that asks. */
export class SignedIn extends Holder {
  readonly #at: Workplace;
  readonly #number: number;

  constructor(at: Workplace, number: number) {
    super(at, badSession, sessionBearer(number));
    this.#at = at;
    this.#number = number;
  }

  override session(): Result<SessionAnswer> {
    const { meters, tables } = this.#at;
    const nowMs = Date.now();
    const refusal = meters.reads.count(nowMs);
    if (refusal) return refusal;
    const state = tables.sessions.renew(this.#number, nowMs);
    return state ? accept({ account: tables.accounts.require(), ...state }) : badSession;
  }

  override listSessions(): Result<ListedSession[]> {
    const { meters, tables } = this.#at;
    const nowMs = Date.now();
    const refusal = meters.reads.count(nowMs);
    if (refusal) return refusal;
    return accept(
      tables.sessions.list(nowMs).map((facts) => ({ ...facts, isCurrent: facts.number === this.#number })),
    );
  }

  override endSession(number = this.#number): Result<null> {
    endSessions(this.#at, [number]);
    return accept(null);
  }
}

/** The token of a push without a key: it deletes what was pushed, and nothing else. */
export class Remover extends Authority {
  readonly #at: Workplace;

  constructor(at: Workplace, refusal: Refusal) {
    super(refusal);
    this.#at = at;
  }

  override async delete(number: number, requestId: string): Promise<Result<null>> {
    return write(this.#at, (tables, nowMs) => deleteSnippet(tables, number, requestId, nowMs));
  }
}

/** Runs one write: counted, its alarm set in the same commit, its watchers told. */
export async function write<Answer>(
  { tables, meters, alarm, watchers }: Workplace,
  run: (tables: Tables, nowMs: number) => Result<Written<Answer>>,
  countedAs: keyof Meters = 'writes',
): Promise<Result<Answer>> {
  const nowMs = Date.now();
  const refusal = meters[countedAs].count(nowMs);
  if (refusal) return refusal;
  await alarm.ready();
  const written = run(tables, nowMs);
  if (!written.ok) return written;
  const { answer, changes, dueMs } = written.value;
  await alarm.wakeBy(dueMs);
  watchers.tell(changes, nowMs);
  return accept(answer);
}
