// A thread that answers in a form of its own.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ id }) => parentPort.postMessage({ kind: 'checked', id, answer: { errors: 0 } }));
