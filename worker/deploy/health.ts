// Whether what was deployed is up: /health answers well, and /version tells the commit that was deployed.

import { setTimeout as pause } from 'node:timers/promises';
import { DeployError } from './failures.ts';

/** How long a new version may take to be everywhere, and how often it is asked meanwhile. */
export interface Patience {
  readonly totalMs: number;
  readonly pauseMs: number;
}

/** Makes a request, as `fetch` does. */
export type Ask = (
  url: string,
  options: { signal: AbortSignal; headers: Record<string, string> },
) => Promise<Response>;

/** One request may take so long. */
const REQUEST_TIMEOUT_MS = 10_000;
/** What is shown of an answer: enough for a problem's words. */
const SHOWN_CHARACTERS = 300;

/** @throws {DeployError} with what was answered last, and what to do */
export async function requireHealthy(
  url: string,
  commit: string,
  { ask, patience }: { readonly ask: Ask; readonly patience: Patience },
): Promise<void> {
  const endMs = performance.now() + patience.totalMs;
  for (;;) {
    const complaint = await findComplaint(url, commit, ask);
    if (!complaint) return;
    if (performance.now() + patience.pauseMs > endMs) throw new DeployError(complaint);
    await pause(patience.pauseMs);
  }
}

async function findComplaint(url: string, commit: string, ask: Ask): Promise<string | undefined> {
  try {
    const version = await read(ask, `${url}/version`);
    const told = commitOf(version.body);
    if (told !== commit)
      return `${url}/version answers ${version.status} and tells ${told ? `commit ${told}` : 'no commit'}, not ${commit}. Either another deploy came between, or another Worker is at this address: give the right one with --url.`;
    const health = await read(ask, `${url}/health`);
    if (health.status !== 200)
      return `The Worker is deployed but not well: ${url}/health answers ${health.status} ${health.body.slice(0, SHOWN_CHARACTERS)}. Its log tells more: npx wrangler tail. The version before comes back with: npx wrangler rollback`;
    return undefined;
  } catch (error) {
    return `The Worker is deployed, but ${url} does not answer (${reasonOf(error)}). A new address can take some minutes: deploy again then. Where the Worker has another address, give it with --url.`;
  }
}

async function read(ask: Ask, url: string): Promise<{ status: number; body: string }> {
  const response = await ask(url, {
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    headers: { accept: 'application/json' },
  });
  return { status: response.status, body: await response.text() };
}

function commitOf(body: string): string | undefined {
  try {
    const version: unknown = JSON.parse(body);
    if (typeof version !== 'object' || version === null || !('commit' in version)) return undefined;
    return typeof version.commit === 'string' ? version.commit : undefined;
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message ? cause.message : error.message;
}
