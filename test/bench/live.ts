// How long a push takes to be seen in the status bar of another editor: from before it is sent until the text is there.

import { connect } from '../../shared/client.ts';
import { plainDetails } from '../../shared/snippet.ts';
import { statusItem } from '../editor/host/user.ts';
import { openDesk, PUSHES } from './desk.ts';
import { type Figures, figuresOf } from './statistics.ts';

const TEXT = 'x = 1\n'.repeat(341);

/** Pushes of 2 KB, one after the other. */
export async function measureLive(): Promise<Figures> {
  await using desk = await openDesk('bench-live');
  const { endpoint, key, page } = desk;
  const item = statusItem(page, 'pybin.pybin.latest');
  const owner = connect({ endpoint, key });
  const durationsMs: number[] = [];
  for (let number = 1; number <= PUSHES; number++) {
    const startedMs = performance.now();
    const seen = item.filter({ hasText: `#${number} ` }).waitFor();
    await owner.push({ ...plainDetails, text: TEXT, requestId: crypto.randomUUID() });
    await seen;
    durationsMs.push(performance.now() - startedMs);
  }
  return figuresOf(durationsMs);
}
