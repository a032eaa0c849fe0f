// What a push gets that says nothing of it.

import { audienceOptions } from '../audience.ts';
import { button, choiceField, postForm, selectField } from '../form.ts';
import { type Html, html } from '../html.ts';
import { lifetimeOptions } from './lifetime.ts';
import type { ShownAccount } from './shown.ts';

export function pushesSection({ defaultVisibility, defaultTtlSeconds, isArchived }: ShownAccount): Html {
  return html`<section id="pushes" aria-labelledby="pushes-title">
    <h2 id="pushes-title">What a push gets</h2>
    <p>Unless the push itself says otherwise. What is on your stack already stays as it is.</p>
    ${postForm(
      '/account/pushes',
      html`${choiceField({ name: 'visibility', label: 'Who may read it', options: audienceOptions, chosen: defaultVisibility })}
      ${selectField({
        name: 'ttl',
        label: 'How long it stays on the stack',
        options: lifetimeOptions('pushes', defaultTtlSeconds),
        chosen: String(defaultTtlSeconds),
      })}
      ${choiceField({
        name: 'archive',
        label: 'Whether the archive keeps it for a year, for you only',
        options: [
          { value: 'on', label: 'Kept' },
          {
            value: 'off',
            label: 'Not kept',
            hint: 'What the archive has already stays there until its year is over.',
          },
        ],
        chosen: isArchived ? 'on' : 'off',
      })}
      <div class="actions">${button({ label: 'Save', kind: 'primary' })}</div>`,
    )}
  </section>`;
}
