// The doors for a device without a browser (RFC 8628): it begins, shows the code it gets, and asks until somebody has
// approved it at /device.

import { limits } from '../../shared/limits.ts';
import { type Problem, ProblemError, rateLimited } from '../../shared/problem.ts';
import { addressOfClient } from '../identity/client-address.ts';
import type { Polled } from '../identity/device/attempt.ts';
import { beginDevice, pollDevice } from '../identity/device/devices.ts';
import { showUserCode } from '../identity/device/user-code.ts';
import { type Approved, type DeviceKey, makeDeviceKey } from '../identity/device-key.ts';
import { readDeviceName } from '../identity/device-name.ts';
import { invalidField, readFields } from '../intake/json.ts';

const noStore = { 'cache-control': 'no-store' } as const;

/** `POST /v1/sign-in/device` with `{"name"?}`: what RFC 8628, 3.2 has a device get. */
export async function beginDeviceSignIn(request: Request, env: Env): Promise<Response> {
  const { name = '' } = await readFields(request, limits.connect.messageBytes, ['name']);
  if (typeof name !== 'string') throw invalidField('name', 'The name of a device is text.');
  const address = addressOfClient(request);
  await refuseTooMany(address, env);
  const device = { name: readDeviceName(name, 'A device'), address: address ?? '' };
  const { userCode, deviceCode } = await beginDevice(env, device);
  const uri = new URL('/device', request.url);
  const shown = showUserCode(userCode);
  return Response.json(
    {
      device_code: deviceCode,
      user_code: shown,
      verification_uri: uri.href,
      verification_uri_complete: `${uri.href}?user_code=${shown}`,
      expires_in: limits.device.seconds,
      interval: limits.device.intervalSeconds,
    },
    { headers: noStore },
  );
}

/** `POST /v1/sign-in/device/token` with `{"device_code"}` → `{"userId", "key"}`, or why not yet (RFC 8628, 3.5). */
export async function giveDeviceKey(request: Request, env: Env): Promise<Response> {
  const fields = await readFields(request, limits.connect.messageBytes, ['device_code']);
  const { device_code: deviceCode } = fields;
  if (typeof deviceCode !== 'string') throw invalidField('device_code', 'Show the device code.');
  const polled = await pollDevice(env, deviceCode);
  if (!polled) return errorResponse('invalid_grant', 'This is not a device code of this instance.');
  if (polled.kind !== 'approved') return errorResponse(polled.kind, DESCRIPTIONS[polled.kind]);
  const { approval, name } = polled;
  const given = await getKey(request, env, { name, ...approval });
  return 'code' in given
    ? errorResponse('access_denied', given.detail)
    : Response.json(given, { headers: noStore });
}

const DESCRIPTIONS: Readonly<Record<Exclude<Polled['kind'], 'approved'>, string>> = {
  access_denied: 'It was refused. Begin anew if that was a mistake.',
  authorization_pending: 'Nobody has approved it yet. Ask again after the interval.',
  expired_token: 'The code was used, or its time is over. Begin anew.',
  slow_down: `Ask less often: wait ${limits.device.intervalSeconds} seconds longer from now on.`,
};

/** The key, or why the one who approved can't give one any more. */
async function getKey(request: Request, env: Env, approved: Approved): Promise<DeviceKey | Problem> {
  try {
    return await makeDeviceKey({ env, origin: new URL(request.url).origin }, approved);
  } catch (error) {
    const problem = error instanceof ProblemError ? error.problem : undefined;
    if (problem?.code === 'unauthenticated' || problem?.code === 'keys_full') return problem;
    throw error;
  }
}

function errorResponse(error: string, description: string): Response {
  return Response.json({ error, error_description: description }, { status: 400, headers: noStore });
}

/** @throws {ProblemError} `rate_limited` where too many began from there */
async function refuseTooMany(address: string | undefined, env: Env): Promise<void> {
  if (address === undefined || env.RATE_LIMIT === 'off') return;
  const { success } = await env.DEVICE_RATE.limit({ key: address });
  if (!success) throw new ProblemError(rateLimited('devices', limits.rates.devices.windowSeconds).problem);
}
