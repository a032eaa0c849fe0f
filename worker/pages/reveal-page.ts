// What a browser gets at the address of a burning snippet: nothing of it, and the one button that reads it.
// It takes a POST, so that no preview or scanner burns it.

import { html, type Page } from './html.ts';

/** @param action where the button posts to */
export function revealPage(action: string): Page {
  return {
    title: 'This snippet burns',
    hasForm: true,
    body: html`<main>
      <h1>This snippet burns</h1>
      <p>Its owner lets it be read a few times, then it is gone. Reading it now takes one of them.</p>
      <form method="post" action="${action}"><button>Read it</button></form>
    </main>`,
  };
}
