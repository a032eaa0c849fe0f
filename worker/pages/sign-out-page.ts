// Where one signs out: of this browser, or of everything.

import { columnPage } from './column-page.ts';
import { buttonForm } from './form.ts';
import { html, type Page } from './html.ts';

/** @param userId undefined where nobody is signed in */
export function signOutPage(userId: string | undefined): Page {
  if (userId === undefined)
    return columnPage({
      title: 'You are signed out',
      content: html`<p><a class="button primary" href="/sign-in">Sign in</a></p>`,
    });
  return columnPage({
    title: 'Sign out',
    hasForm: true,
    userId,
    content: html`<p>You are signed in as <strong>${userId}</strong>.</p>
      <div class="actions">${buttonForm('/sign-out', { label: 'Sign out of this browser', kind: 'primary' })}</div>
      <section aria-labelledby="everywhere-title">
        <h2 id="everywhere-title">Everywhere</h2>
        <p>Every browser, editor and terminal is signed out at once: all sessions end, and all keys are revoked. Your snippets stay.</p>
        ${buttonForm('/sign-out/everywhere', { label: 'Sign out everywhere', kind: 'danger' })}
      </section>`,
  });
}
