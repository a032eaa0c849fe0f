// The way to the objects that say whose account an identity is. A Stack claims before it writes its own row, and
// deletes its own row before it releases: so what is left of a failure in between is a word too many, never two
// accounts of one identity.

export interface Directory {
  /** Says that an identity is a user's, where it is nobody's. Gives whose it is from then on. */
  claim(name: string, userId: string): Promise<string>;
  /** Takes the word back, where it is this one. */
  release(name: string, userId: string): Promise<void>;
}

export function createDirectory(env: Env): Directory {
  const identityOf = (name: string) => env.IDENTITY.get(env.IDENTITY.idFromName(name));
  return {
    claim: async (name, userId) => identityOf(name).claim(userId),
    release: async (name, userId) => identityOf(name).release(userId),
  };
}
