// A Flow: one Durable Object per attempt. It keeps one value until its end, and gives it away once; then nothing is
// left of it. One that was never begun stores nothing, whoever asks for it.

import { DurableObject } from 'cloudflare:workers';
import { log } from '../../log.ts';
import type { FlowKind, FlowState } from './state.ts';

interface Kept {
  readonly state: FlowState;
  readonly endsAtMs: number;
}

const KEY = 'flow';

export class Flow extends DurableObject<Env> {
  /** Keeps a state in the place of any before it, until a time in milliseconds since 1970. */
  async keep(state: FlowState, endsAtMs: number): Promise<void> {
    this.ctx.storage.kv.put<Kept>(KEY, { state, endsAtMs });
    await this.ctx.storage.setAlarm(endsAtMs);
  }

  /** The state, where there is one of this kind. It stays. */
  get(kind: FlowKind): FlowState | undefined {
    const kept = this.ctx.storage.kv.get<Kept>(KEY);
    return kept?.state.kind === kind && kept.endsAtMs > Date.now() ? kept.state : undefined;
  }

  /** The state, where there is one of this kind. From then on there is none: of many who ask, one gets it. */
  async take(kind: FlowKind): Promise<FlowState | undefined> {
    const state = this.get(kind);
    if (!state) return undefined;
    this.ctx.storage.kv.delete(KEY);
    await this.#clear();
    return state;
  }

  /** Never throws: the runtime gives up after six throws, and what is left here is no use to anybody. */
  override async alarm(): Promise<void> {
    try {
      await this.#clear();
    } catch (error) {
      log('error', 'alarm_failed', {}, error);
      await this.ctx.storage.setAlarm(Date.now() + RETRY_MS);
    }
  }

  async #clear(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }
}

const RETRY_MS = 60_000;
