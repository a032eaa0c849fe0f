// What waits is kept sealed, whole, over restarts, for one window at a time, and whatever becomes of the disk.

import { describe, expect, it } from 'vitest';
import { Crash } from './disk.ts';
import { keptTexts, leaseMs, Machine } from './windows.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text);

describe('a push that waits', () => {
  it.each([
    ['Windows line ends', 'x = 1\r\ny = 2\r\n'],
    ['a byte order mark', '\uFEFFx = 1\n'],
    ['NUL, emoji, and no last line end', 'x = "\0😀"'],
    ['nothing but space', ' \n'],
  ])('is after a restart what it was: %s', async (_, text) => {
    const machine = new Machine();
    const queued = machine.pushed(text, { details: { description: 'why', findings: [], needs: ['np'] } });
    expect(await machine.open().put(queued)).toBe('disk');
    expect(await machine.open().look(queued.draft.requestId)).toEqual({ kind: 'whole', queued });
  });

  it('can’t be read on the disk, nor whose it is', async () => {
    const machine = new Machine();
    const secret = 'the secret plans of ada';
    await machine.open().put(machine.pushed(secret, { details: { description: secret } }));
    const [[name, bytes] = ['', new Uint8Array()]] = machine.disk.files;
    const disk = Buffer.concat([bytesOf(name), bytes]).toString('latin1');
    for (const word of ['secret', 'ada', 'here.example']) expect(disk).not.toContain(word);
  });

  it('stands in the order it was pushed in', async () => {
    const machine = new Machine();
    const [one, two, three] = ['one', 'two', 'three'].map((text) => machine.pushed(text));
    for (const queued of [three, one, two]) if (queued) await machine.open().put(queued);
    expect(await keptTexts(machine.open())).toEqual(['one', 'two', 'three']);
  });

  it('is gone for every window once it was removed', async () => {
    const machine = new Machine();
    const queued = machine.pushed('x');
    const [here, there] = [machine.open(), machine.open()];
    await here.put(queued);
    await here.remove(queued.draft.requestId);
    expect(await there.look(queued.draft.requestId)).toEqual({ kind: 'gone' });
    expect(machine.disk.files.size).toBe(0);
  });
});

describe('of two windows', () => {
  it('one gets it; the other one after it was let go', async () => {
    const machine = new Machine();
    const [here, there] = [machine.open(), machine.open()];
    const { requestId } = await kept(machine);
    const claims = await Promise.all([here.claim(requestId), there.claim(requestId)]);
    expect(claims.toSorted()).toEqual([false, true]);
    const [winner, loser] = claims[0] ? [here, there] : [there, here];
    expect(await loser.list({ free: true })).toEqual([]);
    expect(await loser.list({ free: false })).toHaveLength(1);
    expect(await winner.list({ free: true })).toHaveLength(1);
    await loser.release(requestId);
    expect(await loser.claim(requestId)).toBe(false);
    await winner.release(requestId);
    expect(await loser.claim(requestId)).toBe(true);
  });

  it('the other one gets it, too, when the time of one that died is over', async () => {
    const machine = new Machine();
    const { requestId } = await kept(machine);
    await machine.open().claim(requestId);
    const there = machine.open();
    expect(await there.claim(requestId)).toBe(false);
    machine.nowMs += leaseMs;
    expect(await there.claim(requestId)).toBe(true);
  });

  it('both read what either kept, though each made a key at the same time', async () => {
    const machine = new Machine();
    const [here, there] = [machine.open(), machine.open()];
    await Promise.all([here.put(machine.pushed('here')), there.put(machine.pushed('there'))]);
    expect(await keptTexts(machine.open())).toEqual(['here', 'there']);
  });

  it('neither gets what was removed', async () => {
    const machine = new Machine();
    const { requestId } = await kept(machine);
    await machine.open().remove(requestId);
    expect(await machine.open().claim(requestId)).toBe(false);
  });
});

