// Who watches the stack: hibernating WebSockets, which cost nothing while nothing changes.
// Each hears first of the whole stack, which is how it catches up, then of every change.

import { create, type MessageInitShape, toJsonString } from '@bufbuild/protobuf';
import { LeaveReason as LeaveReasonMessage, LiveEventSchema } from '../../shared/gen/pybin_pb.js';
import { limits } from '../../shared/limits.ts';
import { SIGNED_OUT } from '../../shared/live.ts';
import { refuse, type Result, accept } from '../../shared/problem.ts';
import type { Home } from '../ids/addresses.ts';
import { log } from '../log.ts';
import { isStillGood } from './bearer.ts';
import type { Change, LeaveReason } from './changes.ts';
import { toSnippet } from './message.ts';
import type { Tables } from './tables.ts';

/** What a watcher is known by while the Stack sleeps: where it reached the instance. */
interface Attachment {
  readonly origin: string;
}

const REASONS = {
  deleted: LeaveReasonMessage.DELETED,
  expired: LeaveReasonMessage.EXPIRED,
  popped: LeaveReasonMessage.POPPED,
  pushedOut: LeaveReasonMessage.PUSHED_OUT,
  burnt: LeaveReasonMessage.BURNT,
} as const satisfies Record<LeaveReason, LeaveReasonMessage>;

export class Watchers {
  readonly #state: DurableObjectState;
  readonly #instanceSecrets: string;
  readonly #tables: Tables;

  constructor(state: DurableObjectState, instanceSecrets: string, tables: Tables) {
    this.#state = state;
    this.#instanceSecrets = instanceSecrets;
    this.#tables = tables;
    // Answered by the runtime: a watcher that asks whether the line holds doesn't wake the Stack.
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  /** Opens a watcher's socket, to be known by the tag of its bearer, and tells it of the whole stack. */
  accept(origin: string, bearerTag: string, nowMs: number): Result<Response> {
    const open = this.#state.getWebSockets();
    if (open.length >= limits.watchersPerStack)
      return refuse(
        'rate_limited',
        `At most ${limits.watchersPerStack} watchers at a time. Close one of them.`,
        {
          limit: limits.watchersPerStack,
        },
      );
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#state.acceptWebSocket(ours, [bearerTag]);
    ours.serializeAttachment({ origin } satisfies Attachment);
    const home = this.#homeOf(origin);
    const totals = this.#tables.readCounts.totals();
    const snippets = this.#tables.snippets
      .list(nowMs)
      .map((facts) => toSnippet(home, facts, totals.get(facts.number)));
    ours.send(writeEvent({ case: 'stack', value: { snippets } }));
    return accept(new Response(null, { status: 101, webSocket: theirs }));
  }

  /** Tells everybody who watches and still may: the alarm that ends the others may be late. */
  tell(changes: readonly Change[], nowMs: number): void {
    if (changes.length === 0) return;
    for (const socket of this.#state.getWebSockets()) {
      if (!this.#mayWatch(socket, nowMs)) {
        end(socket);
        continue;
      }
      const { origin }: Attachment = socket.deserializeAttachment();
      const home = this.#homeOf(origin);
      for (const change of changes) send(socket, writeEvent(toEvent(home, change)));
    }
  }

  /** Ends the sockets of a bearer who is one no more. */
  close(bearerTag: string): void {
    for (const socket of this.#state.getWebSockets(bearerTag)) end(socket);
  }

  /** Ends all sockets, and says why. */
  closeAll(code: typeof SIGNED_OUT | 1000, reason: string): void {
    for (const socket of this.#state.getWebSockets()) attempt(() => socket.close(code, reason));
  }

  #mayWatch(socket: WebSocket, nowMs: number): boolean {
    const [tag = ''] = this.#state.getTags(socket);
    return isStillGood(this.#tables, tag, nowMs);
  }

  #homeOf(origin: string): Home {
    const { userId } = this.#tables.accounts.require();
    return { instanceSecrets: this.#instanceSecrets, origin, routingHash: this.#state.id.name ?? '', userId };
  }
}

type Event = NonNullable<MessageInitShape<typeof LiveEventSchema>['event']>;

function toEvent(home: Home, change: Change): Event {
  switch (change.kind) {
    case 'pushed':
      return { case: 'pushed', value: toSnippet(home, change.facts) };
    case 'replaced':
      return { case: 'replaced', value: toSnippet(home, change.facts, change.readCount) };
    case 'left':
      return { case: 'left', value: { number: change.number, reason: REASONS[change.reason] } };
    default:
      return change satisfies never;
  }
}

function writeEvent(event: Event): string {
  return toJsonString(LiveEventSchema, create(LiveEventSchema, { event }));
}

/** Closes one whose bearer is one no more. */
function end(socket: WebSocket): void {
  attempt(() => socket.close(SIGNED_OUT, 'What opened this was revoked, or its time is over.'));
}

function send(socket: WebSocket, message: string): void {
  attempt(() => socket.send(message));
}

/** A socket may have broken without having closed yet: that is nothing to the others, nor to the write that is told of. */
function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    log('warn', 'watcher_failed', {}, error);
  }
}
