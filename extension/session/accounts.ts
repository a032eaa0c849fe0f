// The accounts that are signed in at one endpoint, and which of them counts. Pure.
// Only a person chooses whose stack is used: where one goes, no other takes its place.

export interface Account {
  readonly userId: string;
  readonly key: string;
  /** The key was made for this editor and nobody else has it, so that signing out may revoke it. */
  readonly isOwn: boolean;
  /** The edge doesn’t take the key any more. */
  readonly isRefused: boolean;
}

export interface Accounts {
  /** Whose stack is used. */
  readonly current: Account | undefined;
  /** Those signed in besides, the last used first. */
  readonly others: readonly Account[];
}

export const noAccounts: Accounts = { current: undefined, others: [] };

export function allOf({ current, others }: Accounts): readonly Account[] {
  return current ? [current, ...others] : others;
}

/** Whether nobody was chosen of those whose keys are taken. */
export function canChoose({ current, others }: Accounts): boolean {
  return !current && others.some(({ isRefused }) => !isRefused);
}

export function getAccount(accounts: Accounts, userId: string): Account | undefined {
  return allOf(accounts).find((account) => account.userId === userId);
}

/** Who signs in counts from then on, with the new key in place of an older one. */
export function signedIn(accounts: Accounts, account: Account): Accounts {
  return { current: account, others: allOf(without(accounts, account.userId)) };
}

/** As they are, where that one isn't signed in. */
export function switchedTo(accounts: Accounts, userId: string): Accounts {
  const account = getAccount(accounts, userId);
  return account ? signedIn(accounts, account) : accounts;
}

export function without({ current, others }: Accounts, userId: string): Accounts {
  return {
    current: current?.userId === userId ? undefined : current,
    others: others.filter((account) => account.userId !== userId),
  };
}

/** Marks the account that has exactly this key; one that signed in again meanwhile has another. As they are, where none has, or it is marked. */
export function refusedAt(accounts: Accounts, key: string): Accounts {
  const { current, others } = accounts;
  if (!allOf(accounts).some((account) => account.key === key && !account.isRefused)) return accounts;
  const marked = (account: Account): Account =>
    account.key === key ? { ...account, isRefused: true } : account;
  return { current: current && marked(current), others: others.map(marked) };
}

export function formatAccounts(accounts: Accounts): string {
  return JSON.stringify(accounts);
}

/** What {@link formatAccounts} wrote; whatever else it is holds no accounts. */
export function parseAccounts(text: string | undefined): Accounts {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || !('others' in value)) return noAccounts;
  const current = 'current' in value ? value.current : undefined;
  return {
    current: isAccount(current) ? current : undefined,
    others: Array.isArray(value.others) ? value.others.filter((entry) => isAccount(entry)) : [],
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAccount(value: unknown): value is Account {
  return (
    typeof value === 'object' &&
    value !== null &&
    'userId' in value &&
    typeof value.userId === 'string' &&
    'key' in value &&
    typeof value.key === 'string' &&
    'isOwn' in value &&
    typeof value.isOwn === 'boolean' &&
    'isRefused' in value &&
    typeof value.isRefused === 'boolean'
  );
}
