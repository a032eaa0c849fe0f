// The end of an account: what was removed.

import type { Receipt } from '../../stack/erase.ts';
import { columnPage } from '../column-page.ts';
import { html, type Page } from '../html.ts';

export function erasedPage(receipt: Receipt): Page {
  const { userId, snippets, records, keys, isArchivePending } = receipt;
  return columnPage({
    title: 'Your account is erased',
    content: html`<p class="said" role="status">Nothing of <strong>${userId}</strong> is given out any more.</p>
      <p>What was removed:</p>
      <dl>
        <dt>Snippets on the stack</dt><dd>${snippets}</dd>
        <dt>Records in the archive</dt><dd>${records}</dd>
        <dt>Keys</dt><dd>${keys}</dd>
      </dl>
      ${isArchivePending ? html`<p>The archive couldn’t be reached for some of it: it is asked again until all is deleted.</p>` : html``}
      <p><a class="button" href="/">To the front page</a></p>`,
  });
}
