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
  return quantileOf(values, 0.5);
}

/**
 * The value that the given part of all values doesn't exceed.
 * @param part from 0 up to, and without, 1
 */
export function quantileOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.floor(sorted.length * part)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
