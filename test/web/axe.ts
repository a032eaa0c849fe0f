// What axe finds on a page: what would keep somebody from using it.

import axeCore from 'axe-core';
import type { Page } from 'playwright-core';

/** One line for each finding. The page's context must bypass its CSP, which lets no other script in. */
export async function findingsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axeCore.source });
  return page.evaluate(async () => {
    // In the page, where the script has put it.
    const { violations } = await globalThis.axe.run();
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
  });
}

declare global {
  // The name is the library's.
  var axe: typeof axeCore;
}
