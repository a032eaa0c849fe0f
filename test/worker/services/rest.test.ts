// The contract as REST: its answers as JSON, the account and its default, read counts, and tickets.

import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/limits.ts';
import { expectProblem } from '../doors/problem.ts';
import { pushed as pushedByCurl } from '../doors/pushed.ts';
import { ask, signIn, type User } from '../edge.ts';
import { atSeconds, useOwnClock } from '../stack-inside.ts';

useOwnClock();

const DAY_SECONDS = 86_400;

const patch = (owner: User, body: string) => owner.ask('/v1/account', { method: 'PATCH', body });

async function pushed(
  owner: User,
  fields: object,
): Promise<{ id: string; visibility: string; number: number }> {
  const answer = await owner.ask('/v1/snippets', {
    method: 'POST',
    body: JSON.stringify({ text: 'x', ttlSeconds: 300 * DAY_SECONDS, ...fields }),
  });
  if (answer.status !== 201) throw new Error(`push refused: ${await answer.text()}`);
  return answer.json();
}

/** How long a push stays, in seconds. */
async function lifetimeOf(owner: User, fields: object): Promise<number> {
  const answer = await owner.ask('/v1/snippets', {
    method: 'POST',
    body: JSON.stringify({ text: 'x', ...fields }),
  });
  const { createTime, expireTime } = await answer.json<{ createTime: string; expireTime: string }>();
  return (Date.parse(expireTime) - Date.parse(createTime)) / 1000;
}

