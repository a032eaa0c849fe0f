// Looking at a page, and coming in as an edge on this machine lets one.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { userIdField } from '../sign-in/desk.ts';

/** Signs in as somebody on the page that asks, and lands where that leads. */
export async function signInLocally(page: Page, userId: string): Promise<void> {
  await userIdField(page).fill(userId);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/sign-in'));
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
