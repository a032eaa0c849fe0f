// What is counted while the Worker is used: the unit of all measuring and computing here. Pure.

export const countNames = [
  /** To the Worker. */
  'requests',
  /** To Durable Objects: RPC sessions, fetches and alarms. */
  'objectRequests',
  /** For which a timer keeps an object awake though it has nothing to do. */
  'objectTimerMs',
  'rowsRead',
  /** A set alarm counts as one. */
  'rowsWritten',
  'archiveWrites',
  'archiveReads',
  'archivedBytes',
  'logLines',
  'logBytes',
] as const;

export type CountName = (typeof countNames)[number];
export type Counts = Readonly<Record<CountName, number>>;

export const noCounts: Counts = mapCounts(() => 0);

export function addCounts(one: Counts, other: Counts): Counts {
  return mapCounts((name) => one[name] + other[name]);
}

/** Each count, times a factor. */
export function scaleCounts(counts: Counts, factor: number): Counts {
  return mapCounts((name) => counts[name] * factor);
}

function mapCounts(value: (name: CountName) => number): Counts {
  return {
    requests: value('requests'),
    objectRequests: value('objectRequests'),
    objectTimerMs: value('objectTimerMs'),
    rowsRead: value('rowsRead'),
    rowsWritten: value('rowsWritten'),
    archiveWrites: value('archiveWrites'),
    archiveReads: value('archiveReads'),
    archivedBytes: value('archivedBytes'),
    logLines: value('logLines'),
    logBytes: value('logBytes'),
  };
}

/** What a person does, each as often as they did it. */
export const operations = ['push', 'read by others', 'read by its owner', 'list', 'alarm'] as const;
export type Operation = (typeof operations)[number];

/** What an operation took, all times together. */
export interface Measured {
  readonly times: number;
  readonly counts: Counts;
}

/** A person's month, after a year of the same. */
export interface PersonMonth {
  readonly operations: Readonly<Record<Operation, Measured>>;
  /** The person's Stack at its end. */
  readonly storedBytes: number;
}
