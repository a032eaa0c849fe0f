// A page that one reads from top to bottom and answers: one column, the way home above it.

import { pageHeader } from './header.ts';
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
  return {
    title: `${said === undefined ? '' : `${said} · `}${title} · pybin`,
    hasForm,
    body: html`${pageHeader(userId)}
      <main class="column">
        <h1>${title}</h1>
        ${content}
      </main>`,
  };
}
