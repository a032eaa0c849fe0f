// The pages of an editor that asks for a key: who asks and where the answer goes, and the way back to it.

import { columnPage } from './column-page.ts';
import { consentAccount, consentForm, consentGives } from './consent.ts';
import { hiddenField } from './form.ts';
import { html, type Page } from './html.ts';

export interface AskingEditor {
  /** As it names itself. */
  readonly name: string;
  /** What gets the answer. */
  readonly receiver: string;
  /** Scheme and host of the address that the answer goes to. */
  readonly place: string;
}

/** @param fields what the editor asked with, to come back with the answer */
export function approveEditorPage(
  userId: string,
  { name, receiver, place }: AskingEditor,
  fields: Readonly<Record<string, string>>,
): Page {
  return columnPage({
    title: 'Does your editor ask?',
    hasForm: true,
    userId,
    content: html`<dl>
        <dt>Editor</dt><dd><bdi>${name}</bdi></dd>
        <dt>The answer goes to</dt><dd>${receiver} (${place})</dd>
        ${consentAccount(userId, `/connect?${new URLSearchParams(fields).toString()}`)}
      </dl>
      ${consentGives}
      <p>Refuse if you didn’t start this yourself.</p>
      ${consentForm(
        '/connect',
        userId,
        Object.entries(fields).map(([field, value]) => hiddenField(field, value)),
      )}`,
  });
}

/** The way back: the page goes there by itself, and by hand where a browser asks first. */
export function backToEditorPage(
  userId: string,
  { name, receiver }: AskingEditor,
  isApproved: boolean,
  href: string,
): Page {
  return columnPage({
    title: isApproved ? 'Back to your editor' : 'Refused',
    userId,
    content: html`<p class="said" role="status">${
      isApproved
        ? html`<bdi>${name}</bdi> is connected once ${receiver} has opened.`
        : html`<bdi>${name}</bdi> gets no key.`
    }</p>
      <p>Your browser may ask whether to open it. Where nothing happens, take the link.</p>
      <p><a class="button primary" href="${href}">Open ${receiver}</a></p>
      <p class="hint">Then you can close this page.</p>`,
  });
}

/** What asks can't be answered: nobody is sent anywhere. */
export function badConnectPage(reason: string): Page {
  return columnPage({
    title: 'This can’t be connected',
    content: html`<p class="refused" role="alert">${reason}</p>
      <p>Nothing was given to anyone. Start again in your editor with “pybin: Sign In”. If this page comes again, sign in there with a code or with a key from <a href="/account#keys">your account’s page</a>.</p>`,
  });
}
