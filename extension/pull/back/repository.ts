// Whether two addresses name the same repository, and which paths and commits may be asked for. Pure.

/** `git@github.com:ada/shop.git`: what ssh takes without a scheme. */
const SCP_LIKE = /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)(.+)$/;
const COMMIT = /^[0-9a-f]{7,64}$/;

/** Whether a clone of one is a clone of the other, whichever protocol and user it is reached by. */
export function isSameRepository(one: string, other: string): boolean {
  const name = canonical(one);
  return name !== undefined && name === canonical(other);
}

/** Whether a text can be a commit's name: none that git could take for something else. */
export function isCommit(text: string): boolean {
  return COMMIT.test(text);
}

/** Whether a path leads to a file within its repository. */
export function isPathWithin(path: string): boolean {
  return (
    path !== '' && !path.includes('\\') && path.split('/').every((part) => !['', '.', '..'].includes(part))
  );
}

/** `host/path` without user, port and `.git`; hosts don't tell cases apart, and neither do those that hold most code. */
function canonical(address: string): string | undefined {
  const url = URL.parse(address);
  const [, host, path] = url?.host ? [address, url.hostname, url.pathname] : (SCP_LIKE.exec(address) ?? []);
  if (!host || !path) return undefined;
  const name = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return name === '' ? undefined : `${host}/${name}`.toLowerCase();
}
