// When what an isolate counts is summed: one call for all requests of ten seconds, and none is lost where it fails.

import { limits } from '../../shared/limits.ts';
import { log } from '../log.ts';
import type { Counters } from './counters.ts';
import type { Backlog, Metrics } from './metrics.ts';

export class Summing {
  readonly #counters: Counters;
  /** When the flush that is under way was begun. */
  #flushBegunAtMs: number | undefined;

  /** @param counters what is to be summed */
  constructor(counters: Counters) {
    this.#counters = counters;
  }

  /** Sees that what is counted is summed within `limits.metrics.flushMs`. */
  flushSoon(env: Env, ctx: Pick<ExecutionContext, 'waitUntil'>, nowMs: number): void {
    // One that was begun long ago ended with whoever waited for it.
    const ageMs = this.#flushBegunAtMs === undefined ? Infinity : nowMs - this.#flushBegunAtMs;
    if (this.#counters.isEmpty || (ageMs >= 0 && ageMs < 2 * limits.metrics.flushMs)) return;
    this.#flushBegunAtMs = nowMs;
    ctx.waitUntil(this.#flushLater(env));
  }

  /** Sums what is counted, and says how much of a stack waits for the archive. Never throws. */
  async flush(env: Env, backlog?: Backlog): Promise<void> {
    const counts = this.#counters.take();
    if (counts.size === 0 && !backlog) return;
    try {
      await metricsOf(env).add(counts, backlog);
    } catch (error) {
      this.#counters.addAll(counts);
      log('warn', 'metrics_failed', {}, error);
    }
  }

  async #flushLater(env: Env): Promise<void> {
    await scheduler.wait(limits.metrics.flushMs);
    this.#flushBegunAtMs = undefined;
    await this.flush(env);
  }
}

/** The one object that sums. */
export function metricsOf(env: Env): DurableObjectStub<Metrics> {
  return env.METRICS.get(env.METRICS.idFromName('metrics'));
}
