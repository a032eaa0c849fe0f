// A snippet as a page: readable on a phone, selectable whole, every byte escaped.

import { html, type Page } from './html.ts';

export interface ShownSnippet {
  readonly title: string;
  /** The description, as far as it is shown; empty where there is none. */
  readonly summary: string;
  readonly language: string;
  readonly sizeBytes: number;
  readonly expiresAtMs: number;
  /** The linter and its version, such as "Ruff 0.17.3"; empty where none checked it. */
  readonly checkedWith: string;
  readonly text: string;
}

export function snippetPage(snippet: ShownSnippet): Page {
  const facts = [
    snippet.language,
    `${snippet.sizeBytes.toLocaleString('en')} bytes`,
    `until ${new Date(snippet.expiresAtMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  ].filter((fact) => fact !== '');
  const summary = snippet.summary === '' ? html`` : html`<p>${snippet.summary}</p>`;
  const checked =
    snippet.checkedWith === '' ? html`` : html`<p class="facts">Checked with ${snippet.checkedWith}</p>`;
  // A parser drops one newline right after <pre>: the one here, so that none of the text's goes.
  return {
    title: snippet.title,
    body: html`<main>
      <h1>${snippet.title}</h1>
      ${summary}
      <p class="facts">${facts.join(' · ')}</p>
      ${checked}
      <pre tabindex="0">
<code>${snippet.text}</code></pre>
    </main>`,
  };
}
