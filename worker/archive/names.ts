// The one place that names objects in R2.

/** What the one-year lifecycle rule covers (lifecycle.json). */
const LOG_PREFIX = 'log/';

/** What all objects of a stack begin with. */
export function stackPrefix(routingHash: string): string {
  return `${LOG_PREFIX}${routingHash}/`;
}

/** The key of one of a stack's objects. */
export function objectKey(routingHash: string, object: string): string {
  return stackPrefix(routingHash) + object;
}

/** What an operator's records begin with: no lifecycle rule covers them. */
const TAKEDOWN_PREFIX = 'takedown/';

/** The key of the record of a takedown. */
export function takedownKey(routingHash: string, number: number): string {
  return `${TAKEDOWN_PREFIX}${routingHash}/${padNumber(number)}.json`;
}

/**
 * The object that is written for a snippet and those that go with it. The same put has the same name however
 * often it is tried; another revision has another. Numbers are padded, so that R2 lists objects in order.
 */
export function packName({ number, revision }: { number: number; revision: number }): string {
  return `${padNumber(number)}-${revision}`;
}

/** The object that an object's records move to when some of them are to go. */
export function compactedName(object: string): string {
  const [base = object, times = '0'] = object.split('.');
  return `${base}.${Number(times) + 1}`;
}

/** The lowest snippet number that an object may hold a record of. */
export function firstNumberOf(object: string): number {
  return Number(object.slice(0, NUMBER_DIGITS));
}

function padNumber(number: number): string {
  return String(number).padStart(NUMBER_DIGITS, '0');
}

const NUMBER_DIGITS = 10;
