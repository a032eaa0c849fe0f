// Where in a repository a push comes from: its address without anything secret or private in it, the commit, the
// file's path and the lines. Pure.

import type { TextRange } from '../../shared/lint/range.ts';
import { checkOrigin, type Origin } from '../../shared/provenance.ts';

/** What is known of a repository. */
export interface KnownRepository {
  readonly remotes: readonly string[];
  /** The commit that is checked out; empty where there is none yet. */
  readonly commit: string;
  /** The path of its root, as URIs have it. */
  readonly rootPath: string;
}

/** Undefined where the repository has no address that can be told, or the file isn't in it. */
export function toOrigin(
  { remotes, commit, rootPath }: KnownRepository,
  filePath: string,
  range: TextRange | undefined,
): Origin | undefined {
  const repository = remotes.map(publicAddress).find((address) => address !== undefined);
  if (repository === undefined || !filePath.startsWith(`${rootPath}/`)) return undefined;
  const path = filePath.slice(rootPath.length + 1);
  const origin = { repository, commit, path, ...linesOf(range) };
  return checkOrigin(origin) === undefined ? origin : undefined;
}

/**
 * A remote's address without user, password, query and fragment: any of them may be a secret. Undefined for a path on
 * this machine, which says more of the machine than of the repository.
 */
export function publicAddress(remote: string): string | undefined {
  const [, host, path] = /^(?:[^@/\s:]+@)?([\w.-]{2,}):(?!\/\/)([^\s?#\\]+)$/.exec(remote) ?? [];
  if (host !== undefined && path !== undefined) return `ssh://${host}/${path.replace(/^\/+/, '')}`;
  const url = URL.parse(remote);
  if (!url || !['https:', 'http:', 'ssh:', 'git:'].includes(url.protocol) || url.host === '')
    return undefined;
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function linesOf(range: TextRange | undefined): Pick<Origin, 'startLine' | 'endLine'> {
  if (!range) return { startLine: 0, endLine: 0 };
  const { start, end } = range;
  // What ends at the beginning of a line has nothing of it.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { startLine: start.line + 1, endLine: last + 1 };
}
