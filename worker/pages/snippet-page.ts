// A snippet as a page: readable on a phone, selectable whole, every byte escaped, and not one script.

import { limits } from '../../shared/limits.ts';
import type { Visibility } from '../../shared/snippet.ts';
import { audiences } from './audience.ts';
import { notice } from './form.ts';
import { pageHeader } from './header.ts';
import { type Html, html, type Page } from './html.ts';
import { ownPullLine, pullLine } from './terminal.ts';
import { when } from './when.ts';

export interface ShownSnippet {
  readonly number: number;
  /** Empty where it has none. */
  readonly fileName: string;
  /** The description, as far as it is shown; empty where there is none. */
  readonly summary: string;
  readonly language: string;
  readonly visibility: Visibility;
  readonly sizeBytes: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
  /** The linter and its version, such as "Ruff 0.17.3"; empty where none checked it. */
  readonly checkedWith: string;
  /** How many more may read it before it is gone; 0 where reading leaves it. */
  readonly readsLeft: number;
  readonly text: string;
}

/** By which address it is shown, and to whom. */
export interface Shown {
  /** Such as `https://pybin.example`. */
  readonly origin: string;
  /** Such as `/~ada/12`. */
  readonly path: string;
  /** Whose it is, where the address says so. */
  readonly userId: string | undefined;
  /** Whether the address is always the newest one's. */
  readonly isLatest: boolean;
  /** Whether its owner reads it, signed in by the browser. */
  readonly isOwn: boolean;
  /** Whether a read of it was taken for this page: no address brings the text again. */
  readonly isTaken: boolean;
}

export function snippetPage(snippet: ShownSnippet, shown: Shown, nowMs: number): Page {
  const { checkedWith, fileName, number, summary, text } = snippet;
  const name = fileName || `Snippet ${number}`;
  return {
    title: `${name} · pybin`,
    // A parser drops one newline right after <pre>: the one here, so that none of the text's goes.
    body: html`${pageHeader(shown.isOwn ? 'Your account' : undefined)}
    <main class="snippet">
      ${shown.isTaken ? takenNotice(snippet.readsLeft - 1) : html``} ${whose(number, shown)}
      <h1>${name}</h1>
      ${summary === '' ? html`` : html`<p>${summary}${isCut(summary) ? '…' : ''}</p>`}
      <p class="facts">${factsOf(snippet, shown, nowMs)}</p>
      ${checkedWith === '' ? html`` : html`<p class="facts">Checked with ${checkedWith}</p>`}
      ${shown.isTaken ? html`` : waysToTake(snippet, shown)}
      ${
        text === ''
          ? html`<p class="facts">There is no text in it.</p>`
          : html`<label class="toggle"><input type="checkbox" id="wrap" /> Wrap long lines</label>
            <pre tabindex="0" role="region" aria-label="Text">
<code>${text}</code></pre>`
      }
    </main>`,
  };
}

function takenNotice(left: number): Html {
  if (left <= 0) return notice('This was its last read: it is gone. What you need of it, keep now.');
  return notice(`A read of it was taken. ${left === 1 ? 'One more is' : `${left} more are`} left.`);
}

function whose(number: number, { isLatest, userId }: Shown): Html {
  if (userId === undefined) return html``;
  return isLatest
    ? html`<p class="whose">Newest of ${userId} · <a href="/~${userId}/${number}">Number ${number}</a></p>`
    : html`<p class="whose"><a href="/~${userId}">/~${userId}</a> · Number ${number}</p>`;
}

function factsOf(snippet: ShownSnippet, { isTaken }: Shown, nowMs: number): readonly Html[] {
  const { expiresAtMs, language, readsLeft, sizeBytes, updatedAtMs, visibility } = snippet;
  const facts = [
    ...(language === '' ? [] : [html`${language}`]),
    html`${sizeBytes.toLocaleString('en')} ${sizeBytes === 1 ? 'byte' : 'bytes'}`,
    when(updatedAtMs, nowMs),
    // Its last read was all the time it had.
    ...(isTaken && readsLeft === 1 ? [] : [html`gone ${when(expiresAtMs, nowMs)}`]),
    ...(readsLeft > 0 && !isTaken ? [html`burns when read`] : []),
    html`${audiences[visibility]}`,
  ];
  return facts.map((fact, index) => (index === 0 ? fact : html` · ${fact}`));
}

/** Whether a description goes on after what is shown of it. */
function isCut(summary: string): boolean {
  return Array.from(summary).length >= limits.summaryCharacters;
}

function waysToTake(snippet: ShownSnippet, { origin, path, userId }: Shown): Html {
  const { fileName, number, readsLeft, visibility } = snippet;
  const raw = `/raw${path}`;
  // What an address gives to its owner alone, a terminal gets only with a key.
  const isOwners =
    visibility === 'private' || readsLeft > 0 || (userId !== undefined && visibility !== 'public');
  const line = (isOwners ? ownPullLine : pullLine)(origin + path);
  return html`<div class="actions">
    <a class="button" href="${raw}">Raw</a>
    <a class="button" href="${raw}" download="${fileName || `snippet-${number}.txt`}">Download</a>
    <code class="copied">${line}</code>
  </div>`;
}
