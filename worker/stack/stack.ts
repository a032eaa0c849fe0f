// The Stack: one Durable Object per owner, named by the owner's routing hash.
// Its public reads, its doors to authority, and alarm(); nothing else.

import { DurableObject } from 'cloudflare:workers';
import { limits } from '../../shared/limits.ts';
import { accept, refuse, type Result } from '../../shared/problem.ts';
import { log } from '../log.ts';
import { countAlarm, countArchiveFailure, summing } from '../metrics/isolate.ts';
import type { Backlog } from '../metrics/metrics.ts';
import { anonymousAccount } from './account.ts';
import { AlarmClock } from './alarm-clock.ts';
import { Archivist } from './archivist.ts';
import { createDirectory } from './directory.ts';
import { eraseRest } from './erase.ts';
import { type IdentityStanding, isFree, type NewIdentity, registerAccount, standingOf } from './linking.ts';
import { Authority, badSession, Reader, Remover, SignedIn, write, Writer } from './authority.ts';
import { isStillGood, keyBearer } from './bearer.ts';
import { type Begun, beginSession, endOldSessions } from './browsers.ts';
import { endKeys, revokeKeys } from './keyring.ts';
import { hasEnded } from './keys.ts';
import { type LiveProof, readLiveRequest, type ShownCredential } from './live-request.ts';
import { createMeters } from './meter.ts';
import { type Draft, type PushAnswer, pushDraft } from './push.ts';
import { type ReadAnswer, type ReadRequest, readText } from './read.ts';
import { openAccount, type Owner, signIn, type SignInKey } from './sign-in.ts';
import { getNextDueMs, isLeftAnonymous, sweepExpired } from './sweep.ts';
import { Tables } from './tables.ts';
import { revealSnippet } from './take.ts';
import { type Named, type Takedown, takeDownSnippet } from './takedown.ts';
import { Watchers } from './watchers.ts';
import type { Workplace } from './workplace.ts';

const badKey = refuse(
  'unauthenticated',
  'This key is unknown, or it was revoked, or its time is over. Sign in again for a new one.',
);
const endedKey = refuse('unauthenticated', 'This key’s time is over. Sign in again for a new one.');
const badTicket = refuse(
  'unauthenticated',
  'This ticket was used, or its minute is over. Ask for a new one.',
);
const readOnlyKey = refuse('forbidden', 'This key may only read. Use one that may write.');
const deleteOnlyKey = refuse('forbidden', 'This token only deletes what it came with.');

