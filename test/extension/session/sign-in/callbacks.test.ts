// An address from outside does something only where it is awaited, and once.

import { describe, expect, it } from 'vitest';
import { Callbacks } from '../../../../extension/session/sign-in/callbacks.ts';

function opened(): { callbacks: Callbacks; warnings: unknown[] } {
  const warnings: unknown[] = [];
  return { callbacks: new Callbacks({ warn: (...parts: unknown[]) => warnings.push(parts) }), warnings };
}

/** The URI that an editor hands on when the browser goes to the address with this answer. */
function uri(secret: string, answer: string): { path: string; query: string } {
  const { pathname, search } = new URL(`vscode://pybin.pybin${Callbacks.pathFor(secret)}&${answer}`);
  return { path: pathname, query: search.slice(1) };
}

describe('an address that comes back', () => {
  it('is taken by who awaits it', async () => {
    const { callbacks, warnings } = opened();
    const awaited = callbacks.await('secret', new AbortController().signal);
    callbacks.handleUri(uri('secret', 'windowId=1&code=abc'));
    expect((await awaited).get('code')).toBe('abc');
    expect(warnings).toEqual([]);
  });

  it('is taken once', async () => {
    const { callbacks, warnings } = opened();
    const awaited = callbacks.await('secret', new AbortController().signal);
    callbacks.handleUri(uri('secret', 'code=first'));
    callbacks.handleUri(uri('secret', 'code=second'));
    expect((await awaited).get('code')).toBe('first');
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['another secret', uri('other', 'code=abc')],
    ['no secret', { path: '/signed-in', query: 'code=abc' }],
    ['another path', { ...uri('secret', 'code=abc'), path: '/push' }],
    ['nothing', { path: '', query: '' }],
  ])('does nothing with %s', async (_, strange) => {
    const { callbacks, warnings } = opened();
    const controller = new AbortController();
    const awaited = callbacks.await('secret', controller.signal);
    callbacks.handleUri(strange);
    expect(warnings).toHaveLength(1);
    controller.abort(new Error('still waiting'));
    await expect(awaited).rejects.toThrow('still waiting');
  });

  it('does nothing where nobody waits, or not any more', async () => {
    const { callbacks, warnings } = opened();
    const controller = new AbortController();
    const awaited = callbacks.await('secret', controller.signal);
    controller.abort(new Error('given up'));
    await expect(awaited).rejects.toThrow('given up');
    callbacks.handleUri(uri('secret', 'code=abc'));
    expect(warnings).toHaveLength(1);
  });

  it('says nothing of itself to the log', () => {
    const { callbacks, warnings } = opened();
    callbacks.handleUri(uri('secret', 'code=abc'));
    expect(JSON.stringify(warnings)).not.toMatch(/secret|abc/);
  });
});
