// A page that one reads from top to bottom and answers: one column, the way home above it.

import { type Html, html, type Page } from './html.ts';

export interface ColumnPage {
  readonly title: string;
  readonly content: Html;
  readonly hasForm?: boolean;
  /** What was done or refused: a screen reader says the title first. */
  readonly said?: string | undefined;
  /** Whose page it is; undefined where nobody is signed in. */
  readonly userId?: string | undefined;
}

export function columnPage({ title, content, hasForm = false, said, userId }: ColumnPage): Page {
  const account = userId === undefined ? html`` : html`<a href="/account">${userId}</a>`;
  return {
    title: `${said === undefined ? '' : `${said} · `}${title} · pybin`,
    hasForm,
    body: html`<header><a class="home" href="/">pybin</a>${account}</header>
      <main class="column">
        <h1>${title}</h1>
        ${content}
      </main>`,
  };
}
