// A fresh key, shown this once, with the lines to copy.

import { columnPage } from '../column-page.ts';
import { html, type Page } from '../html.ts';
import { copiedLine, ownPullLine, pushLine } from '../terminal.ts';

export interface NewKey {
  readonly userId: string;
  readonly name: string;
  readonly scope: 'read' | 'write';
  readonly keyText: string;
  /** Where the instance is reached. */
  readonly origin: string;
}

export function newKeyPage({ userId, name, scope, keyText, origin }: NewKey): Page {
  return columnPage({
    title: 'Your new key',
    userId,
    content: html`<p class="said" role="status">“<bdi>${name}</bdi>” is made. It is shown this once: copy it before you leave this page.</p>
      <section>
        <h2 id="key-title">The key</h2>
        ${copiedLine('key-title', keyText)}
      </section>
      ${
        scope === 'write'
          ? html`<section>
              <h2 id="push-title">Push a file</h2>
              ${copiedLine('push-title', pushLine(origin, keyText))}
            </section>`
          : html``
      }
      <section>
        <h2 id="pull-title">Pull the newest</h2>
        ${copiedLine('pull-title', ownPullLine(`${origin}/~${userId}`, keyText))}
      </section>
      <section>
        <h2>In an editor</h2>
        <p>Your editor gets a key of its own when you run “pybin: Sign In” there. This one can be pasted where that doesn’t work.</p>
        <p><a class="button primary" href="/account#keys">I have copied it</a></p>
      </section>`,
  });
}
