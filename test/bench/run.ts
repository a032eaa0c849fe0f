// `npm run bench`: prints what was measured beside what is to be reached.

import { limits } from '../../shared/limits.ts';
import { measureEdge } from './edge.ts';
import { measureExtension } from './extension.ts';

console.log('Edge: one connection, scenarios interleaved; ratio to the constant response in the same run');
const edge = await measureEdge();
console.table(
  Object.fromEntries(
    edge.map(({ scenario, count, perSecond, p50Ms, ratio }) => [
      scenario,
      {
        requests: count,
        'per second': Number(perSecond.toFixed(1)),
        'p50 ms': Number(p50Ms.toFixed(3)),
        ratio: Number(ratio.toFixed(3)),
      },
    ]),
  ),
);

console.log('\nExtension: in a real VS Code, installed as its users get it');
const extension = await measureExtension();
const kilobytes = (bytes: number) => Number((bytes / 1024).toFixed(1));
console.table({
  'activation, ms': { measured: extension.activationMs },
  ...Object.fromEntries(
    Object.entries(extension.scripts).map(([name, bytes]) => [`${name}, KB`, { measured: kilobytes(bytes) }]),
  ),
  'all scripts, KB': {
    measured: kilobytes(extension.scriptBytes),
    'at most': limits.extensionScriptKilobytes,
  },
  'package, KB': { measured: kilobytes(extension.vsixBytes) },
});
