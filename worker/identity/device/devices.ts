// The way to a device that asks: by its user code, which a person types, or by its device code, which it keeps to
// itself and which says the user code, too.

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { createKeySecret } from '../key.ts';
import { type Answer, type AskingDevice, beginAttempt, type Polled } from './attempt.ts';
import { createUserCode } from './user-code.ts';

const DEVICE_CODE = /^pyd_([A-Z]{8})[0-9A-Za-z]{43}$/;

export interface DeviceCodes {
  /** As it is stored: eight letters. */
  readonly userCode: string;
  readonly deviceCode: string;
}

/** Begins an attempt of a device. */
export async function beginDevice(env: Env, device: { name: string; address: string }): Promise<DeviceCodes> {
  const nowMs = Date.now();
  for (;;) {
    const userCode = createUserCode();
    const deviceCode = `pyd_${userCode}${createKeySecret().secret}`;
    const attempt = beginAttempt(device, hashOf(deviceCode), nowMs);
    // One in billions is another's at this time.
    if (await deviceOf(env, userCode).begin(attempt, nowMs)) return { userCode, deviceCode };
  }
}

/** Who asks with a user code; undefined where nobody does, or somebody has answered. */
export async function getDevice(env: Env, userCode: string): Promise<AskingDevice | undefined> {
  return deviceOf(env, userCode).look();
}

/** Answers a device. Gives who it was; undefined where nobody may answer it any more. */
export async function answerDevice(
  env: Env,
  userCode: string,
  answer: Answer,
): Promise<AskingDevice | undefined> {
  return deviceOf(env, userCode).answer(answer);
}

/** What a device learns that asks again; undefined where its code can be none. */
export async function pollDevice(env: Env, deviceCode: string): Promise<Polled | undefined> {
  const userCode = DEVICE_CODE.exec(deviceCode)?.[1];
  return userCode === undefined ? undefined : deviceOf(env, userCode).poll(hashOf(deviceCode));
}

function deviceOf(env: Env, userCode: string) {
  return env.DEVICE.get(env.DEVICE.idFromName(userCode));
}

function hashOf(deviceCode: string): Uint8Array {
  return sha256(utf8ToBytes(deviceCode));
}
