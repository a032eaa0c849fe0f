// A command hands its handler a document's URI or nothing, loads it when it is run, and what fails is logged and
// still fails.

import { describe, expect, it } from 'vitest';
import { queueCommands, registerWith } from '../../extension/commands.ts';

type Id = (typeof queueCommands)[number];

function registered(handle: (id: Id, documentUri: string | undefined) => unknown) {
  const commands = new Map<string, (argument: unknown) => Promise<unknown>>();
  const logged: unknown[] = [];
  let loads = 0;
  const register = registerWith(
    (id, run) => {
      commands.set(id, run);
      return { dispose: () => {} };
    },
    { error: (...parts: unknown[]) => logged.push(...parts) },
  );
  register(queueCommands, async () => {
    loads += 1;
    return {
      'pybin.showQueue': (documentUri) => handle('pybin.showQueue', documentUri),
      'pybin.sendQueue': (documentUri) => handle('pybin.sendQueue', documentUri),
    };
  });
  return {
    run: async (id: Id, argument?: unknown) => commands.get(id)?.(argument),
    logged,
    loads: () => loads,
  };
}

describe('a command', () => {
  it.each(queueCommands)('%s gives its handler’s answer', async (id) => {
    expect(await registered((ran) => ran).run(id)).toBe(id);
  });

  it('is loaded when it is run, and not before', async () => {
    const { run, loads } = registered(() => undefined);
    expect(loads()).toBe(0);
    await run('pybin.sendQueue');
    expect(loads()).toBe(1);
  });

  it.each([
    ['a button', 'file:///a.py', 'file:///a.py'],
    ['the palette', undefined, undefined],
    ['a menu', { scheme: 'file', path: '/a.py' }, undefined],
  ])('run by %s is given the document it is about', async (_, argument, expected) => {
    expect(await registered((_id, documentUri) => documentUri).run('pybin.showQueue', argument)).toBe(
      expected,
    );
  });

  it('that fails is logged, and fails', async () => {
    const failure = new Error('broken');
    const { run, logged } = registered(() => Promise.reject(failure));
    await expect(run('pybin.sendQueue')).rejects.toBe(failure);
    expect(logged).toEqual(['pybin.sendQueue', failure]);
  });
});
