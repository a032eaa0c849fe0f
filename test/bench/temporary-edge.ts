// An edge of the bench's own, which leaves nothing behind.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEdge } from '../../worker/local/edge.ts';
import { signInLocally } from '../../worker/local/sign-in.ts';
import type { User } from './requests.ts';

/** Starts an edge for as long as `use` takes, and gives what that gives. */
export async function withEdge<Figures>(
  options: { readonly rateLimit: boolean; readonly inspectorPort?: number },
  use: (url: string) => Promise<Figures>,
): Promise<Figures> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-bench-'));
  const edge = await startEdge({ ...options, port: 0, stateDirectory, localSignIn: true });
  try {
    return await use(edge.url);
  } finally {
    await edge.close();
    await rm(stateDirectory, { recursive: true, force: true });
  }
}

/** So many users, called by a name and a number. */
export async function signInUsers(url: string, name: string, count: number): Promise<User[]> {
  const users: User[] = [];
  for (let index = 0; index < count; index++) users.push(await signInLocally(url, `${name}-${index}`));
  return users;
}