describe('an answer', () => {
  it('is the snippet itself, with every field, also those that are empty', async () => {
    const ada = await signIn('rest-fields');
    const answer = await ada.ask('/v1/snippets', { method: 'POST', body: '{"text":"x = 1\\n"}' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/json');
    const snippet = await answer.json<Record<string, unknown>>();
    expect(snippet).toEqual({
      id: expect.stringMatching(/^[0-9A-Za-z]{22}$/),
      number: 1,
      address: 'http://localhost/~rest-fields/1',
      text: '',
      description: '',
      language: '',
      visibility: 'VISIBILITY_PUBLIC',
      createTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      updateTime: snippet['createTime'],
      expireTime: expect.stringMatching(/Z$/),
      sizeBytes: 6,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      findings: [],
      origin: { fileName: '', repository: '', commit: '', path: '', startLine: 0, endLine: 0 },
      device: 'local sign-in',
      needs: [],
      firstLine: 'x = 1',
      revision: 1,
      alias: '',
      readsLeft: 0,
      readCount: 0,
    });
    expect(await (await ada.ask('/v1/snippets/latest')).json()).toEqual({ ...snippet, text: 'x = 1\n' });
    expect(await (await ada.ask('/v1/snippets')).json()).toEqual({ snippets: [snippet] });
  });

  it('to a delete has nothing to say', async () => {
    const ada = await signIn('rest-delete');
    const { id } = await pushed(ada, {});
    const answer = await ada.ask(`/v1/snippets/${id}`, { method: 'DELETE' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({});
  });

  it('is about the snippet of the address, whatever id the body has', async () => {
    const ada = await signIn('rest-ids');
    const one = await pushed(ada, { text: 'one' });
    const two = await pushed(ada, { text: 'two' });
    const body = JSON.stringify({ id: two.id, text: 'new' });
    expect(await (await ada.ask(`/v1/snippets/${one.id}`, { method: 'PUT', body })).json()).toMatchObject({
      id: one.id,
    });
    expect(await (await ask(`/s/${two.id}`)).text()).toBe('two');
  });
});

describe('an account', () => {
  it('is told with its default', async () => {
    const ada = await signIn('rest-account', 'unlisted');
    expect(await (await ada.ask('/v1/account')).json()).toEqual({
      userId: 'rest-account',
      defaultVisibility: 'VISIBILITY_UNLISTED',
      archiveEnabled: true,
      defaultTtlSeconds: limits.ttlSeconds.default,
    });
  });

  it.each(['PUBLIC', 'UNLISTED', 'PRIVATE'])('has the default that its owner chose: %s', async (name) => {
    const visibility = `VISIBILITY_${name}`;
    const ada = await signIn(`rest-${name.toLowerCase()}`);
    const before = await pushed(ada, {});
    const answer = await patch(ada, JSON.stringify({ defaultVisibility: visibility }));
    expect(await answer.json()).toEqual({
      userId: ada.userId,
      defaultVisibility: visibility,
      archiveEnabled: true,
      defaultTtlSeconds: limits.ttlSeconds.default,
    });
    expect((await pushed(ada, {})).visibility).toBe(visibility);
    expect((await pushed(ada, { visibility: 'VISIBILITY_UNLISTED' })).visibility).toBe('VISIBILITY_UNLISTED');
    expect(await (await ada.ask(`/v1/snippets/${before.id}`)).json()).toMatchObject({
      visibility: 'VISIBILITY_PUBLIC',
    });
  });

  it.each(['{}', '{"defaultVisibility":"VISIBILITY_UNSPECIFIED"}', ''])(
    'stays as it is where nothing is said: %s',
    async (body) => {
      const ada = await signIn('rest-unsaid', 'private');
      expect(await (await patch(ada, body)).json()).toMatchObject({
        defaultVisibility: 'VISIBILITY_PRIVATE',
      });
    },
  );

  it('has the lifetime that its owner chose, for each push that says nothing of it', async () => {
    const ada = await signIn('rest-lifetime');
    const before = await lifetimeOf(ada, {});
    expect(before).toBe(limits.ttlSeconds.default);
    const answer = await patch(ada, '{"defaultTtlSeconds":3600}');
    expect(await answer.json()).toMatchObject({ defaultTtlSeconds: 3600 });
    expect(await lifetimeOf(ada, {})).toBe(3600);
    expect(await lifetimeOf(ada, { ttlSeconds: 0 })).toBe(3600);
    expect(await lifetimeOf(ada, { ttlSeconds: 60 })).toBe(60);
    const byCurl = await pushedByCurl(ada, 'x');
    expect(Date.parse(byCurl.expireTime) - Date.now()).toBe(3_600_000);
    const said = await pushedByCurl(ada, 'x', '?ttl=2h');
    expect(Date.parse(said.expireTime) - Date.now()).toBe(7_200_000);
  });

  it('gives what is restored the lifetime that its owner chose', async () => {
    const ada = await signIn('rest-restores');
    await patch(ada, '{"defaultTtlSeconds":600}');
    const { id } = await pushed(ada, {});
    await ada.ask('/v1/history');
    const restored = await ada.ask(`/v1/history/${id}/restore`, { method: 'POST' });
    const { createTime, expireTime } = await restored.json<{ createTime: string; expireTime: string }>();
    expect(Date.parse(expireTime) - Date.parse(createTime)).toBe(600_000);
  });

  it.each([limits.ttlSeconds.min, limits.ttlSeconds.max])(
    'may have a lifetime of %i s',
    async (ttlSeconds) => {
      const ada = await signIn(`rest-ttl-${ttlSeconds}`);
      expect(
        await (await patch(ada, JSON.stringify({ defaultTtlSeconds: ttlSeconds }))).json(),
      ).toMatchObject({
        defaultTtlSeconds: ttlSeconds,
      });
    },
  );

  it.each([limits.ttlSeconds.min - 1, limits.ttlSeconds.max + 1])(
    'is refused a lifetime of %i s, and stays as it is',
    async (ttlSeconds) => {
      const ada = await signIn(`rest-ttl-${ttlSeconds}`);
      const body = JSON.stringify({ defaultTtlSeconds: ttlSeconds, archiveEnabled: false });
      await expectProblem(await patch(ada, body), { code: 'invalid_argument', field: 'defaultTtlSeconds' });
      expect(await (await ada.ask('/v1/account')).json()).toMatchObject({
        archiveEnabled: true,
        defaultTtlSeconds: limits.ttlSeconds.default,
      });
    },
  );

  it('keeps its default when somebody signs in again', async () => {
    const ada = await signIn('rest-again', 'private');
    await signIn('rest-again', 'public');
    expect((await pushed(ada, {})).visibility).toBe('VISIBILITY_PRIVATE');
  });
});

const readsOf = async (owner: User) => (await owner.ask('/v1/account/reads')).json();
const month = (seconds: number) => {
  atSeconds(seconds);
  return new Date(Date.now()).toISOString().slice(0, 7);
};

describe('reads', () => {
  it('are counted for each snippet: those of others, by whichever address', async () => {
    const ada = await signIn('rest-reads');
    const { id } = await pushed(ada, { alias: 'notes' });
    await pushed(ada, {});
    const html = { headers: { accept: 'text/html' } };
    for (const [path, init] of [
      ['/~rest-reads/1', {}],
      ['/~rest-reads/notes', {}],
      [`/s/${id}`, {}],
      [`/raw/s/${id}`, {}],
      ['/~rest-reads/1', html],
      ['/~rest-reads', {}],
    ] as const)
      expect((await ask(path, init)).status).toBe(200);
    expect(await readsOf(ada)).toEqual({
      readCounts: [
        { number: 1, month: month(0), reads: 5 },
        { number: 2, month: month(0), reads: 1 },
      ],
    });
    const { snippets } = await (await ada.ask('/v1/snippets')).json<{ snippets: { readCount: number }[] }>();
    expect(snippets.map(({ readCount }) => readCount)).toEqual([1, 5]);
  });

  it('are not what sends no text, and not the owner’s own', async () => {
    const ada = await signIn('rest-no-reads');
    const { id } = await pushed(ada, {});
    await pushed(ada, { burnReads: 1 });
    const tag = (await ada.ask(`/s/${id}`)).headers.get('etag') ?? '';
    await ada.ask('/~rest-no-reads');
    await ask(`/s/${id}`, { method: 'HEAD' });
    await ask(`/s/${id}`, { headers: { 'if-none-match': tag } });
    await ask('/~rest-no-reads/9');
    await ada.ask(`/v1/snippets/${id}`);
    expect(await readsOf(ada)).toEqual({ readCounts: [] });
  });

  it('of what burns are counted, too', async () => {
    const ada = await signIn('rest-burn-reads');
    const { id } = await pushed(ada, { burnReads: 2 });
    for (let count = 0; count < 3; count++) await ask(`/s/${id}/reveal`, { method: 'POST' });
    expect(await readsOf(ada)).toEqual({ readCounts: [{ number: 1, month: month(0), reads: 2 }] });
  });

  it('are told month by month, and outlive their snippet', async () => {
    const ada = await signIn('rest-months');
    const { id } = await pushed(ada, {});
    const first = month(0);
    await ask(`/s/${id}`);
    const second = month(40 * DAY_SECONDS);
    await ask(`/s/${id}`);
    await ask(`/s/${id}`);
    await ada.ask(`/s/${id}`, { method: 'DELETE' });
    expect(await readsOf(ada)).toEqual({
      readCounts: [
        { number: 1, month: second, reads: 2 },
        { number: 1, month: first, reads: 1 },
      ],
    });
  });
});

describe('a ticket for the live socket', () => {
  it('is made for its minute, each one another', async () => {
    const ada = await signIn('rest-tickets');
    const create = async () => {
      const answer = await ada.ask('/v1/live/tickets', { method: 'POST' });
      expect(answer.status).toBe(201);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      return answer.json<{ ticket: string; expireTime: string }>();
    };
    const [one, two] = [await create(), await create()];
    expect(one).toEqual({
      ticket: expect.stringMatching(/^pyt_[0-9A-Za-z]{65}$/),
      expireTime: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(two.ticket).not.toBe(one.ticket);
  });
});
