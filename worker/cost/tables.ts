// The cost as tables, in Markdown: readable in a terminal, and ready for a page. Pure.

import { type Bill, billOf, marginalDollars } from './bill.ts';
import { type CountName, operations, type PersonMonth, scaleCounts } from './counts.ts';
import { SUBSCRIPTION_DOLLARS } from './prices.ts';
import { type Load, usageOf, usageOfCounts } from './usage.ts';

const columns = {
  objectRequests: 'object requests',
  rowsRead: 'rows read',
  rowsWritten: 'rows written',
  archiveWrites: 'R2 writes',
  archiveReads: 'R2 reads',
  objectTimerMs: 'kept awake, ms',
  logLines: 'log lines',
} as const satisfies Partial<Record<CountName, string>>;

const columnNames = Object.keys(columns).filter((name): name is keyof typeof columns => name in columns);

/** What each operation takes, once, and what a million of them cost beyond what is included. */
export function operationTable({ operations: measured }: PersonMonth, hasInvocationLogs: boolean): string {
  const rows = operations.map((operation) => {
    const { times, counts } = measured[operation];
    if (times === 0) throw new Error(`${operation} was never done`);
    const million = marginalDollars(usageOfCounts(scaleCounts(counts, 1e6 / times), hasInvocationLogs));
    return [operation, ...columnNames.map((name) => short(counts[name] / times)), dollars(million)];
  });
  return markdown([['', ...columnNames.map((name) => columns[name]), '$ a million'], ...rows]);
}

/** What a month costs at each load. Each line says how much is used, and what that costs beyond what is included. */
export function billTable(loads: readonly Load[], month: PersonMonth, hasInvocationLogs: boolean): string {
  const bills = loads.map((load) => billOf(usageOf(load, month, hasInvocationLogs)));
  const [first] = bills;
  if (!first) throw new Error('no load, no bill');
  const head = [
    '',
    ...loads.flatMap(({ pushesPerDay, readsPerDay }) => [
      `${short(pushesPerDay)} pushes and ${short(readsPerDay)} reads a day`,
      '$',
    ]),
  ];
  const lines = first.lines.map(({ label }, index) => [
    label,
    ...bills.flatMap((bill) => lineCells(bill, index)),
  ]);
  return markdown([
    head,
    ['The plan', ...bills.flatMap(() => ['', dollars(SUBSCRIPTION_DOLLARS)])],
    ...lines,
    ['**A month**', ...bills.flatMap((bill) => ['', `**${dollars(bill.dollars)}**`])],
  ]);
}

function lineCells({ lines }: Bill, index: number): [string, string] {
  const line = lines[index];
  if (!line) throw new Error(`a bill has no line ${index}`);
  return [short(line.used), dollars(line.dollars)];
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

const exact = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

function short(value: number): string {
  return (value < 10_000 ? exact : compact).format(value);
}

function dollars(value: number): string {
  return value < 100 ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}
