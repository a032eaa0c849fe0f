// The lines that a terminal needs, as every page shows them: one tap selects a whole one.

import { type Html, html } from './html.ts';

/** Stands for a key where none is known. */
const ANY_KEY = 'pyb_...';

export function pushLine(origin: string, key = ANY_KEY): string {
  return `curl --data-binary @hello.py ${keyHeader(key)} ${origin}/`;
}

/** @param address what is pulled, by whoever asks */
export function pullLine(address: string): string {
  return `curl ${address}`;
}

/** @param address what is pulled, by its owner alone */
export function ownPullLine(address: string, key = ANY_KEY): string {
  return `curl ${keyHeader(key)} ${address}`;
}

/** A line to copy. @param titleId the heading that says what it is for */
export function copiedLine(titleId: string, line: string): Html {
  return html`<pre class="copied" tabindex="0" role="region" aria-labelledby="${titleId}"><code>${line}</code></pre>`;
}

/** How one pushes and pulls. @param userId whose stack is pulled from; undefined where nobody is signed in */
export function terminalSection(origin: string, userId: string | undefined): Html {
  return html`<section>
    <h2>From a terminal</h2>
    <h3 id="push-title">Push</h3>
    ${copiedLine('push-title', pushLine(origin))}
    <h3 id="pull-title">Pull</h3>
    ${copiedLine('pull-title', pullLine(`${origin}/~${userId ?? 'user'}`))}
    <p>A key of your own, in the place of <code>${ANY_KEY}</code>, is made at <a href="/account#keys">your account</a>.</p>
  </section>`;
}

function keyHeader(key: string): string {
  return `-H "Authorization: Bearer ${key}"`;
}
