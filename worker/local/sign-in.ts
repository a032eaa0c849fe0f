// Keys from an edge that signs in whoever asks, as only one on this machine does.

import { join } from 'node:path';
import { keep } from './secrets.ts';

export interface LocalUser {
  readonly userId: string;
  readonly key: string;
}

/**
 * A fresh key for a user, who is registered the first time.
 * @param device what its pushes are told to come from; it replaces the key of that name
 * @throws with the edge's answer where it refuses
 */
export async function signInLocally(endpoint: string, userId: string, device?: string): Promise<LocalUser> {
  const response = await fetch(`${endpoint}/sign-in/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, name: device }),
  });
  const text = await response.text();
  const answer: unknown = response.ok ? JSON.parse(text) : undefined;
  if (typeof answer === 'object' && answer !== null && 'key' in answer && typeof answer.key === 'string')
    return { userId, key: answer.key };
  throw new Error(`Sign-in of ${userId} at ${endpoint} was refused: ${response.status} ${text}`);
}

/** What keeps a key for itself, and what its pushes are told to come from. */
const DEVICES = {
  terminal: { file: 'key', name: 'terminal (npm start)' },
  editor: { file: 'editor-key', name: 'VS Code (npm run editor)' },
} as const;

/** A user's key, kept beside the state: made at the first start, the same at each one after it. */
export async function requireLocalKey(
  endpoint: string,
  stateDirectory: string,
  userId: string,
  device: keyof typeof DEVICES,
): Promise<string> {
  const { file, name } = DEVICES[device];
  const path = join(stateDirectory, `${file}-${userId}`);
  const key = await keep(path, async () => (await signInLocally(endpoint, userId, name)).key);
  const answer = await fetch(`${endpoint}/v1/account`, { headers: { authorization: `Bearer ${key}` } });
  if (answer.ok) return key;
  throw new Error(`The key in ${path} does not work. Delete that file and start again.`);
}
