// Figures of a series of durations. Pure.

export interface Figures {
  readonly count: number;
  readonly perSecond: number;
  readonly p50Ms: number;
}

/** @throws where nothing was measured: a figure without a measurement would be a lie */
export function figuresOf(durationsMs: readonly number[]): Figures {
  const p50Ms = medianOf(durationsMs);
  const totalMs = durationsMs.reduce((sum, durationMs) => sum + durationMs, 0);
  return { count: durationsMs.length, perSecond: (durationsMs.length / totalMs) * 1000, p50Ms };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (median === undefined) throw new Error('nothing was measured');
  return median;
}
