// Shown for a moment on the way to a provider. A page and no redirect, because a browser that was sent a form lets
// nobody lead it further than to where the page may post (CSP, form-action), and a provider leads on as it likes.

import { columnPage } from './column-page.ts';
import { html, type Page } from './html.ts';

export function leavingPage(provider: string, href: string): Page {
  return columnPage({
    title: `On to ${provider}`,
    content: html`<p><a href="${href}">Go on to ${provider}</a> if nothing happens.</p>`,
  });
}
