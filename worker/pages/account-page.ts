// The page of an account: how one signs in, which keys and browsers there are, what a push gets, and the ways out.
// Every form posts to an address of its own under /account and comes back here with a word on what was done.

import { limits } from '../../shared/limits.ts';
import type { Visibility } from '../../shared/snippet.ts';
import { columnPage } from './column-page.ts';
import {
  button,
  buttonForm,
  choiceField,
  notice,
  type Option,
  postForm,
  refusal,
  selectField,
  textField,
} from './form.ts';
import { type Html, html, type Page } from './html.ts';
import { lifetimeOptions } from './lifetime.ts';
import { when } from './when.ts';

export interface ShownIdentity {
  /** Names it among the account's. */
  readonly id: string;
  readonly provider: string;
  readonly addedAtMs: number;
}

export interface ShownKey {
  readonly number: number;
  readonly name: string;
  readonly scope: 'read' | 'write';
  readonly createdAtMs: number;
  readonly endsAtMs: number | undefined;
  readonly lastUsedAtMs: number | undefined;
}

export interface ShownSession {
  readonly number: number;
  readonly startedAtMs: number;
  readonly lastUsedAtMs: number;
  readonly isThis: boolean;
}

export interface ShownAccount {
  readonly userId: string;
  readonly defaultVisibility: Visibility;
  readonly defaultTtlSeconds: number;
  readonly isArchived: boolean;
  readonly identities: readonly ShownIdentity[];
  /** Ways to sign in that could be added: where to, and what they are called. */
  readonly addable: readonly { readonly href: string; readonly provider: string }[];
  readonly keys: readonly ShownKey[];
  readonly sessions: readonly ShownSession[];
}

/** What is told above the page: what was done, or what was refused and why. */
export interface Said {
  readonly kind: 'done' | 'refused';
  readonly text: string;
}

export function accountPage(account: ShownAccount, said: Said | undefined, nowMs: number): Page {
  return columnPage({
    title: 'Your account',
    hasForm: true,
    userId: account.userId,
    content: html`${said ? (said.kind === 'done' ? notice(said.text) : refusal(said.text)) : html``}
      <p>You are <strong>${account.userId}</strong>. What you push is at <a href="/~${account.userId}">/~${account.userId}</a>.</p>
      ${buttonForm('/sign-out', { label: 'Sign out' })}
      ${keysSection(account, nowMs)} ${pushesSection(account)} ${identitiesSection(account, nowMs)}
      ${sessionsSection(account, nowMs)} ${exportSection()} ${eraseSection()}`,
  });
}

function keysSection({ keys }: ShownAccount, nowMs: number): Html {
  const isFull = keys.length >= limits.keysPerUser;
  return html`<section id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keys</h2>
    <p>A key is what a terminal, an editor or a program shows to be you.</p>
    ${keys.length === 0 ? html`<p class="facts">There is none yet.</p>` : html`<ul class="rows">${keys.map((key) => keyRow(key, nowMs))}</ul>`}
    ${isFull ? html`<p>You have ${limits.keysPerUser}, which is all there may be. Revoke one to make another.</p>` : newKeyForm()}
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

function newKeyForm(): Html {
  return html`<details>
    <summary>Make a key</summary>
    ${postForm(
      '/account/keys',
      html`${textField({
        name: 'name',
        label: 'Name',
        hint: 'What it is for, such as “curl on laptop”.',
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
        chosen: 'write',
      })}
      ${selectField({
        name: 'ttl',
        label: 'How long it is good',
        options: [{ value: '0', label: 'Until you revoke it' }, ...lifetimeOptions('keys')],
        chosen: '0',
      })}
      <div class="actions">${button({ label: 'Make the key', kind: 'primary' })}</div>`,
    )}
  </details>`;
}

const VISIBILITY_OPTIONS: readonly (Option & { readonly value: Visibility })[] = [
  { value: 'public', label: 'Everybody', hint: 'The newest is at your address for whoever asks.' },
  { value: 'unlisted', label: 'Whoever has the link', hint: 'Nobody finds it without.' },
  { value: 'private', label: 'Only you', hint: 'Nothing of it is kept in the archive.' },
];

function pushesSection({ defaultVisibility, defaultTtlSeconds, isArchived }: ShownAccount): Html {
  return html`<section id="pushes" aria-labelledby="pushes-title">
    <h2 id="pushes-title">What a push gets</h2>
    <p>Unless the push itself says otherwise. What is on your stack already stays as it is.</p>
    ${postForm(
      '/account/pushes',
      html`${choiceField({ name: 'visibility', label: 'Who may read it', options: VISIBILITY_OPTIONS, chosen: defaultVisibility })}
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

function identitiesSection({ identities, addable }: ShownAccount, nowMs: number): Html {
  const isLast = identities.length <= 1;
  return html`<section id="identities" aria-labelledby="identities-title">
    <h2 id="identities-title">Ways to sign in</h2>
    <ul class="rows">${identities.map(
      ({ id, provider, addedAtMs }) => html`<li>
        <div><h3>${provider}</h3><p class="facts">Since ${when(addedAtMs, nowMs)}${
          isLast ? '. The last way to sign in can’t be removed.' : ''
        }</p></div>
        ${isLast ? html`` : buttonForm(`/account/identities/${id}/remove`, { label: 'Remove', about: provider, kind: 'danger' })}
      </li>`,
    )}</ul>
    ${
      addable.length === 0
        ? html``
        : html`<div class="actions">${addable.map(
            ({ href, provider }) => html`<a class="button" href="${href}">Add ${provider}</a>`,
          )}</div>`
    }
  </section>`;
}

function sessionsSection({ sessions }: ShownAccount, nowMs: number): Html {
  return html`<section id="browsers" aria-labelledby="browsers-title">
    <h2 id="browsers-title">Browsers that are signed in</h2>
    <ul class="rows">${sessions.map(
      ({ number, startedAtMs, lastUsedAtMs, isThis }) => html`<li>
        <div>
          <h3>${isThis ? 'This browser' : 'Another browser'}</h3>
          <p class="facts">Signed in ${when(startedAtMs, nowMs)} · last used ${when(lastUsedAtMs, nowMs)}</p>
        </div>
        ${
          isThis
            ? html``
            : buttonForm(`/account/sessions/${number}/end`, {
                label: 'Sign out',
                about: `the browser that signed in ${new Date(startedAtMs).toISOString()}`,
              })
        }
      </li>`,
    )}</ul>
    <p>Signing out everywhere ends this session and all others, and revokes every key: editors, terminals and programs are signed out, too.</p>
    ${buttonForm('/account/sign-out-everywhere', { label: 'Sign out everywhere', kind: 'danger' })}
  </section>`;
}

function exportSection(): Html {
  return html`<section id="export" aria-labelledby="export-title">
    <h2 id="export-title">Take it along</h2>
    <p>Everything on your stack and in your history, as one ZIP file.</p>
    <p><a class="button" href="/v1/account/export">Export</a></p>
  </section>`;
}

function eraseSection(): Html {
  return html`<section id="erase" aria-labelledby="erase-title">
    <h2 id="erase-title">Erase the account</h2>
    <p>Your stack, your history, your keys, your sessions and your ways to sign in are deleted, at once and for good. Nothing of it comes back, and somebody else may take your user id.</p>
    <details>
      <summary>Erase it</summary>
      ${postForm(
        '/account/erase',
        html`${textField({ name: 'user_id', label: 'Your user id, typed once more', isRequired: true })}
        <div class="actions">${button({ label: 'Erase everything', kind: 'danger' })}</div>`,
      )}
    </details>
  </section>`;
}
