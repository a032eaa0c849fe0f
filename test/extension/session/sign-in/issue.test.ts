// What the edge’s doors for keys answer, over real HTTP: the agreed answer, or nothing that could be taken for it.

import { createServer, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginDevice, pollDevice, redeem } from '../../../../extension/session/sign-in/issue.ts';

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

let reply: Reply;
let asked: { path: string | undefined; body: unknown };
let endpoint: string;
const never = new AbortController().signal;

const server = createServer(async (request, response) => {
  asked = { path: request.url, body: JSON.parse(await textOf(request)) };
  response.writeHead(reply.status, reply.headers ?? {});
  response.end(reply.body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'object' && address) endpoint = `http://127.0.0.1:${address.port}`;
});

afterAll(() => {
  server.close();
});

beforeEach(() => {
  answer(500, '');
});

function answer(status: number, body: unknown): void {
  reply = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const owner = { userId: 'ada', key: 'pyb_x' };

describe('a code', () => {
  it('is exchanged for a key', async () => {
    answer(200, owner);
    expect(await redeem(endpoint, { code: 'c', codeVerifier: 'v' }, never)).toEqual({
      ok: true,
      value: owner,
    });
    expect(asked).toEqual({ path: '/v1/sign-in/code', body: { code: 'c', codeVerifier: 'v' } });
  });

  it.each<[string, number, unknown, string]>([
    ['is refused as the edge says', 400, { code: 'invalid_argument', detail: 'No.' }, 'invalid_argument'],
    ['isn’t exchanged by half an answer', 200, { userId: 'ada' }, 'unavailable'],
    ['isn’t exchanged by a page', 200, '<html>', 'unavailable'],
    ['isn’t exchanged by a refusal that looks like a key', 403, owner, 'unavailable'],
    ['isn’t exchanged by a code that nobody knows', 400, { code: 'toString', detail: '' }, 'unavailable'],
  ])('%s', async (_, status, body, code) => {
    answer(status, body);
    expect(await redeem(endpoint, { code: 'c', codeVerifier: 'v' }, never)).toMatchObject({
      ok: false,
      problem: { code },
    });
  });

  it('is sent nowhere else', async () => {
    reply = { status: 307, body: '', headers: { location: `${endpoint}/elsewhere` } };
    expect(await redeem(endpoint, { code: 'c', codeVerifier: 'v' }, never)).toMatchObject({ ok: false });
    expect(asked.path).toBe('/v1/sign-in/code');
  });

  it('is given up', async () => {
    expect(await redeem(endpoint, { code: 'c', codeVerifier: 'v' }, AbortSignal.abort())).toMatchObject({
      problem: { code: 'canceled' },
    });
  });
});

const device = {
  device_code: 'd',
  user_code: 'BCDF-GHJK',
  verification_uri: 'https://pybin.example/device',
  verification_uri_complete: 'https://pybin.example/device?user_code=BCDF-GHJK',
  expires_in: 600,
  interval: 5,
};

describe('a device', () => {
  it('gets a code to show', async () => {
    answer(200, device);
    expect(await beginDevice(endpoint, 'VS Code on laptop', never)).toEqual({
      ok: true,
      value: {
        deviceCode: 'd',
        userCode: 'BCDF-GHJK',
        address: device.verification_uri,
        wholeAddress: device.verification_uri_complete,
        expiresInSeconds: 600,
        intervalSeconds: 5,
      },
    });
    expect(asked).toEqual({ path: '/v1/sign-in/device', body: { name: 'VS Code on laptop' } });
  });

  it('does without what is optional', async () => {
    const { verification_uri_complete: _, interval: __, ...least } = device;
    answer(200, least);
    expect(await beginDevice(endpoint, 'x', never)).toMatchObject({
      value: { wholeAddress: device.verification_uri, intervalSeconds: 5 },
    });
  });

  it.each<[string, unknown]>([
    ['an address that is no page', { ...device, verification_uri: 'command:workbench.action.quit' }],
    ['a whole address that is no page', { ...device, verification_uri_complete: 'file:///etc/passwd' }],
    ['no end', { ...device, expires_in: undefined }],
    ['a number that is none', { ...device, expires_in: 'soon' }],
    ['nothing', null],
  ])('takes no answer with %s', async (_, body) => {
    answer(200, body);
    expect(await beginDevice(endpoint, 'x', never)).toMatchObject({ problem: { code: 'unavailable' } });
  });
});

describe('asked whether a code was typed, the edge', () => {
  it('gives the key', async () => {
    answer(200, owner);
    expect(await pollDevice(endpoint, 'd', never)).toEqual({ kind: 'issued', owner });
    expect(asked).toEqual({ path: '/v1/sign-in/device/token', body: { device_code: 'd' } });
  });

  it.each([
    ['authorization_pending', 'pending'],
    ['slow_down', 'slowDown'],
    ['access_denied', 'denied'],
    ['expired_token', 'expired'],
    ['invalid_grant', 'failed'],
    ['toString', 'failed'],
  ])('says %s', async (error, kind) => {
    answer(400, { error });
    expect(await pollDevice(endpoint, 'd', never)).toMatchObject({ kind });
  });

  it('can’t be reached', async () => {
    expect(await pollDevice('http://127.0.0.1:9', 'd', never)).toMatchObject({
      kind: 'failed',
      problem: { code: 'unavailable' },
    });
  });
});
