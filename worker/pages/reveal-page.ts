// What a browser gets at the address of a burning snippet: nothing of it, and the one button that reads it.
// It takes a POST, so that no preview or scanner burns it.

import { columnPage } from './column-page.ts';
import { buttonForm } from './form.ts';
import { html, type Page } from './html.ts';

/** @param action where the button posts to */
export function revealPage(action: string): Page {
  return columnPage({
    title: 'This snippet burns',
    hasForm: true,
    content: html`<p>Its owner lets it be read a few times, then it is gone. Reading it now takes one of them, so read it when you have time for it.</p>
      <div class="actions">${buttonForm(action, { label: 'Read it', kind: 'primary' })}</div>`,
  });
}
