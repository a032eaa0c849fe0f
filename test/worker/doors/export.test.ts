// The export as a stream: made while it is read, and ended quietly where nobody reads on.

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { exportAccount } from '../../../worker/doors/export.ts';
import { origin } from '../edge.ts';
import { somebody } from './pushed.ts';

async function exported(): Promise<ReadableStream<Uint8Array>> {
  const ada = await somebody();
  await ada.push('one');
  await ada.push('two');
  const headers = { authorization: `Bearer ${ada.key}` };
  const { body } = await exportAccount(new Request(`${origin}/v1/account/export`, { headers }), env);
  if (!body) throw new Error('nothing came');
  return body;
}

describe('an export', () => {
  it('that is read to its end is a whole file', async () => {
    const bytes = new Uint8Array(await new Response(await exported()).arrayBuffer());
    const text = new TextDecoder('latin1').decode(bytes);
    expect(text.startsWith('PK\u0003\u0004')).toBe(true);
    expect(text).toContain('stack/000002-snippet.txt');
    // The end of central directory, which a file that was cut off doesn't have.
    expect(text.slice(-22, -18)).toBe('PK\u0005\u0006');
  });

  it('that nobody reads any more ends without a fault, begun or not', async () => {
    await expect((await exported()).cancel()).resolves.toBeUndefined();
    const reader = (await exported()).getReader();
    expect((await reader.read()).done).toBe(false);
    await expect(reader.cancel()).resolves.toBeUndefined();
  });
});
