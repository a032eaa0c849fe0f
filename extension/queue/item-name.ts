// The names of the queue's files: when it was pushed, which push it is, and which window has it until when. They
// sort in the order of the pushes. Pure.

export interface ItemName {
  readonly queuedAtMs: number;
  readonly requestId: string;
  readonly claim: Claim | undefined;
}

/** A window has it to itself until then. */
export interface Claim {
  readonly untilMs: number;
  /** 8 hexadecimal characters, another one at each start of a window. */
  readonly windowId: string;
}

/** Beyond the last time that JavaScript can tell. */
const DIGITS = 16;
const NAME = /^(\d{16})-([0-9a-f-]{36})\.push(?:\.(\d{16})-([0-9a-f]{8}))?$/;
/** A file that is being written: it counts for nothing until it is whole and has its name. */
const UNFINISHED = /^unfinished-(\d{16})-[0-9a-f]{8}$/;

/** A file's name. Without a claim it is the name that the item is sealed under. */
export function formatName({ queuedAtMs, requestId, claim }: ItemName): string {
  const name = `${digits(queuedAtMs)}-${requestId}.push`;
  return claim ? `${name}.${digits(claim.untilMs)}-${claim.windowId}` : name;
}

/** Undefined where it isn't a name of the queue's. */
export function parseName(fileName: string): ItemName | undefined {
  const [, queuedAt, requestId, until, windowId] = NAME.exec(fileName) ?? [];
  if (queuedAt === undefined || requestId === undefined) return undefined;
  const claim =
    until !== undefined && windowId !== undefined ? { untilMs: Number(until), windowId } : undefined;
  return { queuedAtMs: Number(queuedAt), requestId, claim };
}

/** The name of a file that a window writes, until it is whole. */
export function formatUnfinished({ untilMs, windowId }: Claim): string {
  return `unfinished-${digits(untilMs)}-${windowId}`;
}

/** Is it what a window began to write and will never finish? */
export function isLeftUnfinished(fileName: string, nowMs: number): boolean {
  const [, until] = UNFINISHED.exec(fileName) ?? [];
  return until !== undefined && Number(until) < nowMs;
}

function digits(timeMs: number): string {
  return String(Math.trunc(timeMs)).padStart(DIGITS, '0');
}
