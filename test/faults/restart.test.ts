// The local edge ends and starts again: cleanly, or killed in the moment that a push was confirmed.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failToStart, type RunningEdge, startLocalEdge } from './local-edge.ts';

const realPythonFile = join(import.meta.dirname, '../../node_modules/node-gyp/gyp/pylib/gyp/input.py');

let stateDirectory: string;
let running: RunningEdge;

beforeEach(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-restart-'));
  running = await startLocalEdge(stateDirectory);
});

afterEach(async () => {
  await running.end('SIGKILL');
  await rm(stateDirectory, { recursive: true, force: true });
});

describe('the local edge', () => {
  it('says how to push and how to pull, and both lines work as printed', async () => {
    expect(running.welcome).toContain(
      `curl --data-binary @hello.py -H "Authorization: Bearer ${running.key}" ${running.url}/`,
    );
    expect(running.welcome).toContain(`curl ${running.url}/~ada`);
    const python = await readFile(realPythonFile);
    await push(python);
    expect(await read()).toEqual(python);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends cleanly on %s, and has everything when it starts again',
    async (signal) => {
      await push('kept');
      const { key } = running;
      expect(await running.end(signal)).toBe(0);
      await expect(fetch(running.url)).rejects.toThrow('fetch failed');
      running = await startLocalEdge(stateDirectory);
      expect(running.key).toBe(key);
      expect((await read()).toString()).toBe('kept');
    },
  );

  it.each([
    ['its port is in use', () => ({ PORT: new URL(running.url).port }), 'Its port is in use'],
    ['its port is no port', () => ({ PORT: 'x' }), 'PORT is "x"'],
  ])('says in a sentence why it can’t start where %s', async (_what, environment, words) => {
    const failed = await failToStart({ PYBIN_STATE_DIR: stateDirectory, ...environment() });
    expect(failed).toEqual({ code: 1, said: expect.stringMatching(`^pybin can’t start\\. .*${words}.*\n$`) });
  });

  it('loses nothing that was confirmed when it is killed at once, again and again', async () => {
    const python = await readFile(realPythonFile);
    for (let round = 1; round <= 3; round++) {
      const text = Buffer.concat([python, Buffer.from(`\n# ${round}`)]);
      await push(text);
      await running.end('SIGKILL');
      running = await startLocalEdge(stateDirectory);
      expect((await read()).equals(text)).toBe(true);
    }
    const list = await fetch(`${running.url}/v1/snippets`, {
      headers: { authorization: `Bearer ${running.key}` },
    });
    expect(await list.json()).toMatchObject({ snippets: [{ number: 3 }, { number: 2 }, { number: 1 }] });
  });
});

async function push(text: string | Buffer): Promise<void> {
  const answer = await fetch(`${running.url}/`, {
    method: 'POST',
    body: typeof text === 'string' ? text : new Uint8Array(text),
    headers: { authorization: `Bearer ${running.key}` },
  });
  expect(answer.status).toBe(201);
}

async function read(): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${running.url}/~ada`)).arrayBuffer());
}
