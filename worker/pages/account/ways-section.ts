// How one signs in, and where one is signed in.

import { buttonForm, hiddenField } from '../form.ts';
import { type Html, html } from '../html.ts';
import { when } from '../when.ts';
import type { ShownAccount, ShownSession } from './shown.ts';

export function identitiesSection({ identities, providers }: ShownAccount, nowMs: number): Html {
  if (identities.length === 0 && providers.length === 0) return html``;
  const isLast = identities.length === 1;
  return html`<section id="identities" aria-labelledby="identities-title">
    <h2 id="identities-title">Ways to sign in</h2>
    ${isLast ? html`<p>This is the only one, so it can’t be removed. With a second one you can still come in when the first is lost.</p>` : html``}
    ${identities.length === 0 ? html`<p class="facts">There is none yet.</p>` : html``}
    <ul class="rows">${identities.map(
      ({ name, provider, linkedAtMs }) => html`<li>
        <div><h3>${provider}</h3><p class="facts">Since ${when(linkedAtMs, nowMs)}</p></div>
        ${
          isLast
            ? html``
            : buttonForm(
                '/account/identities/remove',
                { label: 'Remove', about: provider, kind: 'danger' },
                hiddenField('identity', name),
              )
        }
      </li>`,
    )}</ul>
    <div class="actions">${providers.map(({ id, name }) =>
      buttonForm(
        `/sign-in/${id}`,
        {
          label: identities.some(({ provider }) => provider === name) ? `Add another ${name}` : `Add ${name}`,
        },
        html`${hiddenField('intent', 'link')}${hiddenField('return', '/account')}`,
      ),
    )}</div>
  </section>`;
}

export function sessionsSection({ sessions }: ShownAccount, nowMs: number): Html {
  return html`<section id="browsers" aria-labelledby="browsers-title">
    <h2 id="browsers-title">Browsers that are signed in</h2>
    <ul class="rows">${sessions.toSorted(currentFirst).map(
      ({ number, startedAtMs, lastUsedAtMs, isCurrent }) => html`<li>
        <div>
          <h3>${isCurrent ? 'This browser' : 'Another browser'}</h3>
          <p class="facts">Signed in ${when(startedAtMs, nowMs)} · last used ${when(lastUsedAtMs, nowMs)}</p>
        </div>
        ${
          isCurrent
            ? buttonForm('/sign-out', { label: 'Sign out', about: 'of this browser' })
            : buttonForm(`/account/sessions/${number}/end`, {
                label: 'Sign out',
                about: `the browser that signed in at ${new Date(startedAtMs).toISOString()}`,
              })
        }
      </li>`,
    )}</ul>
    <p>Signing out everywhere ends all sessions and revokes every key: browsers, editors, terminals and programs are signed out at once. Your snippets stay.</p>
    ${buttonForm('/sign-out/everywhere', { label: 'Sign out everywhere', kind: 'danger' })}
  </section>`;
}

function currentFirst(one: ShownSession, other: ShownSession): number {
  return Number(other.isCurrent) - Number(one.isCurrent);
}
