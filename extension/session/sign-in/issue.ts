// The edge's doors that make a key for an editor: JSON over plain HTTP, asked by nobody who has a key yet. Whatever
// isn't the answer that was agreed upon counts as not reached.

import { isProblemCode, ProblemError, type Problem, type Result } from '../../../shared/problem.ts';
import { attempt } from '../attempt.ts';
import type { Poll } from './device-polls.ts';
import type { KeyOf } from './flows.ts';

/** What a device shows and waits for (RFC 8628, 3.2). */
export interface DeviceCode {
  readonly deviceCode: string;
  /** What the person types. */
  readonly userCode: string;
  /** Where it is typed. */
  readonly address: string;
  /** The same with the code filled in. */
  readonly wholeAddress: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/** How often is asked where the edge doesn't say (RFC 8628, 3.2). */
const DEFAULT_INTERVAL_SECONDS = 5;

/** Exchanges the code that came back from the browser, once, for a key. */
export async function redeem(
  endpoint: string,
  proof: { code: string; codeVerifier: string },
  signal: AbortSignal,
): Promise<Result<KeyOf>> {
  return attempt(async (given) => {
    const { status, body } = await post(`${endpoint}/v1/sign-in/code`, proof, given);
    const owner = status === 200 ? getOwner(body) : undefined;
    if (owner) return owner;
    throw new ProblemError(problemOf(body));
  }, signal);
}

export async function beginDevice(
  endpoint: string,
  name: string,
  signal: AbortSignal,
): Promise<Result<DeviceCode>> {
  return attempt(async (given) => {
    const { status, body } = await post(`${endpoint}/v1/sign-in/device`, { name }, given);
    const code = status === 200 ? getDeviceCode(body) : undefined;
    if (code) return code;
    throw new ProblemError(problemOf(body));
  }, signal);
}

/** Asks whether the code was typed by now. */
export async function pollDevice(endpoint: string, deviceCode: string, signal: AbortSignal): Promise<Poll> {
  const asked = await attempt(
    (given) => post(`${endpoint}/v1/sign-in/device/token`, { device_code: deviceCode }, given),
    signal,
  );
  if (!asked.ok) return { kind: 'failed', problem: asked.problem };
  const { status, body } = asked.value;
  const owner = status === 200 ? getOwner(body) : undefined;
  if (owner) return { kind: 'issued', owner };
  return POLLS.get(getText(body, 'error') ?? '') ?? { kind: 'failed', problem: problemOf(body) };
}

/** The errors that are no failures (RFC 8628, 3.5). */
const POLLS: ReadonlyMap<string, Poll> = new Map<string, Poll>([
  ['authorization_pending', { kind: 'pending' }],
  ['slow_down', { kind: 'slowDown' }],
  ['access_denied', { kind: 'denied' }],
  ['expired_token', { kind: 'expired' }],
]);

interface Answered {
  readonly status: number;
  /** Undefined where it isn't JSON. */
  readonly body: unknown;
}

/** @throws {ProblemError} `unavailable` where nothing answers */
async function post(address: string, message: object, signal: AbortSignal): Promise<Answered> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(message),
      // A key is fetched from the endpoint that is set and from nowhere else.
      redirect: 'error',
      signal,
    });
    return { status: response.status, body: await readJson(response) };
  } catch (error) {
    throw new ProblemError(UNREACHED, { cause: error });
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const UNREACHED: Problem = {
  code: 'unavailable',
  detail: 'The edge did not answer as pybin does. Is the endpoint right, and is it running?',
};

function problemOf(body: unknown): Problem {
  const code = getText(body, 'code');
  if (code === undefined || !isProblemCode(code)) return UNREACHED;
  return { code, detail: getText(body, 'detail') ?? '' };
}

function getOwner(body: unknown): KeyOf | undefined {
  const userId = getText(body, 'userId');
  const key = getText(body, 'key');
  return userId !== undefined && key !== undefined ? { userId, key } : undefined;
}

function getDeviceCode(body: unknown): DeviceCode | undefined {
  const deviceCode = getText(body, 'device_code');
  const userCode = getText(body, 'user_code');
  const address = getText(body, 'verification_uri');
  const wholeAddress = getText(body, 'verification_uri_complete') ?? address;
  const expiresInSeconds = getNumber(body, 'expires_in');
  const intervalSeconds = getNumber(body, 'interval') ?? DEFAULT_INTERVAL_SECONDS;
  if (deviceCode === undefined || userCode === undefined || expiresInSeconds === undefined) return undefined;
  // These are opened: nothing but a page.
  if (!isPage(address) || !isPage(wholeAddress)) return undefined;
  return { deviceCode, userCode, address, wholeAddress, expiresInSeconds, intervalSeconds };
}

function isPage(address: string | undefined): address is string {
  return address !== undefined && /^https?:$/.test(URL.parse(address)?.protocol ?? '');
}

function getText(body: unknown, name: string): string | undefined {
  const value = getMember(body, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function getNumber(body: unknown, name: string): number | undefined {
  const value = getMember(body, name);
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function getMember(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? Reflect.get(body, name)
    : undefined;
}
