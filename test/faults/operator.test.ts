// The operator's commands, on an edge that runs: a takedown, a rotation of the secret, and the metrics.

import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOperator } from './commands.ts';
import { type RunningEdge, startLocalEdge } from './local-edge.ts';

let stateDirectory: string;
let running: RunningEdge;

beforeAll(async () => {
  stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-operator-'));
  running = await startLocalEdge(stateDirectory);
});

afterAll(async () => {
  await running.end('SIGKILL');
  await rm(stateDirectory, { recursive: true, force: true });
});

function environment(): Record<string, string> {
  return { PYBIN_STATE_DIR: stateDirectory, PYBIN_URL: running.url };
}

describe('npm run takedown', () => {
  it('takes a snippet down with the token that the edge keeps', async () => {
    const link = await push('bad', '?visibility=unlisted');
    const ended = await runOperator('takedown', [link, '--reason', 'spam'], environment());
    expect(ended).toMatchObject({
      code: 0,
      said: expect.stringMatching(/Snippet \d+ of ada is taken down/),
    });
    expect((await fetch(link)).status).toBe(404);
    const again = await runOperator('takedown', [link], environment());
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining('answered 404') });
  });

  it.each<[string, (path: string) => string[], Record<string, string>, string]>([
    ['nothing to take down', () => [], {}, 'What is to be taken down?'],
    ['two things at once', (path) => [path, path], {}, 'What is to be taken down?'],
    ['an option that is unknown', (path) => [path, '--force'], {}, 'What is to be taken down?'],
    ['an address of another instance', (path) => [`https://evil.example${path}`], {}, 'is not at'],
    ['another token', (path) => [path], { OPERATOR_TOKEN: 'wrong' }, 'is not the one'],
    ['the newest, which may be another', () => ['/~ada'], {}, 'Name one snippet'],
    ['an instance that isn’t there', (path) => [path, '--url', 'http://localhost:1'], {}, 'be reached'],
  ])('says what is wrong with %s', async (_what, args, more, words) => {
    const address = await push('kept');
    const { pathname } = new URL(address);
    const ended = await runOperator('takedown', args(pathname), { ...environment(), ...more });
    expect(ended).toMatchObject({ code: 1, said: expect.stringMatching(`^Stopped\\. .*${escape(words)}`) });
    expect((await fetch(address)).status).toBe(200);
  });
});

