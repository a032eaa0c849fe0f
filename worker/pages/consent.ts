// Who gives a consent: the page says whose it would be, the form says whose page it was, and whoever is somebody else
// gets to the sign-in and back to the same question.

import { signInPathTo } from '../identity/return-path.ts';
import { button, hiddenField, postForm } from './form.ts';
import { type Html, html } from './html.ts';

const FIELD = 'account';

/** The fields of an answer. */
interface Answered {
  get(name: string): string;
}

/** Whose account it is for, with the way to another. @param path where the same is asked again */
export function consentAccount(userId: string, path: string): Html {
  return html`<dt>Account</dt><dd><strong>${userId}</strong> · <a href="${signInPathTo(path)}">Not you?</a></dd>`;
}

/** What a consent gives. */
export const consentGives = html`<p>It gets a key of its own: it may push to your stack, read and delete all that is on it, and your history. You revoke the key on your account’s page.</p>`;

/** Where the answer is given. @param hidden what goes along with it */
export function consentForm(action: string, userId: string, hidden: readonly Html[]): Html {
  return postForm(
    action,
    html`${hiddenField(FIELD, userId)}${hidden}
    <div class="actions">
      ${button({ label: 'Approve', kind: 'primary', sends: { name: 'answer', value: 'approve' } })}
      ${button({ label: 'Refuse', sends: { name: 'answer', value: 'refuse' } })}
    </div>`,
  );
}

export function isApproval(form: Answered): boolean {
  return form.get('answer') === 'approve';
}

/** Whether an answer was given on a page of whoever is signed in: in another tab, somebody else may have meanwhile. */
export function isConsentOf(userId: string, form: Answered): boolean {
  return form.get(FIELD) === userId;
}
