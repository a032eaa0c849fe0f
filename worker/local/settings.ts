// What the environment says of the edge on this machine.

import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isUserId } from '../../shared/address.ts';

export interface LocalSettings {
  /** PORT; 0 is any free one. */
  readonly port: number;
  /** PYBIN_STATE_DIR: where rows, objects, alarms and secrets are kept. */
  readonly stateDirectory: string;
  /** PYBIN_USER: who is signed in. */
  readonly userId: string;
}

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));

/** @throws where a setting makes no sense, in words for whoever set it */
export function localSettings(environment: Readonly<Record<string, string | undefined>>): LocalSettings {
  const { PORT: portText = '8787', PYBIN_STATE_DIR: directory, PYBIN_USER: userId = 'ada' } = environment;
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is "${portText}", which is no port.`);
  if (!isUserId(userId)) throw new Error(`PYBIN_USER is "${userId}": 3 to 20 of a-z 0-9 - are needed.`);
  return {
    port,
    stateDirectory: directory ? resolve(directory) : join(projectDirectory, '.pybin'),
    userId,
  };
}
