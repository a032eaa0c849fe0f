// An Identity: one Durable Object for each person as one provider knows them. It says which account is theirs, so that
// the same person can't have two. What the account itself says (its Stack's table of identities) is what counts: a
// word of this object that isn't true any more is found out at the next sign-in, and taken back.

import { DurableObject } from 'cloudflare:workers';

/** Whose an identity is said to be. */
export interface Claim {
  readonly userId: string;
  readonly claimedAtMs: number;
}

const KEY = 'claim';

export class Identity extends DurableObject<Env> {
  getClaim(): Claim | undefined {
    return this.ctx.storage.kv.get<Claim>(KEY);
  }

  /** Says whose it is, where it is nobody's. Gives whose it is from then on. */
  claim(userId: string): string {
    const claim = this.getClaim();
    if (claim) return claim.userId;
    this.ctx.storage.kv.put<Claim>(KEY, { userId, claimedAtMs: Date.now() });
    return userId;
  }

  /** Takes the word back, where it is this one: nothing is left then. */
  async release(userId: string): Promise<void> {
    if (this.getClaim()?.userId !== userId) return;
    this.ctx.storage.kv.delete(KEY);
    await this.ctx.storage.deleteAll();
  }
}
