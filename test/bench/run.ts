// `npm run bench`: prints what was measured and what is to be reached.

import { measureEdge } from './edge.ts';

console.log('Edge: one connection, scenarios interleaved; ratio to the constant response in the same run\n');
const measured = await measureEdge();
console.table(
  Object.fromEntries(
    measured.map(({ scenario, count, perSecond, p50Ms, ratio }) => [
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
