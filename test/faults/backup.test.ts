// A backup of an edge on one machine is a copy of its state directory, made while it stands still: whatever ended it.
// Restored elsewhere, all is there: snippets, links, keys, the archive.

import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEdge, startLocalEdge } from './local-edge.ts';

let directory: string;
let running: RunningEdge;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pybin-backup-'));
  running = await startLocalEdge(join(directory, 'state'));
});

afterEach(async () => {
  await running.end('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

/** A few bytes, and more than fit a row, which no compression makes small. */
const texts = ['small\r\n', `# large\n${randomBytes(1_500_000).toString('hex')}`];

describe('a copy of the state of an edge', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'that ended by %s has all of it, in another place',
    async (signal) => {
      const before = await fill();
      await running.end(signal);
      await restore('state', 'restored');
      expect(await look()).toEqual(before);
      // It lives on from there: no number comes twice.
      expect(await push('after')).toMatch(/\/~ada\/5$/);
    },
  );

  it('brings back how it was, whatever happened afterwards', async () => {
    const before = await fill();
    await running.end('SIGTERM');
    await cp(join(directory, 'state'), join(directory, 'backup'), { recursive: true });
    running = await startLocalEdge(join(directory, 'state'));
    const erased = await ask('/v1/account?userId=ada', { method: 'DELETE' });
    expect(await erased.json()).toMatchObject({ snippets: 4, records: 3, archivePending: false });
    await running.end('SIGTERM');
    await restore('backup', 'restored');
    expect(await look()).toEqual(before);
  });
});

/** Pushes what an instance can hold, has the archive told, and gives what is there. */
async function fill(): Promise<unknown> {
  for (const text of texts) await push(text);
  await push('unlisted', '?visibility=unlisted&description=said');
  await push('private', '?visibility=private&alias=mine');
  const history = await ask('/v1/history');
  expect(await history.json()).toMatchObject({ entries: [{ number: 3 }, { number: 2 }, { number: 1 }] });
  return look();
}

/** What the owner's key shows of the stack and the history, text by text, and what a stranger reads by each link. */
async function look(): Promise<unknown> {
  const { snippets } = await listed<{ snippets: Listed[] }>('/v1/snippets');
  const { entries } = await listed<{ entries: Listed[] }>('/v1/history');
  const read = [];
  for (const { id } of snippets) read.push(await textOf(`/v1/snippets/${id}`));
  for (const { id } of entries) read.push(await textOf(`/v1/history/${id}`));
  for (const { id } of snippets) {
    const linked = await fetch(`${running.url}/s/${id}`);
    read.push([linked.status, linked.ok && (await linked.text())]);
  }
  // Another port gives other addresses; and how often others read is written some seconds later.
  return { snippets: snippets.map((snippet) => ({ ...snippet, address: '', readCount: 0 })), entries, read };
}

interface Listed {
  readonly id: string;
  readonly address: string;
  readonly readCount: number;
}

async function restore(from: string, to: string): Promise<void> {
  await cp(join(directory, from), join(directory, to), { recursive: true });
  await rm(join(directory, 'state'), { recursive: true });
  running = await startLocalEdge(join(directory, to));
}

async function push(text: string, query = ''): Promise<string> {
  const pushed = await ask(`/${query}`, { method: 'POST', body: text });
  expect(pushed.status).toBe(201);
  return (await pushed.text()).trim();
}

async function textOf(path: string): Promise<string> {
  return (await listed<{ text: string }>(path)).text;
}

async function listed<Answer>(path: string): Promise<Answer> {
  const answered = await ask(path);
  expect([path, answered.status]).toEqual([path, 200]);
  const answer: Answer = JSON.parse(await answered.text());
  return answer;
}

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${running.key}`);
  return fetch(`${running.url}${path}`, { ...init, headers });
}
