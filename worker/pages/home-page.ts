// What the bare address says: what this is, how to come in, and the two lines that a terminal needs.

import { columnPage } from './column-page.ts';
import { html, type Page } from './html.ts';
import { pullLine, pushLine, terminalSection } from './terminal.ts';

/** For `curl`. */
export function homeText(origin: string): string {
  return `pybin carries code between your devices.

Push:  ${pushLine(origin)}
Pull:  ${pullLine(`${origin}/~user`)}

A key: ${origin}/account
`;
}

/** For browsers. @param userId undefined where nobody is signed in */
export function homePage(origin: string, userId: string | undefined): Page {
  return columnPage({
    title: 'Code, carried between your devices',
    userId,
    content: html`<p>Push it from one, and it is there on all others: in VS Code, in a terminal, in a browser.</p>
      ${
        userId === undefined
          ? html`<p><a class="button primary" href="/sign-in">Sign in</a></p>`
          : html`<p>You are signed in as <strong>${userId}</strong>.</p>
            <div class="actions">
              <a class="button primary" href="/~${userId}">Your newest</a>
              <a class="button" href="/account">Your account</a>
            </div>`
      }
      ${terminalSection(origin, userId)}`,
  });
}
