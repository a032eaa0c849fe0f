// The name of the key that an editor gets, by which its owner knows it among others: "VS Code on laptop".

import { limits } from '../../../shared/limits.ts';

/** @param hostName undefined where the editor runs in a browser and knows of no machine */
export function deviceName(appName: string, hostName: string | undefined): string {
  const app = appName.replace(/^Visual Studio Code/, 'VS Code').trim() || 'VS Code';
  // Of a name on a network, what people call the machine.
  const host = hostName?.split('.', 1)[0];
  return Array.from(host ? `${app} on ${host}` : app)
    .slice(0, limits.keyNameCharacters)
    .join('');
}
