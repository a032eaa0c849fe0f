// A person at a real browser, before an edge on this machine.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Edge, startEdge } from '../../../worker/local/edge.ts';
import { launchBrowser } from '../../editor/host/browser.ts';

export interface Visit {
  readonly edge: Edge;
  /** A browser that nobody has used before. */
  newPerson(options?: BrowserContextOptions): Promise<BrowserContext>;
  end(): Promise<void>;
}

export async function beginVisit(): Promise<Visit> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'pybin-account-'));
  const edge = await startEdge({ port: 0, stateDirectory, localSignIn: true });
  const browser: Browser = await launchBrowser();
  return {
    edge,
    newPerson: (options) => browser.newContext(options),
    async end() {
      await browser.close();
      await edge.close();
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}

/** Signs in as somebody, as an edge on this machine lets one, and lands where that leads. */
export async function signInLocally(page: Page, userId: string): Promise<void> {
  await page.getByLabel('User id').fill(userId);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/sign-in'));
}

/** What axe finds wrong with a page, in words. */
export async function findBarriers(page: Page): Promise<string[]> {
  // The page's own policy lets no script in; the debugger's way is open.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(' ')})`,
  );
}

/** Whether a page is no wider than its window. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}

/** Keeps a picture of a page in the folder that `PYBIN_STORY_PICTURES` names, where one is named. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PYBIN_STORY_PICTURES'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
