// An edge with providers on this machine, and a Chromium before it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { type Edge, startEdge } from '../../../worker/local/edge.ts';
import { launchBrowser } from '../../editor/host/browser.ts';

export interface Desk {
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** @param vars the providers' credentials, and where they are */
export async function createDesk(vars: Readonly<Record<string, string>>): Promise<Desk> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-sign-in-'));
  const edge: Edge = await startEdge({ port: 0, stateDirectory, localSignIn: true, vars });
  const browser = await launchBrowser();
  return {
    url: edge.url,
    browser,
    async close() {
      await browser.close();
      await edge.close();
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}

/** Who is signed in, as the instance says; undefined where nobody is. */
export async function whoIsIn(page: Page, url: string): Promise<string | undefined> {
  const answer = await page.context().request.get(`${url}/v1/account`);
  if (answer.status() === 401) return undefined;
  const account: { userId: string } = await answer.json();
  return account.userId;
}

export function userIdField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'User id' });
}

/** Fills the page of registration in, and sends it. */
export async function register(page: Page, userId: string, visibility: string): Promise<void> {
  await userIdField(page).fill(userId);
  await page.getByLabel(visibility).check();
  await page.getByRole('button', { name: 'Create account' }).click();
}

/** A person's browser, which closes when they are done. */
export async function inContext(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  use: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}
