// What this isolate counts, in its memory, until it is summed. An isolate that is killed before takes some seconds
// along; a call that broke after it was done counts twice.

import type { ProblemCode } from '../../shared/problem.ts';
import { Counters } from './counters.ts';
import { sampleOf } from './families.ts';
import { Summing } from './summing.ts';

const counters = new Counters();
/** Sums what is counted here. */
export const summing = new Summing(counters);

const READS = {
  hot: sampleOf('pybin_reads_total', { kind: 'hot' }),
  not_modified: sampleOf('pybin_reads_total', { kind: 'not_modified' }),
  stored: sampleOf('pybin_reads_total', { kind: 'stored' }),
} as const;
const PUSHES = {
  key: sampleOf('pybin_pushes_total', { by: 'key' }),
  nobody: sampleOf('pybin_pushes_total', { by: 'nobody' }),
} as const;
const BYTES_IN = sampleOf('pybin_text_bytes_total', { direction: 'in' });
const BYTES_OUT = sampleOf('pybin_text_bytes_total', { direction: 'out' });
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A request's method, as one of few: a client may write there what it likes. */
export function methodLabel(method: string): string {
  return METHODS.has(method) ? method : 'other';
}

/** @param route the router's pattern, never a path */
export function countRequest(method: string, route: string, status: number): void {
  // Written out, because every request comes by here: none of the three has anything to escape.
  counters.add(`pybin_requests_total{method="${methodLabel(method)}",route="${route}",status="${status}"}`);
}

export function countPush(by: keyof typeof PUSHES, textBytes: number): void {
  counters.add(PUSHES[by]);
  counters.add(BYTES_IN, textBytes);
}

export function countReplacement(textBytes: number): void {
  counters.add(BYTES_IN, textBytes);
}

/** @param textBytes what the reader was sent of it; 0 where nothing but its headers */
export function countRead(kind: keyof typeof READS, textBytes: number): void {
  counters.add(READS[kind]);
  if (textBytes > 0) counters.add(BYTES_OUT, textBytes);
}

export function countRefusal(code: ProblemCode): void {
  counters.add(sampleOf('pybin_refusals_total', { code }));
}

export function countArchiveFailure(): void {
  counters.add('pybin_archive_failures_total');
}

export function countAlarm(what: 'late' | 'failed'): void {
  counters.add(`pybin_alarms_${what}_total`);
}