export class Stack extends DurableObject<Env> {
  readonly #at: Workplace;
  #countsTimer: ReturnType<typeof setTimeout> | undefined;
  #countsWrittenAtMs = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const tables = new Tables(ctx.storage);
    const routingHash = ctx.id.name ?? '';
    this.#at = {
      routingHash,
      tables,
      meters: createMeters(env.RATE_LIMIT !== 'off', Date.now()),
      alarm: new AlarmClock(ctx.storage),
      watchers: new Watchers(ctx, env.INSTANCE_SECRETS, tables),
      archivist: new Archivist(tables, env.ARCHIVE, routingHash),
      directory: createDirectory(env),
    };
    // The runtime gives an alarm up that failed six times: whoever wakes the Stack next sees to it.
    if (tables.created) ctx.waitUntil(this.#at.alarm.heal(() => getNextDueMs(tables)));
  }

  /** What a credential allows. One that isn't the owner's gets an authority that refuses. */
  as(shown: ShownCredential): Authority {
    switch (shown.kind) {
      case 'key':
        return this.#asKey(shown);
      case 'session':
        return this.#asSession(shown);
      default:
        return shown.kind satisfies never;
    }
  }

  /** What `as(shown).push(draft)` does, in one call: the pipeline takes a tenth of a push's time (see `npm run bench`). */
  async push(shown: ShownCredential, draft: Draft): Promise<Result<PushAnswer>> {
    return this.as(shown).push(draft);
  }

  /** Revokes a key for whoever shows it. Gives whether it was one of the owner's. */
  revoke(shown: ShownCredential): boolean {
    const { tables } = this.#at;
    const isKey = shown.kind === 'key' && tables.created;
    const known = isKey ? tables.keys.find(shown.number, shown.secretHash) : undefined;
    return known !== undefined && revokeKeys(this.#at, [known.number]).length > 0;
  }

  /** A snippet for a stranger: only what is public. */
  readPublic(request: ReadRequest): Result<ReadAnswer> {
    return this.#readAs('stranger', request);
  }

  /** A snippet for the bearer of its link: anything but private. */
  readLinked(request: ReadRequest): Result<ReadAnswer> {
    return this.#readAs('link', request);
  }

  /** A burning snippet for the bearer of its link: one read of it is taken. */
  async reveal(number: number): Promise<Result<ReadAnswer>> {
    // Strangers do this: it must not use up what its owner may write.
    const answer = await write(this.#at, (tables, nowMs) => revealSnippet(tables, number, nowMs), 'reads');
    if (answer.ok) this.#countRead(number, 1, Date.now());
    return answer;
  }

  /** Reads that were answered elsewhere, from memory. */
  countReads(number: number, reads: number): void {
    if (this.#at.tables.created) this.#countRead(number, reads, Date.now());
  }

  /** Opens the account where there is none, and adds a key: for sign-in, which has made sure who asks. Gives its number. */
  signIn(owner: Owner, key: SignInKey): Result<number> {
    return signIn(this.#at, owner, key, Date.now());
  }

  /** Opens an account where there is none: for sign-in on a developer's machine. */
  openAccount(owner: Owner): Result<null> {
    return openAccount(this.#at.tables, owner, Date.now()) ?? accept(null);
  }

  /** Whether nobody is called so: asking leaves nothing. */
  isFree(): boolean {
    return isFree(this.#at);
  }

  /** Opens an account that signs in by an identity: for sign-in, which has made sure who asks. */
  register(owner: Owner, identity: NewIdentity): Promise<Result<null>> {
    return registerAccount(this.#at, owner, identity, Date.now());
  }

  /** Whether the owner signs in by an identity. */
  standingOf(identity: string): IdentityStanding {
    return standingOf(this.#at, identity);
  }

  /** Begins a session, by the SHA-256 of its secret: for sign-in, which has made sure who asks. */
  async startSession(secretHash: Uint8Array): Promise<Result<Begun>> {
    const { alarm } = this.#at;
    await alarm.ready();
    const begun = beginSession(this.#at, secretHash, Date.now());
    if (begun.ok) await alarm.wakeBy(begun.value.endsAtMs);
    return begun;
  }

  /** A push without a key, onto a stack of its own. The token deletes it again. A retry finds its first answer. */
  async pushAnonymously(draft: Draft, tokenHash: Uint8Array): Promise<Result<PushAnswer>> {
    return write(this.#at, (tables, nowMs) => {
      // Not before it is counted: what is refused leaves nothing.
      if (!tables.created) tables.create();
      return tables.transaction(() => {
        if (!tables.accounts.get()) {
          tables.accounts.create(anonymousAccount, nowMs);
          tables.keys.add({ secretHash: tokenHash, scope: 'delete', name: 'delete token' }, nowMs);
        }
        return pushDraft(tables, draft, '', nowMs);
      });
    });
  }

  /** For the instance's operator: deletes a snippet and its record, whoever's they are. */
  takeDown(which: Named, reason: string): Promise<Result<Takedown>> {
    return takeDownSnippet(this.#at, which, reason, Date.now());
  }

  /** The live socket: an upgrade can't be asked for by RPC. Only the Worker reaches this. */
  override async fetch(request: Request): Promise<Response> {
    const { origin, proof } = readLiveRequest(request);
    const opened = this.#authorityOf(proof).watch(origin);
    return opened.ok ? opened.value : Response.json(opened.problem, { status: 400 });
  }

  /** At least once, perhaps late, and given up by the runtime after six throws: so it never throws and always sets itself again. */
  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    const { alarm, tables } = this.#at;
    const isLate = info !== undefined && Date.now() - info.scheduledTime >= limits.metrics.alarmLateMs;
    alarm.rang();
    if (!tables.created) return;
    if (isLate) countAlarm('late');
    try {
      const before = backlogOf(this.#at);
      await this.#ring();
      const after = backlogOf(this.#at);
      // An ordinary alarm has nothing to tell, and costs no call.
      if (isLate || before.isFailing || after.isFailing) this.ctx.waitUntil(summing.flush(this.env, after));
    } catch (error) {
      countAlarm('failed');
      log('error', 'alarm_failed', { stack: this.#at.routingHash }, error);
      await alarm.set(Date.now() + limits.outboxRetryMs.min);
      this.ctx.waitUntil(summing.flush(this.env));
    }
  }

  /** Watchers say nothing that is listened to: the runtime itself answers their pings. */
  override webSocketMessage(): void {}

  /** Answers a watcher that closes: without it the other end waits for that, and ends as if the line had broken. */
  override webSocketClose(socket: WebSocket): void {
    socket.close(1000);
  }

  async #ring(): Promise<void> {
    const { alarm, archivist, tables, watchers } = this.#at;
    const nowMs = Date.now();
    if (tables.accounts.require().isErased) {
      await eraseRest(this.#at);
      return;
    }
    endKeys(this.#at, nowMs);
    endOldSessions(this.#at, nowMs);
    watchers.tell(sweepExpired(tables, nowMs), nowMs);
    this.#flushCounts();
    if (isLeftAnonymous(tables)) {
      await tables.deleteAll();
      return;
    }
    try {
      await archivist.flush('due', nowMs);
    } catch (error) {
      countArchiveFailure();
      log('error', 'archive_failed', { stack: this.#at.routingHash }, error);
    }
    await alarm.set(getNextDueMs(tables));
  }

  #asSession({ number, secretHash }: ShownCredential): Authority {
    const { tables } = this.#at;
    const isGood = tables.created && tables.sessions.isGood(number, secretHash, Date.now());
    return isGood ? new SignedIn(this.#at, number) : new Authority(badSession);
  }

  #asKey({ number, secretHash }: ShownCredential): Authority {
    const { tables } = this.#at;
    const nowMs = Date.now();
    const known = tables.created ? tables.keys.find(number, secretHash) : undefined;
    if (!known) return new Authority(badKey);
    if (hasEnded(known, nowMs)) return new Authority(endedKey);
    const { scope } = known;
    if (scope === 'delete') return new Remover(this.#at, deleteOnlyKey);
    if (tables.keys.noteUse(known, nowMs)) this.#writeUsesSoon();
    switch (scope) {
      case 'read':
        return new Reader(this.#at, readOnlyKey, keyBearer(known));
      case 'write':
        return new Writer(this.#at, readOnlyKey, keyBearer(known));
      default:
        return scope satisfies never;
    }
  }

  #authorityOf(proof: LiveProof): Authority {
    if (proof.kind !== 'ticket') return this.as(proof);
    const { tables } = this.#at;
    const nowMs = Date.now();
    const tag = tables.created ? tables.tickets.take(proof.secretHash, nowMs) : undefined;
    if (tag === undefined || !isStillGood(tables, tag, nowMs)) return new Authority(badTicket);
    return new Reader(this.#at, readOnlyKey, { tag, keyNumber: undefined, device: '' });
  }

  #readAs(sight: 'stranger' | 'link', request: ReadRequest): Result<ReadAnswer> {
    const { meters, tables } = this.#at;
    const nowMs = Date.now();
    const answer = meters.reads.count(nowMs) ?? readText(tables, request, sight, nowMs);
    const isCounted = answer.ok && answer.value.bytes && !request.isCountedByAsker;
    if (isCounted) this.#countRead(answer.value.number, 1, nowMs);
    return answer;
  }

  #countRead(number: number, reads: number, nowMs: number): void {
    this.#at.tables.readCounts.add(number, reads, nowMs);
    this.#countsTimer ??= setTimeout(() => this.#flushCounts(), this.#countsWaitMs(nowMs));
  }

  /**
   * A waiting timer keeps the Stack awake, which costs more than a row: a lone read is written once it is answered,
   * and only those that follow it gather.
   */
  #countsWaitMs(nowMs: number): number {
    const sinceMs = Math.max(0, nowMs - this.#countsWrittenAtMs);
    return Math.max(0, limits.countFlushMs - sinceMs);
  }

  #flushCounts(): void {
    clearTimeout(this.#countsTimer);
    this.#countsTimer = undefined;
    this.#countsWrittenAtMs = Date.now();
    const { tables } = this.#at;
    if (!tables.created) return;
    tables.transaction(() => {
      tables.readCounts.flush();
      tables.keys.writeUses();
    });
  }

  /** Off the way of what is asked for, and with the counts where those are about to be written. */
  #writeUsesSoon(): void {
    if (this.#countsTimer !== undefined) return;
    setTimeout(() => {
      const { tables } = this.#at;
      if (tables.created) tables.transaction(() => tables.keys.writeUses());
    });
  }
}

/** What waits for the archive, for those who run the instance. */
function backlogOf({ routingHash: stack, tables }: Workplace): Backlog {
  if (!tables.created || !tables.accounts.get()) return { stack, isFailing: false, snippets: 0, bytes: 0 };
  return { stack, isFailing: tables.outbox.failures() > 0, ...tables.snippets.archiveBacklog() };
}
