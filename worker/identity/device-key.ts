// The key of an editor or a device that somebody approved: made by the session of the one who did.

import type { Credential } from './key.ts';
import { makeKey } from './make-key.ts';

/** What an editor or a device gets. */
export interface DeviceKey {
  readonly userId: string;
  readonly key: string;
}

export interface Approved {
  /** The name of the key. An older one of that name is the same device's, and is revoked. */
  readonly name: string;
  readonly userId: string;
  /** The session of the one who approved. */
  readonly by: Credential;
}

/**
 * Makes the key.
 * @param asked the instance, and where it was reached
 * @throws {ProblemError} `unauthenticated` where the session has ended since; `keys_full` where there are as many keys
 * as there may be
 */
export async function makeDeviceKey(
  asked: { readonly env: Env; readonly origin: string },
  { name, userId, by }: Approved,
): Promise<DeviceKey> {
  const draft = { name, scope: 'write', ttlSeconds: undefined } as const;
  const { keyText } = await makeKey(asked, by, draft, { replacesNamesakes: true });
  return { userId, key: keyText };
}
