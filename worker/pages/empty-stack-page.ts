// What an owner sees at the stack's own address while nothing is on it: how to put something there.

import { columnPage } from './column-page.ts';
import { html, type Page } from './html.ts';
import { terminalSection } from './terminal.ts';

export function emptyStackPage(origin: string, userId: string): Page {
  return columnPage({
    title: 'Your stack is empty',
    userId,
    content: html`<p>Nothing was pushed yet, or all of it has left. What you push next is here, on all of your devices.</p>
      <p>In VS Code, select some code and run “pybin: Push”.</p>
      ${terminalSection(origin, userId)}`,
  });
}
