// Where one signs in: a button for each provider that this instance has, and on a developer's machine a user id.

import { limits } from '../../shared/limits.ts';
import { columnPage } from './column-page.ts';
import { button, buttonForm, hiddenField, notice, postForm, refusal, textField } from './form.ts';
import { type Html, html, type Page } from './html.ts';

export interface ShownSignIn {
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  /** Whether anybody may sign in as anybody: on the machine of a developer. */
  readonly isLocal: boolean;
  readonly local: { readonly userId: string; readonly refused: string | undefined };
  readonly returnPath: string | undefined;
  /** Who is signed in already. */
  readonly userId: string | undefined;
  readonly isSignedOut: boolean;
}

export function signInPage(shown: ShownSignIn): Page {
  const { isLocal, isSignedOut, providers, userId } = shown;
  const isClosed = providers.length === 0 && !isLocal;
  return columnPage({
    title: 'Sign in',
    hasForm: true,
    userId,
    content: html`${isSignedOut ? notice('You are signed out.') : html``}
      ${userId === undefined ? html`<p>The first time, you also choose a user id here.</p>` : signedInAlready(userId, shown)}
      ${isClosed ? refusal('Nobody can sign in yet: this instance has no provider. Its operator’s README tells how to add one.') : html``}
      ${providers.length === 0 ? html`` : providerList(shown)} ${isLocal ? localForm(shown) : html``}`,
  });
}

function signedInAlready(userId: string, { returnPath }: ShownSignIn): Html {
  return html`<p>You are signed in as <strong>${userId}</strong>.</p>
    <p><a class="button primary" href="${returnPath ?? '/account'}">Go on as ${userId}</a></p>
    <p>Or sign in as somebody else:</p>`;
}

function providerList({ providers, returnPath }: ShownSignIn): Html {
  return html`<ul class="ways">${providers.map(
    ({ id, name }) =>
      html`<li>${buttonForm(`/sign-in/${id}`, { label: `Sign in with ${name}` }, returnField(returnPath))}</li>`,
  )}</ul>
    <p class="hint">pybin asks them who you are and nothing else: no name, no e-mail address.</p>`;
}

function localForm({ local: { userId, refused }, returnPath }: ShownSignIn): Html {
  return html`<section aria-labelledby="local-title">
    <h2 id="local-title">On this machine</h2>
    <p>This edge runs on your own machine: whoever you say you are, you are.</p>
    ${postForm(
      '/sign-in/local',
      html`${returnField(returnPath)}
      ${textField({
        name: 'userId',
        label: 'User id',
        value: userId,
        refused,
        autocomplete: 'username',
        maxLength: limits.userIdCharacters.max,
        isRequired: true,
      })}
      ${button({ label: 'Sign in', kind: 'primary' })}`,
    )}
  </section>`;
}

function returnField(returnPath: string | undefined): Html {
  return returnPath === undefined ? html`` : hiddenField('return', returnPath);
}
