// `npm run cost`: what an instance costs a month, from Cloudflare's prices and what the Worker was measured to take.

import { join } from 'node:path';
import { measurePersonMonth } from './measure.ts';
import { pricePages } from './prices.ts';
import { billTable, operationTable } from './tables.ts';
import { assumptions, type Load, person } from './usage.ts';

/** So that all that a year ends takes part. */
const DAYS_BEFORE = 365;

const loads: readonly Load[] = [
  { pushesPerDay: 100_000, readsPerDay: 800_000 },
  { pushesPerDay: 10_000_000, readsPerDay: 80_000_000 },
];

console.log('A year is played through, and the month after it measured …');
const month = await measurePersonMonth(DAYS_BEFORE);
const hasInvocationLogs = await readInvocationLogs();
console.log(`
One of each takes, beside a year of history:

${operationTable(month, hasInvocationLogs)}

A month costs, in US dollars:

${billTable(loads, month, hasInvocationLogs)}

A person pushes ${person.pushesPerSpell} times in each of ${person.spellsPerDay} spells a day and is read ${person.readsPerDay} times, a text has ${person.textBytes} bytes. Assumed: ${assumptions.cpuMsPerRequest} ms of CPU for a request; an object is awake ${assumptions.msPerObjectRequest} ms for each, and ${assumptions.msPerArchiveCall} ms for a call of R2. The platform’s own log of each request is ${hasInvocationLogs ? `on, at ${assumptions.bytesPerInvocationLog} bytes` : 'off'} (wrangler.toml).
Prices of the Workers Paid plan, read on ${pricePages.readOn}: ${pricePages.pages.join(' ')}`);

/** Whether the platform logs each request by itself. */
async function readInvocationLogs(): Promise<boolean> {
  const { unstable_readConfig: readConfig } = await import('wrangler');
  const { observability } = readConfig({ config: join(import.meta.dirname, '..', '..', 'wrangler.toml') });
  const logs = observability?.logs;
  return (logs?.enabled ?? observability?.enabled ?? false) && (logs?.invocation_logs ?? true);
}
