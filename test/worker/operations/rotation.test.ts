// A rotated secret: what was sealed before still opens, what is sealed now opens with the fresh one alone.

import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { signIn, type User } from '../edge.ts';
import { requireSeal } from '../../../worker/ids/seal.ts';
import { askInstance, shown } from './instance.ts';

const FRESH = 'a fresh secret';
const before = { INSTANCE_SECRETS: env.INSTANCE_SECRETS };
const rotated = { INSTANCE_SECRETS: `${FRESH},${env.INSTANCE_SECRETS}` };
const twiceRotated = { INSTANCE_SECRETS: `fresher still,${rotated.INSTANCE_SECRETS}` };
const freshAlone = { INSTANCE_SECRETS: FRESH };

describe.each([
  ['once', rotated],
  ['twice', twiceRotated],
])('after the secret was rotated %s', (times, after) => {
  let ada: User;
  let link: string;

  beforeAll(async () => {
    ada = await signIn(`rotated-${times}`);
    link = await ada.push('from before', '?visibility=unlisted');
  });

  it('a link from before is read', async () => {
    expect(await (await askInstance(after, link)).text()).toBe('from before');
  });

  it('a key from before reads and pushes', async () => {
    expect((await askInstance(after, '/v1/account', shown(ada.key))).status).toBe(200);
    const pushed = await askInstance(after, '/', shown(ada.key, { method: 'POST', body: 'from after' }));
    expect(pushed.status).toBe(201);
  });

  it('a key from before replaces and deletes by a link from before', async () => {
    const doomed = await ada.push('doomed', '?visibility=unlisted');
    const replaced = await askInstance(after, doomed, shown(ada.key, { method: 'PUT', body: 'new' }));
    expect(replaced.status).toBe(200);
    expect((await askInstance(after, doomed, shown(ada.key, { method: 'DELETE' }))).status).toBe(204);
  });

  it('the token of a push without a key deletes it', async () => {
    const pushed = await askInstance(before, '/', { method: 'POST', body: 'nobody’s' });
    const path = new URL((await pushed.text()).trim()).pathname;
    const token = pushed.headers.get('pybin-delete-token') ?? '';
    expect((await askInstance(after, path)).status).toBe(200);
    expect((await askInstance(after, path, shown(token, { method: 'DELETE' }))).status).toBe(204);
    expect((await askInstance(after, path)).status).toBe(404);
  });

  it('a ticket from before opens the live socket', async () => {
    const made = await askInstance(
      before,
      '/v1/live/tickets',
      shown(ada.key, { method: 'POST', body: '{}' }),
    );
    const { ticket } = await made.json<{ ticket: string }>();
    const opened = await askInstance(after, `/v1/live?ticket=${ticket}`, {
      headers: { upgrade: 'websocket' },
    });
    expect(opened.status).toBe(101);
    opened.webSocket?.accept();
    opened.webSocket?.close();
  });
});

describe('what is made after a rotation', () => {
  it('is sealed under the fresh secret alone', async () => {
    const ada = await signIn('rotated-new');
    const init = shown(ada.key, { method: 'POST', body: 'x' });
    const pushed = await askInstance(rotated, '/?visibility=unlisted', init);
    const id = new URL((await pushed.text()).trim()).pathname.slice('/s/'.length);
    expect(requireSeal(FRESH, 'link').getPlace(id)).toBeDefined();
    expect(requireSeal(env.INSTANCE_SECRETS, 'link').getPlace(id)).toBeUndefined();
    expect((await askInstance(before, `/s/${id}`)).status).toBe(404);
    expect((await askInstance(freshAlone, `/s/${id}`)).status).toBe(200);
  });

  it('is all that opens once the old secret is taken away', async () => {
    const ada = await signIn('rotated-away');
    const link = await ada.push('x', '?visibility=unlisted');
    expect((await askInstance(freshAlone, link)).status).toBe(404);
    expect((await askInstance(freshAlone, '/v1/account', shown(ada.key))).status).toBe(401);
  });
});
