// Whether a Worker that was deployed is taken for well, against servers on loopback.

import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { requireHealthy } from '../../../worker/deploy/health.ts';

const options = { ask: fetch, patience: { totalMs: 200, pauseMs: 10 } };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Answers = Readonly<Record<string, readonly [status: number, body: string]>>;

/** A server that gives the same answers always, or the next of several each time /version is asked. */
async function serve(...turns: readonly Answers[]): Promise<string> {
  let turn = -1;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/version') turn = Math.min(turn + 1, turns.length - 1);
    const [status, body] = turns[turn]?.[path] ?? [404, 'Not found'];
    response.writeHead(status, { connection: 'close' });
    response.end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the server listens nowhere');
  return `http://127.0.0.1:${address.port}`;
}

const version = (commit: string) => [200, JSON.stringify({ name: 'pybin', commit })] as const;
const good: Answers = { '/version': version('new'), '/health': [200, '{"status":"ok"}'] };
const old: Answers = { ...good, '/version': version('old') };

it('is content with the right commit in good health', async () => {
  await expect(requireHealthy(await serve(good), 'new', options)).resolves.toBeUndefined();
});

it('waits until the new version has taken the place of the old', async () => {
  await expect(requireHealthy(await serve(old, old, good), 'new', options)).resolves.toBeUndefined();
});

it.each<[string, Answers, RegExp]>([
  ['another commit', old, /\/version answers 200 and tells commit old, not new\. .* --url/],
  ['another Worker', {}, /\/version answers 404 and tells no commit, not new\./],
  ['no JSON', { '/version': [200, '<html>'] }, /tells no commit/],
  [
    'bad health',
    { ...good, '/health': [503, '{"status":"failing","archive":"R2 refuses"}'] },
    /deployed but not well: .*\/health answers 503 .*R2 refuses.*wrangler rollback/,
  ],
])('complains of %s', async (_name, answers, complaint) => {
  await expect(requireHealthy(await serve(answers), 'new', options)).rejects.toThrow(complaint);
});

it('complains where nobody answers', async () => {
  const url = await serve(good);
  await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
  await expect(requireHealthy(url, 'new', options)).rejects.toThrow(/does not answer \(.*ECONNREFUSED.*\)/);
});
