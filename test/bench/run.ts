// `npm run bench`: measures all parts and prints them. `node test/bench/run.ts load memory` measures those.

import { availableParallelism, loadavg } from 'node:os';
import { beginRun } from '../editor/host/packaged.ts';
import { measureCompression } from './compression.ts';
import { measureEdge } from './edge.ts';
import { measureExtension } from './extension.ts';
import { measureGate } from './gate.ts';
import { measureArchiveCost, measureArchiving, measureHistory } from './history.ts';
import { measureKeystroke } from './keystroke.ts';
import { measureLive } from './live.ts';
import { measureAtOnce, measureOnSchedule } from './load.ts';
import { measureMemory } from './memory.ts';
import { measureSecrets } from './secrets.ts';
import {
  printArchiveCost,
  printArchiving,
  printAtOnce,
  printCompression,
  printEdge,
  printExtension,
  printGate,
  printHistory,
  printKeystroke,
  printLive,
  printMemory,
  printOnSchedule,
  printSecrets,
} from './tables.ts';

const parts: Readonly<Record<string, () => Promise<void>>> = {
  edge: async () => printEdge(await measureEdge()),
  load: async () => {
    printAtOnce(await measureAtOnce());
    printOnSchedule(await measureOnSchedule());
  },
  history: async () => {
    printHistory(await measureHistory());
    printArchiving(await measureArchiving());
    printArchiveCost(await measureArchiveCost());
  },
  memory: async () => printMemory(await measureMemory()),
  compression: async () => printCompression(await measureCompression()),
  secrets: async () => printSecrets(await measureSecrets()),
  gate: async () => printGate(await measureGate()),
  extension: async () => printExtension(await measureExtension()),
  keystroke: async () => printKeystroke(await measureKeystroke()),
  live: async () => printLive(await measureLive()),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`The bench has no ${unknown.join(', ')}. It has ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
beginRun();
// Whoever else is at work here changes what is measured.
console.log(`${availableParallelism()} cores; load average before: ${loadavg()[0]?.toFixed(1)}\n`);
for (const [name, measure] of Object.entries(parts))
  if (asked.length === 0 || asked.includes(name)) await measure();
