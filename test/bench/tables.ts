// Prints what was measured as tables, beside what is to be reached.

import { limits } from '../../shared/limits.ts';
import type { CompressionFigures } from './compression.ts';
import type { Measured } from './edge.ts';
import type { ExtensionFigures } from './extension.ts';
import type { GateMeasured } from './gate.ts';
import { type AtOnce, type OnSchedule, PUSHES_PER_SECOND, READS_PER_SECOND, USERS } from './load.ts';
import type { ArchiveCost, ArchiveFigures, HistoryFigures } from './history.ts';
import { type MemoryFigures, PUSHES } from './memory.ts';
import type { StreamOutcomes } from './open-loop.ts';
import type { Outcomes } from './outcomes.ts';
import type { MeasuredSecrets } from './secrets.ts';
import type { ProcessMemory } from './process-memory.ts';
import type { Figures } from './statistics.ts';
import { ISOLATE_MB, targets } from './targets.ts';

type Row = Readonly<Record<string, number | string>>;

export function printEdge(measured: readonly Measured[]): void {
  console.log('Edge: one connection, scenarios interleaved; ratio to the constant response in the same run');
  printRows(
    measured.map(({ scenario, count, perSecond, p50Ms, ratio, target }) => [
      scenario,
      {
        requests: count,
        'per second': round(perSecond, 1),
        'p50 ms': round(p50Ms, 3),
        ratio: round(ratio, 3),
        ...(target !== undefined && { 'at least': target, met: yesOrNo(ratio >= target) }),
      },
    ]),
  );
}

export function printAtOnce({ perSecond, pushes, reads }: AtOnce): void {
  console.log(
    `\nLoad: ${USERS} users at once, a connection each, rate limits off: ${round(perSecond, 0)} requests/s`,
  );
  printRows([
    ['pushes, 2 KB', outcomeRow(pushes)],
    ['raw reads, 2 KB', outcomeRow(reads)],
  ]);
}

export function printOnSchedule({ seconds, pushes, reads }: OnSchedule): void {
  const pace = `${PUSHES_PER_SECOND} pushes and ${READS_PER_SECOND} reads a second`;
  console.log(`\nLoad: ${pace} by schedule for ${seconds} s, ${USERS} users, rate limits on`);
  printRows([
    ['pushes, 2 KB', streamRow(pushes)],
    ['raw reads, 2 KB', streamRow(reads)],
  ]);
}

function streamRow({ outcomes, lateP99Ms }: StreamOutcomes): Row {
  return {
    ...outcomeRow(outcomes),
    'p99 ms': round(outcomes.quantileMs(0.99), 1),
    'sent late, p99 ms': round(lateP99Ms, 1),
  };
}

function outcomeRow(outcomes: Outcomes): Row {
  return {
    good: outcomes.good,
    errors: outcomes.faults,
    'p50 ms': round(outcomes.quantileMs(0.5), 2),
  };
}

export function printHistory(measured: readonly HistoryFigures[]): void {
  console.log('\nHistory of one user: p50 in ms, by how many records there are');
  printRows(
    measured.map(({ records, p50Ms }) => [
      `${records} records`,
      Object.fromEntries(Object.entries(p50Ms).map(([question, ms]) => [question, round(ms, 2)])),
    ]),
  );
}

export function printArchiving({ onMs, offMs, ratio }: ArchiveFigures): void {
  console.log('\nA push with the archive on, to one with it off: requests a second');
  printRows([
    [
      'push, 2 KB',
      {
        'on, ms': round(onMs, 3),
        'off, ms': round(offMs, 3),
        ratio: round(ratio, 3),
        'at least': targets.archiving,
        met: yesOrNo(ratio >= targets.archiving),
      },
    ],
  ]);
}

export function printArchiveCost({ rowsWritten, puts, bytes }: ArchiveCost): void {
  console.log(
    '\nWhat alarms write for a push of 2 KB: its row given up, its record and its place in the index',
  );
  printRows([
    [
      'a push',
      { 'rows written': round(rowsWritten, 2), 'R2 puts': round(puts, 3), 'R2 bytes': round(bytes, 0) },
    ],
  ]);
}

export function printMemory(measured: readonly MemoryFigures[]): void {
  console.log(
    `\nMemory: the isolate during ${PUSHES} pushes of 10 MB at once, in MB; it may have ${ISOLATE_MB}`,
  );
  printRows(
    measured.map(({ text, arrival, idleBytes, peak, heldPeak, keptBytes, before, after }) => [
      `${text}, ${arrival}`,
      {
        idle: megabytes(idleBytes),
        peak: megabytes(peak.bytes),
        'at most': ISOLATE_MB,
        met: yesOrNo(megabytes(Math.max(peak.bytes, heldPeak.bytes)) < ISOLATE_MB),
        samples: peak.samples,
        'without garbage': megabytes(heldPeak.bytes),
        'samples of it': heldPeak.samples,
        'kept after': megabytes(keptBytes),
        ...processRow(before, after),
      },
    ]),
  );
}

