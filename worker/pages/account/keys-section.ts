// The keys of an account, and the form that makes one.

import { limits } from '../../../shared/limits.ts';
import { button, buttonForm, choiceField, postForm, selectField, textField } from '../form.ts';
import { type Html, html } from '../html.ts';
import { when } from '../when.ts';
import { lifetimeOptions } from './lifetime.ts';
import type { ShownAccount, ShownKey, TypedKey } from './shown.ts';

const noKey: TypedKey = { name: '', scope: 'write', ttl: '0' };

/** @param refused a key that can't be made as it was asked for: what was typed stays */
export function keysSection(
  { keys }: ShownAccount,
  refused: { readonly key: TypedKey; readonly text: string } | undefined,
  nowMs: number,
): Html {
  const isFull = keys.length >= limits.keysPerUser;
  return html`<section id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keys</h2>
    <p>A key is what a terminal, an editor or a program shows to be you.</p>
    ${keys.length === 0 ? html`<p class="facts">There is none yet.</p>` : html`<ul class="rows">${keys.map((key) => keyRow(key, nowMs))}</ul>`}
    ${isFull ? html`<p>You have ${limits.keysPerUser}, which is all there may be. Revoke one to make another.</p>` : newKeyForm(refused)}
  </section>`;
}

function keyRow({ number, name, scope, createdAtMs, endsAtMs, lastUsedAtMs }: ShownKey, nowMs: number): Html {
  return html`<li>
    <div>
      <h3><bdi>${name}</bdi> <span class="badge">${scope === 'write' ? 'reads and writes' : 'reads only'}</span></h3>
      <p class="facts">Made ${when(createdAtMs, nowMs)} · ${
        lastUsedAtMs === undefined ? 'never used' : html`last used ${when(lastUsedAtMs, nowMs)}`
      } · ${endsAtMs === undefined ? 'has no end' : html`ends ${when(endsAtMs, nowMs)}`}</p>
    </div>
    ${buttonForm(`/account/keys/${number}/revoke`, { label: 'Revoke', about: name, kind: 'danger' })}
  </li>`;
}

function newKeyForm(refused: { readonly key: TypedKey; readonly text: string } | undefined): Html {
  const typed = refused?.key ?? noKey;
  return html`<details ${refused ? html`open` : html``}>
    <summary>Make a key</summary>
    ${postForm(
      '/account/keys',
      html`${textField({
        name: 'name',
        label: 'Name',
        hint: 'What it is for, such as “curl on laptop”.',
        value: typed.name,
        refused: refused?.text,
        maxLength: limits.keyNameCharacters,
        isRequired: true,
      })}
      ${choiceField({
        name: 'scope',
        label: 'What it may do',
        options: [
          {
            value: 'write',
            label: 'Read and write',
            hint: 'Push, pull, and delete what is on your stack and in your history.',
          },
          { value: 'read', label: 'Read only', hint: 'Pull, also what is private.' },
        ],
        chosen: typed.scope,
      })}
      ${selectField({
        name: 'ttl',
        label: 'How long it is good',
        options: [{ value: '0', label: 'Until you revoke it' }, ...lifetimeOptions('keys')],
        chosen: typed.ttl,
      })}
      <div class="actions">${button({ label: 'Make the key', kind: 'primary' })}</div>`,
    )}
  </details>`;
}