describe('what nobody can read any more', () => {
  it.each<readonly [string, (machine: Machine) => unknown]>([
    ['a byte is another', ({ disk }) => edit(disk.files, (bytes) => bytes.with(40, (bytes[40] ?? 0) ^ 1))],
    ['the end is missing', ({ disk }) => edit(disk.files, (bytes) => bytes.slice(0, -1))],
    ['it is empty', ({ disk }) => edit(disk.files, () => new Uint8Array())],
    ['it is something else', ({ disk }) => edit(disk.files, () => new TextEncoder().encode('{"draft":{}}'))],
    [
      'the keyring lost its key',
      async ({ keyring }) => {
        for (const key of await keyring.keys()) await keyring.delete(key);
      },
    ],
    ['the keyring can’t be read', ({ keyring }) => (keyring.isBroken = true)],
  ])('is told and stays: %s', async (_, damage) => {
    const machine = new Machine();
    await kept(machine);
    await damage(machine);
    expect(await keptTexts(machine.open())).toEqual(['damaged']);
    expect(machine.disk.files.size).toBe(1);
  });

  it('includes one that was put in another’s place', async () => {
    const machine = new Machine();
    await machine.open().put(machine.pushed('one'));
    await machine.open().put(machine.pushed('two'));
    const [first, second] = [...machine.disk.files.keys()].toSorted();
    machine.disk.files.set(first ?? '', machine.disk.files.get(second ?? '') ?? new Uint8Array());
    expect(await keptTexts(machine.open())).toEqual(['damaged', 'two']);
  });

  it('leaves what others put into the folder alone', async () => {
    const machine = new Machine();
    machine.disk.files.set('.DS_Store', new Uint8Array(3));
    await kept(machine);
    const shelf = machine.open();
    await shelf.tidy();
    expect(await keptTexts(shelf)).toEqual(['x']);
    expect(machine.disk.files.size).toBe(2);
  });
});

describe('where it can’t be kept on the disk', () => {
  it.each<readonly [string, (machine: Machine) => unknown]>([
    ['the disk is full', ({ disk }) => (disk.isBroken = true)],
    ['there is no keyring', ({ keyring }) => (keyring.isBroken = true)],
  ])('it is kept in the window: %s', async (_, damage) => {
    const machine = new Machine();
    damage(machine);
    const shelf = machine.open();
    const queued = machine.pushed('x');
    const { requestId } = queued.draft;
    expect(await shelf.put(queued)).toBe('window');
    expect(await keptTexts(shelf)).toEqual(['x']);
    expect(await shelf.claim(requestId)).toBe(true);
    await shelf.putBack({ ...queued, asItWas: true });
    expect(await shelf.look(requestId)).toMatchObject({ queued: { asItWas: true } });
    await shelf.release(requestId);
    await shelf.remove(requestId);
    expect(await shelf.list({ free: true })).toEqual([]);
    expect(machine.warnings.length).toBeGreaterThan(0);
  });
});

describe('a crash', () => {
  it.each([1, 2, 3])('at step %d of keeping it leaves it whole or not there', async (step) => {
    const machine = new Machine();
    const shelf = machine.open();
    await shelf.put(machine.pushed('before'));
    machine.disk.stepsLeft = step;
    await shelf.put(machine.pushed('now'));
    machine.disk.recover();
    const texts = await keptTexts(machine.open());
    expect([['before'], ['before', 'now']]).toContainEqual(texts);
    machine.nowMs += 2 * leaseMs;
    await machine.open().tidy();
    expect(machine.disk.files.size).toBe(texts.length);
  });

  it.each([1, 2, 3, 4, 5, 6])('at step %d of putting it back leaves one of the two', async (step) => {
    const machine = new Machine();
    const shelf = machine.open();
    const queued = machine.pushed('x');
    await shelf.put(queued);
    machine.disk.stepsLeft = step;
    await shelf.putBack({ ...queued, asItWas: true }).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    machine.disk.recover();
    machine.nowMs += leaseMs;
    const after = machine.open();
    expect(await after.list({ free: true })).toHaveLength(1);
    expect(await after.claim(queued.draft.requestId)).toBe(true);
    const look = await after.look(queued.draft.requestId);
    expect(look).toMatchObject({ kind: 'whole', queued: { draft: { text: 'x' } } });
    await after.remove(queued.draft.requestId);
    expect(await keptTexts(machine.open())).toEqual([]);
  });
});

async function kept(machine: Machine): Promise<{ requestId: string }> {
  const shelf = machine.open();
  const queued = machine.pushed('x');
  const { requestId } = queued.draft;
  await shelf.put(queued);
  await shelf.release(requestId);
  return { requestId };
}

function edit(files: Map<string, Uint8Array>, change: (bytes: Uint8Array) => Uint8Array): void {
  for (const [name, bytes] of files) files.set(name, change(bytes));
}
