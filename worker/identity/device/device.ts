// A Device: one Durable Object per user code. It keeps the attempt until it is over; then nothing is left of it.
// One that nobody began stores nothing, whoever asks for it.

import { DurableObject } from 'cloudflare:workers';
import { type Answer, type AskingDevice, type Attempt, isOpen, poll, type Polled } from './attempt.ts';

const KEY = 'attempt';

export class Device extends DurableObject<Env> {
  /** Begins an attempt. False where the code is another's at this time. */
  async begin(attempt: Attempt, nowMs: number): Promise<boolean> {
    const known = this.#get();
    if (known && nowMs < known.endsAtMs) return false;
    this.#keep(attempt);
    await this.ctx.storage.setAlarm(attempt.endsAtMs);
    return true;
  }

  /** Who asks, where somebody may still answer. */
  look(): AskingDevice | undefined {
    const attempt = this.#get();
    if (!attempt || !isOpen(attempt, Date.now())) return undefined;
    const { name, address, askedAtMs } = attempt;
    return { name, address, askedAtMs };
  }

  /** Answers the device, once. Gives who it was; undefined where nobody may answer it any more. */
  answer(answer: Answer): AskingDevice | undefined {
    const device = this.look();
    const attempt = this.#get();
    if (device && attempt) this.#keep({ ...attempt, answer });
    return device;
  }

  /** What the device learns that asks again. Of many asks, one gets an approval. */
  async poll(deviceHash: Uint8Array): Promise<Polled> {
    const known = this.#get();
    if (!known) return { kind: 'expired_token' };
    const { polled, attempt } = poll(known, deviceHash, Date.now());
    if (attempt) this.#keep(attempt);
    else await this.#clear();
    return polled;
  }

  override async alarm(): Promise<void> {
    await this.#clear();
  }

  #get(): Attempt | undefined {
    return this.ctx.storage.kv.get<Attempt>(KEY);
  }

  #keep(attempt: Attempt): void {
    this.ctx.storage.kv.put<Attempt>(KEY, attempt);
  }

  async #clear(): Promise<void> {
    this.ctx.storage.kv.delete(KEY);
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }
}
