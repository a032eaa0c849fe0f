// A thread that breaks at the first question, and takes every later text for clean.
import { parentPort } from 'node:worker_threads';

let broken = false;
parentPort.on('message', ({ id }) => {
  parentPort.postMessage(
    broken ? { kind: 'checked', id, answer: [] } : { kind: 'broke', id, reason: 'it overflowed' },
  );
  broken = true;
});
