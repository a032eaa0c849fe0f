// What a stack's alarm tells the metrics: what waits for an archive that fails, failures, and that it rang late.

import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { Stack } from '../../../worker/index.ts';
import { bucketWith } from '../archive/bucket.ts';
import { signIn } from '../edge.ts';
import { atSeconds, insideOf, useOwnClock } from '../stack-inside.ts';
import { readMetrics, type Samples } from './instance.ts';

const DUE_SECONDS = limits.outboxDelayMs / 1000 + 1;
const away = () => Promise.reject(new Error('R2 is away'));
const emptyBacklog = { pybin_outbox_stacks: 0, pybin_outbox_snippets: 0, pybin_outbox_bytes: 0 };

useOwnClock();
// What fails here on purpose is told in the log, too.
beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

describe('a stack whose archive fails', () => {
  it('tells what waits there, until the archive answers', async () => {
    const ada = await signIn('backlog');
    const { samples: before } = await readMetrics();
    await ada.push('12345');
    await ada.push('123');
    atSeconds(DUE_SECONDS);
    await ringWith('backlog', bucketWith({ put: away }));
    await vi.waitFor(async () => {
      const { samples } = await readMetrics();
      expect(samples).toMatchObject({
        pybin_outbox_stacks: 1,
        pybin_outbox_snippets: 2,
        pybin_outbox_bytes: 8,
      });
      expect(riseOf('pybin_archive_failures_total', before, samples)).toBe(1);
    });
    atSeconds(2 * DUE_SECONDS);
    await insideOf('backlog').ring();
    await vi.waitFor(async () => expect((await readMetrics()).samples).toMatchObject(emptyBacklog));
  });

  it('counts no longer once it hasn’t told anything for an hour', async () => {
    const ada = await signIn('backlog-old');
    await ada.push('12345');
    atSeconds(DUE_SECONDS);
    await ringWith('backlog-old', bucketWith({ put: away }));
    await vi.waitFor(async () => expect((await readMetrics()).samples['pybin_outbox_stacks']).toBe(1));
    atSeconds(DUE_SECONDS + limits.metrics.backlogMs / 1000 + 1);
    expect((await readMetrics()).samples).toMatchObject(emptyBacklog);
  });
});

describe('an alarm', () => {
  it('that goes well and in time costs no call', async () => {
    const ada = await signIn('calls-none');
    await ada.push('text');
    atSeconds(DUE_SECONDS);
    const get = vi.fn<() => never>();
    const METRICS = new Proxy(env.METRICS, { get: () => get });
    await runInDurableObject(insideOf('calls-none').stub, async (_stack, state) => {
      await new Stack(state, { ...env, METRICS }).alarm(infoOf(Date.now()));
    });
    expect(await insideOf('calls-none').rowsOf('history')).toHaveLength(1);
    expect(get).not.toHaveBeenCalled();
  });

  it.each([
    ['is late a minute after its time', limits.metrics.alarmLateMs, 1],
    ['is in time within a minute', limits.metrics.alarmLateMs - 1, 0],
  ])('%s', async (what, lateMs, late) => {
    const userId = `late-${late}`;
    const ada = await signIn(userId);
    await ada.push(what);
    const { samples: before } = await readMetrics();
    const { stub } = insideOf(userId);
    await runInDurableObject(stub, (stack) => stack.alarm(infoOf(Date.now() - lateMs)));
    await vi.waitFor(async () => {
      const { samples: after } = await readMetrics();
      expect(riseOf('pybin_alarms_late_total', before, after)).toBe(late);
    });
  });

  it('that breaks is counted, and set again', async () => {
    const ada = await signIn('alarm-breaks');
    await ada.push('text');
    await insideOf('alarm-breaks').inStorage(({ sql }) => void sql.exec('UPDATE account SET erased_at = 1'));
    await insideOf('alarm-breaks').evict();
    const { samples: before } = await readMetrics();
    await ringWith('alarm-breaks', bucketWith({ list: away }));
    expect(await insideOf('alarm-breaks').alarm()).toBe(Date.now() + limits.outboxRetryMs.min);
    await vi.waitFor(async () => {
      const { samples: after } = await readMetrics();
      expect(riseOf('pybin_alarms_failed_total', before, after)).toBe(1);
    });
  });
});

/** Rings a user's alarm on a Stack whose archive is this bucket. */
async function ringWith(userId: string, ARCHIVE: R2Bucket): Promise<void> {
  await runInDurableObject(insideOf(userId).stub, async (_stack, state) => {
    await new Stack(state, { ...env, ARCHIVE }).alarm();
  });
}

function infoOf(scheduledTime: number): AlarmInvocationInfo {
  return { scheduledTime, isRetry: false, retryCount: 0 };
}

function riseOf(sample: string, before: Samples, after: Samples): number {
  return (after[sample] ?? 0) - (before[sample] ?? 0);
}
