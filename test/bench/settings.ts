// How thorough a run is. `BENCH=short` proves in a minute that everything runs; its figures prove nothing.

const isShort = process.env['BENCH'] === 'short';

/** A duration or a count: the one to measure with, or the one to try things out with. */
export function full(amount: number, orShort: number): number {
  return isShort ? orShort : amount;
}