describe('npm run rotate-secret', () => {
  it('gives this machine’s edge a fresh secret; links and keys from before work on', async () => {
    const link = await push('from before', '?visibility=unlisted');
    const path = join(stateDirectory, 'instance-secrets');
    const old = (await readFile(path, 'utf8')).trim();
    const ended = await runOperator('rotate-secret', [], environment());
    expect(ended).toMatchObject({ code: 0, said: expect.not.stringContaining(old) });
    expect(await readFile(path, 'utf8')).toMatch(new RegExp(`^[0-9a-f]{64},${old}\n$`));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await running.end('SIGTERM');
    running = await startLocalEdge(stateDirectory);
    expect(await (await fetch(`${running.url}${new URL(link).pathname}`)).text()).toBe('from before');
    const later = await push('from after', '?visibility=unlisted');
    expect(await (await fetch(later)).text()).toBe('from after');
  });

  it('sets it on Cloudflare, the old ones after it, once a link shows that they are the instance’s', async () => {
    const link = await push('x', '?visibility=unlisted');
    const file = join(stateDirectory, 'instance-secrets');
    const old = (await readFile(file, 'utf8')).trim();
    const api = await fakeCloudflare();
    const args = ['--deployed', '--link', link, '--file', file];
    const ended = await runOperator('rotate-secret', args, { ...environment(), ...api.environment });
    await api.close();
    expect(ended).toMatchObject({ code: 0, said: expect.not.stringContaining(old) });
    const kept = (await readFile(file, 'utf8')).trim();
    expect(kept).toMatch(new RegExp(`^[0-9a-f]{64},${old}$`));
    expect(api.put).toEqual([{ name: 'INSTANCE_SECRETS', text: kept, type: 'secret_text' }]);
  });

  it('shows the secrets once where there is no file to keep them', async () => {
    const link = await push('x', '?visibility=unlisted');
    const old = (await readFile(join(stateDirectory, 'instance-secrets'), 'utf8')).trim();
    const api = await fakeCloudflare();
    const args = ['--deployed', '--link', link];
    const given = { ...environment(), ...api.environment, INSTANCE_SECRETS: old };
    const ended = await runOperator('rotate-secret', args, given);
    await api.close();
    const shown = /INSTANCE_SECRETS=(\S+)/.exec(ended.said)?.[1];
    expect(ended.code).toBe(0);
    expect(api.put).toMatchObject([{ text: shown }]);
  });

  it.each<[string, (link: string) => string[], Record<string, string>, string]>([
    [
      'secrets of another instance',
      (link) => ['--deployed', '--link', link],
      { INSTANCE_SECRETS: 'x' },
      'not the secrets',
    ],
    [
      'no secrets',
      (link) => ['--deployed', '--link', link],
      { INSTANCE_SECRETS: '' },
      'There is no secret yet',
    ],
    ['no link', () => ['--deployed'], {}, 'can’t be read'],
    ['an option that is unknown', () => ['--all'], {}, 'can’t be read'],
  ])('changes nothing with %s', async (_what, args, given, words) => {
    const link = await push('x', '?visibility=unlisted');
    const before = await readFile(join(stateDirectory, 'instance-secrets'), 'utf8');
    const api = await fakeCloudflare();
    const ended = await runOperator('rotate-secret', args(link), {
      ...environment(),
      ...api.environment,
      ...given,
    });
    await api.close();
    expect(ended).toMatchObject({ code: 1, said: expect.stringContaining(words) });
    expect(api.put).toEqual([]);
    expect(await readFile(join(stateDirectory, 'instance-secrets'), 'utf8')).toBe(before);
  });

  it('changes nothing in a dry run', async () => {
    const link = await push('x', '?visibility=unlisted');
    const file = join(stateDirectory, 'instance-secrets');
    const before = await readFile(file, 'utf8');
    const args = ['--deployed', '--link', link, '--file', file, '--dry-run'];
    const ended = await runOperator('rotate-secret', args, environment());
    expect(ended).toMatchObject({ code: 0, said: expect.stringContaining('Would set INSTANCE_SECRETS') });
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});

describe('the metrics of an edge on this machine', () => {
  it('are read with the token that is kept beside its state, and are there after a restart', async () => {
    await push('counted');
    const pushes = /^pybin_pushes_total\{by="key"\} [1-9].*$/m.exec(await metrics())?.[0];
    expect(pushes).toBeDefined();
    await running.end('SIGKILL');
    running = await startLocalEdge(stateDirectory);
    expect(await metrics()).toContain(pushes);
  });
});

async function metrics(): Promise<string> {
  const token = (await readFile(join(stateDirectory, 'metrics-token'), 'utf8')).trim();
  const answered = await fetch(`${running.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  return answered.text();
}

/** Cloudflare's API on loopback, as far as setting a secret needs it; and what was set. */
async function fakeCloudflare() {
  const put: unknown[] = [];
  const server = createServer((request, response) => {
    const answer = async () => {
      const body = await text(request);
      if (request.method === 'PUT' && request.url?.includes('/scripts/pybin/secrets'))
        put.push(JSON.parse(body));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ success: true, errors: [], messages: [], result: {} }));
    };
    void answer();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port }: AddressInfo = Object(server.address());
  return {
    put,
    environment: {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
      CLOUDFLARE_API_TOKEN: 'token',
      CLOUDFLARE_ACCOUNT_ID: 'account',
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function push(body: string, query = ''): Promise<string> {
  const pushed = await fetch(`${running.url}/${query}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${running.key}` },
  });
  expect(pushed.status).toBe(201);
  return (await pushed.text()).trim();
}

function escape(words: string): string {
  return words.replaceAll(/[.?/]/g, String.raw`\$&`);
}