function processRow(before: ProcessMemory | undefined, after: ProcessMemory | undefined): Row {
  if (!before || !after) return {};
  return {
    'process before': megabytes(before.nowBytes),
    'its peak': megabytes(after.peakBytes),
    'its growth': megabytes(after.peakBytes - before.nowBytes),
  };
}

export function printCompression(measured: readonly CompressionFigures[]): void {
  console.log('\nCompression of real Python in the runtime: p50 of the time, mean of the size');
  printRows(
    measured.map((packing) => [
      `${packing.sizeBytes / 1024} KB, ${packing.codec}`,
      packing.fault === '' ? packingRow(packing) : { fails: packing.fault },
    ]),
  );
}

export function printSecrets(measured: MeasuredSecrets): void {
  console.log(
    `\nSecrets: ${measured.secrets} of them, ${measured.harmless} texts without, ${measured.lines} lines of a real program`,
  );
  printRows([
    [
      'scan',
      {
        found: measured.found,
        'false alarms': measured.falseAlarms,
        precision: round(measured.precision, 4),
        recall: round(measured.recall, 4),
        'p50 ms, 1,000 lines': round(measured.p50MsPerThousandLines, 2),
      },
    ],
  ]);
}

function packingRow({ sizeBytes, packMs, unpackMs, storedBytes }: CompressionFigures): Row {
  return {
    'pack ms': round(packMs, 3),
    'unpack ms': round(unpackMs, 3),
    'stored bytes': round(storedBytes, 0),
    'of the text, %': round((100 * storedBytes) / sizeBytes, 1),
  };
}

export function printExtension(measured: ExtensionFigures): void {
  const { activationMs, bareActivationMs, startBytes, nodeBytes, browserBytes, vsixBytes } = measured;
  console.log('\nExtension: in a real VS Code, installed as its users get it');
  printRows([
    [
      'activation, ms',
      {
        measured: activationMs,
        'at most': limits.activationMs,
        met: yesOrNo(activationMs <= limits.activationMs),
      },
    ],
    ['that of one that does nothing, ms', { measured: bareActivationMs }],
    ['scripts read at start, KB', { measured: kilobytes(startBytes) }],
    [
      'scripts for Node, KB',
      {
        measured: kilobytes(nodeBytes),
        'at most': limits.extensionScriptKilobytes,
        met: yesOrNo(kilobytes(nodeBytes) <= limits.extensionScriptKilobytes),
      },
    ],
    ['scripts for browsers, KB', { measured: kilobytes(browserBytes) }],
    [
      'package, KB',
      {
        measured: kilobytes(vsixBytes),
        'at most': kilobytes(limits.vsixBytes),
        met: yesOrNo(vsixBytes <= limits.vsixBytes),
      },
    ],
  ]);
}

export function printKeystroke(figures: Figures): void {
  console.log('\nKeystroke: from the keys that push 2 KB to its address on the clipboard');
  printRows([['copied', pushRow(figures, limits.editor.keystrokeMs)]]);
}

export function printLive(figures: Figures): void {
  console.log('\nLive: from a push of 2 KB to the status bar of another editor, over the whole of it');
  printRows([['seen', pushRow(figures, limits.editor.liveSeenMs)]]);
}

function pushRow({ count, p50Ms }: Figures, atMostMs: number): Row {
  return { pushes: count, 'p50 ms': round(p50Ms, 0), 'at most': atMostMs, met: yesOrNo(p50Ms <= atMostMs) };
}

export function printGate({ firstMs, sizes }: GateMeasured): void {
  console.log(
    `\nGate: to a verdict, in ms, with nothing to wait for (the first of all: ${firstMs.toFixed(0)})`,
  );
  printRows(
    sizes.map(({ lines, wholeMs, selectionMs }) => [
      `${lines} lines`,
      { 'whole file': round(wholeMs, 1), 'one line of it': round(selectionMs, 1) },
    ]),
  );
}

function printRows(rows: readonly (readonly [name: string, row: Row])[]): void {
  console.table(Object.fromEntries(rows));
}

function yesOrNo(isMet: boolean): string {
  return isMet ? 'yes' : 'NO';
}

function kilobytes(bytes: number): number {
  return round(bytes / 1024, 1);
}

function megabytes(bytes: number): number {
  return round(bytes / 1024 ** 2, 1);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
