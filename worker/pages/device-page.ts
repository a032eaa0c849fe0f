// The pages of the device flow: the code is typed, the device is looked at, the answer is given.

import { columnPage } from './column-page.ts';
import { consentAccount, consentForm, consentGives } from './consent.ts';
import { button, hiddenField, postForm, refusal, textField } from './form.ts';
import { html, type Page } from './html.ts';
import { when } from './when.ts';

/** Where one types the code. @param refused why the last one was not taken */
export function typeCodePage(userId: string, typed: string, refused?: string): Page {
  return columnPage({
    title: 'Connect a device',
    hasForm: true,
    userId,
    content: html`<p>Your device shows a code of eight letters. Type it here.</p>
      ${postForm(
        '/device',
        html`${textField({
          name: 'user_code',
          label: 'Code',
          value: typed,
          refused,
          isCode: true,
          isRequired: true,
          autocomplete: 'one-time-code',
          hint: 'Such as BCDF-GHJK. Capitals and dashes don’t matter.',
        })}
        <div class="actions">${button({ label: 'Continue', kind: 'primary' })}</div>`,
      )}`,
  });
}

/** A device that asks, as far as it tells of itself. */
export interface AskingDevice {
  /** As it is shown: `BCDF-GHJK`. */
  readonly shownCode: string;
  readonly name: string;
  readonly askedAtMs: number;
  /** Whether it asks from the network that the person is in. */
  readonly isNearby: boolean;
}

export function approveDevicePage(userId: string, device: AskingDevice, nowMs: number): Page {
  const { shownCode, name, askedAtMs, isNearby } = device;
  return columnPage({
    title: 'Does this device ask?',
    hasForm: true,
    userId,
    content: html`<dl>
        <dt>Device</dt><dd><bdi>${name}</bdi></dd>
        <dt>Code</dt><dd>${shownCode}</dd>
        <dt>Asked</dt><dd>${when(askedAtMs, nowMs)}, from ${isNearby ? 'the network that you are in' : 'another network than yours'}</dd>
        ${consentAccount(userId, `/device?user_code=${shownCode}`)}
      </dl>
      ${consentGives}
      <p>Refuse if you didn’t start this yourself, or if someone sent you the code.</p>
      ${consentForm('/device/answer', userId, [hiddenField('user_code', shownCode)])}`,
  });
}

export function deviceAnsweredPage(userId: string, isApproved: boolean, name: string): Page {
  return columnPage({
    title: isApproved ? 'Your device is connected' : 'Refused',
    userId,
    content: isApproved
      ? html`<p class="said" role="status"><bdi>${name}</bdi> gets its key within seconds. You can close this page.</p>
        <p>Its key is on <a href="/account#keys">your account’s page</a>, where you revoke it.</p>`
      : html`<p class="said" role="status"><bdi>${name}</bdi> got nothing. You can close this page.</p>`,
  });
}

/** No code is taken any more. */
export function tooManyCodesPage(userId: string, waitMinutes: number): Page {
  return columnPage({
    title: 'Too many wrong codes',
    userId,
    content: html`${refusal(`Ten codes were wrong, so this attempt is over. No code is taken from you for ${waitMinutes} minutes.`)}
      <p>Then start again on your device: it shows a new code.</p>`,
  });
}
