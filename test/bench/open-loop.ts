// A load that keeps to its schedule, answers or not, as a crowd does: a slow edge gets no mercy from it.

import { setTimeout } from 'node:timers/promises';
import { type Fault, Outcomes } from './outcomes.ts';
import { quantileOf } from './statistics.ts';

export interface Stream {
  readonly perSecond: number;
  /** Sends the stream's request number `turn`, counted from 0. */
  readonly send: (turn: number) => Promise<Fault | undefined>;
}

export interface StreamOutcomes {
  /** Durations count from the moment that a request was due, not from when it left. */
  readonly outcomes: Outcomes;
  /** How late the requests left. Where that is much, this machine couldn't pace the load. */
  readonly lateP99Ms: number;
}

/** Sends each stream at its pace, evenly spread over the duration, and waits for the last answers. */
export async function runOnSchedule(
  streams: readonly Stream[],
  durationMs: number,
): Promise<StreamOutcomes[]> {
  const startMs = performance.now();
  return Promise.all(streams.map((stream) => runStream(stream, startMs, durationMs)));
}

async function runStream(stream: Stream, startMs: number, durationMs: number): Promise<StreamOutcomes> {
  const outcomes = new Outcomes();
  const latenessMs: number[] = [];
  const counted: Promise<void>[] = [];
  const turns = (durationMs / 1000) * stream.perSecond;
  for (let turn = 0; turn < turns; turn++) {
    const dueMs = startMs + (turn * 1000) / stream.perSecond;
    const earlyMs = dueMs - performance.now();
    if (earlyMs > 0) await setTimeout(earlyMs);
    latenessMs.push(performance.now() - dueMs);
    counted.push(outcomes.count(dueMs, stream.send(turn)));
  }
  await Promise.all(counted);
  return { outcomes, lateP99Ms: quantileOf(latenessMs, 0.99) };
}
