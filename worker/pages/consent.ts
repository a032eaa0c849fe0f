// Who gives a consent: the page says whose it would be, the form says whose page it was, and whoever is somebody else
// gets to the sign-in and back to the same question.

import { signInPathTo } from '../identity/return-path.ts';
import { hiddenField } from './form.ts';
import { type Html, html } from './html.ts';

const FIELD = 'account';

/** Whose account it is for, with the way to another. @param path where the same is asked again */
export function consentAccount(userId: string, path: string): Html {
  return html`<dt>Account</dt><dd><strong>${userId}</strong> · <a href="${signInPathTo(path)}">Not you?</a></dd>`;
}

/** Goes along with the answer. */
export function consentField(userId: string): Html {
  return hiddenField(FIELD, userId);
}

/** Whether an answer was given on a page of whoever is signed in: in another tab, somebody else may have meanwhile. */
export function isConsentOf(userId: string, form: { get(name: string): string }): boolean {
  return form.get(FIELD) === userId;
}
