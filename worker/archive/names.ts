// The one place that names objects in R2.

/** What the one-year lifecycle rule covers. */
const LOG_PREFIX = 'log/';

/** A snippet's record. Numbers are padded, so that R2 lists a stack's records in order. */
export function recordName(routingHash: string, number: number): string {
  return `${LOG_PREFIX}${routingHash}/${String(number).padStart(10, '0')}`;
}
