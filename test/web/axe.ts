// What axe finds on a page: what would keep somebody from using it.

import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** One line for each finding. */
export async function findingsOf(page: Page): Promise<string[]> {
  // The page's own policy lets no other script in; the debugger's way is open.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
  );
}
