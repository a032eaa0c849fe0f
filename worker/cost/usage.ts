// From one person's measured month to what an instance uses in a month. Pure; what can't be measured here is
// assumed, each with its reason.

import type { Usage } from './bill.ts';
import { addCounts, type Counts, noCounts, type Operation, type PersonMonth, scaleCounts } from './counts.ts';
import { OBJECT_GB } from './prices.ts';

/** How an instance is used. */
export interface Load {
  readonly pushesPerDay: number;
  readonly readsPerDay: number;
}

/** How one person uses it: pushes come in spells of work, reads come alone. */
export const person = {
  spellsPerDay: 2,
  pushesPerSpell: 2,
  /** Half of them by others, half by the person's own devices: what is pushed is read eight times. */
  readsPerDay: 32,
  /** A function or two. */
  textBytes: 2048,
} as const;

export const assumptions = {
  /** A read or a push of 2 KB takes less than this on one core of the bench. */
  cpuMsPerRequest: 1,
  /** An object's part of it, the commit included. */
  msPerObjectRequest: 2,
  /** How long an object waits for R2. */
  msPerArchiveCall: 150,
  /** A log line of the platform's own for each request, where `invocation_logs` is on. */
  bytesPerInvocationLog: 1024,
} as const;

/** What a load consists of. */
const loadOperations: readonly Operation[] = ['push', 'read by others', 'read by its owner', 'alarm'];

export const MONTH_DAYS = 30;
const YEAR_DAYS = 365;
/** How long the platform keeps logs. */
const LOG_DAYS = 7;
const GB = 1e9;

/**
 * What a load uses in a month, when all use it as the person did.
 * @param hasInvocationLogs whether the platform logs each request by itself (wrangler.toml)
 */
export function usageOf(load: Load, month: PersonMonth, hasInvocationLogs: boolean): Usage {
  const persons = load.pushesPerDay / (person.spellsPerDay * person.pushesPerSpell);
  if (load.readsPerDay !== persons * person.readsPerDay)
    throw new Error('the load is not one of whole persons: eight reads belong to a push');
  const counts = loadOperations
    .map((operation) => month.operations[operation].counts)
    .reduce(addCounts, noCounts);
  return {
    ...usageOfCounts(scaleCounts(counts, persons), hasInvocationLogs),
    storedGb: (persons * month.storedBytes) / GB,
  };
}

/** What is used for what was counted. Of storage, that of the archive: a record is kept for a year. */
export function usageOfCounts(counts: Counts, hasInvocationLogs: boolean): Usage {
  const objectMs =
    counts.objectRequests * assumptions.msPerObjectRequest +
    counts.objectTimerMs +
    (counts.archiveReads + counts.archiveWrites) * assumptions.msPerArchiveCall;
  const invocations = hasInvocationLogs ? counts.requests + counts.objectRequests : 0;
  const logGb = (counts.logBytes + invocations * assumptions.bytesPerInvocationLog) / GB;
  return {
    requests: counts.requests,
    cpuMs: counts.requests * assumptions.cpuMsPerRequest,
    objectRequests: counts.objectRequests,
    objectGbSeconds: (objectMs / 1000) * OBJECT_GB,
    rowsRead: counts.rowsRead,
    rowsWritten: counts.rowsWritten,
    storedGb: 0,
    archiveWrites: counts.archiveWrites,
    archiveReads: counts.archiveReads,
    archivedGb: (counts.archivedBytes * (YEAR_DAYS / MONTH_DAYS)) / GB,
    logGb,
    keptLogGb: logGb * (LOG_DAYS / MONTH_DAYS),
  };
}
