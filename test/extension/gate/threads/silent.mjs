// A thread that takes a question and never answers it.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', () => undefined);
