// What is logged: one line of JSON for each failure. Never a key, a link's id, a text or a query. So nothing goes in
// that a user wrote, and of an error no message, which may quote anything: only its name, where it happened, and
// what the platform calls it.

/** All that is logged. */
export type LogEvent =
  | 'alarm_failed'
  | 'archive_failed'
  | 'erasure_failed'
  | 'health_failed'
  | 'identity_kept'
  | 'metrics_failed'
  | 'request_failed'
  | 'request_refused'
  | 'sign_in_failed'
  | 'taken_down'
  | 'watcher_failed';

export interface LogFields {
  readonly requestId?: string;
  readonly method?: string;
  /** The router's pattern, never a path. */
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  /** How long it took, as far as the platform's clock tells: it stands still between two waits. */
  readonly ms?: number;
  /** The routing hash. */
  readonly stack?: string;
  readonly number?: number;
  /** The part that isn't well. */
  readonly check?: string;
}

export function log(
  level: 'info' | 'warn' | 'error',
  event: LogEvent,
  fields: LogFields = {},
  error?: unknown,
): void {
  const line = { level, event, ...fields, ...(error !== undefined && { error: describeError(error) }) };
  console[level](JSON.stringify(line));
}

/** What of an error can be told to anybody. */
export interface DescribedError {
  readonly name: string;
  /** What the platform says of it, where that is known. */
  readonly reason?: string;
  /** R2's own number of it. */
  readonly r2Code?: number;
  /** Function and place, innermost first. */
  readonly at: readonly string[];
}

/** What the platform says: only these words of a message are taken, whatever else it has. */
const REASONS = [
  'Network connection lost',
  'Durable Object is overloaded',
  'Durable Object storage operation exceeded timeout',
  'exceeded its memory limit',
  'exceeded its CPU time limit',
  'its code was updated',
  'Internal error in Durable Object storage',
  'We encountered an internal error',
  'Please reduce your concurrent request rate',
  'Too many subrequests',
  'database or disk is full',
  'UNIQUE constraint failed',
  'internal error',
] as const;

const FRAMES = 8;
/** A function's name, which may be missing, and the last part of its file's address with line and column. */
const FRAME = /^ +at (?:([\w.$<>#[\] ]{1,80}) )?\(?(?:[^\s()]*\/)?([\w.-]{1,80}:\d+:\d+)\)?$/;

export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const { message, name } = error;
  const reason = REASONS.find((known) => message.includes(known));
  const r2Code = /^(?:delete|get|head|list|put): [^]*\((10\d{3})\)$/.exec(message)?.[1];
  return {
    name: /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error',
    ...(reason !== undefined && { reason }),
    ...(r2Code !== undefined && { r2Code: Number(r2Code) }),
    at: framesOf(error),
  };
}

/** What follows the message in a stack. None where it has another: a message may look like a stack, too. */
function framesOf({ message, stack = '' }: Error): string[] {
  const start = stack.indexOf(message);
  if (start === -1 || !/^(?:\w{1,40}: )?$/.test(stack.slice(0, start))) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .map((line) => FRAME.exec(line))
    .filter((frame) => frame !== null)
    .slice(0, FRAMES)
    .map(([, name = '', place = '']) => `${name} ${place}`.trim());
}
