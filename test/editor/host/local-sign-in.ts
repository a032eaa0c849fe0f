// Gets a user's key from an edge that signs in without proof of identity, as only a local one does.

export interface LocalUser {
  userId: string;
  key: string;
}

/** Signs `userId` in at `endpoint`, registering it the first time. Throws with the edge's answer when it refuses. */
export async function signInLocally(endpoint: string, userId: string): Promise<LocalUser> {
  const response = await fetch(new URL('/sign-in/local', endpoint), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
  const text = await response.text();
  const answer: unknown = response.ok ? JSON.parse(text) : undefined;
  if (typeof answer === 'object' && answer !== null && 'userId' in answer && 'key' in answer) {
    return { userId: String(answer.userId), key: String(answer.key) };
  }
  throw new Error(`sign-in of ${userId} at ${endpoint}: ${response.status} ${text}`);
}
