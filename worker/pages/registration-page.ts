// The first time: choose a user id, and who may read what is pushed. Nothing is chosen beforehand.

import { limits } from '../../shared/limits.ts';
import { audienceOptions } from './audience.ts';
import { columnPage } from './column-page.ts';
import { button, choiceField, hiddenField, postForm, refusal, textField } from './form.ts';
import { html, type Page } from './html.ts';
import { FREE_SCRIPT } from './registration-script.ts';

export interface ShownRegistration {
  readonly attempt: string;
  readonly provider: string;
  /** As it was entered. */
  readonly userId: string;
  readonly visibility: string;
  /** What was wrong with what was entered, by field; with none of them, under ''. */
  readonly refused: Partial<Record<'userId' | 'visibility' | '', string>>;
}

export function registrationPage({
  attempt,
  provider,
  refused,
  userId,
  visibility,
}: ShownRegistration): Page {
  const { min, max } = limits.userIdCharacters;
  return {
    ...columnPage({
      title: 'Welcome',
      hasForm: true,
      content: html`${refused[''] === undefined ? html`` : refusal(refused[''])}
      <p>${provider} knows you, and pybin doesn’t yet. Two questions, and you are in.</p>
      ${postForm(
        '/sign-in/register',
        html`${hiddenField('attempt', attempt)}
        <div class="looked-up">
          ${textField({
            name: 'userId',
            label: 'User id',
            hint: `Your snippets are at /~ and this name. ${min} to ${max} of a to z, 0 to 9 and -. It stays as it is.`,
            value: userId,
            refused: refused.userId,
            autocomplete: 'username',
            maxLength: max,
            isRequired: true,
          })}
          <p id="userId-free" class="hint" role="status"></p>
        </div>
        ${choiceField({
          name: 'visibility',
          label: 'Who may read what you push?',
          hint: 'Each push may say otherwise, and you can change it later.',
          options: audienceOptions,
          chosen: visibility,
          refused: refused.visibility,
        })}
        ${button({ label: 'Create account', kind: 'primary' })}`,
      )}
      <p class="hint">pybin keeps your user id, a number by which ${provider} knows you (as a hash), and what you choose here. No name, no e-mail address.</p>`,
    }),
    script: FREE_SCRIPT,
  };
}
