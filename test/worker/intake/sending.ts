// Bodies as they come over a network: in any pieces, for ever, or broken off; and what is told when one is refused.

import { expect } from 'vitest';
import { type Problem, ProblemError } from '../../../shared/problem.ts';

const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Bytes in pieces, cut before each of the places. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places].toSorted((a, b) => a - b);
  return [0, ...ends].map((begin, index) => bytes.subarray(begin, ends[index]));
}

/** Pieces whose memory is used again for the next, as a stream's is. They are a Buffer's, as those of node:zlib are. */
export async function* inReusedMemory(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(Math.max(0, ...pieces.map((piece) => piece.byteLength)));
  for (const piece of pieces) {
    memory.set(piece);
    yield memory.subarray(0, piece.byteLength);
    memory.fill(0xff);
  }
}

/** A body that is sent piece by piece, and how much of it was asked for. */
export interface Sending {
  readonly request: Request;
  readonly asked: { pieces: number; isCanceled: boolean };
}

/** Sends pieces as long as there are any and they are asked for; a failure among them breaks the body off. */
export function send(pieces: Iterable<Uint8Array | Error>, headers: Record<string, string> = {}): Sending {
  const asked = { pieces: 0, isCanceled: false };
  const waiting = withoutEmpty(pieces);
  const body = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const next = waiting.next();
      if (next.done) {
        controller.close();
        // A reader that brought its own memory waits for it still.
        controller.byobRequest?.respond(0);
        return;
      }
      asked.pieces += 1;
      if (next.value instanceof Error) controller.error(next.value);
      else controller.enqueue(new Uint8Array(next.value));
    },
    cancel() {
      asked.isCanceled = true;
    },
  });
  return { request: new Request('http://localhost/', { method: 'POST', body, headers }), asked };
}

/** A stream gives no empty piece. */
function* withoutEmpty(pieces: Iterable<Uint8Array | Error>): Generator<Uint8Array | Error> {
  for (const piece of pieces) if (piece instanceof Error || piece.byteLength > 0) yield piece;
}

/** A body that is sent in one go. */
export function sendWhole(body: Uint8Array | string, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/', { method: 'POST', body, headers });
}

/** The same piece, more often than anybody should ask for it. */
export function* endless(piece: Uint8Array): Generator<Uint8Array> {
  for (let sent = 0; sent < 20_000; sent++) yield piece;
}

/** Waits for a refusal and expects that it is this one. */
export async function expectRefusal(refused: Promise<unknown>, expected: Partial<Problem>): Promise<void> {
  const error: unknown = await refused.then(
    () => 'nothing was refused',
    (reason: unknown) => reason,
  );
  expect(error instanceof ProblemError ? error.problem : error).toMatchObject(expected);
}
