// A device that asks for a key (RFC 8628): it waits, somebody answers, it asks again and learns what became of it.
// Pure: the time is passed in.

import { timingSafeEqual } from 'node:crypto';
import { limits } from '../../../shared/limits.ts';
import type { Credential } from '../key.ts';

/** What the one who approves lets the device have: a key of theirs, made by their session. */
export interface Approval {
  readonly userId: string;
  readonly by: Credential;
}

/** What is told of a device to the one who answers. */
export interface AskingDevice {
  readonly name: string;
  /** From where it asks; empty where nobody tells. */
  readonly address: string;
  readonly askedAtMs: number;
}

export type Answer =
  | { readonly kind: 'approved'; readonly approval: Approval }
  | { readonly kind: 'refused' };

export interface Attempt extends AskingDevice {
  /** SHA-256 of what the device shows when it asks again. */
  readonly deviceHash: Uint8Array;
  readonly endsAtMs: number;
  /** How long the device is to wait between two asks. */
  readonly intervalMs: number;
  /** When it asked last; undefined where it hasn't since it began. */
  readonly polledAtMs: number | undefined;
  readonly answer: Answer | undefined;
}

export function beginAttempt(
  device: { name: string; address: string },
  deviceHash: Uint8Array,
  nowMs: number,
): Attempt {
  const { seconds, intervalSeconds } = limits.device;
  return {
    ...device,
    deviceHash,
    askedAtMs: nowMs,
    endsAtMs: nowMs + seconds * 1000,
    intervalMs: intervalSeconds * 1000,
    polledAtMs: undefined,
    answer: undefined,
  };
}

/** Whether somebody may still answer. */
export function isOpen(attempt: Attempt, nowMs: number): boolean {
  return attempt.answer === undefined && nowMs < attempt.endsAtMs;
}

/** What a device learns that asks again; but for an approval, in the words of RFC 8628, 3.5. */
export type Polled =
  | { readonly kind: 'approved'; readonly approval: Approval; readonly name: string }
  | { readonly kind: 'access_denied' | 'authorization_pending' | 'expired_token' | 'slow_down' };

/** What a device learns, and the attempt from then on: undefined where it is over. */
export function poll(
  attempt: Attempt,
  deviceHash: Uint8Array,
  nowMs: number,
): { readonly polled: Polled; readonly attempt: Attempt | undefined } {
  // Somebody else's ask changes nothing: user codes are short, and it may be made up.
  if (!isSame(attempt.deviceHash, deviceHash)) return { polled: { kind: 'expired_token' }, attempt };
  const { answer, endsAtMs, intervalMs, name, polledAtMs } = attempt;
  if (nowMs >= endsAtMs) return { polled: { kind: 'expired_token' }, attempt: undefined };
  if (answer?.kind === 'approved')
    return { polled: { kind: 'approved', approval: answer.approval, name }, attempt: undefined };
  if (answer) return { polled: { kind: 'access_denied' }, attempt: undefined };
  const asked = { ...attempt, polledAtMs: nowMs };
  if (polledAtMs === undefined || nowMs - polledAtMs >= intervalMs - EARLY_MS)
    return { polled: { kind: 'authorization_pending' }, attempt: asked };
  const slower = { ...asked, intervalMs: intervalMs + limits.device.intervalSeconds * 1000 };
  return { polled: { kind: 'slow_down' }, attempt: slower };
}

/** The way through the network is not as long each time. */
const EARLY_MS = 1_000;

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}
