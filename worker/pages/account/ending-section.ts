// Taking everything along, and the end of an account.

import { button, postForm, textField } from '../form.ts';
import { type Html, html } from '../html.ts';

export function exportSection(): Html {
  return html`<section id="export" aria-labelledby="export-title">
    <h2 id="export-title">Take it along</h2>
    <p>Everything on your stack and in your history, as one ZIP file.</p>
    <p><a class="button" href="/v1/account/export">Export</a></p>
  </section>`;
}

/** @param refused why it wasn't erased, where that was tried */
export function eraseSection(refused: { readonly typed: string; readonly text: string } | undefined): Html {
  return html`<section id="erase" aria-labelledby="erase-title">
    <h2 id="erase-title">Erase the account</h2>
    <p>Your stack, your history, your keys, your sessions and your ways to sign in are deleted, for good. Nothing of it comes back, and somebody else may take your user id.</p>
    <details ${refused ? html`open` : html``}>
      <summary>Erase it</summary>
      ${postForm(
        '/account/erase',
        html`${textField({
          name: 'user_id',
          label: 'Your user id, typed once more',
          value: refused?.typed ?? '',
          refused: refused?.text,
          isRequired: true,
        })}
        <div class="actions">${button({ label: 'Erase everything', kind: 'danger' })}</div>`,
      )}
    </details>
  </section>`;
}
